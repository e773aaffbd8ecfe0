"""Word lists as patterns: what they begin with, where an exception reaches."""

from __future__ import annotations

import pytest

from annotate.checks.phrases import _initial, phrases
from tests.conftest import reading_of


@pytest.mark.parametrize(
    ("pattern", "initials"),
    [
        ("cures?", {"c"}),
        ("s?cure", {""}),
        ("(a|the) cure", {"a", "t"}),
        ("((most|very) )?safe", {"m", "v", "s"}),
        ("gone|lost", {"g", "l"}),
        ("\\d+ million", set("0123456789")),
        ("\\w+ million", {""}),
        ("(?:a|b)c", {""}),
    ],
)
def test_initials_are_those_of_every_alternative(pattern: str, initials: set[str]) -> None:
    assert _initial(pattern) == initials


def test_an_optional_blank_may_be_missing() -> None:
    for text in ("The test is 100% accurate.", "The test is 100 % accurate."):
        assert [hit.text for hit in phrases(reading_of(text), "wording/total")] == [text[12:-1]]


def test_an_exception_stays_in_its_sentence() -> None:
    same, next_one = "Many studies show that the gel is safe.", "It was one of many studies. The gel is safe."
    assert [guard.name for hit in phrases(reading_of(same), "wording/safe") for guard in hit.guards] == ["established"]
    assert [hit.guards for hit in phrases(reading_of(next_one), "wording/safe")] == [()]
