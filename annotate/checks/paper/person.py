"""A person's name that is not among the paper's authors, but is close to one of them.

What it flags: a surname or a given name that differs by a few letters, or in spelling alone, from that of an author of
the paper the article reports, where a person's name stands. Why it misleads: readers cannot find the person, nor the
work; a name misspelt from the start agrees with itself, so that only the paper tells. Write instead the name as the
author list has it. It leaves alone people who are no authors (each named in full, or close to none), nicknames,
initials, missing accents, and parts of double surnames.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.paper._authors import named_authors
from annotate.types import Check, Comparison, Evidence, Example, Finding, Paper, Reading

_PAPER = Paper(
    title="Evening light and sleep in night-shift nurses: a randomised trial",
    doi="10.5555/example.light",
    journal="Sleep Medicine",
    authors=("Mirela Vasquez", "Henrik K Lindqvist", "Anne-Marie de Groot"),
    affiliations=("Department of Neurology, University of Ghent, Ghent, Belgium",),
)  # fmt: skip
_LINK = " The paper is at https://doi.org/10.5555/example.light."

CHECK = Check(
    id="paper.person",
    severity="warning",
    examples=(
        Example(
            "Nurses sleep better in dim light\n\nDr. Mirela [[Vaskez]] of Ghent led the trial." + _LINK,
            papers=(_PAPER,),
        ),
        Example(
            "Nurses sleep better in dim light\n\n“It surprised us,” said Professor [[Lindkvist]]." + _LINK,
            papers=(_PAPER,),
        ),
        Example(
            "Nurses sleep better in dim light\n\nDim light helped, Mirela Vasquez and her team report.\n\n"
            "“It surprised us,” [[Vascez]] said." + _LINK,
            papers=(_PAPER,),
        ),
        Example(
            "Nurses sleep better in dim light\n\nDr. Mirela Vasquez led the trial. Lindqvist’s team measured sleep, "
            "and Dr. de Groot counted the nurses." + _LINK,
            "the authors’ own names",
            papers=(_PAPER,),
        ),
        Example(
            "Nurses sleep better in dim light\n\n“It is early,” said Paula Vazquez, a nurse who took no part. Vazquez "
            "works in Leeds." + _LINK,
            "another person, named in full",
            papers=(_PAPER,),
        ),
        Example(
            "Nurses sleep better in dim light\n\n“It surprised us,” said Dr. Henrik Lindqvist, and Dr. Ortega agreed."
            + _LINK,
            "close to none of the authors",
            papers=(_PAPER,),
        ),
    ),
    references=("Science Media Centre, guidelines for science and health reporting (2012)",),
)  # fmt: skip


def find(reading: Reading) -> Iterator[Finding]:
    """Names at odds with the author list."""
    text = reading.article.text
    for named in named_authors(reading):
        if named.right is None:
            continue
        author = " ".join((*named.author.given, named.author.surname))
        said = text[named.start : named.end]
        yield CHECK.finding(
            named.start,
            named.end,
            f"No author of the paper is called “{said}”; {author} is.",
            trigger=said,
            suggestion=named.right,
            evidence=(Evidence(f"author of the paper: {author}"),),
            signals={"likeness": round(named.spelling, 2)},
        )


def compare(reading: Reading) -> Iterator[Comparison]:
    """Each author that the article names, once rightly and at every misspelling."""
    seen = set()
    for named in named_authors(reading):
        author = " ".join((*named.author.given, named.author.surname))
        if named.right is None and author in seen:
            continue
        seen.add(author)
        said = reading.article.text[named.start : named.end]
        yield Comparison("author", said, author, named.right is None, named.start, named.end)
