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

from annotate.checks.clauses import linked
from annotate.checks.inference._statements import in_passing, near, repeats_headline, statements, topic_of
from annotate.strength import strengths
from annotate.types import (
    CAUSAL,
    CONDITIONAL,
    OBSERVATIONAL,
    Check,
    Claim,
    Evidence,
    Example,
    Finding,
    Reading,
    states_cause,
)

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
_SURE = 0.5  # the model was trained on softened labels: its probabilities are low
_VERY_SURE = 0.8
_EARLY = 8  # claims
_CAN = re.compile(r"\bcan\b", re.IGNORECASE)
_BLAME = re.compile(r"\b(?:due to|because of|thanks to|as a result of)\b", re.IGNORECASE)
_CAVEAT = re.compile(
    r"\b(?:observational|correlation|cannot (?:prove|show|say|tell)|(?:not|n[’']t) (?:prove|mean|show|say|tell)|"
    r"cause[- ]and[- ]effect|causation|causal|association|reverse|randomi[sz]ed|trials?)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:previous|earlier|other|past|prior|existing|separate) (?:\w+ )?(?:stud(?:y|ies)|research|work|trials?)|"
    r"\b(?:is|are|was|were|be|been|already|well|long) known\b|\bexperts? (?:advise|recommend)",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Finding]:
    """Causal statements of an article on an observational study of people, in its body."""
    design, species = reading.study.design, reading.study.species
    if design is None or design.value not in OBSERVATIONAL or species is None or species.value != "human":
        return
    found = {statement.claim.start: statement for statement in statements(reading)}
    topic = topic_of(reading)
    for claim in reading.claims:
        if not states_cause(reading.article, claim) or _is_excused(reading, claim):
            continue
        statement = found.get(claim.start)
        if statement is not None and statement.tense == "will":
            continue  # a forecast, for wording.certainty
        phrase = (statement.start, statement.end) if statement else _blamed(reading, claim, topic)
        loose = None if phrase else _loosely(reading, claim, topic)
        phrase = phrase or loose
        if phrase is None or repeats_headline(reading, *phrase):
            continue
        strength, score = _as_modelled(reading, claim)
        if strength is not None and score >= (_VERY_SURE if loose else _SURE):
            yield CHECK.finding(
                *phrase,
                "The study only watched people: write “was linked with”, not that one brings about the other.",
                trigger=reading.article.text[slice(*phrase)],
                evidence=(Evidence(f"the design: {design.value}", design.start, design.end),),
                suggestion=linked(statement.verb, past=True) if statement else None,
                signals={"strength": strength, "score": round(score, 2)},
            )


def _as_modelled(reading: Reading, claim: Claim) -> tuple[int | None, float]:
    """A cause as the model reads the sentence, with its probability; None where the model reads less.

    "Can" is no hedge: it says that one does bring about the other.
    """
    text = reading.article.text[claim.start : claim.end]
    ((strength, score),) = strengths([text], headline=[False])
    causal = strength == CAUSAL or (strength == CONDITIONAL and _CAN.search(text) is not None)
    return strength if causal else None, score


def _blamed(reading: Reading, claim: Claim, topic: frozenset[str]) -> tuple[int, int] | None:
    """After “due to” or “thanks to”: the cause, where it is what the article is about."""
    match = _BLAME.search(reading.article.text, claim.start, claim.end)
    if match is None or claim.in_quote:
        return None
    cause = next(
        (child for token in reading.span(*match.span()) for child in token.rights if child.dep_ == "pobj"), None
    )
    if cause is None or cause.i < reading.span(*match.span()).start:
        return None
    named = {token.lemma_.lower() for token in cause.subtree} | {token.lower_ for token in cause.subtree}
    return None if topic.isdisjoint(named) else (match.start(), cause.idx + len(cause))


def _loosely(reading: Reading, claim: Claim, topic: frozenset[str]) -> tuple[int, int] | None:
    """The words of effect near the topic, early in the article, where the parser lost."""
    early = sum(other.start < claim.start for other in reading.claims) < _EARLY
    if not early or claim.in_quote:
        return None
    sentence = reading.span(claim.start, claim.end)
    return in_passing(reading, sentence, topic) or near(reading, sentence, topic)


def _is_excused(reading: Reading, claim: Claim) -> bool:
    """On other work or common knowledge, or with a caveat in the sentence or right after it."""
    text = reading.article.text
    if _ELSEWHERE.search(text, claim.start, claim.end):
        return True
    stop = text.find(".", claim.end + 1)
    return _CAVEAT.search(text, claim.start, stop if 0 <= stop < claim.end + 300 else claim.end) is not None
