"""A headline that claims more than the article supports.

What it flags: a headline that states an effect as a fact where the article tells of an observational study, of fewer
than a hundred people, or says "may" itself; and one that leaves out that the study was in animals or cells. Why it
misleads: most readers see the headline only, and those who read on remember it over the text. Write instead what the
body says: "may ease", "is linked to", "in mice", "in a small trial". It leaves alone headlines that hedge, ask or deny,
and those that the body bears out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotate.checks.clauses import softened
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
    Suggestion,
)  # fmt: skip

if TYPE_CHECKING:
    from spacy.tokens import Span

CHECK = Check(
    id="structure.headline",
    severity="warning",
    guards=("negated", "question"),
    references=(
        "Sumner P et al. The association between exaggeration in health related science news and academic press "
        "releases. BMJ 2014;349:g7015",
        "Ecker UKH et al. The effects of subtle misinformation in news headlines. J Exp Psychol Appl 2014;20:323",
    ),
    examples=(
        Example(
            "[[Daily walks prevent gout]], study finds\n\nIn a cohort of 9,000 adults, those who walked every day were "
            "less likely to have gout ten years on. The researchers followed them from 1998."
        ),
        Example(
            "[[New gel heals burns]]\n\nA trial of 24 patients at a hospital in Porto tested the gel. Burns closed "
            "two days sooner than with a plain dressing."
        ),
        Example(
            "[[Turmeric shrinks brain tumours]]\n\nIn the study, 30 mice with brain tumours were given turmeric for a "
            "month. The tumours grew more slowly, the researchers found."
        ),
        Example(
            "[[Ginger tea relieves migraine]]\n\nGinger tea may relieve migraine, according to a trial in which 900 "
            "adults were randomly assigned to ginger or plain hot water."
        ),
        Example("Daily walks may prevent gout\n\nIn a cohort of 9,000 adults, walkers had less gout.", "hedged"),
        Example("Do daily walks prevent gout?\n\nIn a cohort of 9,000 adults, walkers had less gout.", "question"),
        Example(
            "Turmeric shrinks brain tumours in mice\n\nIn the study, 30 mice were given turmeric for a month.",
            "the species is named",
        ),
        Example(
            "Statin cuts heart attacks\n\nIn a randomised trial of 9,000 adults, the statin reduced heart attacks from "
            "40 to 30 in every 1,000 people over five years.",
            "the body bears it out",
        ),
    ),
)
FEW = 100
_SURE = 0.6  # the model was trained on softened labels: its probabilities are low
_CAN = re.compile(r"\b(?:can|will)\b", re.IGNORECASE)
_SAYS_WHO = re.compile(
    r"(?:[,;:–—-]\s*|\s)(?:\w+\s){0,3}(?:study|studies|research|scientists|experts|researchers|doctors|trial)?\s*"
    r"(?:finds?|says?|shows?|suggests?|claims?|reveals?|warns?|study)\W*$",
    re.IGNORECASE,
)
_SPECIES = re.compile(
    r"\b(?:mice|mouse|rats?|animals?|monkeys?|rabbits?|pigs?|dogs?|worms?|fl(?:y|ies)|fish|zebrafish|cells?|lab|"
    r"laboratory|rodents?|primates?|hamsters?|ferrets?|sheep|macaques?|test[- ]tube|dish)\b",
    re.IGNORECASE,
)
_OPENING = 5
# A headline on work under way claims no result.
_UNDER_WAY = frozenset(("test", "propose", "study", "seek", "aim", "plan", "launch", "begin", "start", "ask", "explore",
                        "investigate", "examine", "try", "await", "call", "urge"))  # fmt: skip


def find(reading: Reading) -> Iterator[Finding]:
    """The headline's claim, where the article gives a reason that it is too strong."""
    for claim in reading.claims:
        if not _in_headline(reading, claim):
            return
        if reading.span(claim.start, claim.end).root.lemma_.lower() in _UNDER_WAY:
            continue
        found = _nonhuman(reading, claim) or _too_strong(reading, claim)
        if found is not None:
            message, evidence = found
            start, end = claim.start, _end(reading, claim)
            yield CHECK.finding(
                start,
                end,
                message,
                trigger=reading.article.text[start:end],
                suggestion=_suggestion(reading.span(start, end)),
                evidence=evidence,
                signals={"strength": claim.strength, "score": round(claim.score or 0.0, 2)},
            )
            return


def _nonhuman(reading: Reading, claim: Claim) -> tuple[str, tuple[Evidence, ...]] | None:
    species = reading.study.species
    if species is None or species.value not in ("animal", "cell") or claim.strength < CONDITIONAL:
        return None
    if _SPECIES.search(reading.article.text, claim.start, claim.end):
        return None
    told = "animals" if species.value == "animal" else "cells in a laboratory"
    return f"Say it in the headline: the study was in {told}.", (Evidence("the species", species.start, species.end),)


def _too_strong(reading: Reading, claim: Claim) -> tuple[str, tuple[Evidence, ...]] | None:
    text, study = reading.article.text, reading.study
    stated = claim.strength == CAUSAL and not claim.hedged and (claim.score or 0.0) >= _SURE
    promised = claim.strength == CONDITIONAL and not claim.hedged and bool(_CAN.search(text, claim.start, claim.end))
    if study.design is not None and study.design.value in OBSERVATIONAL and (stated or promised):
        evidence = Evidence("an observational study", study.design.start, study.design.end)
        return "The study was observational: write “is linked to”, not that one causes the other.", (evidence,)
    if not stated:
        return None
    people = study.species is None or study.species.value == "human"
    if study.n is not None and study.n.value < FEW and people:
        evidence = Evidence("the size of the study", study.n.start, study.n.end)
        return f"Stated as a fact from {study.n.value} people: hedge it, or say “small trial”.", (evidence,)
    hedge = _hedged_in_body(reading)
    if hedge is not None:
        return "The article itself is less sure: say “may” in the headline too.", (
            Evidence("what the body says", hedge.start, hedge.end),
        )
    return None


def _hedged_in_body(reading: Reading) -> Claim | None:
    """A hedged claim, in the article's own voice, among the first of the body."""
    body = [claim for claim in reading.claims if not claim.in_quote and not _in_headline(reading, claim)]
    return next((claim for claim in body[:_OPENING] if claim.hedged), None)


def _in_headline(reading: Reading, claim: Claim) -> bool:
    block = reading.article.block_at(claim.start)
    return block is not None and block.kind == "headline"


def _end(reading: Reading, claim: Claim) -> int:
    """The claim without "…, study finds" at its end."""
    match = _SAYS_WHO.search(reading.article.text[claim.start : claim.end])
    return claim.start + match.start() if match and match.start() > 10 else claim.end


def _suggestion(headline: Span) -> Suggestion | None:
    edit = softened(headline.root)
    return Suggestion(*edit) if edit and headline.root.pos_ == "VERB" else None
