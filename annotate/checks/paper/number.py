"""A figure other than the one the paper gives for the same thing.

What it flags: a length of time, a percentage, a dose, a weight, a pressure, points of a scale, or a number of people
or things that the abstract gives differently for the same thing: the follow-up, or what the words beside both figures
name; and a change ("32% higher") other than the abstract's, or than its hazard ratio or relative risk says. Why it
misleads: a longest follow-up told as the usual one, or a figure miscopied, changes what was shown. Write instead the
paper's figure. It leaves alone figures that the abstract has too, rounding, ages, figures the abstract says nothing
about, what is said of other studies, and figures it could mean in two ways.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.numbers._figures import is_shifted
from annotate.checks.paper._counts import Count, counts
from annotate.checks.paper._quantities import Quantity, quantities
from annotate.checks.paper.sample_size import is_told
from annotate.types import Check, Comparison, Evidence, Example, Fact, Finding, Paper, Reading

_PAPER = Paper(
    title="A nasal spray for seasonal allergy: an uncontrolled study",
    doi="10.5555/example.spray",
    journal="Allergy",
    authors=("Ines Harmon", "Tomas Ferrante"),
    abstract=(
        "Twelve adults with seasonal allergy used a nasal spray daily. The median (range) follow-up was 6 (9) months. "
        "Sneezing stopped after a mean of 14 ± 5 days. Nosebleeds occurred in 17% of the participants. The spray was "
        "given at 20 mg. These data suggest that the spray may ease seasonal allergy."
    ),
)
_LINK = " The paper has the number doi:10.5555/example.spray."

CHECK = Check(
    id="paper.number",
    severity="warning",
    examples=(
        Example("A spray eases hay fever\n\nThe patients were followed for [[15 months]]." + _LINK, papers=(_PAPER,)),
        Example(
            "A spray eases hay fever\n\nThe sneezing was gone after an average of [[40 days]]." + _LINK,
            papers=(_PAPER,),
        ),
        Example("A spray eases hay fever\n\nNosebleeds occurred in [[7%]] of them." + _LINK, papers=(_PAPER,)),
        Example(
            "A spray eases hay fever\n\nThe patients were followed for a median of six months. Sneezing stopped after "
            "an average of two weeks, and 17 per cent had nosebleeds." + _LINK,
            "the paper’s own figures, in other units",
            papers=(_PAPER,),
        ),
        Example(
            "A spray eases hay fever\n\nHay fever lasts about three months a year, and 30% of adults have it." + _LINK,
            "figures the abstract says nothing about",
            papers=(_PAPER,),
        ),
        Example(
            "A spray eases hay fever\n\nThe youngest was 19 years old, and the spray was approved 3 years ago." + _LINK,
            "an age, and a date",
            papers=(_PAPER,),
        ),
    ),
    references=("Boutron et al. BMC Med 2019;17:105", "CONSORT for abstracts"),
)

Told = Quantity | Count

_MIN_SHARED = {"average": 1, "extreme": 2, "": 2}
"""Telling words that two figures must share, by the statistic that both are."""
_MIN_PART = 0.4
"""The part of the telling words beside the figure with fewer of them that both must share."""
_FARTHEST = 8.0
"""Figures that differ by more than this factor are about different things, unless by a decimal point alone."""
_SAID = 2
"""The sentence itself says that a time is how long people were followed."""
_MANY = 20
"""A smaller number is the sum of two others by chance."""


def find(reading: Reading) -> Iterator[Finding]:
    """Figures at odds with the abstract's."""
    for said, paper, agrees in _pairs(reading):
        if agrees:
            continue
        followed = isinstance(said, Quantity) and said.followup
        yield CHECK.finding(
            said.start,
            said.end,
            f"The article says {said.text}; for the same thing the paper gives {paper.text}.",
            trigger=said.text,
            evidence=(Evidence(f"the article: “{said.sentence}”", said.start, said.end), _quoted(paper)),
            signals={"about": "follow-up" if followed else ", ".join(sorted(said.about & paper.about))},
        )


