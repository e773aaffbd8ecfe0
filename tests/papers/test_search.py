"""Which paper an article reports, and when to say that it is none."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.config import Settings
from annotate.errors import PaperError
from annotate.papers import find_paper
from annotate.papers.evidence import probabilities
from annotate.papers.library import add_to
from annotate.papers.records.own import record
from annotate.papers.words import name_parts
from annotate.pipeline import annotate_page
from annotate.types import Page, Paper
from tests.conftest import reading_of

LIGHT = Paper(
    title="Dim light and sleep in night-shift nurses: a randomised trial", doi="10.5555/light", pmid="90000001",
    journal="Sleep Medicine", published="2019-03-04", authors=("Mirela Vasquez", "Henrik K Lindqvist"),
    affiliations=("Department of Neurology, University of Hollerich, Hollerich, Luxembourg",), trials=("NCT04567890",),
)  # fmt: skip
NURSES = replace(
    LIGHT, title="Night-shift nurses and caffeine: a cohort study", doi="10.5555/caffeine", pmid="90000002",
    authors=("Paula Ortega",), journal="Nutrients", trials=(),
)  # fmt: skip
TEA = Paper(title="Herbal tea against gout", doi="10.5555/tea", authors=("Ines Harmon",), journal="Rheumatology")
PAPERS = (TEA, NURSES, LIGHT)
TOLD = (
    "Dim light helps nurses sleep\n\nNurses on the night shift slept better in dim light, says a study published in "
    "Sleep Medicine. “It surprised us,” said Dr. Mirela Vasquez, who led the trial at the University of Hollerich.\n"
)


@pytest.mark.parametrize(
    ("said", "paper"),
    [
        ("The study: https://doi.org/10.5555/tea", TEA),
        ("PMID 90000002", NURSES),
        ("It is registered as NCT04567890.", LIGHT),
    ],
)
def test_an_identifier_wins(said: str, paper: Paper) -> None:
    found = find_paper(reading_of(f"Study says so\n\nDoctors have news. {said}"), Settings(), PAPERS).paper
    assert found is not None
    assert found.doi == paper.doi
    assert "in the article" in (found.matched_by or "")
    assert found.certain


def test_people_journal_and_subject_find_it_and_say_why() -> None:
    found = find_paper(reading_of(TOLD), Settings(), PAPERS).paper
    assert found is not None
    assert found.doi == "10.5555/light"
    for why in ("author named", "journal", "institution"):
        assert why in (found.matched_by or "")
    assert found.certain


def test_a_misspelt_author_still_counts() -> None:
    found = find_paper(reading_of(TOLD.replace("Vasquez", "Vaskuez")), Settings(), PAPERS).paper
    assert found is not None
    assert found.doi == "10.5555/light"


def test_it_abstains_where_nothing_fits() -> None:
    search = find_paper(
        reading_of("New ward opens\n\nThe clinic in Leeds has twelve beds for children with burns."), Settings(), PAPERS
    )
    assert search.paper is None
    assert search.where == "the papers given (3 papers)"


def test_the_settings_say_where_to_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = reading_of(TOLD)
    monkeypatch.setenv("ANNOTATE_LIBRARY", str(tmp_path / "none.sqlite"))
    assert find_paper(reading, Settings()).where is None
    file = tmp_path / "papers.jsonl"
    file.write_text("".join(json.dumps(record(paper)) + "\n" for paper in PAPERS), encoding="utf-8")
    assert find_paper(reading, Settings(papers=str(file))).where == "papers.jsonl (3 papers)"
    assert find_paper(reading, Settings(papers="off", library=str(tmp_path / "own.sqlite"))).where is None
    add_to(tmp_path / "own.sqlite", PAPERS)
    found = find_paper(reading, Settings(library=str(tmp_path / "own.sqlite")))
    assert found.paper is not None
    assert found.where == "the local library (3 papers)"
    with pytest.raises(PaperError, match="off, local, online, or a file"):
        find_paper(reading, Settings(papers="onlin"))


def test_probabilities_leave_room_for_none() -> None:
    assert probabilities([]) == []
    assert probabilities([0.0]) == [0.5]
    one, other = probabilities([5.0, 5.0])
    assert one == other < 0.5
    assert sum(probabilities([-5.0, -6.0])) < 0.02


def test_names_in_parts() -> None:
    assert name_parts("Anne-Marie O’Neill") == (("anne", "marie"), ("oneill",))
    assert name_parts("J Ross Fitzgerald") == (("j", "ross"), ("fitzgerald",))
    assert name_parts("Consortium") == ((), ("consortium",))


def test_the_address_behind_words_in_a_draft_identifies_it() -> None:
    draft = "# Study says so\n\nDoctors have [news](https://doi.org/10.5555/tea) for people with joints that hurt.\n"
    found = annotate_page(Page("draft.md", draft.encode(), "text/markdown"), Settings(select=("paper",)), papers=PAPERS)
    assert found.reading.paper is not None
    assert found.reading.paper.doi == "10.5555/tea"


def test_of_several_papers_linked_the_one_told_of_is_taken() -> None:
    text = TOLD + "\n\nAn older study was of tea (doi:10.5555/tea). The new one: doi:10.5555/light.\n"
    found = find_paper(reading_of(text), Settings(), PAPERS).paper
    assert found is not None
    assert found.doi == "10.5555/light"
