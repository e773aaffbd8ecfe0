"""Which papers of a library are weighed."""

from __future__ import annotations

import math

from annotate.papers.library import Library
from annotate.papers.naming import named_journal
from annotate.papers.retrieval import CANDIDATES, candidates
from annotate.papers.traces import Traces, traces
from annotate.types import Paper
from tests.conftest import reading_of
from tests.papers.test_evidence import KELP, MOSS, TOLD, crowd


def seen_in(text: str) -> Traces:
    return traces(reading_of(text))


def test_the_best_comes_first_and_what_is_far_behind_is_not_weighed() -> None:
    library = Library(None)
    library.add([*crowd(), MOSS, KELP])
    near, _ = candidates(seen_in(TOLD), library)
    assert near[0] == KELP
    every, rarity = candidates(seen_in(TOLD), library, far=math.inf)
    assert near == every[: len(near)]
    assert len(near) < len(every) == CANDIDATES
    assert rarity.size == len(library)


def test_a_paper_is_reached_by_its_people_where_its_title_shares_no_word() -> None:
    by_name = Paper(title="HLA-B27 and uveitis", pmid="91000011", authors=("Oriane Blackmore",))
    library = Library(None)
    library.add([*crowd(), by_name])
    found, _ = candidates(seen_in("A new idea\n\nNobody knew, said Dr Oriane Blackmore.\n"), library)
    assert by_name in found


def test_nothing_shared_is_nothing_found() -> None:
    library = Library(None)
    library.add([MOSS])
    assert candidates(seen_in("Trains late\n\nThe trains ran late again on Monday.\n"), library)[0] == []


def test_a_journal_of_one_word_may_be_its_sister() -> None:
    sister, stranger = Paper(title="X", journal="Nature Genetics"), Paper(title="X", journal="Gut")
    seen = seen_in("Genes of the pulse\n\nThe study was published in the journal Nature.\n")
    assert seen.journal == ("nature",)
    assert named_journal(sister, seen) == (0.0, False)
    assert named_journal(stranger, seen) == (0.0, True)


def test_who_speaks_for_a_charity_by_its_initials_is_no_author() -> None:
    said = (
        "Kelp helps\n\nThe Thyroid Care Foundation paid for the trial, which was run in three small towns by the sea "
        "and took a whole year. Dr Mary Holt, of the TCF, said: “It is early.”\n"
    )
    assert "holt" not in seen_in(said).people
    assert "holt" in seen_in(said.replace(", of the TCF,", "")).people