def compare(reading: Reading) -> Iterator[Comparison]:
    """Every figure that the abstract has too, the same or another."""
    for said, paper, agrees in _pairs(reading):
        yield Comparison("figure", said.text, paper.text, agrees, said.start, said.end)


def _quoted(paper: Told) -> Evidence:
    return Evidence(f"the paper: “{paper.sentence}”")


def _pairs(reading: Reading) -> Iterator[tuple[Told, Told, bool]]:
    """Each figure of the article with the figure of the abstract that is about the same, and whether they agree."""
    if reading.abstract is not None:
        yield from ((said, paper, said.same_value(paper)) for said, paper in _measured(reading, reading.abstract))
        yield from _counted(reading, reading.abstract)


def _measured(reading: Reading, abstract: Reading) -> Iterator[tuple[Quantity, Quantity]]:
    theirs = quantities(abstract)
    for said in quantities(reading) if theirs else ():
        same = next((paper for paper in theirs if said.same_value(paper)), None)
        if same is not None and not _is_longest_told_as_usual(said, same, theirs):
            yield said, same
            continue
        rivals = [paper for paper in theirs if _is_about_the_same(said, paper)]
        best = max(rivals, key=lambda paper: (_kinship(said, paper), -paper.start), default=None)
        if best is None:
            continue
        # Two figures that fit equally well leave open which is meant, unless they are of two groups in one sentence.
        equals = [paper for paper in rivals if _kinship(said, paper) == _kinship(said, best)]
        if all(paper.same_value(best) or paper.sentence == best.sentence for paper in equals):
            yield said, best


def _counted(reading: Reading, abstract: Reading) -> Iterator[tuple[Count, Count, bool]]:
    """Counts of the same; a number that the abstract has anywhere, or the sum of two, is not at odds with it."""
    theirs = counts(abstract)
    size = reading.study.n
    for said in counts(reading) if theirs else ():
        if not said.value.is_integer() or (size is not None and said.start < size.end and size.start < said.end):
            continue
        rivals = [paper for paper in theirs if said.is_of_the_same(paper)]
        best = max(rivals, key=lambda paper: (len(said.about & paper.about), -paper.start), default=None)
        if best is None:
            continue
        if is_told(reading, Fact(int(said.value), said.start, said.end), sums=said.value >= _MANY):
            same = next((paper for paper in rivals if paper.value == said.value), None)
            yield from ((said, same, True),) if same is not None else ()
        else:
            yield said, best, False


def _is_longest_told_as_usual(said: Quantity, same: Quantity, theirs: tuple[Quantity, ...]) -> bool:
    """Whether a follow-up is only the paper's longest, told without saying so, where the paper gives an average."""
    averages = (paper for paper in theirs if paper.followup == _SAID and paper.statistic == "average")
    return bool(said.followup) and said.statistic == "" and same.statistic == "extreme" and any(averages)


def _is_about_the_same(said: Quantity, paper: Quantity) -> bool:
    near = 1 / _FARTHEST < said.value / max(paper.value, 1e-9) < _FARTHEST or is_shifted(said.value, paper.value)
    if said.unit != paper.unit or not near:
        return False
    if paper.followup == _SAID:
        return said.followup > 0 and said.statistic in ("", paper.statistic)
    if said.followup == _SAID and not paper.followup:
        return False
    shared = len(said.about & paper.about)
    enough = shared >= _MIN_PART * min(len(said.about), len(paper.about)) or said.statistic == "average"
    return said.statistic == paper.statistic and shared >= _MIN_SHARED[said.statistic] and enough


def _kinship(said: Quantity, paper: Quantity) -> tuple[bool, bool, int]:
    """How closely two figures are related: of two follow-ups, an average is what people were usually followed for."""
    usual = said.followup > 0 and paper.statistic == "average"
    return usual, said.statistic == paper.statistic, len(said.about & paper.about)
