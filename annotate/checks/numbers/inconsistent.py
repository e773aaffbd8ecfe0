"""Figures in the article that contradict one another, or what everybody knows.

What it flags: a percentage that the counts beside it do not give ("12 of 15 patients (90 %)"), a part larger than its
whole, a figure that differs from the article's other mention by a turned digit, a decimal point or a unit ("20 of the
53" where 35 took part, "12 years" where the trial lasted 12 weeks), doses and populations that cannot be. Why it
misleads: one of the two is wrong, and the reader cannot know which. Write instead the figure of the paper. It leaves
alone rounding, "about", and figures of other groups and times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from annotate.artefacts import wordlist
from annotate.checks.numbers._figures import NUMBER, Figure, figures, is_shifted, is_turned, value_of
from annotate.types import Check, Evidence, Example, Finding, Reading

CHECK = Check(
    id="numbers.inconsistent",
    severity="warning",
    references=("Brown NJL, Heathers JAJ. The GRIM test. 2017",),
    examples=(
        Example("In the trial, 12 of 15 patients ([[90 percent]]) slept better."),
        Example("Of the children, [[18 of 15]] had a rash."),
        Example("A trial of sleep\n\nThirty-five women had the rash. The cream was given to 20 of the [[53]] women."),
        Example("Walking helps\n\nThe women walked for 12 weeks. At the end of [[12 years]] they slept better."),
        Example("The disease affects [[3.1 billion]] people in the United States."),
        Example(
            "In the trial, 12 of 15 patients (80 percent) slept better, and about 2 of 3 (70 percent) ate more.",
            "rounded",
        ),
        Example(
            "Walking helps\n\nThe women, 12 years after the birth, walked for 12 weeks and slept better.",
            "two different times",
        ),
        Example("Some 18 of 36 men and 12 of 24 women had a rash, 50 percent in both groups.", "another group"),
        Example(
            "A cold\n\nIn one group 53 women had a rash, in another 35. The 53 women with a rash got a cream.",
            "two groups",
        ),
    ),
)

_SOME = "about|roughly|nearly|almost|approximately|some|around"
_SHARE = re.compile(
    rf"(?<![\w.,])({NUMBER}) (?:out )?of (?:the |these |those )?({NUMBER})(?: [a-z][\w-]*){{0,4}}?"
    rf",? ?(?:\(|--|–|—|or |, or )\s?(?:or |(?:{_SOME}) )?({NUMBER})\s?(%|percent|per cent)",
    re.IGNORECASE,
)
_PART = re.compile(r"(?<![\w.,$-])(\d[\d,]*) (?:out )?of (?:the )?(\d[\d,]*)(?=\s[a-z]+)(?! (?:percent|per cent))")
_ABOUT = re.compile(rf"\b(?:{_SOME}|over|under|more than|less than)\b", re.IGNORECASE)
_UNITS_OF_TIME = ("day", "week", "month", "year", "hour", "minute")
_BILLION = re.compile(
    r"(?<![$£€\d.])(\d+(?:\.\d+)?) billion (?:people|adults|men|women|children|patients|cases)? ?(?:\w+ )?"
    r"(?:in|of) (?:the )?([A-Z][\w.]*(?: [A-Z]\w+)*)"
)
_DOSE = re.compile(
    r"(?<![\w.,])(\d+(?:\.\d+)?) ?(kg|kilograms?|kilos?)"
    r"(?= (?:(?:once|twice|three times) )?(?:a day|daily|per day))"
)
_TOLERANCE = 1.0
_TOLERANCE_ABOUT = 6.0


def find(reading: Reading) -> Iterator[Finding]:
    """Figures that cannot both be right."""
    found = figures(reading)
    seen: set[int] = set()
    for finding in (
        *_shares(reading), *_parts(reading), *_populations(reading), *_doses(reading, found),
        *_turned(reading, found), *_units(reading, found), *_shifted(found),
    ):  # fmt: skip
        if finding.start not in seen:
            seen.add(finding.start)
            yield finding


def _checked(reading: Reading, position: int) -> bool:
    block = reading.article.block_at(position)
    return block is not None and block.kind in ("paragraph", "quote", "standfirst", "list", "headline", "subheading")


def _shares(reading: Reading) -> Iterator[Finding]:
    text = reading.article.text
    for match in _SHARE.finditer(text):
        part, whole, told = value_of(match[1]), value_of(match[2]), value_of(match[3])
        if not _checked(reading, match.start()) or not 0 < part <= whole:
            continue
        true = 100 * part / whole
        about = _ABOUT.search(match[0]) or _ABOUT.search(text[max(0, match.start() - 20) : match.start()])
        if abs(true - told) > (_TOLERANCE_ABOUT if about else _TOLERANCE):
            right = f"{true:.0f} {match[4]}" if match[4] != "%" else f"{true:.0f}%"
            yield CHECK.finding(
                match.start(3), match.end(4), f"{match[1]} of {match[2]} is {true:.0f} %, not {match[3]} %.",
                trigger=match[0], suggestion=right, signals={"told": told, "counted": round(true, 1)},
            )  # fmt: skip


def _parts(reading: Reading) -> Iterator[Finding]:
    for match in _PART.finditer(reading.article.text):
        part, whole = value_of(match[1]), value_of(match[2])
        if _checked(reading, match.start()) and part > whole > 0 and not 1900 < part < 2100:
            yield CHECK.finding(
                match.start(), match.end(), f"{match[1]} cannot be a part of {match[2]}.",
                trigger=match[0], signals={"part": part, "whole": whole},
            )  # fmt: skip


@cache
def _people() -> dict[str, float]:
    return {str(name): float(count) for name, count in wordlist("numbers/populations")["millions"].items()}


def _populations(reading: Reading) -> Iterator[Finding]:
    for match in _BILLION.finditer(reading.article.text):
        most = next((count for name, count in _people().items() if match[2].startswith(name)), None)
        if most is not None and _checked(reading, match.start()) and value_of(match[1]) * 1000 > most:
            end = match.start() + len(match[1]) + len(" billion")
            yield CHECK.finding(
                match.start(), end, f"{match[2]} has about {most:.0f} million people.",
                trigger=match[0], suggestion=f"{match[1]} million", signals={"people_in_millions": most},
            )  # fmt: skip


def _doses(reading: Reading, found: Sequence[Figure]) -> Iterator[Finding]:
    for match in _DOSE.finditer(reading.article.text):
        if not _checked(reading, match.start()):
            continue
        small = next((f for f in found if f.value == value_of(match[1]) and f.after[:1] and f.after[0] in _SMALL), None)
        evidence = (Evidence("the same figure", small.start, small.end),) if small else ()
        yield CHECK.finding(
            match.start(), match.end(), f"{match[1]} {match[2]} is no daily dose of a drug.",
            trigger=match[0], suggestion=f"{match[1]} mg", evidence=evidence, signals={"unit": match[2]},
        )  # fmt: skip


_SMALL = ("mg", "milligram", "milligrams", "mcg", "micrograms")


def _turned(reading: Reading, found: Sequence[Figure]) -> Iterator[Finding]:
    """The whole of "20 of the 53" against the group's size elsewhere, digits turned."""
    text = reading.article.text
    for figure in found:
        lead = text[max(0, figure.start - 12) : figure.start]
        if not figure.text.isdigit() or len(figure.text) < 2 or not re.search(r"\bof (?:the|these) $", lead):
            continue
        others = [other for other in found if other is not figure and other.value == figure.value]
        size = next((f for f in found if is_turned(figure.text, f"{f.value:.0f}") and not f.percent), None)
        if size is not None and not others:
            yield CHECK.finding(
                figure.start, figure.end, f"{figure.text} here, {size.text} elsewhere: are digits turned round?",
                trigger=figure.text, suggestion=f"{size.value:.0f}",
                evidence=(Evidence("elsewhere", size.start, size.end),), signals={"elsewhere": size.value},
            )  # fmt: skip


