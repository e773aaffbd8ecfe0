"""What speaks for a paper, and how much: alone, and among papers that have parts of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from annotate.papers.evidence import LEAST_SIZE, Evidence, Rarity, weigh
from annotate.papers.library import Library
from annotate.papers.naming import named_author, named_journal, named_place, places
from annotate.papers.retrieval import candidates
from annotate.papers.search import best, rank
from annotate.papers.traces import traces
from annotate.types import Paper
from tests.conftest import reading_of

KELP = Paper(
    title="Kelp extract and thyroid hormone levels in coastal fishermen: a randomised trial", pmid="91000001",
    journal="Thyroid", published="2021-05-04", authors=("Oluwaseun Adeyemi", "Margaret P Thorne", "Lars Bekkelund"),
    affiliations=("Department of Endocrinology, University of Tromsdal, Tromsdal, Norway",),
)  # fmt: skip
MOSS = Paper(
    title="Gene variants and sphagnum allergy in peat cutters", pmid="91000002", journal="Allergy",
    published="2016-01-20", authors=("Iris Quellmalz", "Bartholomew Finch"),
    affiliations=("Institute of Allergology, University of Lindenau, Lindenau, Germany",),
)  # fmt: skip
TOLD = (
    "Kelp tames the thyroid\n\nA spoonful of kelp a day lowers thyroid hormones in fishermen, a trial suggests. Half "
    "of the fishermen were given kelp extract.\n\n“We did not expect it,” said Dr Maggie Thorne of the University of "
    "Tromsdal, whose study is published in the journal Thyroid.\n"
)


def crowd() -> list[Paper]:
    """Every mixture of the two papers' titles, authors, places and journals, twenty times over."""
    titles = ("Kelp extract and peat: a survey", "Thyroid hormone levels in peat cutters", MOSS.title)
    parts = product(titles, (KELP.authors, MOSS.authors), (KELP.affiliations, MOSS.affiliations), ("Thyroid", "Gut"))
    mixed = [
        Paper(title=title, authors=authors[::-1], affiliations=where, journal=journal)
        for title, authors, where, journal in parts
    ]
    return [replace(paper, pmid=str(92_000_000 + at)) for at, paper in enumerate(mixed * 20)]


def test_what_agrees_in_everything_wins_over_papers_that_have_parts_of_it() -> None:
    library = Library(None)
    library.add([*crowd(), KELP, MOSS])
    found = best(_ranked(TOLD, library))
    assert found is not None
    assert found.pmid == KELP.pmid


def _ranked(text: str, library: Library, *, given: bool = False) -> list[tuple[Paper, float, Evidence]]:
    seen = traces(reading_of(text))
    papers, rarity = candidates(seen, library)
    return rank(papers, seen, rarity, given=given)


def test_nobody_is_named_where_the_paper_is_not_there() -> None:
    by_her = replace(KELP, pmid="91000003", title="Vaccination against hepatitis in prisons", journal="Vaccine")
    there = replace(MOSS, pmid="91000004", affiliations=KELP.affiliations)
    library = Library(None)
    library.add([MOSS, by_her, there])
    for given in (True, False):
        assert best(_ranked(TOLD, library, given=given)) is None


def test_a_rival_as_good_lowers_the_probability() -> None:
    seen, rarity = traces(reading_of(TOLD)), Rarity(500, {})
    ((_, alone, _),) = rank([KELP], seen, rarity)
    (_, first, _), (_, second, _) = rank([KELP, replace(KELP, pmid="91000009")], seen, rarity)
    assert alone > 0.9
    assert first == second
    assert first < 0.5


def test_what_many_papers_of_a_library_have_tells_little() -> None:
    seen = traces(reading_of(TOLD))
    rare, common = Rarity(10_000, {("authors", "thorne"): 1}), Rarity(10_000, {("authors", "thorne"): 900})
    assert weigh(KELP, seen, rare).person > 2 * weigh(KELP, seen, common).person > 0
    assert Rarity(3, {}).size == LEAST_SIZE
    assert Rarity(3, {}).crowd() == 0.0
    assert Rarity(10_000).of("title", "sphagnum") > Rarity(10_000).of("title", "health")


