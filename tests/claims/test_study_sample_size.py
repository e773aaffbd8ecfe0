"""The study's size, read from articles of our own."""

from __future__ import annotations

import pytest

from annotate import annotate_text
from annotate.claims.study.numbers import numbers
from annotate.config import Settings
from annotate.types import Study


def study(*paragraphs: str) -> Study:
    text = "\n\n".join(paragraphs)
    found = annotate_text(text, Settings(select=("caveats.sample-size",))).reading.study
    if found.n is not None:
        assert 0 <= found.n.start < found.n.end <= len(text)
    return found


def size(*paragraphs: str) -> int | None:
    fact = study(*paragraphs).n
    return fact.value if fact else None


HEADLINE = "Rosehip powder eases stiff knees, study finds"


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The researchers recruited 84 adults with sore knees.", 84),
        ("The trial involved twenty-two retired postmen.", 22),
        ("Five patients were given the powder for a month.", 5),
        ("The 1,430-patient study ran for two years.", 1430),
        ("Three groups of eight rabbits were fed the powder.", 24),
        ("They studied 60 women with stiff knees and 45 men with stiff hips.", 105),
        ("Data from more than 12,000 people in Norway were analysed.", 12000),
        ("A total of 310 volunteers took part.", 310),
        ("Eleven runners drank the powder in water.", 11),
        ("The powder eased the knees of most, a study of 640 nurses shows.", 640),
        ("The powder eased stiffness in two thirds of cases among 450 people who had gone to their doctor.", 450),
        ("Of the 96 participants, 12 dropped out.", 96),
        ("The study questioned 71 nine and ten-year-olds about their knees.", 71),
    ],
)
def test_the_size_is_read(sentence: str, value: int) -> None:
    assert size(HEADLINE, sentence) == value


@pytest.mark.parametrize(
    "sentence",
    [
        "About 8 million people in Britain live with arthritis.",
        "An earlier study of 400 patients found no benefit.",
        "A larger trial with 900 patients is planned for next year.",
        "One in 12 patients felt better within a week.",
        "The powder costs 20 pounds for 30 days.",
        "Some 40 per cent of the patients felt better.",
    ],
)
def test_other_numbers_are_not_the_size(sentence: str) -> None:
    assert size(HEADLINE, sentence) is None


def test_the_exact_figure_is_preferred_to_its_rounding() -> None:
    assert size(HEADLINE, "The survey covered more than 3,200 dancers.", "The 3,218 dancers filled in a diary.") == 3218


def test_the_study_reported_wins_over_one_before_it() -> None:
    assert size(HEADLINE, "The team tested 36 patients.", "A previous trial with 510 patients had no result.") == 36


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hundred and forty nurses", 240),
        ("half a dozen patients", 6),
        ("1.5 million births", 1_500_000),
        ("43,127 women", 43_127),
        ("thirty-one dogs", 31),
    ],
)
def test_numbers_in_figures_and_words(text: str, value: int) -> None:
    assert [number.value for number in numbers(text)] == [value]


def test_numbers_leave_out_money_and_percentages() -> None:
    assert not list(numbers("It costs $300 and works in 40% of cases"))
