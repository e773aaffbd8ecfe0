"""A cause told from an observational study.

What it flags: a sentence that says one thing brings another about – cuts, raises, protects, makes more likely – where
the study, as the article tells it, only watched people. Why it misleads: those who drink coffee differ from those who
do not in many ways; a cohort, survey or case-control study cannot tell which of them matters. Write instead "was linked
with", "people who … had fewer". It leaves alone randomised trials, hedged statements, what is said of other studies or
of accepted medicine, quotations that are answered, and sentences with a caveat beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from annotate.artefacts import wordlist
from annotate.checks.clauses import verb_phrase
from annotate.types import CAUSAL, OBSERVATIONAL, Check, Claim, Evidence, Example, Finding, Reading

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

CHECK = Check(
    id="inference.causal",
    severity="warning",
    guards=("negated", "question", "hedged", "established", "answered", "quoted"),
    references=(
        "Adams RC et al. Claims of causality in health news: a randomised trial. BMC Med 2019;17:91. "
        "doi:10.1186/s12916-019-1324-7",
        "Haneef R et al. Interpretation of health news items reported with or without spin. PLoS One 2015;10:e0140889",
    ),
    examples=(
        Example(
            "Tea and strokes\n\nA cohort study followed 40,000 adults for ten years.\n\n"
            "Drinking tea every day [[reduces the risk of stroke]], the study found."
        ),
        Example(
            "Night shifts and weight\n\nIn a survey, 3,000 nurses were asked about shifts and weight.\n\n"
            "Working at night [[makes nurses gain weight]], the results show."
        ),
        Example(
            "Noise and the heart\n\nThe observational study compared 8,000 people near airports with others.\n\n"
            "Aircraft noise [[raises blood pressure]], the team reports."
        ),
        Example(
            "Tea and strokes\n\nA cohort study followed 40,000 adults for ten years.\n\n"
            "Drinking tea every day was linked with a lower risk of stroke.",
            "told as a link",
        ),
        Example(
            "Tea and strokes\n\nA cohort study followed 40,000 adults for ten years.\n\n"
            "Drinking tea every day may reduce the risk of stroke, the study found.",
            "hedged",
        ),
        Example(
            "Tea and strokes\n\nIn the trial, 4,000 adults were randomly assigned to tea or water for ten years.\n\n"
            "Drinking tea every day reduced the risk of stroke, the study found.",
            "a randomised trial",
        ),
        Example(
            "Tea and strokes\n\nA cohort study followed 40,000 adults for ten years.\n\n"
            "Drinking tea every day reduces the risk of stroke, the study found. "
            "But it was observational and cannot prove cause and effect.",
            "a caveat beside it",
        ),
    ),
)
_SURE = 0.6  # the model was trained on softened labels: its probabilities are low
_FINITE = frozenset(("ROOT", "ccomp", "conj"))
_PEOPLE = frozenset(
    ("people", "person", "man", "woman", "child", "adult", "those", "who", "they", "it", "this", "that")
)
_CAVEAT = re.compile(
    r"\b(?:observational|correlation|cannot (?:prove|show|say)|(?:not|n[’']t) (?:prove|mean|show|say)|"
    r"cause[- ]and[- ]effect|causation|causal|association|reverse)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:previous|earlier|other|past|prior|existing|separate) (?:\w+ )?(?:stud(?:y|ies)|research|work|trials?)|"
    r"\b(?:is|are|was|were|be|been|already|well|long) known\b|\bis (?:caused|a |an |the )|"
    r"\bexperts? (?:advise|recommend)|\baffects? (?:about|around|nearly|almost|up to|more than|an? |one|\d)",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Finding]:
    """Causal statements of an article on an observational study, in its body."""
    design = reading.study.design
    if design is None or design.value not in OBSERVATIONAL:
        return
    topic = _topic(reading)
    for claim in reading.claims:
        if claim.strength == CAUSAL and (claim.score or 0.0) >= _SURE and _is_about_the_study(reading, claim):
            sentence = reading.span(claim.start, claim.end)
            verb = _causal_verb(sentence, topic)
            if verb is not None:
                phrase = verb_phrase(verb)
                yield CHECK.finding(
                    phrase.start_char,
                    phrase.end_char,
                    "The study only watched people: write “was linked with”, not that one brings about the other.",
                    trigger=verb.text,
                    evidence=(Evidence(f"the design: {design.value}", design.start, design.end),),
                    signals={"strength": claim.strength, "score": round(claim.score or 0.0, 2)},
                )


def _is_about_the_study(reading: Reading, claim: Claim) -> bool:
    """In the body, not on other work or common knowledge, with no caveat in it or right after it."""
    text = reading.article.text
    block = reading.article.block_at(claim.start)
    if block is None or block.kind == "headline" or _ELSEWHERE.search(text, claim.start, claim.end):
        return False
    stop = text.find(".", claim.end + 1)
    return not _CAVEAT.search(text, claim.start, stop if 0 <= stop < claim.end + 300 else claim.end)


def _causal_verb(sentence: Span, topic: frozenset[str]) -> Token | None:
    """The first verb of effect, not under a modal, whose subject is what the article is about, or people."""
    for token in sentence:
        if token.pos_ != "VERB" or token.lemma_.lower() not in _effects() or token.dep_ not in _FINITE:
            continue
        if any(child.tag_ == "MD" for child in token.lefts):
            continue
        subject = next((child for child in token.lefts if child.dep_ in ("nsubj", "csubj")), None)
        if subject is not None and any(word.lemma_.lower() in topic | _PEOPLE for word in subject.subtree):
            return token
    return None


def _topic(reading: Reading) -> frozenset[str]:
    """The nouns and verbs of the headline and of the main claim."""
    spans = [(block.start, block.end) for block in reading.article.blocks if block.kind in ("headline", "standfirst")]
    spans += [(claim.start, claim.end) for claim in reading.claims if claim.main]
    return frozenset(
        token.lemma_.lower()
        for start, end in spans
        for token in reading.span(start, end)
        if token.pos_ in ("NOUN", "PROPN", "VERB") and len(token) > 2
    )


@cache
def _effects() -> frozenset[str]:
    return frozenset(wordlist("claims/effects")["causal"])
