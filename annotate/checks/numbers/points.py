"""Percent where percentage points are meant.

What it flags: a change given in per cent beside the two shares it lies between, where it is their difference: "rose
5 per cent, from 10 per cent to 15 per cent". Why it misleads: from 10 to 15 per cent is five percentage points, and 50
per cent more; readers who are told "5 per cent" and know only the first share reckon with 10.5. Write instead "five
percentage points", or the change in per cent of what it was before. It leaves alone changes said in points, changes
that are right in per cent, and shares of other things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.checks.numbers._figures import NUMBER, value_of
from annotate.types import Check, Evidence, Example, Finding, Reading

CHECK = Check(
    id="numbers.points",
    severity="warning",
    references=("Gigerenzer G, Wegwarth O, Feufel M. Misleading communication of risk. BMJ 2010;341:c4830",),
    examples=(
        Example("The share of smokers who quit rose by [[5 per cent]], from 10 per cent to 15 per cent, in a year."),
        Example("Vaccination fell from 62% to 54%, a drop of [[8%]], the agency said."),
        Example("A third of the nurses, 30 percent, slept badly, up [[10 percent]] from 20 percent before the change."),
        Example("In the gel group 48% were better and in the other 36%, a difference of [[12%]]."),
        Example("The share rose by 5 percentage points, from 10 per cent to 15 per cent.", "said as points"),
        Example("The share rose by 50 per cent, from 10 per cent to 15 per cent.", "right in per cent"),
        Example(
            "The price rose by 5 per cent. Of the patients 10 per cent paid for the gel before and 15 per cent now.",
            "the change of something else",
        ),
    ),
)

_SIGN = r"\s?(?:%|per ?cent)(?!age)"
_NEAR = r"(?:about |around |nearly |almost |roughly |some |just )?"
_CHANGE = (
    r"\b(?:rose|rises?|risen|rising|grew|grown|up|climb(?:ed|s)?|jump(?:ed|s)?|increase[ds]?|increasing|gain(?:ed|s)?|"
    r"fell|falls?|fallen|falling|drop(?:ped|s)?|down|declin(?:ed|es?)|decreas(?:ed|es?)|sank|dip(?:ped|s)?|slid|"
    r"differ(?:ed|ence|s)|gap|cut|reduc(?:ed|tion|es?)|improved?|improvement|higher|lower|more|less|better)"
)
_TOLD = rf"(?P<told>{NUMBER}){_SIGN}"
_ONE, _TWO = rf"(?P<one>{NUMBER})(?:{_SIGN})?", rf"(?P<two>{NUMBER}){_SIGN}"
# "rose by 5 %, from 10 % to 15 %"; "from 10 % to 15 %, a rise of 5 %"; "15 %, up 5 % from 10 %"; "48 % and 36 %, a
# difference of 12 %".
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_CHANGE}(?: (?:by|of|was))? {_NEAR}{_TOLD}(?: \w+){{0,4}},?\s(?:to {_NEAR}(?P<to>{NUMBER}){_SIGN},? )?"
        rf"from {_NEAR}{_ONE}(?: [\w-]+){{0,6}}? to {_NEAR}{_TWO}",
        rf"\bfrom {_NEAR}{_ONE}(?: [\w-]+){{0,6}}? to {_NEAR}{_TWO}(?: [\w-]+){{0,5}}(?:,| –| —|;| \() ?"
        rf"(?:(?:an?|or|the) )?(?:\w+ )?{_CHANGE}(?: (?:by|of|was))? {_NEAR}{_TOLD}",
        rf"(?<![\w.,]){_TWO}[^.;]{{0,60}}?,? (?:up|down) (?:by )?{_NEAR}{_TOLD} from {_NEAR}{_ONE}",
        rf"(?<![\w.,]){_ONE}(?: [\w-]+){{0,9}} {_TWO}(?: [\w-]+){{0,4}},? "
        rf"(?:a|the) (?:difference|gap) of {_NEAR}{_TOLD}",
    )
)
_TWO_SIGNS = re.compile(rf"{_SIGN}.+?{_SIGN}", re.IGNORECASE | re.DOTALL)  # each form has them, and is slower
_EXACT = 0.51  # what rounding to whole numbers can hide


def find(reading: Reading) -> Iterator[Finding]:
    """Differences of two shares that are told in per cent."""
    text, seen = reading.article.text, set[int]()
    for block in reading.article.blocks:
        if not block.checked or _TWO_SIGNS.search(text, block.start, block.end) is None:
            continue
        for form in _FORMS:
            for match in form.finditer(text, block.start, block.end):
                one, two, told = (value_of(match[name]) for name in ("one", "two", "told"))
                if match.start("told") in seen or not _are_points(one, two, told):
                    continue
                seen.add(match.start("told"))
                end = match.end("told") + _sign_after(text, match.end("told"))
                more = abs(two - one) / one if form is not _FORMS[-1] else 0
                in_percent = f", or {100 * more:.0f} per cent of what it was" if more else ""
                yield CHECK.finding(
                    match.start("told"),
                    end,
                    f"From {one:g} to {two:g} per cent is {told:g} percentage points{in_percent}.",
                    trigger=match[0],
                    suggestion=f"{match['told']} percentage point{'' if told == 1 else 's'}",
                    evidence=(
                        Evidence("one share", match.start("one"), match.end("one")),
                        Evidence("the other", match.start("two"), match.end("two")),
                    ),
                    signals={"difference": round(abs(two - one), 2), "told": told},
                )


def _are_points(one: float, two: float, told: float) -> bool:
    """Whether a change told in per cent is the difference of two shares, and not their ratio."""
    if not one or not two or one == two:
        return False
    ratios = (100 * abs(two - one) / one, 100 * abs(two - one) / two)
    return abs(abs(two - one) - told) <= _EXACT and all(abs(ratio - told) > 2 * _EXACT for ratio in ratios)


def _sign_after(text: str, position: int) -> int:
    """The length of "%" or "per cent" after a number."""
    found = re.compile(_SIGN, re.IGNORECASE).match(text, position)
    return len(found[0]) if found else 0
