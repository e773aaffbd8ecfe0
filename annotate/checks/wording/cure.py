"""A cure claimed beyond the evidence.

What it flags: words that say a disease is cured, eradicated, gone for good or reversed, about a treatment or finding
in the news. Why it misleads: readers take "cure" as gone and not coming back; a study of a few people over some months
can show neither. Write instead what was measured, in how many people and for how long: "no symptoms eight months
later in five patients". It leaves alone denials, questions, searches and hopes, names and rates ("cure rate"), and
infections that medicine does cure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotate.checks.phrases import phrases
from annotate.types import Check, Example, Finding, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

CHECK = Check(
    id="wording.cure",
    severity="warning",
    guards=("negated", "question", "hedged", "mention", "established", "other-topic", "answered", "quoted"),
    references=(
        "Schwitzer G. Seven words you shouldn't use in medical news. HealthNewsReview.org",
        "Science Media Centre. 10 best practice guidelines for reporting science and health stories, 2012",
    ),
    examples=(
        Example("Doctors said the infusion [[cured]] all six patients of the nerve disease."),
        Example(
            "A team in Lyon has found a way to treat and [[possibly cure]] psoriasis, in a study of four patients."
        ),
        Example("The diet can [[reverse type 2 diabetes]], its inventor says, and 40 people have tried it."),
        Example("The trial will examine how often people can reverse their diabetes by losing weight.", "question"),
        Example("The new gene therapy can [[cure]] haemophilia, the company announced."),
        Example("There is no cure for the disease.", "negated"),
        Example("A short course of antibiotics cures most cases of strep throat.", "established"),
        Example("The runners raised money for the Race for the Cure in June.", "mention"),
        Example("Researchers want to know whether the patients are cured.", "question"),
    ),
)


def _is_purpose(root: Token) -> bool:
    """An infinitive of purpose, not a result: "… was designed to cure", "… applied to curing"."""
    if root.dep_ == "pcomp" and root.head.lower_ in ("to", "toward", "towards", "at"):
        return True
    infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in root.lefts)
    return infinitive and root.dep_ == "advcl"


def find(reading: Reading) -> Iterator[Finding]:
    """Words of curing."""
    for hit in phrases(reading, "wording/cure"):
        root = reading.span(hit.start, hit.end).root
        if root.tag_ == "NNS" or _is_purpose(root):
            continue  # cures in general, or what something is meant for
        yield CHECK.finding(
            hit.start,
            hit.end,
            "“Cure” says gone and not coming back: say what was measured, in how many, for how long.",
            trigger=hit.text,
            guards=hit.guards,
        )
