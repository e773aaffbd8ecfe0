"""Words that sell fear or hope in the place of a result.

What it flags: gives hope, hope for millions, lifeline; a recovery that is remarkable, results that are dramatic, with
no size; lives transformed or given back; ticking time bombs, cruel diseases, people called victims. Why it misleads:
the words tell readers how to feel before they can judge, and hope is most often offered where least is known.
Write instead what changed, by how much, for how many. It leaves alone hopes that people have ("the team hopes to"),
denials and warnings against hope, hedged words, a person's own story, and "dramatically" with the figures beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.checks.clauses import answered_in, without
from annotate.checks.phrases import Hit, phrases
from annotate.types import Check, Example, Finding, Guard, Reading, Severity, Suggestion

CHECK = Check(
    id="wording.emotive",
    severity="warning",
    guards=("negated", "question", "mention", "established", "other-topic", "answered", "quoted"),
    references=(
        "Schwitzer G. Seven words you shouldn't use in medical news. HealthNewsReview.org",
        "Yavchitz A, et al. Misrepresentation of randomized controlled trials in press releases and news coverage. "
        "PLoS Med 2012;9:e1001308. doi:10.1371/journal.pmed.1001308",
    ),
    examples=(
        Example("New drug [[offers hope]] to thousands with gout\n\nA drug lowered uric acid in a study of 40 people."),
        Example("After the infusion the patients made an [[astonishing recovery]], their doctor says."),
        Example("Obesity is a [[ticking time bomb]], the researchers warn."),
        Example("The inhaler [[dramatically improves]] breathing, its maker says."),
        Example("The gel could be a [[huge step forward]] for burns patients, its maker says."),
        Example("The researchers hope to start a trial in patients next year.", "a hope that people have"),
        Example("Doctors warned against giving patients false hope.", "a warning"),
        Example("The treatment could offer hope to some patients.", "hedged"),
        Example("The vaccine dramatically reduced infections, from 90 to 4 per 1,000 people.", "the figures beside it"),
        Example("“I had lost all hope and cried in the clinic,” said Ms Adair.", "a person's own story"),
    ),
)

_FIGURE = re.compile(
    r"\d|\b(?:half|halved|doubled|tripled|two-thirds|a third|a quarter)\b|\b(?:years|decades)\b", re.IGNORECASE
)


def find(reading: Reading) -> Iterator[Finding]:
    """Words of hope and fear."""
    return (finding for finding, _ in _found(reading))


def of_the_result(reading: Reading) -> Iterator[Finding]:
    """Those said of what was found, not of the illness."""
    return (finding for finding, kind in _found(reading) if kind not in _OF_ILLNESS)


def _found(reading: Reading) -> Iterator[tuple[Finding, str]]:
    for hit in phrases(reading, "wording/emotive"):
        guards = hit.guards
        if hit.kind != "boast":  # "could be a huge step forward" boasts all the same
            guards += reading.context.guards(hit.start, hit.end, ("hedged",))
        if hit.kind == "degree" and (figure := _figure(reading, hit)):
            guards = (*guards, figure)
        finding = CHECK.finding(
            hit.start,
            hit.end,
            _MESSAGES[hit.kind],
            trigger=hit.text,
            severity=_SEVERITIES.get(hit.kind),
            suggestion=_plainly(reading, hit),
            guards=guards,
        )
        yield finding, hit.kind


_MESSAGES = {
    "hope": "Say what was found and what has to follow before anybody is helped.",
    "effect": "Give the size of the effect, and in how many, in the place of the adjective.",
    "boast": "Say what was found and what has to follow: a figure of speech has no size.",
    "degree": "Give the size of the effect in the place of the adverb.",
    "lives": "Say what changed for how many; lives are for the people themselves to judge.",
    "fear": "State the risk in numbers.",
    "grief": "Say what the illness does: a word of horror tells nothing of how many it harms, or how.",
    "victim": "Say “people with”: the word makes people helpless.",
}
_DESCRIBING = frozenset(("effect", "grief", "degree"))
_OF_ILLNESS = frozenset(("fear", "grief", "victim"))
_SEVERITIES: dict[str, Severity] = {"victim": "information", "grief": "information"}


def _plainly(reading: Reading, hit: Hit) -> Suggestion | None:
    """Without the adjective or adverb that the words begin with: "a devastating disease"."""
    first = reading.span(hit.start, hit.end)[:1]
    told = hit.kind in _DESCRIBING and first[0].pos_ in ("ADJ", "ADV") and first[0].dep_ in ("amod", "advmod")
    bare = hit.text.split()[-1].lower() in ("results", "outcomes")  # "with results" says nothing
    return without(first) if told and first.end_char < hit.end and not bare else None


def _figure(reading: Reading, hit: Hit) -> Guard | None:
    return answered_in(reading.span(hit.start, hit.end).sent, _FIGURE)