def _units(reading: Reading, found: Sequence[Figure]) -> Iterator[Finding]:
    """A length of time with the same number and another unit than elsewhere, where a study's length stands."""
    text = reading.article.text
    spans = [(figure, unit) for figure in found if (unit := _time(figure))]
    for figure, unit in spans:
        before = text[max(0, figure.start - 24) : figure.start]
        if figure.value < _MIN_TELLING or not re.search(r"\b(?:end of|follow-up of|followed for) (?:the )?$", before):
            continue
        others = [(other, word) for other, word in spans if other.value == figure.value and other is not figure]
        if others and all(word != unit for _, word in others):
            other, word = others[0]
            plural = "s" if figure.value != 1 else ""
            end = figure.end + text[figure.end :].index(figure.after[0]) + len(figure.after[0])
            yield CHECK.finding(
                figure.start, end, f"{figure.text} {unit}s here, {other.text} {word}s elsewhere.",
                trigger=text[figure.start : end], suggestion=f"{figure.text} {word}{plural}",
                evidence=(Evidence("elsewhere", other.start, other.end),), signals={"elsewhere": word},
            )  # fmt: skip


_MIN_TELLING = 4


def _time(figure: Figure) -> str:
    """The unit of a length of time; of an age or a date none."""
    word = figure.after[0].removesuffix("s") if figure.after else ""
    aged = len(figure.after) > 1 and figure.after[1] in ("old", "ago", "later", "younger", "older", "after", "before")
    return word if word in _UNITS_OF_TIME and not aged else ""


_EMPTY = frozenset("of the a an all those these their in to and for with who had were was".split())


def _shifted(found: Sequence[Figure]) -> Iterator[Finding]:
    """A percentage of the same thing with a nought or a decimal point more or less."""
    shares = [figure for figure in found if figure.percent]
    for at, figure in enumerate(shares):
        for other in shares[:at]:
            same = len(figure.named) > 1 and figure.named == other.named and not _EMPTY.issuperset(figure.named)
            exact = "." in figure.text and figure.text.replace(".", "") == other.text
            if is_shifted(figure.value, other.value) and (same or exact):
                message = f"{figure.text} % here, {other.text} % before: is a nought or a point wrong?"
                yield CHECK.finding(
                    figure.start, figure.end, message, trigger=figure.text, suggestion=other.text,
                    evidence=(Evidence("before", other.start, other.end),), signals={"before": other.value},
                )  # fmt: skip
                break
