"""What a report says in words: disclosures, verdicts, families, guards; and the concepts of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotate.types import Entity, Finding, Reading
from annotate.vocabulary import page

DISCLOSURES = {
    "sample_size": "How many took part", "control_group": "Compared with whom", "followup": "For how long",
    "harms": "Harms", "cost": "Cost", "availability": "Availability", "alternatives": "Alternatives",
    "funding_or_conflicts": "Funding or conflicts", "independent_source": "An independent voice",
    "review_status": "Where it was published", "limitations": "Limits of the evidence",
    "absolute_numbers": "Absolute numbers", "causation_caveat": "Link is not cause",
    "species_stated": "Animals or cells said",
}  # fmt: skip
VERDICTS = {"met": ("✓", "yes"), "not met": ("✗", "no"), "n/a": ("–", "does not apply")}
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
class Concept:
    """An entity of the article, with how often it is named and its public page."""

    name: str
    kind: str
    id: str
    url: str | None
    forms: tuple[str, ...]
    mentions: int


def entities(found: Sequence[Entity], text: str) -> list[Concept]:
    """The linked concepts of an article, the most mentioned first."""
    groups: dict[str, list[Entity]] = {}
    names: dict[str, str] = {}
    for entity in found:
        for concept in (entity.concept, *entity.also):
            if concept is not None:
                groups.setdefault(concept.id, []).append(entity)
                names[concept.id] = concept.name
    concepts = []
    for identifier, group in groups.items():
        forms = tuple(dict.fromkeys(text[entity.start : entity.end] for entity in group))
        concepts.append(Concept(names[identifier], group[0].kind, identifier, page(identifier), forms, len(group)))
    return sorted(concepts, key=lambda concept: (-concept.mentions, concept.name))


def main_claim(reading: Reading) -> str:
    """The words of the article's main claim; empty where there is none."""
    claim = next((claim for claim in reading.claims if claim.main), None)
    return reading.article.text[claim.start : claim.end] if claim else ""


def advice(finding: Finding, text: str) -> str:
    """What to write instead, in a sentence; empty where nothing is suggested."""
    suggestion = finding.suggestion
    if suggestion is None:
        return ""
    replaced = " ".join(text[suggestion.start : suggestion.end].split())
    return f"Suggested: “{suggestion.replacement}” for “{replaced}”."
