"""The scorecard: what the study was, in one sentence and three labels, and HealthNewsReview's ten criteria.

The labels are those that the Academy of Medical Sciences proposed for press releases in 2018: peer reviewed or not,
kind of evidence, people or animals or cells. The criteria are derived from the disclosures and, where they ask for
measure in the wording, from the findings; what a reviewer would judge beyond presence is left to the reader, who sees
the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotate.types import Criterion, Disclosure, Evidence, Fact, Finding, Label, Reading, Scorecard, Study

_DESIGNS = {
    "rct": "Randomised trial",
    "uncontrolled-trial": "Uncontrolled trial",
    "cohort": "Cohort study",
    "case-control": "Case-control study",
    "cross-sectional": "Cross-sectional study",
    "animal": "Animal study",
    "cell": "Laboratory study of cells",
    "review": "Review of studies",
    "meta-analysis": "Meta-analysis",
    "survey": "Survey",
    "case-report": "Case report",
    "modelling": "Modelling study",
}
_SPECIES = {"human": "people", "animal": "animals", "cell": "cells", "mixed": "people and animals"}

# A length of time with a number, however said.
_LENGTH = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twelve|half|fortnight|decade)", re.IGNORECASE
)

# Criterion, its question, the disclosures that tell (the first decides), the checks that speak against it.
_CRITERIA: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("costs", "Are the costs discussed?", ("cost",), ()),
    ("benefits", "Are the benefits quantified?", ("absolute_numbers",), ("numbers.relative", "numbers.framing")),
    ("harms", "Are the harms explained?", ("harms",), ()),
    ("evidence_quality", "Is the quality of the evidence clear?", ("limitations", "sample_size", "control_group"), ()),
    ("disease_mongering", "Does it avoid disease-mongering?", (), ("wording.disease-mongering",)),
    ("funding_coi", "Are funding and conflicts told?", ("funding_or_conflicts", "independent_source"), ()),
    ("alternatives", "Is it compared with alternatives?", ("alternatives",), ()),
    ("availability", "Is the availability clear?", ("availability",), ()),
    ("novelty", "Is the novelty true?", (), ("wording.superlative", "wording.breakthrough")),
    ("sensational_language", "Is the language measured?", (), ("wording.",)),
)


def scorecard(reading: Reading, findings: Sequence[Finding]) -> Scorecard:
    """The scorecard of a reading and of what the checks found in it."""
    return Scorecard(
        summary=summary(reading.study, reading.article.text),
        labels=_labels(reading),
        criteria=tuple(_criterion(reading, findings, *row) for row in _CRITERIA),
    )


def summary(study: Study, text: str) -> str:
    """What the study was: "Uncontrolled trial in 5 people, 17 months, Nature Medicine"."""
    design = _DESIGNS.get(study.design.value) if study.design else None
    who = _participants(study, text)
    where = study.journal.value if study.journal else _venue(study)
    length = _length(study.followup.value) if study.followup else None
    if design is None and who is None and where is None:
        return "The article does not say what kind of study this was."
    head = (design or "Study") + (f" in {who}" if who else "")
    return ", ".join(part for part in (head, length, where) if part)


def _length(words: str) -> str | None:
    """A length of time as it reads in a list: "eight-week" is "eight weeks"; None where it has no number."""
    if not _LENGTH.search(words):
        return None
    plain = re.sub(r"^(\S+)-(hour|day|week|month|year)$", r"\1 \2s", words)
    return plain[:1].lower() + plain[1:]


def _participants(study: Study, text: str) -> str | None:
    if study.n is None:
        return None
    if study.species is not None and study.species.value in ("animal", "none"):
        noun = text[study.n.start : study.n.end].split()[-1]
        return f"{study.n.value:,} {noun}"
    noun = "person" if study.n.value == 1 else "people"
    return f"{study.n.value:,} {noun}"


def _venue(study: Study) -> str | None:
    if study.venue is None:
        return None
    return {"conference": "shown at a conference", "preprint": "preprint"}.get(study.venue.value)


def _labels(reading: Reading) -> tuple[Label, ...]:
    study = reading.study
    design = study.design if study.design and study.design.value in _DESIGNS else None
    return (
        _reviewed(reading),
        _label("What kind of evidence?", _DESIGNS[design.value] if design else None, design),
        _label("In whom?", _SPECIES.get(study.species.value) if study.species else None, study.species),
    )


def _label(question: str, answer: str | None, fact: Fact[object] | None) -> Label:
    if answer is None or fact is None:
        return Label(question, None)
    return Label(question, answer, fact.start, fact.end)


def _reviewed(reading: Reading) -> Label:
    question, study = "Peer reviewed?", reading.study
    told = reading.disclosures.get("review_status")
    if study.venue is not None:
        answers = {"journal": "yes", "conference": "no, shown at a conference", "preprint": "no, a preprint"}
        place = study.journal or study.venue
        named = f", in {study.journal.value}" if study.journal else ""
        return Label(question, answers.get(study.venue.value, "no") + named, place.start, place.end)
    if told is not None and told.start is not None and told.end is not None:
        words = reading.article.text[max(0, told.start - 15) : told.end]
        answer = "no, the article says" if re.search(r"\bnot|n[’']t\b|\bun|yet", words) else "yes, the article says"
        return Label(question, answer, told.start, told.end)
    return Label(question, None)


def _criterion(
    reading: Reading,
    findings: Sequence[Finding],
    key: str,
    question: str,
    disclosures: tuple[str, ...],
    checks: tuple[str, ...],
) -> Criterion:
    told = [reading.disclosures[name] for name in disclosures if name in reading.disclosures]
    against = [found for found in findings if found.check.startswith(checks)] if checks else []
    evidence = (*(_told(item) for item in told if item.start is not None), *map(_against, against))
    if told and told[0].state == "n/a":
        return Criterion(key, question, "n/a", evidence)
    met = not against and (not told or told[0].state == "present")
    return Criterion(key, question, "met" if met else "not met", evidence)


def _told(disclosure: Disclosure) -> Evidence:
    return Evidence(disclosure.key.replace("_", " "), disclosure.start, disclosure.end)


def _against(finding: Finding) -> Evidence:
    return Evidence(finding.check, finding.start, finding.end)
