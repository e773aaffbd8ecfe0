"""Word lists as patterns: where a phrase begins, where an exception reaches."""

from __future__ import annotations

from annotate.checks.phrases import phrases
from tests.conftest import reading_of


def test_an_optional_blank_may_be_missing() -> None:
    for text in ("The test is 100% accurate.", "The test is 100 % accurate."):
        assert [hit.text for hit in phrases(reading_of(text), "wording/total")] == [text[12:-1]]


def test_an_exception_stays_in_its_sentence() -> None:
    same, next_one = "Many studies show that the gel is safe.", "It was one of many studies. The gel is safe."
    assert [guard.name for hit in phrases(reading_of(same), "wording/safe") for guard in hit.guards] == ["established"]
    assert [hit.guards for hit in phrases(reading_of(next_one), "wording/safe")] == [()]


def test_the_first_phrase_of_the_list_wins_at_a_place() -> None:
    (hit,) = phrases(reading_of("The drops cured the cough for good."), "wording/cure")
    assert (hit.text, hit.kind) == ("cured", "cure")
