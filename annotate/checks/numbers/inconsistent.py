"""Figures in the article that contradict one another, or what everybody knows.

What it flags: a percentage that the counts beside it do not give ("12 of 15 patients (90 %)"), a part larger than its
whole, a figure that differs from the article's other mention by a turned digit, a decimal point or a unit ("20 of the
53" where 35 took part, "12 years" where the trial lasted 12 weeks, a headline's figure that the text gives otherwise),
ages, shares, doses and populations that cannot be. Why it misleads: one of the two is wrong, and the reader cannot know
which. Write instead the figure of the paper. It leaves alone rounding, "about", and figures of other groups and times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotate.artefacts import wordlist
from annotate.checks.numbers._figures import (
    NUMBER,
    PERCENT,
    Figure,
    figures,
    is_shifted,
    is_turned,
    matches,
    value_of,
)
from annotate.checks.numbers._limits import impossibles
from annotate.checks.numbers._sums import miscounts
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
        Example("Naps cut errors by [[42]] percent\n\nThe nurses who napped made 24 percent fewer errors."),
        Example("The clinic treated men [[aged 167]], and [[120 percent]] of the women came back."),
        Example("The trial enrolled 87 nurses. At the end, all [[78]] nurses were asked."),
        Example("Of the 90 nurses, 60 slept well and the other [[300]] did not."),
        Example("One in four patients (about [[52 percent]]) lost weight."),
        Example("The pill was given at 30 mg a day, and the [[30 g]] dose was safe."),
        Example("The oldest patient was [[180 years old]], and the [[60-year-old boy]] was well."),
        Example("Some [[3.1 billion]] Canadians snore."),
        Example("The nurse said that [[three in two]] women carry the gene."),
        Example("The study had 6,600 nurses. Of those followed, [[15,100]] nurses had a fall."),
        Example("Deaths fell from 60 to 30 a year, a drop of [[20 percent]]."),
        Example(
            "They ate 20 g of protein and 20 mg of zinc, and one in four patients (24 percent) lost weight.",
            "two things",
        ),
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
        Example("The drug was given in phase 3 in 2 patients, and deaths fell by 12 in 5 hospitals.", "no ratio"),
    ),
)

_SOME = "about|roughly|nearly|almost|approximately|some|around"
_SHARE = re.compile(
    rf"(?<![\w.,])({NUMBER}) (?:out )?of (?:the |these |those )?({NUMBER})(?: [a-z][\w-]*){{0,4}}?"
    rf",? ?(?:\(|--|–|—|or |, or )\s?(?:or |(?:{_SOME}) )?({NUMBER})\s?(%|percent|per cent)",
    re.IGNORECASE,
)
_PART = re.compile(r"(?<![\w.,$-])(\d[\d,]*) (?:out )?of (?:the )?(\d[\d,]*)(?=\s[a-z]+)(?! (?:percent|per cent))")
_RATIO = re.compile(
    rf"(?<![\w.,$-])({NUMBER}) (?P<of>in|out of) (?:every )?({NUMBER}) ([a-z]+)(?: ([a-z]+))?", re.IGNORECASE
)
_ABOUT = re.compile(rf"\b(?:{_SOME}|over|under|more than|less than)\b", re.IGNORECASE)
_UNITS_OF_TIME = ("day", "week", "month", "year", "hour", "minute")
_TOLERANCE = 1.0
_TOLERANCE_ABOUT = 6.0


def find(reading: Reading) -> Iterator[Finding]:
    """Figures that cannot both be right."""
    found = figures(reading)
    seen: set[int] = set()
    for finding in (
        *_shares(reading), *_miscounted(reading), *_parts(reading), *_ratios(reading), *_beyond(reading, found),
        *_too_many(reading, found),
        *_turned(reading, found), *_units(reading, found), *_weights(reading, found), *_shifted(found),
        *_headline(reading, found),
    ):  # fmt: skip
        if finding.start not in seen:
            seen.add(finding.start)
            yield finding


def _checked(reading: Reading, position: int) -> bool:
    block = reading.article.block_at(position)
    return block is not None and block.kind in ("paragraph", "quote", "standfirst", "list", "headline", "subheading")


def _shares(reading: Reading) -> Iterator[Finding]:
    text = reading.article.text
    for match in matches(_SHARE, text, *PERCENT):
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


def _ratios(reading: Reading) -> Iterator[Finding]:
    """So many in so few people: "three in two women"."""
    groups, text = wordlist("numbers/populations")["groups"], reading.article.text
    for match in matches(_RATIO, text, " in ", " out of "):
        part, whole = value_of(match[1]), value_of(match[3])
        counted = match[4] in groups or match[5] in groups
        if not counted or not _MOST_IN_RATIO >= part > whole > 0 or not _checked(reading, match.start()):
            continue
        if not _NO_RATIO.search(text, max(0, match.start() - 7), match.start()):
            turned = f"{match[3].lower()} {match['of']} {match[1].lower()}"
            yield CHECK.finding(
                match.start(), match.end(3), f"{match[1]} cannot be a part of {match[3]}.",
                trigger=match[0], suggestion=turned, signals={"part": part, "whole": whole},
            )  # fmt: skip


_NO_RATIO = re.compile(r"\b(?:phase|type|stage|grade|by|from|to|than) $", re.IGNORECASE)
_MOST_IN_RATIO = 20


def _too_many(reading: Reading, found: Sequence[Figure]) -> Iterator[Finding]:
    """More of a study's people than took part: "66,000 adults", then "of those followed, 151,000 participants"."""
    text = reading.article.text
    counts = [figure for figure in found if _group(figure) is not None and not figure.percent]
    for at, figure in enumerate(counts):
        before = [other for other in counts[:at] if other.digits.isdigit() and other.value >= _MANY]
        if not before or not _OF_THEM.search(text, max(0, figure.start - 60), figure.start):
            continue
        whole = max(before, key=lambda other: other.value)
        if figure.value > whole.value:
            yield CHECK.finding(
                figure.start, figure.end, f"{figure.text} cannot be a part of {whole.text}.", trigger=figure.text,
                evidence=(Evidence("the whole", whole.start, whole.end),), signals={"whole": whole.value},
            )  # fmt: skip


