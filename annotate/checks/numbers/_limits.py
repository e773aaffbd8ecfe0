"""Figures that nothing of their kind can have: ages, shares, doses, and populations of countries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from annotate.artefacts import wordlist
from annotate.checks.numbers._figures import PERCENT, Figure, is_year, matches, value_of
from annotate.types import Reading

OLDEST = 122
"""Years: the longest life on record (Jeanne Calment, 1875-1997)."""
_SMALL = ("mg", "milligram", "milligrams", "mcg", "micrograms")
_CROWD = r"people|adults|men|women|children|patients"
_BILLION = re.compile(
    rf"(?<![$£€\d.])(\d+(?:\.\d+)?) (?P<unit>b|m)illion (?P<who>{_CROWD}|cases)? ?(?:\w+ )?"
    r"(?:in|of) (?:the )?([A-Z][\w.]*(?: [A-Z]\w+)*)"
)
_ON_EARTH = re.compile(rf"(?<![$£€\d.])(\d+(?:\.\d+)?) billion (?:{_CROWD})\b")
_PEOPLES = {
    "Americans": "United States", "Britons": "Britain", "Canadians": "Canada", "Australians": "Australia",
    "Germans": "Germany", "Italians": "Italy", "Europeans": "Europe", "Africans": "Africa",
}  # fmt: skip
_OF_A_PEOPLE = re.compile(rf"(?<![$£€\d.])(\d+(?:\.\d+)?) billion (?:\w+ )?({'|'.join(_PEOPLES)})\b")
_MOST_ON_EARTH = 8.3
"""Billions of people (UN World Population Prospects 2024: 8.2)."""
_DOSE = re.compile(
    r"(?<![\w.,])(\d+(?:\.\d+)?) ?(kg|kilograms?|kilos?)"
    r"(?= (?:(?:once|twice|three times) )?(?:a day|daily|per day))"
)
_AGE = re.compile(
    r"\b(?:aged? (?:of )?|(?:average|mean|median) age (?:was|of) |ages of \d+ (?:and|to) )(\d{3,4})\b"
    r"(?![\d%]|[.,]\d|-\d| (?:days|weeks|months|hours))"
)
_SHARE = re.compile(
    r"(?<![\w.,$£€-])(\d{3}(?:\.\d+)?) ?(?:%|percent|per cent)"
    r"(?= of (?:(?:the|all|these|those|our|young|older|elderly|female|male|pregnant|healthy|[A-Z][\w.]*) )*([a-z]+))"
)


_OLD = re.compile(r"(?<![\w.,$£€-])(?P<age>\d{2,3})(?:-year-old (?P<who>[a-z]+)|,? years? old(?=[,.;]))")
_YOUNG = {"boy": 20, "girl": 25, "baby": 3, "infant": 3, "toddler": 6, "child": 20, "teenager": 20, "pupil": 21}
_PERSON = re.compile(r"\b(?:patients?|wom[ae]n|m[ae]n|persons?|people|she|he|her|his|volunteers?)\b", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:since|(?:began|started|launched|published|approved|diagnosed|born|died|reported|ended) in) "
    r"(?P<year>20[5-9]\d|2[1-9]\d\d)\b(?![,.]\d| (?:[a-z]+s\b))"
)


@dataclass(frozen=True, slots=True)
class Impossible:
    """A figure at `start:end`, why it cannot be, what it may be, and the same figure with a possible unit, if any."""

    start: int
    end: int
    message: str
    limit: float
    suggestion: str | None = None
    same: Figure | None = None


def impossibles(reading: Reading, found: Sequence[Figure]) -> Iterator[Impossible]:
    """The impossible figures of a text, kind by kind."""
    text = reading.article.text
    yield from _populations(text)
    yield from _doses(text, found)
    for match in matches(_AGE, text, "age"):
        if value_of(match[1]) > OLDEST and not is_year(value_of(match[1])):
            yield Impossible(match.start(), match.end(), f"Nobody is {match[1]} years old.", OLDEST)
    yield from _ages(text)
    for match in matches(_FUTURE, text, "since 2", "Since 2", " in 2"):
        message = f"{match['year']} is yet to come."
        yield Impossible(match.start("year"), match.end("year"), message, 2050)
    for match in matches(_SHARE, text, *PERCENT):
        if value_of(match[1]) > 100 and match[2] in wordlist("numbers/populations")["groups"]:
            yield Impossible(match.start(), match.end(), f"No part of the {match[2]} is more than all of them.", 100)


def _ages(text: str) -> Iterator[Impossible]:
    """Ages that nobody reaches, and children that are none."""
    for match in matches(_OLD, text, "years old", "year old", "year-old"):
        age, who = value_of(match["age"]), match["who"]
        most = _YOUNG.get(who or "", OLDEST)
        sentence = text[max(text.rfind(".", 0, match.start()), text.rfind("\n", 0, match.start())) + 1 : match.end()]
        if age > most and (most < OLDEST or _PERSON.search(who or sentence)):
            message = f"Nobody is {match['age']} years old." if most == OLDEST else f"No {who} is {match['age']}."
            yield Impossible(match.start(), match.end(), message, most)


@cache
def _people() -> dict[str, float]:
    return {str(name): float(count) for name, count in wordlist("numbers/populations")["millions"].items()}


def _populations(text: str) -> Iterator[Impossible]:
    for match in matches(_BILLION, text, "illion "):
        most = next((count for name, count in _people().items() if match[4].startswith(name)), None)
        millions = value_of(match[1]) * (1000 if match["unit"] == "b" else 1)
        if most is not None and millions > most and (match["unit"] == "b" or match["who"] not in (None, "cases")):
            end = match.end("unit") + len("illion")
            message = f"{match[4]} has about {most:.0f} million people."
            less = f"{match[1]} million" if match["unit"] == "b" else None
            yield Impossible(match.start(), end, message, most, less)
    for match in matches(_OF_A_PEOPLE, text, "billion "):
        most = _people()[_PEOPLES[match[2]]]
        if value_of(match[1]) * 1000 > most:
            end, message = match.end(1) + len(" billion"), f"There are about {most:.0f} million {match[2]}."
            yield Impossible(match.start(), end, message, most, f"{match[1]} million")
    for match in matches(_ON_EARTH, text, "billion "):
        if value_of(match[1]) > _MOST_ON_EARTH:
            end = match.end(1) + len(" billion")
            yield Impossible(match.start(), end, "So many people do not live.", _MOST_ON_EARTH, f"{match[1]} million")


def _doses(text: str, found: Sequence[Figure]) -> Iterator[Impossible]:
    for match in _DOSE.finditer(text) if "kilo" in text or "kg" in text else ():
        small = next((f for f in found if f.value == value_of(match[1]) and f.after[:1] and f.after[0] in _SMALL), None)
        message = f"{match[1]} {match[2]} is no daily dose of a drug."
        yield Impossible(match.start(), match.end(), message, 1, f"{match[1]} mg", small)
