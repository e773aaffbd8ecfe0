"""What a report says in words: the study in a sentence, the three labels, disclosures, entities, checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotate.types import Entity, Reading, Study

DESIGNS = {
    "rct": "Randomised trial", "uncontrolled-trial": "Uncontrolled trial", "cohort": "Cohort study",
    "case-control": "Case-control study", "cross-sectional": "Cross-sectional study", "animal": "Animal study",
    "cell": "Laboratory study of cells", "review": "Review", "meta-analysis": "Meta-analysis", "survey": "Survey",
    "case-report": "Case report", "modelling": "Modelling study", "other": "Another kind of study",
    "unclear": "Kind of study not said",
}  # fmt: skip
SPECIES = {
    "human": "people",
    "animal": "animals",
    "cell": "cells",
    "mixed": "people and animals or cells",
    "none": "not said",
}
DISCLOSURES = {
    "sample_size": "How many took part", "control_group": "Compared with whom", "followup": "For how long",
    "harms": "Harms", "cost": "Cost", "availability": "Availability", "alternatives": "Alternatives",
    "funding_or_conflicts": "Funding or conflicts", "independent_source": "An independent voice",
    "review_status": "Where it was published", "limitations": "Limits of the evidence",
    "absolute_numbers": "Absolute numbers", "causation_caveat": "Link is not cause",
    "species_stated": "Animals or cells said",
}  # fmt: skip
STATES = {"present": ("✓", "told"), "absent": ("✗", "not told"), "n/a": ("–", "does not apply")}
FAMILIES = {
    "names": "Names and terms", "text": "Corrupted text", "wording": "Overstated wording",
    "inference": "Beyond the evidence", "numbers": "Numbers", "structure": "Structure",
    "caveats": "Not told", "paper": "Against the paper",
}  # fmt: skip
SEVERITIES = {"error": "Error", "warning": "Warning", "information": "Note"}
BLOCK_TAGS = {
    "headline": "h2", "standfirst": "p", "subheading": "h3", "byline": "p", "paragraph": "p", "quote": "blockquote",
    "list": "p", "table": "p", "caption": "p", "boilerplate": "p",
}  # fmt: skip
GUARDS = {
    "negated": "denied", "quoted": "somebody's own words", "answered": "answered by the article",
    "question": "asked or hoped, not claimed", "hedged": "held back", "mention": "a name",
    "established": "accepted or past", "other-topic": "about something else",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """One of the three labels of a study: the question, the answer, and whether it is one to be wary of."""

    question: str
    answer: str
    known: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """An entity of the article, with how often it is named and its public page."""

    name: str
    kind: str
    id: str
    url: str
    forms: tuple[str, ...]
    mentions: int


def study(study: Study) -> str:
    """The study in one plain sentence, of what the article tells; empty where it tells nothing."""
    parts = []
    if study.design and study.design.value not in ("unclear", "other"):
        parts.append(DESIGNS[study.design.value])
    if study.n:
        parts.append(f"{'in' if parts else 'In'} {study.n.value:,} {_noun(study, study.n.value)}")
    sentence = " ".join(parts)
    if study.followup:
        sentence += (
            f", {study.followup.value[:1].lower()}{study.followup.value[1:]}" if sentence else study.followup.value
        )
    if study.journal:
        sentence += f"{', ' if sentence else ''}{study.journal.value}"
    return sentence + "." if sentence else ""


def _noun(study: Study, number: int) -> str:
    nouns = {"human": ("person", "people"), "animal": ("animal", "animals")}
    one, many = nouns.get(study.species.value if study.species else "", ("participant", "participants"))
    return one if number == 1 else many


def strip(study: Study) -> tuple[Label, Label, Label]:
    """The labels of the Academy of Medical Sciences: peer reviewed? kind of evidence? people, animals or cells?"""
    venues = {
        "journal": f"Published in {study.journal.value}" if study.journal else "Published in a journal",
        "conference": "Shown at a conference, not peer reviewed",
        "preprint": "A preprint, not peer reviewed",
    }
    venue = study.venue.value if study.venue else "none"
    design = study.design.value if study.design else "unclear"
    species = study.species.value if study.species else "none"
    return (
        Label("Peer reviewed?", venues.get(venue, "Not said"), venue in venues),
        Label("Kind of evidence?", DESIGNS[design] if design != "unclear" else "Not said", design != "unclear"),
        Label("People, animals or cells?", SPECIES[species].capitalize(), species != "none"),
    )


def entities(found: Sequence[Entity], text: str) -> list[Concept]:
    """The linked concepts of an article, the most mentioned first."""
    groups: dict[str, list[Entity]] = {}
    for entity in found:
        if entity.concept is not None:
            groups.setdefault(entity.concept.id, []).append(entity)
    concepts = []
    for identifier, group in groups.items():
        concept = group[0].concept
        assert concept is not None
        forms = tuple(dict.fromkeys(text[entity.start : entity.end] for entity in group))
        url = f"https://identifiers.org/{identifier}"
        concepts.append(Concept(concept.name, group[0].kind, identifier, url, forms, len(group)))
    return sorted(concepts, key=lambda concept: (-concept.mentions, concept.name))


def main_claim(reading: Reading) -> str:
    """The words of the article's main claim; empty where there is none."""
    claim = next((claim for claim in reading.claims if claim.main), None)
    return reading.article.text[claim.start : claim.end] if claim else ""