_OF_THEM = re.compile(
    r"\bof (?:those|these|them|the (?:participants|patients|volunteers))(?: [a-z]+){0,3}, $", re.IGNORECASE
)
_MANY = 100


def _miscounted(reading: Reading) -> Iterator[Finding]:
    """Shares and totals that the counts beside them do not give."""
    text = reading.article.text
    for fault in miscounts(text):
        if _checked(reading, fault.start):
            yield CHECK.finding(
                fault.start, fault.end, fault.message, trigger=text[fault.start : fault.end], suggestion=fault.right,
                signals={"counted": fault.right or ""},
            )  # fmt: skip


def _beyond(reading: Reading, found: Sequence[Figure]) -> Iterator[Finding]:
    """Figures that nothing of their kind can have."""
    for impossible in impossibles(reading, found):
        if _checked(reading, impossible.start):
            same = impossible.same
            yield CHECK.finding(
                impossible.start, impossible.end, impossible.message,
                trigger=reading.article.text[impossible.start : impossible.end], suggestion=impossible.suggestion,
                evidence=(Evidence("the same figure", same.start, same.end),) if same else (),
                signals={"limit": impossible.limit},
            )  # fmt: skip


def _turned(reading: Reading, found: Sequence[Figure]) -> Iterator[Finding]:
    """A figure that was named before ("20 of the 53", "all 53 women", "the 53 percent"), digits turned elsewhere."""
    text = reading.article.text
    for figure in found:
        if not figure.digits.isdigit() or len(figure.digits) < 2:
            continue
        lead = _NAMED_BEFORE.search(text, max(0, figure.start - 20), figure.start)
        size = next((other for other in found if _is_turned(figure, other, lead)), None) if lead else None
        if size is not None and not any(other is not figure and other.value == figure.value for other in found):
            yield CHECK.finding(
                figure.start, figure.end, f"{figure.text} here, {size.text} elsewhere: are digits turned round?",
                trigger=figure.text, suggestion=size.text if size.digits.isdigit() else f"{size.value:.0f}",
                evidence=(Evidence("elsewhere", size.start, size.end),), signals={"elsewhere": size.value},
            )  # fmt: skip


def _is_turned(figure: Figure, other: Figure, lead: re.Match[str]) -> bool:
    """Whether a figure of a group, a length of time or a share is another one of it with digits turned."""
    if not is_turned(figure.digits, f"{other.value:.0f}") or figure.percent != other.percent:
        return False
    if figure.percent:
        told = lead["same"] is not None or figure.named[-1:] not in ((), ("of",))
        return other.start < figure.start and lead["one"] is not None and told
    whole = lead["of"] is not None
    same = bool(figure.after) and figure.after[:1] == other.after[:1]
    same = same or (_group(figure) is not None and _group(figure) == _group(other))
    same = (same or len(figure.digits.rstrip("0")) >= _MANY_DIGITS) and other.start < figure.start
    return whole or same


_MANY_DIGITS = 4
"""Digits so many that two figures turned round are the same one."""
_NAMED_BEFORE = re.compile(
    r"\b(?:(?P<of>of (?:the|these))|all(?: of)?(?: the)?|those|"
    r"(?P<one>the|this|that|these)(?P<same> (?:original|initial|same|earlier|previous|overall))?) $",
    re.IGNORECASE,
)


def _group(figure: Figure) -> str | None:
    """Whom a figure counts: "patients" in "41 patients" and "41 of the patients"."""
    words = figure.after if figure.after[:1] == ("of",) else figure.after[:1]
    return next((word for word in words if word in wordlist("numbers/populations")["groups"]), None)


