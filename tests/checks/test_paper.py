"""The family `paper` beyond its examples: the motivating study, what is compared, and what is not held against it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest

import annotate.render
from annotate import Report, annotate_text
from annotate.config import Settings
from annotate.papers.records import read_records
from annotate.render import render
from annotate.types import Paper

LUPUS = Path(__file__).parents[1] / "papers" / "lupus.jsonl"
ONLY = Settings(select=("paper",))
ARTICLE = """Engineered cells calm lupus in five people

Doctors in Bavaria treated five patients whose lupus had resisted every drug. Their work appears in Nature Medicine.

The senior author is Georg Schett, a rheumatologist in Erlangen. After 17 months the patients were free of symptoms, and
the B cells came back after an average of 100 days. “All of them are well,” said Shett. Dr. Makensen’s clinic gave the
cells. Six months later, 3 months of which without drugs, Georg Schett met them again.
"""


@cache
def report() -> Report:
    return annotate_text(ARTICLE, ONLY, papers=tuple(read_records(LUPUS)))


def flagged(check: str) -> list[str]:
    return [ARTICLE[item.start : item.end] for item in report().findings if item.check == check]


def test_the_motivating_study_is_found_and_its_facts_compared() -> None:
    paper = report().reading.paper
    assert paper is not None
    assert paper.pmid == "36109639"
    assert paper.certain
    assert paper.n == 5
    assert flagged("paper.person") == ["Shett", "Makensen"]
    assert flagged("paper.number") == ["17 months", "100 days"]
    assert flagged("paper.sample-size") == []
    assert flagged("paper.not-found") == []


def test_figures_are_compared_by_what_they_count() -> None:
    compared = {(item.article, item.paper, item.agrees) for item in report().comparisons}
    assert ("17 months", "8 months", False) in compared
    assert ("100 days", "110 ± 32 days", False) in compared
    assert ("five patients", "5", True) in compared
    assert ("Nature Medicine", "Nature Medicine", True) in compared


def test_a_finding_shows_both_sentences() -> None:
    (finding, _) = [item for item in report().findings if item.check == "paper.number"]
    said, paper = finding.evidence
    assert said.start is not None
    assert "17 months" in said.note
    assert paper.start is None
    assert "median follow-up of 8 months" in paper.note


@pytest.mark.parametrize(
    ("abstract", "flags"),
    [
        ("The median (range) follow-up was 8 (12) months.", ["17 months"]),
        ("Median follow-up was 8 months (up to 17 months).", ["17 months"]),
        ("Patients were followed for 17 months.", []),
        ("Patients were followed for a median of 1.4 years.", []),
        ("The drug was given for 8 months.", []),
        ("No length of time is given.", []),
    ],
)
def test_a_follow_up_is_held_against_a_follow_up(abstract: str, flags: list[str]) -> None:
    text = "Cells calm lupus\n\nPatients were followed for 17 months. The paper is doi:10.5555/lupus."
    paper = Paper(title="Cells in lupus", doi="10.5555/lupus", abstract=abstract)
    found = annotate_text(text, Settings(select=("paper.number",)), papers=(paper,)).findings
    assert [text[item.start : item.end] for item in found] == flags


def test_statements_are_not_held_against_a_paper_that_is_only_likely() -> None:
    paper = Paper(title="Lupus", abstract="We followed 900 women for 3 years.", doi="10.5555/other")
    reading = annotate_text(ARTICLE, ONLY, papers=(paper,)).reading
    assert reading.paper is None or not reading.paper.certain
    assert reading.abstract is None


def test_the_report_tells_the_paper() -> None:
    row = json.loads(render(report(), "json"))
    schema = json.loads(Path(annotate.render.__file__).with_name("report.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(row, schema)
    assert row["paper"]["doi"] == "10.1038/s41591-022-02017-5"
    assert row["paper"]["authors"][-1] == "Georg Schett"
    assert "author named" in row["paper"]["matched_by"]
    page = render(report(), "html")
    for words in ("The paper it reports", "Matched by", "110 ± 32 days", "https://doi.org/10.1038/s41591-022-02017-5"):
        assert words in page


def test_a_search_that_finds_nothing_is_told_on_the_page() -> None:
    found = annotate_text(ARTICLE, ONLY, papers=(Paper(title="Larch bark beetles after a mild winter"),))
    assert "none found in the papers given (1 paper)" in render(found, "html")


def test_a_garbled_institution_is_told_once_and_by_the_paper() -> None:
    paper = Paper(
        title="Dim light and sleep in nurses", doi="10.5555/dim", journal="Somnologia Baltica",
        affiliations=("Johns Hopkins University, Baltimore",),
    )  # fmt: skip
    text = (
        "Nurses sleep\n\nA team of Jonhs Hopkins University did it. It was published in Somnologia Balticca "
        "(doi:10.5555/dim).\n"
    )
    both = annotate_text(text, Settings(select=("names", "paper")), papers=(paper,)).findings
    assert [item.check for item in both if "Hopkins" in text[item.start : item.end]] == ["paper.institution"]
    assert [item.check for item in both if "Baltic" in text[item.start : item.end]] == ["names.journal"]
    (name,) = (
        item
        for item in annotate_text(text, Settings(select=("names",)), papers=(paper,)).findings
        if item.check == "names.institution"
    )
    assert name.suggestion is not None
    assert name.suggestion.replacement == "Johns Hopkins University"
