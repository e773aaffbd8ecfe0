"""An institution that is not among the paper's affiliations, but is close to one of them.

What it flags: the name of a university, hospital or institute that has the words of one of the authors' affiliations
with one of them misspelt, or in an order that is not its own. Why it misleads: readers cannot tell which institution
vouches for the work. Write instead the name as the paper has it. It leaves alone institutions known by that very name,
short forms, departments, and the people quoted from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.names._published import garbled_institution, institutions
from annotate.checks.names._titles import Run, listed, runs
from annotate.checks.names.institution import is_known
from annotate.types import Check, Comparison, Evidence, Example, Finding, Paper, Reading

_PAPER = Paper(
    title="Dim light and sleep in nurses",
    doi="10.5555/example.light",
    journal="Sleep Medicine",
    authors=("Mirela Vasquez",),
    affiliations=(
        "Department of Neurology, Zwanenburg University Hospital, Zwanenburg, The Netherlands",
        "Institute of Sleep Research, University of Hollerich, Hollerich, Luxembourg",
    ),
)


def _example(text: str, note: str = "") -> Example:
    linked = f"Dim light helps nurses\n\n{text} The paper is at https://doi.org/10.5555/example.light."
    return Example(linked, note, papers=(_PAPER,))


CHECK = Check(
    id="paper.institution",
    severity="warning",
    examples=(
        _example("The team works at the [[University of Hollerisch]]."),
        _example("She is a neurologist at [[Zwanenberg University Hospital]]."),
        _example("The nurses came from the [[Hospital of Zwanenburg University]]."),
        _example("The team works at the University of Hollerich.", "the paper’s own name"),
        _example("An expert of the University of Heidelberg was not involved.", "another institution"),
        _example("Zwanenburg University pays for the ward.", "a short form"),
    ),
    references=("Science Media Centre, guidelines for science and health reporting (2012)",),
)


def find(reading: Reading) -> Iterator[Finding]:
    """Institutions at odds with the affiliations."""
    for run, name, agrees in _named(reading):
        if not agrees:
            said = reading.article.text[run.start : run.end]
            yield CHECK.finding(
                run.start, run.end, f"No affiliation of the paper is called “{said}”; “{name}” is.",
                trigger=said, suggestion=name, evidence=(Evidence(f"affiliation of the paper: {name}"),),
            )  # fmt: skip


def compare(reading: Reading) -> Iterator[Comparison]:
    """The institutions that the article names and the paper has."""
    seen = set()
    for run, name, agrees in _named(reading):
        if not agrees or name not in seen:
            seen.add(name)
            said = reading.article.text[run.start : run.end]
            yield Comparison("institution", said, name, agrees, run.start, run.end)


def _named(reading: Reading) -> Iterator[tuple[Run, str, bool]]:
    """Runs of capitals that are one of the paper's institutions, or nearly so."""
    places = institutions(reading)
    if not places:
        return
    text = reading.article.text
    for block in reading.article.blocks:
        if block.kind not in ("paragraph", "quote", "standfirst", "list"):
            continue
        for run in runs(text, block):
            if len(run.words) < 2 or not set(run.folded) & listed("institutions"):
                continue
            exact = next((name for words, name in places if words == run.folded), None)
            if exact is not None:
                yield run, exact, True
            elif not is_known(run):
                near = garbled_institution(run.folded, places)
                if near is not None:
                    yield run, near, False
