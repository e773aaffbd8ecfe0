"""Terms, titles and symbols: what counts as derived, scrambled, moved."""

from __future__ import annotations

import pytest

from annotate import annotate_text
from annotate.checks.names._index import fillers, near_words, swaps
from annotate.checks.names._kinship import is_derived
from annotate.checks.names._symbols import moves, swapped
from annotate.config import Settings


@pytest.mark.parametrize(
    ("one", "other"), [("allergy", "allergic"), ("infected", "uninfected"), ("hyperthyroid", "hypothyroid")]
)
def test_words_of_one_stem_and_opposites_are_no_garbles(one: str, other: str) -> None:
    assert is_derived(one, other)


def test_other_words_are_not_of_one_stem() -> None:
    assert not is_derived("arterial", "atrial")


def test_a_slot_is_filled_by_the_words_of_terms() -> None:
    assert "rheumatoid" in fillers("_ arthritis")
    assert "windmill" not in fillers("_ arthritis")


def test_near_words_come_nearest_first() -> None:
    found = near_words("psoriosis")
    assert found[0] == ("psoriasis", 1)


def test_the_thesaurus_tells_how_it_knows_a_swap() -> None:
    assert swaps()["bosom"]["breast"] in "+="


def test_letters_and_digits_change_places() -> None:
    assert swapped("CD91", "CD19")
    assert not swapped("CD22", "CD19")
    assert "BRAC1" in set(moves("BRCA1"))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("She works at the University of Nuremberg in Erlangen.", "University of Erlangen-Nuremberg"),
        ("The trial was published in the Lancit on Monday.", "Lancet"),
        ("He has chronic obstructive pulmonary illness (COPD).", "chronic obstructive pulmonary disease (COPD)"),
    ],
)
def test_the_suggestion_is_the_usual_name(text: str, right: str) -> None:
    findings = annotate_text(text, Settings(select=("names",))).findings
    assert [finding.suggestion.replacement for finding in findings if finding.suggestion] == [right]
