"""The compiled forms of the names of institutions and journals."""

from __future__ import annotations

import pytest

from annotate.checks.names._titles import title_index, title_words
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
