"""A hyping quotation by an author or a maker that nobody answers.

What it flags: words of cure, breakthrough, proof or rank in a quotation of somebody who led the study, made the thing
or sells it, where the article hears nobody without a stake and nothing beside the quotation limits it.
Why it misleads: quotation marks do not make a boast news; most hype in health news comes in quotations of its authors,
and readers take what stands unanswered as agreed. Ask somebody who was not involved, put the limits beside the
quotation, or leave the hype out. It leaves alone quotations that another voice or the data answers, and hedged or
denied words.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.structure._voices import Hype, hyped, surname
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="structure.unchallenged",
    severity="warning",
    references=(
        "Sumner P, et al. The association between exaggeration in health related science news and academic press "
        "releases. BMJ 2014;349:g7015. doi:10.1136/bmj.g7015",
        "HealthNewsReview.org. Criterion 7: does the story use independent sources and identify conflicts of interest?",
    ),
    examples=(
        Example(
            "A gel eased eczema in 40 children.\n\n“This is a [[miracle]] for families,” said Dr Tove Aas, who led the "
            "study."
        ),
        Example(
            "The scan takes ten minutes.\n\n“It is [[unlike anything before]],” said Karl Voss, chief executive of the "
            "company that makes it."
        ),
        Example(
            "A drip relieved migraine in 20 people at the clinic.\n\n“We have found the [[holy grail]] of headache "
            "medicine,” said the clinic’s founder, Dr Ruth Pell."
        ),
        Example(
            "A gel eased eczema in 40 children.\n\n“This is a miracle for families,” said Dr Tove Aas, who led the "
            "study.\n\nProf Ian Bruce, of the University of Leeds, who was not involved in the study, said that the "
            "children might have got better anyway.",
            "another voice answers",
        ),
        Example(
            "A gel eased eczema in 40 children.\n\n“This is no miracle,” said Dr Tove Aas, who led the study.",
            "denied",
        ),
        Example(
            "A gel eased eczema in 40 children.\n\n“It was a miracle for us,” said Ann Lowe, whose son was treated.",
            "a person's own story, without a stake",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The strongest hyping words of each person with a stake, where nobody else is heard."""
    strongest: dict[str, Hype] = {}
    for hype in sorted(hyped(reading), key=lambda hype: hype.rank):
        strongest.setdefault(surname(hype.quotation), hype)
    for hype in strongest.values():
        words = reading.article.text[hype.start : hype.end]
        yield CHECK.finding(
            hype.start,
            hype.end,
            f"{hype.quotation.speaker} has a stake and nobody answers: ask somebody who was not involved.",
            trigger=words,
            evidence=(hype.stake,),
        )
