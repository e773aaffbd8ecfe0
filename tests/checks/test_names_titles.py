"""The compiled forms of the names of institutions and journals."""

from __future__ import annotations

import pytest

from annotate import Settings, annotate_text
from annotate.checks.names._titles import title_index, title_words
from annotate.types import Finding
from annotate.vocabulary import institutions, journals


@pytest.mark.parametrize(("key", "names"), [("institutions", institutions), ("journals", journals)])
def test_names_are_folded_as_the_program_folds(key: str, names: object) -> None:
    """Else run `models/garbles/titles.py`."""
    assert callable(names)
    index = title_index(key, names())
    assert len(index.forms) > 5_000
    assert all(title_words(form) == words for words, form, _ in index.forms)


def test_a_word_leads_to_the_names_that_hold_it() -> None:
    index = title_index("institutions", institutions())
    found = {index.forms[number][1] for number in index.sharing(["heidelberg"])}
    assert "Heidelberg University" in found or "University of Heidelberg" in found
    assert ("university", "california") not in index.openings


def _institutions(text: str) -> tuple[Finding, ...]:
    return annotate_text(text, Settings(select=("names.institution",))).findings


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("Nationwide Institute for the Cancer", "National Cancer Institute"),
        (
            "National Institution of Healthy and Clinic Excellency",
            "National Institute for Health and Clinical Excellence",
        ),
        ("Heart Establishment of Britons", "British Heart Foundation"),
        ("Institution of Karolinska", "Karolinska Institutet"),
    ],
)
def test_a_name_in_other_words_is_the_one_institution_with_them(said: str, right: str) -> None:
    (finding,) = _institutions(f"The work was paid for by the {said}.")
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == right


@pytest.mark.parametrize(
    "name",
    [
        "American Society of Psychiatry", "Institute of Cancer", "National Institute of Medicine",
        "British Cancer Society", "Institute of Heart Research",
    ],
)  # fmt: skip
def test_a_name_with_too_little_of_another_is_its_own(name: str) -> None:
    assert not _institutions(f"The work was paid for by the {name}.")
