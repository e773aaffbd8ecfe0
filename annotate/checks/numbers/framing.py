"""Benefit and harm told in different terms: one relative, the other absolute.

What it flags: a benefit in relative terms ("halved the risk") whose harms are counted ("2 in 100 bled"), and a harm in
relative terms ("doubled the risk of bleeding") whose benefit is counted; the relative figure is marked. Why it
misleads: relative figures look large and absolute ones small, so that the two cannot be weighed, and the frame decides
which looks better.
Write instead both as counts of the same number of people: "31 instead of 40 in 1,000 had a stroke, 12 instead of 5
bled". It leaves alone articles that give absolute figures for both, denials and questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotate.checks.numbers._changes import Change, absolute, changes, compares, named, sentences, tells_harm
from annotate.types import Check, Evidence, Example, Finding, Reading

if TYPE_CHECKING:
    from spacy.tokens import Span

CHECK = Check(
    id="numbers.framing",
    severity="warning",
    guards=("negated", "question", "mention", "established", "quoted"),
    references=("Gigerenzer G, Wegwarth O, Feufel M. Misleading communication of risk. BMJ 2010;341:c4830",),
    examples=(
        Example(
            "A pill against clots\n\nIn a trial of 4,000 adults the pill [[cut the risk of stroke by 40 per cent]]. "
            "Only 12 of 2,000 people who took it had a serious bleed."
        ),
        Example(
            "Jab for shingles\n\nThe vaccine [[halved the risk]] of shingles in the trial. Side effects were rare: "
            "two in 100 people had a rash."
        ),
        Example(
            "New tablet for migraine\n\nOf those on the tablet, 140 of 200 had a month without an attack, against 90 "
            "of 200 on the placebo. The tablet [[doubled the risk]] of nausea."
        ),
        Example(
            "A pill against clots\n\nIn a trial of 4,000 adults, 24 of 2,000 on the pill had a stroke and 40 of "
            "2,000 on the placebo, so that the pill cut the risk of stroke by 40 per cent. Only 12 of 2,000 had a "
            "serious bleed.",
            "both are counted",
        ),
        Example(
            "A pill against clots\n\nThe pill cut the risk of stroke by 40 per cent and raised the risk of bleeding by "
            "60 per cent.",
            "both are relative",
        ),
        Example(
            "A pill against clots\n\nThe pill did not cut the risk of stroke by 40 per cent, as its maker had hoped. "
            "Some 12 of 2,000 people had a serious bleed.",
            "negated",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The first relative figure of the side that is told in no other way."""
    found = mismatch(reading)
    if found is None:
        return
    change, counted, harm = found
    figure = absolute(counted)
    start = counted.start_char + (figure.start() if figure else 0)
    end = counted.start_char + (figure.end() if figure else len(counted.text))
    other, this = ("benefit", "harm") if harm else ("harm", "benefit")
    yield CHECK.finding(
        change.hit.start,
        change.hit.end,
        f"The {this} is relative, the {other} absolute: give both as so many in 1,000 with and without.",
        trigger=change.hit.text,
        evidence=(Evidence(f"the {other}, in absolute terms", start, end),),
        guards=change.hit.guards,
    )


def mismatch(reading: Reading) -> tuple[Change, Span, bool] | None:
    """A relative figure, the sentence that counts the other side, and whether the relative one is the harm."""
    told = [change for change in changes(reading) if change.factor is not None and not change.hit.guards]
    if not told:
        return None
    counted = [sentence for sentence in sentences(reading) if absolute(sentence)]
    harms = [sentence for sentence in counted if tells_harm(sentence)]
    benefits = [sentence for sentence in counted if not tells_harm(sentence) and compares(sentence)]
    for change in told:
        harm = tells_harm(change.sentence)
        own = any(named(change.sentence) & named(sentence) for sentence in benefits)
        if (change.factor or 1) < 1 and not harm and harms and not own and change.sentence not in harms:
            return change, harms[0], False
        if (change.factor or 1) > 1 and harm and benefits and not harms:
            return change, benefits[0], True
    return None