def test_strangers_and_other_universities_speak_against_a_paper() -> None:
    seen = traces(reading_of(TOLD))
    other = weigh(MOSS, seen, Rarity(500, {}))
    assert (other.strangers, other.elsewhere, other.other_journal, other.no_genes) == (1, 1, 1, 1)
    bystander = TOLD.replace("Dr Maggie Thorne of the", "Dr Ivo Santer, head of a charity at the")
    assert weigh(MOSS, traces(reading_of(bystander)), Rarity(500, {})).strangers == 0


def test_the_first_and_the_last_author_lead_a_paper() -> None:
    seen, rarity = traces(reading_of(TOLD)), Rarity(500, {})
    last = replace(KELP, authors=("Oluwaseun Adeyemi", "Margaret P Thorne"))
    middle = weigh(KELP, seen, rarity)
    assert (middle.leads, weigh(last, seen, rarity).leads) == (0, 1)
    assert weigh(MOSS, seen, rarity).leads == 0
    assert weigh(replace(KELP, authors=()), seen, rarity).leads == 0
    assert weigh(last, seen, rarity).score(0.0) > middle.score(0.0)


@pytest.mark.parametrize(
    ("published", "day", "week"),
    [("2021-05-04", 1, 1), ("2021-05-03", 1, 1), ("2021-05-01", 0, 1), ("2021-05-05", 0, 1), ("2021-02-01", 0, 0)],
)
def test_news_of_the_day_and_the_day_after_is_told_from_that_of_the_week(published: str, day: int, week: int) -> None:
    read = reading_of(TOLD)
    seen = traces(replace(read, article=replace(read.article, published="2021-05-04")))
    found = weigh(replace(KELP, published=published), seen, Rarity(500, {}))
    assert (found.day, found.week) == (day, week)


@pytest.mark.parametrize(
    ("said", "author", "least", "most"),
    [
        ("Oluwaseun Adeyemi said so.", "Oluwaseun Adeyemi", 1, 1),
        ("Maggie Thorne said so.", "Margaret P Thorne", 0.8, 0.9),
        ("Graeme Thorne said so.", "Graham Thorne", 0, 0.4),
        ("Grahame Thorne said so.", "Graham Thorne", 0.8, 0.9),
        ("Dr Thorne said so.", "M P Thorne", 0.5, 0.6),
        ("The Thorne ward is open.", "Margaret Thorne", 0.2, 0.25),
        ("Margaret Thorn said so.", "Margaret Thorne", 0.6, 0.7),
        ("A thorn is sharp.", "Margaret Thorne", 0, 0),
    ],
)
def test_how_surely_an_author_is_named(said: str, author: str, least: float, most: float) -> None:
    assert least <= named_author(author, traces(reading_of(f"News of kelp\n\nYesterday {said}\n"))) <= most


def test_a_university_in_a_large_city_is_a_place_and_a_country_is_none() -> None:
    assert places(("University of London, London, United Kingdom.",)) == (("university", "of", "london"),)
    seen = traces(reading_of("News of kelp\n\nScientists at London University tried kelp.\n"))
    assert named_place(("university", "of", "london"), seen) == 0.8


def test_a_journal_is_the_same_in_either_spelling() -> None:
    seen = traces(reading_of("News of kelp\n\nThe study appears in the journal Tumour Biology.\n"))
    assert named_journal(Paper(title="Kelp", journal="Tumor Biology"), seen) == (1.0, False)
    assert named_journal(Paper(title="Kelp", journal="Thyroid"), seen) == (0.0, True)


def test_words_of_the_trade_are_reached_from_those_of_the_news() -> None:
    seen = traces(reading_of("Pregnancy and the heart\n\nPregnancy changes the heart, a study of mothers shows.\n"))
    technical = weigh(Paper(title="Gestational changes of cardiac output"), seen, Rarity(500, {}))
    other = weigh(Paper(title="Pulmonary function in miners"), seen, Rarity(500, {}))
    assert technical.coverage > 2 * other.coverage
    assert technical.unsaid == 0 < other.unsaid
