"""Spun phrases: plain words count as swaps only where the text is known to be spun."""

from __future__ import annotations

from annotate import annotate_text
from annotate.config import Settings

PLAIN = "Walking helps\n\nThe nurses of the crisis room were asked twice. Nobody liked the plan."
SPUN = "One had kidney disappointment, another a high heart tariff."


def triggers(text: str) -> list[str]:
    """The spun phrases found in a text."""
    report = annotate_text(text, Settings(select=("text.tortured",)))
    return [finding.why.trigger or "" for finding in report.findings]


def test_a_plain_word_alone_is_left_alone() -> None:
    assert triggers(PLAIN) == []


def test_beside_two_odd_phrases_it_is_a_swap() -> None:
    assert triggers(f"{PLAIN} {SPUN}") == ["crisis room", "kidney disappointment", "heart tariff"]


def test_words_in_use_together_are_no_swaps() -> None:
    text = "Herbs\n\nHerbal remedies, an antibody test and unfavourable outcomes were named by two doctors."
    assert triggers(f"{text} {SPUN}") == ["kidney disappointment", "heart tariff"]


def test_a_plain_word_that_goes_with_nothing_in_the_phrase_is_a_swap() -> None:
    assert triggers("Care\n\nThe women gave amniotic liquid, and drank liquid soup.") == ["amniotic liquid"]


def test_several_words_for_one_need_the_rest_of_the_term() -> None:
    assert triggers("Care\n\nMen with a malignant growth had no lung malignant growth.") == ["lung malignant growth"]
