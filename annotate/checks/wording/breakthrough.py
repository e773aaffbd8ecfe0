"""A finding or treatment called a breakthrough.

What it flags: breakthrough, game changer, miracle, revolution, holy grail, magic bullet and wonder drug, said of what
the article reports. Why it misleads: almost no single study changes care, and readers cannot tell which will; the words
raise hope, and trust falls when nothing follows. Write instead what is new and how far it is from use. It leaves alone
denials, regulatory designations ("Breakthrough Therapy"), breakthrough infections and pain, named revolutions, history,
and goals that nobody claims to have reached ("the holy grail of the field").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotate.checks.clauses import without
from annotate.checks.phrases import Hit, phrases
from annotate.types import Check, Example, Finding, Guard, Reading, Suggestion

if TYPE_CHECKING:
    from spacy.tokens import Span

CHECK = Check(
    id="wording.breakthrough",
    severity="warning",
    guards=("negated", "question", "mention", "established", "other-topic", "answered", "quoted"),
    references=(
        "Schwitzer G. Seven words you shouldn't use in medical news. HealthNewsReview.org",
        "Abola MV, Prasad V. The use of superlatives in cancer research. JAMA Oncol 2016;2:139. "
        "doi:10.1001/jamaoncol.2015.3931",
    ),
    examples=(
        Example("Scientists hail asthma [[breakthrough]]\n\nA new inhaler eased symptoms in 40 people, a study found."),
        Example("“This injection is a [[game changer]] for people with gout,” said Dr Amara Obi, who led the trial."),
        Example("The [[miracle]] pill helped mice lose a fifth of their weight in a month."),
        Example("The drug is no miracle, doctors said.", "negated"),
        Example("The FDA gave the antibody Breakthrough Therapy designation in May.", "mention"),
        Example("Breakthrough infections were rare among the vaccinated nurses.", "mention"),
        Example("“This is the [[holy grail]] of bone medicine,” said the surgeon who tried it on nine patients."),
        Example("A blood test for the disease has long been the holy grail of the field.", "a goal, not a claim"),
        Example("Is this the breakthrough that patients have waited for?", "question"),
    ),
)

_ATTAINED = re.compile(
    r"\b(?:found|find|reach(?:ed|es)?|discover(?:ed|s|y)?|achiev(?:ed|es)|close(?:r|st)?|near(?:er|ing)?|here|finally|"
    r"unveil(?:ed|s)|develop(?:ed|s)|create[ds]?|delivers?|delivered|cracked|got)\b|"
    r"\bthis\s+(?:is|really\s+is|truly\s+is)\s+(?:the|a|our)\s+(?:holy|magic|silver|panacea)",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Finding]:
    """Words that call something a turning point; aims only where they are said to be reached."""
    for hit in phrases(reading, "wording/breakthrough"):
        guards = hit.guards
        if hit.kind == "sought" and (goal := _only_sought(reading, hit)):
            guards = (*guards, goal)
        yield CHECK.finding(
            hit.start,
            hit.end,
            "Say what is new and how far it is from use: readers cannot tell which finding will change care.",
            trigger=hit.text,
            suggestion=_plainly(reading.span(hit.start, hit.end)),
            guards=guards,
        )


def _plainly(span: Span) -> Suggestion | None:
    """Without the word, where it only describes: "a landmark trial", "a miracle pill"."""
    if span[0].lower_ in ("landmark", "pioneering") and len(span) > 1:
        return without(span[:1])
    root = span.root
    describes = root.dep_ in ("amod", "compound") and root.head.i >= span.end and root.head.left_edge.i <= span.start
    return without(span) if describes else None


def _only_sought(reading: Reading, hit: Hit) -> Guard | None:
    span = reading.span(hit.start, hit.end)
    sentence = span.sent
    if _ATTAINED.search(sentence.text):
        return None
    return Guard("question", hit.text, hit.start, hit.end)
