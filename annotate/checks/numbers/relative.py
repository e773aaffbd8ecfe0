"""A relative change of a risk, with no absolute risk anywhere.

What it flags: "cuts the risk by 23 per cent", "twice as likely", where the article nowhere tells how many in a hundred
or a thousand have the outcome with and without; the first such figure in the headline and the first two in the text.
Why it misleads: a fall from 2 to 1 in 10,000 and one from 40 to 20 in 100 are both "halved", and people take relative
figures for large ones. Write instead both risks: "from 4 to 3 in every 1,000 over ten years". It leaves alone articles
that give absolute figures for the effect, denials, questions, and figures from other studies or common knowledge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.checks.numbers._changes import Change, absolute, changes
from annotate.checks.numbers.framing import mismatch
from annotate.checks.phrases import Hit
from annotate.patterns import NUMBER
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="numbers.relative",
    severity="warning",
    guards=("negated", "question", "mention", "established", "quoted"),
    references=(
        "Gigerenzer G, Wegwarth O, Feufel M. Misleading communication of risk. BMJ 2010;341:c4830",
        "Woloshin S, Schwartz LM. Communicating data about the benefits and harms of treatment: a randomized trial. "
        "Ann Intern Med 2011;155:87",
    ),
    examples=(
        Example(
            "Nuts and the heart\n\nA cohort study followed 30,000 nurses for a decade.\n\n"
            "Those who ate nuts every day were [[30 per cent less likely]] to have a heart attack."
        ),
        Example(
            "A pill against clots\n\nIn a trial of 4,000 adults, the new pill [[cut the risk of stroke by 23%]].\n\n"
            "The maker compared it with an older drug."
        ),
        Example(
            "Shift work and diabetes\n\nNurses on night shifts had [[twice the risk]] of diabetes in the study of 900."
        ),
        Example(
            "A pill against clots\n\nIn a trial of 4,000 adults, the pill cut the risk of stroke by 23%: 31 of 2,000 "
            "people on the pill had a stroke, and 40 of 2,000 on the older drug.",
            "the counts are given",
        ),
        Example(
            "A pill against clots\n\nIn a trial of 4,000 adults, the pill did not cut the risk of stroke by 23%.",
            "negated",
        ),
        Example(
            "Nuts and the heart\n\nA cohort study followed 30,000 nurses.\n\nThe share who ate nuts rose to 30%.",
            "a share, not a change of risk",
        ),
    ),
)


_BODY = 2  # figures of the body that are marked
_RARE, _COMMON = 10, 100  # in 1,000
_LENGTH = re.compile(
    rf"(?:over |during |for )?((?:about |around |nearly |almost |more than |at least )?{NUMBER}[ -](?:\w+ )?"
    r"(?:days?|weeks?|months?|years?|decades?))",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Finding]:
    """The relative figure of the headline and the first of the body, where no absolute one is told."""
    told = reading.disclosures.get("absolute_numbers")
    if told is None or told.state != "absent":
        return
    framed = mismatch(reading)
    seen: dict[bool, set[str]] = {True: set(), False: set()}
    for change in changes(reading):
        hit, headline = change.hit, reading.article.in_headline(change.hit.start)
        if change.figure in seen[headline] or len(seen[headline]) == (1 if headline else _BODY):
            continue
        if _repeats_headline(reading, hit) or absolute(change.sentence) or (framed and framed[0].hit == hit):
            continue
        if not hit.guards:
            seen[headline].add(change.figure)
        yield CHECK.finding(
            hit.start,
            hit.end,
            f"Give the absolute risks too: {_template(reading, change)}",
            trigger=hit.text,
            guards=hit.guards,
        )


def _template(reading: Reading, change: Change) -> str:
    """The form of an absolute risk, over the time that the study lasted, and how much the figure leaves open."""
    followup = reading.study.followup
    length = _LENGTH.fullmatch(followup.value) if followup else None
    time = f" over {length[1].lower()}" if length else ""
    form = f"“from … in 1,000 to … in 1,000{time}”."
    if change.factor is None:
        return form
    return (
        f"{form} The figure fits a change from {_RARE} to {_RARE * change.factor:.3g} in 1,000 "
        f"as well as one from {_COMMON} to {_COMMON * change.factor:.0f}."
    )


def _repeats_headline(reading: Reading, hit: Hit) -> bool:
    """Whether the line is the headline again, as captions and teasers are."""
    text = reading.article.text
    headline = reading.article.headline
    if headline is None or hit.start < headline.end:
        return False
    line = text[text.rfind("\n", 0, hit.start) + 1 : text.find("\n", hit.end) % (len(text) + 1)]
    return line.strip().casefold() in text[headline.start : headline.end].casefold()
