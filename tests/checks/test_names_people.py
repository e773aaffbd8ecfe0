"""Names of people: likeness, and who is whom in an article."""

from __future__ import annotations

import pytest

from annotate import annotate_text
from annotate.checks.names._similarity import likeness, sound
from annotate.config import Settings


@pytest.mark.parametrize(
    ("one", "other"), [("Meyer", "Maier"), ("Fisher", "Fischer"), ("Jansson", "Yanson"), ("Kovács", "Kovach")]
)
def test_respelt_names_are_close(one: str, other: str) -> None:
    alike = likeness(one, other)
    assert alike.same_sound or alike.spelling >= 0.6


@pytest.mark.parametrize(("one", "other"), [("Smith", "Novak"), ("Garcia", "Olsen"), ("Tanaka", "Brown")])
def test_other_names_are_not(one: str, other: str) -> None:
    alike = likeness(one, other)
    assert not alike.same_sound
    assert alike.spelling < 0.6


def test_short_names_say_nothing_of_sound() -> None:
    assert sound("Lee") == sound("Li")
    assert not likeness("Lee", "Li").same_sound


def test_the_surname_named_in_full_is_the_suggestion() -> None:
    text = "A tea for sleep\n\nDr. Ingrid Halvorsen ran the trial. “They slept,” Halversen said."
    finding = annotate_text(text, Settings(select=("names.person",))).findings[0]
    assert text[finding.start : finding.end] == "Halversen"
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "Halvorsen"
    assert finding.why.signals["place"] == "speech"


def test_a_surname_of_two_words_is_not_a_new_person() -> None:
    text = "A tea for sleep\n\n“They slept,” said Dr. Pia de Vries, who ran it.\n\n“Well,” de Vries said."
    assert not annotate_text(text, Settings(select=("names.person",))).findings
