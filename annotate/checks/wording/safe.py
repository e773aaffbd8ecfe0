"""Safety claimed without data.

What it flags: safe, harmless, risk-free, no side effects, said of a treatment, a test or a habit with no account of
harms beside it. Why it misleads: nothing that works is without harm, trials of hundreds cannot see harms of one in a
thousand, and early trials watch for days or weeks. Write instead what was looked for, in how many and for how long:
"no serious harms were seen in 120 people over a year". It leaves alone the aim of a trial, questions, denials, hedged
words, comparisons ("as safe as"), safety at large (food, roads, sex), and words with the harms counted or named near.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from annotate.artefacts import wordlist
from annotate.checks.phrases import Hit, phrases
from annotate.types import Check, Example, Finding, Guard, Reading

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

CHECK = Check(
    id="wording.safe",
    severity="warning",
    guards=("question", "hedged", "mention", "established", "answered", "quoted"),
    references=(
        "HealthNewsReview.org. Criterion 3: does the story adequately explain or quantify the harms?",
        "Hanley JA, Lippman-Hand A. If nothing goes wrong, is everything all right? JAMA 1983;249:1743",
    ),
    examples=(
        Example("The herbal pills are [[completely safe]], the maker says."),
        Example("The new injection is [[safe]] and effective for migraine, a study found."),
        Example("The laser treatment clears acne with [[none of the side effects]] of tablets."),
        Example("Doctors offer the women a simple, [[safe]] hormone treatment."),
        Example("The aim of the trial was to find out whether the vaccine is safe.", "question"),
        Example("The drug was safe: 3 of 140 patients had a rash as a side effect, and none a serious one.", "data"),
        Example("The drug may be safe in pregnancy, the study suggests.", "hedged"),
        Example("The charity teaches safe sex and safe driving.", "mention"),
        Example("No side effects were recorded during the trial of the drug.", "a finding"),
        Example("The midwives keep babies and mothers safe.", "people, not a treatment"),
    ),
)

_HARM = re.compile(
    r"\b(?:side[ -]effects?|adverse|complications?|toxicit(?:y|ies)|bleed(?:ing|s)?|reactions?|harms?|died|deaths?|"
    r"risks|in risk|injur(?:y|ies)|nausea|vomiting|headaches?|rash|diarrh?oea)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|most common|included?|mild|moderate|similar|"
    r"main|serious|rare|fewer|reported|recorded|observed|half|third|quarter)\b",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Finding]:
    """Words of safety with no account of harms near."""
    for hit in phrases(reading, "wording/safe"):
        span = reading.span(hit.start, hit.end)
        if (hit.kind == "safe" or hit.text.lower() == "harmless") and not _of_a_treatment(span[-1]):
            continue
        guards = hit.guards
        if hit.kind != "no-harm":  # its denial is the claim
            guards += reading.context.guards(hit.start, hit.end, ("negated",))
        if doubt := _believed(span.root) or _harms_told(reading, hit, span):
            guards = (*guards, doubt)
        yield CHECK.finding(
            hit.start,
            hit.end,
            "Say which harms were looked for, in how many people and for how long.",
            trigger=hit.text,
            guards=guards,
        )


def _of_a_treatment(word: Token) -> bool:
    """Whether a treatment or a habit is called safe, rather than people, places or amounts."""
    while word.dep_ == "conj" and word.head.pos_ == "ADJ":
        word = word.head
    head = word.head
    if word.dep_ == "amod":
        return head.lemma_.lower() in _nouns("treatments")
    if word.i == head.i:  # a headline without a verb
        return word.lower_ == "safe" and any(child.dep_ in ("nsubj", "npadvmod") for child in word.children)
    if head.lemma_.lower() in ("keep", "feel", "stay", "get", "eat", "play", "sleep", "work", "make"):
        return False
    if word.dep_ not in ("acomp", "oprd", "attr", "ccomp", "xcomp", "conj", "advcl", "appos"):
        return False
    subjects = [child for child in (*head.children, *word.children) if child.dep_ in ("nsubj", "nsubjpass")]
    return not any(subject.lemma_.lower() in _nouns("others") for subject in subjects)


def _believed(word: Token) -> Guard | None:
    """What somebody thinks: "some believe that it is safe"."""
    found = next((token for token in word.ancestors if token.lemma_.lower() in ("believe", "think", "assume")), None)
    return Guard("hedged", found.text, found.idx, found.idx + len(found)) if found is not None else None


def _harms_told(reading: Reading, hit: Hit, span: Span) -> Guard | None:
    """Harms named with a number or a kind, in the sentence, the one before or the two after."""
    doc, sentence = reading.doc, span.sent
    near = [sentence]
    if sentence.start:
        near.append(doc[sentence.start - 1].sent)
    following = sentence
    for _ in range(2):
        if following.end < len(doc):
            following = doc[following.end].sent
            near.append(following)
    for other in near:
        for match in _HARM.finditer(other.text):
            start = other.start_char + match.start()
            if (start >= hit.end or start + len(match[0]) <= hit.start) and _TOLD.search(other.text):
                return Guard("answered", match[0], start, start + len(match[0]))
    return None


@cache
def _nouns(key: str) -> frozenset[str]:
    return frozenset(wordlist("wording/safe")[key])
