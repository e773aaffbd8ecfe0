"""Strong claims carried only by people with a stake.

What it flags: once an article, the strongest hyping quotation of somebody who led the study, made the thing or sells
it, where nobody else is heard in the whole article. Why it misleads: those who did the work or profit from it see its
best side; a reader cannot weigh a claim that comes from one side alone. Ask somebody named who was not involved, and
say what they think of the evidence. One independent voice anywhere in the article is enough to leave it alone, and so
are sober quotations.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.structure._voices import hyped
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="structure.single-voice",
    severity="information",
    references=(
        "HealthNewsReview.org. Criterion 7: does the story use independent sources and identify conflicts of interest?",
        "Association of Health Care Journalists. Statement of principles",
    ),
    examples=(
        Example(
            "A gel eased eczema in 40 children.\n\n“This is a [[miracle]] for families,” said Dr Tove Aas, who led the "
            "study. “I was amazed by the results.”"
        ),
        Example(
            "A new scan finds clots.\n\n“Our scan is a [[game changer]],” said Karl Voss, chief executive of the "
            "company that makes it. “It is unlike anything before.”"
        ),
        Example(
            "The tablets ease joint pain, the firm says.\n\n“They have [[cured]] hundreds of our customers of "
            "arthritis,” said its founder, Jo Hale."
        ),
        Example(
            "A gel eased eczema in 40 children.\n\n“This is a miracle for families,” said Dr Tove Aas, who led the "
            "study.\n\nProf Ian Bruce, of the University of Leeds, who was not involved in the study, said that the "
            "children might have got better anyway.",
            "another voice",
        ),
        Example(
            "A gel eased eczema in 40 children.\n\n“We saw less itching after a month,” said Dr Tove Aas, who led the "
            "study.",
            "a sober quotation",
        ),
        Example(
            "A gel eased eczema in 40 children.\n\n“It was a miracle for us,” said Ann Lowe, whose son was treated.",
            "no stake",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The strongest hyping words of people with a stake, where nobody else is heard."""
    strongest = min(hyped(reading), key=lambda hype: (hype.rank, hype.start), default=None)
    if strongest is not None:
        yield CHECK.finding(
            strongest.start,
            strongest.end,
            "Everybody who makes this claim has a stake in it: add a voice from outside.",
            trigger=reading.article.text[strongest.start : strongest.end],
            evidence=(strongest.stake,),
        )