def _headline(reading: Reading, found: Sequence[Figure]) -> Iterator[Finding]:
    """A figure of the headline that the text does not have, where it has the same with a digit or point moved."""
    block = next((block for block in reading.article.blocks if block.kind == "headline"), None)
    if block is None:
        return
    body = [figure for figure in found if figure.start >= block.end]
    for figure in (figure for figure in found if figure.end <= block.end):
        if not figure.text[0].isdigit() or figure.value < _LEAST_IN_HEADLINE or not figure.after:
            continue
        if any(other.value == figure.value for other in body):
            continue
        near = [other for other in body if _is_moved(figure, other)]
        if len({other.value for other in near}) == 1:
            other = near[0]
            yield CHECK.finding(
                figure.start, figure.end, f"{figure.text} in the headline, {other.text} in the text.",
                trigger=figure.text, suggestion=other.text,
                evidence=(Evidence("in the text", other.start, other.end),), signals={"elsewhere": other.value},
            )  # fmt: skip


_LEAST_IN_HEADLINE = 10


def _is_moved(one: Figure, other: Figure) -> bool:
    """Whether two figures of one unit differ by a turned digit, a nought or a decimal point."""
    if not other.after or (one.percent, one.after[0]) != (other.percent, other.after[0]):
        return False
    turned = one.text.isdigit() and other.text.isdigit() and is_turned(one.text, other.text)
    return turned or is_shifted(one.value, other.value)


def _units(reading: Reading, found: Sequence[Figure]) -> Iterator[Finding]:
    """A length of time with the same number and another unit than elsewhere, where a study's length stands."""
    text = reading.article.text
    spans = [(figure, unit) for figure in found if (unit := _time(figure))]
    for figure, unit in spans:
        before = text[max(0, figure.start - 24) : figure.start]
        lead = _LENGTH.search(before) or (_is_unusual(figure.value) and _LASTED.search(before))
        if figure.value < _MIN_TELLING or not lead:
            continue
        others = [(other, word) for other, word in spans if other.value == figure.value and other is not figure]
        if others and all(word != unit for _, word in others):
            (first, right), (later, wrong) = sorted(((figure, unit), others[0]), key=lambda span: span[0].start)
            if len(others) > 1 and later is not figure:  # the one that stands alone is wrong
                (first, right), (later, wrong) = (later, wrong), (first, right)
            plural = "s" if figure.value != 1 else ""
            end = later.end + text[later.end :].index(later.after[0]) + len(later.after[0])
            yield CHECK.finding(
                later.start, end, f"{later.text} {wrong}s here, {first.text} {right}s elsewhere.",
                trigger=text[later.start : end], suggestion=f"{later.text} {right}{plural}",
                evidence=(Evidence("elsewhere", first.start, first.end),), signals={"elsewhere": right},
            )  # fmt: skip


def _weights(reading: Reading, found: Sequence[Figure]) -> Iterator[Finding]:
    """A dose with the same number and another unit of weight than elsewhere: "20 mg a day", then "the 20 g dose"."""
    text = reading.article.text
    doses = [
        (figure, _WEIGHTS[figure.after[0]]) for figure in found if figure.after[:1] and figure.after[0] in _WEIGHTS
    ]
    for at, (figure, unit) in enumerate(doses):
        other, right = next(((one, unit_) for one, unit_ in doses[:at] if one.value == figure.value), (figure, unit))
        named = figure.after[1:] != () and figure.after[1:] == other.after[1:]
        meant = _DEFINITE.search(text, max(0, figure.start - 14), figure.start) is not None
        if right != unit and (named or (meant and figure.after[1:2] in ((), ("dose",), ("pill",)))):
            end = figure.end + text[figure.end :].lower().index(figure.after[0]) + len(figure.after[0])
            written = text[figure.start : end].replace(figure.after[0], other.after[0])
            message = f"{figure.text} {figure.after[0]} here, {other.text} {other.after[0]} before."
            yield CHECK.finding(
                figure.start, end, message, trigger=text[figure.start : end], suggestion=written,
                evidence=(Evidence("before", other.start, other.end),), signals={"before": other.after[0]},
            )  # fmt: skip


_DEFINITE = re.compile(r"\b(?:the|that|this|on) $", re.IGNORECASE)
_WEIGHTS = {
    unit: power
    for power, units in enumerate(
        ("mcg microgram micrograms", "mg milligram milligrams", "g gram grams", "kg kilogram kilograms")
    )
    for unit in units.split()
}
_MIN_TELLING = 4
_LENGTH = re.compile(r"\b(?:end of|follow-up of|followed for) (?:the )?$")
_LASTED = re.compile(r"\b(?:after|for|at|over|within|during|lasted|past) (?:the |about )?$")


def _is_unusual(value: float) -> bool:
    """Whether a number is no usual one of weeks, months or years, so that two units with it are one length."""
    return value > 12 and value % 5 != 0 and value % 6 != 0 and value not in (14, 16, 28, 52)


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
