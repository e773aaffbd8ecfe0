"""A risk or a normal state sold as disease, or a disease made larger.

What it flags: silent epidemics and thieves, readers told that they may have it, ageing or shyness called a disease,
counts of undiagnosed people with no source. Why it misleads: it widens the market for a treatment, and makes patients
of people who feel well. Write instead who is affected, how badly, by whose count, and what happens if nothing is done.
It leaves alone counts with their source, denials, questions that research asks, and words of those who disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.checks.clauses import answered_in
from annotate.checks.phrases import Hit, phrases
from annotate.types import Check, Example, Finding, Guard, Reading

CHECK = Check(
    id="wording.disease-mongering",
    severity="warning",
    guards=("negated", "mention", "established", "answered", "quoted"),
    references=(
        "Moynihan R, et al. Selling sickness: the pharmaceutical industry and disease mongering. BMJ 2002;324:886. "
        "doi:10.1136/bmj.324.7342.886",
        "Woloshin S, Schwartz LM. Giving legs to restless legs: a case study of how the media helps make people sick. "
        "PLoS Med 2006;3:e170. doi:10.1371/journal.pmed.0030170",
    ),
    examples=(
        Example("Low iron is a [[silent epidemic]] among office workers, the maker of the tablets says."),
        Example("Tired after lunch? [[You may have adrenal burnout]], a condition that doctors overlook."),
        Example("Dry skin after a bath [[affects nine in ten of us]] and can be treated with the cream."),
        Example("[[Ageing is a disease]], the clinic's founder says, and it sells the drip that treats it."),
        Example(
            "About 40,000 people have undiagnosed coeliac disease, according to the national health survey.", "sourced"
        ),
        Example("Ageing is not a disease, said Prof Vera Holm.", "negated"),
        Example("You may have to wait a month for the test.", "no disease"),
        Example("The decline of testosterone with age is a normal part of life.", "a normal state called so"),
    ),
)

_ILLNESS = re.compile(
    r"\b(?:undiagnosed|without (?:even )?knowing|condition|disorder|syndrome|epidemic|deficien\w+|disease)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?:according to|estimat\w+|figures|statistics|surveys?|study|studies|data|research|census|registr\w+|CDC|NHS|"
    r"WHO|World Health Organi[sz]ation|Office for National Statistics|Institutes? of Health|charity|society|"
    r"association|foundation)\b",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Finding]:
    """Words that make a disease larger, or make one."""
    for hit in phrases(reading, "wording/disease_mongering"):
        if hit.kind == "reader" and hit.text.lower().startswith("you") and not _told_ill(reading, hit):
            continue
        source = _source(reading, hit) if hit.kind == "count" else None
        yield CHECK.finding(
            hit.start,
            hit.end,
            "Give the source of the count." if hit.kind == "count" else "Say who is ill, how badly, by whose count.",
            trigger=hit.text,
            guards=(*hit.guards, source) if source else hit.guards,
        )


def _told_ill(reading: Reading, hit: Hit) -> bool:
    """Readers are asked about themselves just before, or told of an illness in the same sentence."""
    sentence = reading.span(hit.start, hit.end).sent
    asked = bool(sentence.start) and reading.doc[sentence.start - 1].sent.text.rstrip().endswith("?")
    return asked or _ILLNESS.search(sentence.text) is not None


def _source(reading: Reading, hit: Hit) -> Guard | None:
    return answered_in(reading.span(hit.start, hit.end).sent, _SOURCE)
