"""Advice that the study cannot carry.

What it flags: readers or doctors told what to do – "women should take", "time to switch", "they may be advised to" –
where the study reported only watched people, or was in animals or cells, or in fewer than a hundred. Why it misleads:
advice weighs benefit against harm and cost over a whole body of evidence; one such study cannot. Write instead what was
found, and what a guideline or an independent expert says to do. It leaves alone advice that a guideline, a public body
or an official gives, prudent advice ("ask your doctor", "do not stop"), calls for research, denials and questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotate.checks.clauses import verb_phrase
from annotate.checks.inference._cues import cues, words
from annotate.checks.inference._statements import topic_of
from annotate.types import OBSERVATIONAL, BlockKind, Check, Evidence, Example, Finding, Reading

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

CHECK = Check(
    id="inference.advice",
    severity="warning",
    guards=("negated", "question", "answered", "quoted"),
    references=(
        "Haneef R et al. Interpretation of health news items reported with or without spin. PLoS One 2015;10:e0140889",
        "Sumner P et al. The association between exaggeration in health related science news and academic press "
        "releases: retrospective observational study. BMJ 2014;349:g7015. doi:10.1136/bmj.g7015",
    ),
    examples=(
        Example(
            "Almonds and the heart\n\nA cohort study followed 9,000 teachers for twelve years.\n\n"
            "Those who ate almonds had fewer heart attacks. "
            "[[Everybody over fifty should eat almonds every day]], the authors said."
        ),
        Example(
            "Cold showers and colds\n\nThe study was in 30 mice.\n\n"
            "The mice kept in the cold had fewer infections. [[Parents should give their children cold showers]]."
        ),
        Example(
            "Screens and sleep\n\nIn a survey, 2,000 pupils were asked about screens and sleep.\n\n"
            "Those with a screen by the bed slept less. Teenagers [[may be advised to leave their phones downstairs]]."
        ),
        Example(
            "Almonds and the heart\n\nA cohort study followed 9,000 teachers for twelve years.\n\n"
            "Those who ate almonds had fewer heart attacks. National guidelines say that adults should eat almonds.",
            "a guideline is cited",
        ),
        Example(
            "Almonds and the heart\n\nA cohort study followed 9,000 teachers for twelve years.\n\n"
            "Those who ate almonds had fewer heart attacks. Patients should ask a doctor before they change a diet.",
            "prudent",
        ),
        Example(
            "Almonds and the heart\n\nA cohort study followed 9,000 teachers for twelve years.\n\n"
            "Those who ate almonds had fewer heart attacks. Larger studies should test almonds in a trial.",
            "a call for research",
        ),
        Example(
            "Folic acid before pregnancy\n\nIn the trial, 4,000 women were randomly assigned to folic acid or a "
            "placebo.\n\nFewer of the babies had defects. Women should take folic acid, the authors said.",
            "a large trial",
        ),
    ),
)
_BODY: frozenset[BlockKind] = frozenset(("standfirst", "paragraph", "quote", "list"))
_WEAK = OBSERVATIONAL | {"animal", "cell", "uncontrolled-trial", "case-report", "modelling"}
_FEW = 100
_SHOULD = re.compile(r"\b(?:should|must|ought|needs?)\b", re.IGNORECASE)
_NEEDLESS = re.compile(
    r"(?:\b(?:no|not) need to|n[’']t (?:need|have) to|\bwithout (?:having|needing) to) $", re.IGNORECASE
)
_NEEDS = frozenset(("need", "ought"))


def find(reading: Reading) -> Iterator[Finding]:
    """Advice in the body of an article on a study that cannot carry it."""
    weakness = _weakness(reading)
    if weakness is None:
        return
    topic = topic_of(reading)
    for sentence in reading.doc.sents:
        block = reading.article.block_at(sentence.start_char)
        if block is None or block.kind not in _BODY:
            continue
        phrases = [*_told(sentence, topic)] if _SHOULD.search(sentence.text) else []
        phrases = phrases or [phrase for phrase in (_phrased(sentence) or _ordered(sentence, topic),) if phrase]
        if phrases and _is_sound(sentence):
            continue
        for phrase in phrases:
            yield CHECK.finding(
                *phrase,
                "Say what was found, and who else advises it: this study cannot carry advice.",
                trigger=reading.article.text[slice(*phrase)],
                evidence=(weakness,),
            )


def _weakness(reading: Reading) -> Evidence | None:
    """Why the study cannot carry advice."""
    study = reading.study
    if study.design is not None and study.design.value in _WEAK:
        return Evidence(f"the design: {study.design.value}", study.design.start, study.design.end)
    pooled = study.design is not None and study.design.value in ("meta-analysis", "review")
    if study.n is not None and study.n.value < _FEW and not pooled:
        return Evidence("the size of the study", study.n.start, study.n.end)
    return None


def _is_sound(sentence: Span) -> bool:
    """Prudent, or somebody answers for it in the sentence. "No need to ask a doctor" is not prudent."""
    return any(
        not _NEEDLESS.search(sentence.text, 0, match.start())
        for match in cues("advice", "sound").finditer(sentence.text)
    )


def _told(sentence: Span, topic: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Everybody who "should", "must" or "needs to" do what the article is about."""
    end = 0
    for token in sentence:
        if token.pos_ not in ("VERB", "AUX") or token.lemma_.lower() not in words("advice", "deeds"):
            continue
        subject = _advised(token)
        if subject is None or subject.lemma_.lower() not in words("advice", "readers") or _is_left_open(subject):
            continue
        phrase = verb_phrase(token)
        done = next((child for child in token.rights if child.dep_ == "ccomp" and child.tag_ == "VBN"), None)
        if token.lemma_ == "have":  # "have their levels checked"
            if done is None or done.lower_ not in words("advice", "checked"):
                continue
            phrase = sentence.doc[token.i : done.right_edge.i + 1]
        lemmas = {word.lemma_.lower() for word in sentence}
        known = topic & {word.lemma_.lower() for word in (*subject.subtree, *phrase)}
        if not known and lemmas.isdisjoint(words("advice", "all") | words("advice", "said")):
            continue
        if subject.left_edge.idx >= end:
            end = phrase.end_char
            yield subject.left_edge.idx, end


def _is_left_open(subject: Token) -> bool:
    """It is asked "which patients should …"."""
    first = subject.left_edge
    ahead = first.nbor(-1).lower_ if first.i > first.sent.start else ""
    return {ahead, first.lower_} & {"which", "what", "whose", "whether", "why"} != set()


def _advised(verb: Token) -> Token | None:
    """The subject of a verb under "should", "must", "ought to" or "need to"."""
    modal = any(child.lower_ in ("should", "must") for child in verb.lefts)
    needed = verb.dep_ == "xcomp" and verb.head.lemma_ in _NEEDS
    governor = verb if modal else verb.head if needed else None
    if governor is None:
        return None
    return next((child for child in governor.lefts if child.dep_ in ("nsubj", "nsubjpass")), None)


def _phrased(sentence: Span) -> tuple[int, int] | None:
    match = cues("advice", "phrases").search(sentence.text)
    return (sentence.start_char + match.start(), sentence.start_char + match.end()) if match else None


def _ordered(sentence: Span, topic: frozenset[str]) -> tuple[int, int] | None:
    """An order to the reader, about the topic."""
    match = cues("advice", "orders").match(sentence.text.lstrip("“\"‘' "))
    if match is None or topic.isdisjoint(token.lemma_.lower() for token in sentence):
        return None
    return sentence.start_char, sentence.start_char + len(sentence.text.rstrip(' .!\n\t”"'))
