"""How the checks of figures read them."""

from __future__ import annotations

import pytest

from annotate import annotate_text
from annotate.checks.numbers._changes import changes
from annotate.config import Settings
from annotate.types import Finding


def found(text: str, *checks: str) -> list[Finding]:
    return list(annotate_text(text, Settings(select=checks)).findings)


@pytest.mark.parametrize(
    ("words", "factor"),
    [
        ("cut the risk of stroke by 23%", 0.77),
        ("raised the risk of stroke by a third", 4 / 3),
        ("cut their risk of gout, a painful swelling of the joints, by up to 20 per cent", 0.8),
        ("were 30 per cent less likely to have a stroke", 0.7),
        ("had twice the risk of a stroke", 2.0),
        ("halved the risk of a stroke", 0.5),
        ("were three times as likely to have a stroke", 3.0),
    ],
)
def test_how_many_times_as_large_a_risk_becomes(words: str, factor: float) -> None:
    report = annotate_text(
        f"A pill and the heart\n\nIn the trial those on the pill {words}.", Settings(select=("numbers.points",))
    )
    (change,) = changes(report.reading)
    assert change.factor == pytest.approx(factor)


def test_says_how_much_a_relative_figure_leaves_open_and_names_the_time() -> None:
    text = (
        "Nuts and the heart\n\nA cohort study followed 30,000 nurses for ten years.\n\n"
        "Those who ate nuts every day were 30 per cent less likely to have a heart attack."
    )
    (finding,) = found(text, "numbers.relative")
    assert "“from … in 1,000 to … in 1,000 over ten years”" in finding.message
    assert "from 10 to 7 in 1,000 as well as one from 100 to 70" in finding.message


def test_a_headline_said_again_is_marked_once() -> None:
    headline = "Nuts cut the risk of heart attacks by 30 per cent"
    text = f"{headline}\n\n{headline}\nBy Our Reporter\n\nA cohort study followed 30,000 nurses for ten years."
    assert [finding.start for finding in found(text, "numbers.relative")] == [text.index("cut the risk")]


def test_frames_are_told_once() -> None:
    text = (
        "A pill against clots\n\nIn a trial of 4,000 adults the pill cut the risk of stroke by 40 per cent.\n\n"
        "Only 12 of 2,000 people had a serious bleed."
    )
    assert [finding.check for finding in found(text, "numbers")] == ["numbers.framing"]


def test_points_name_both_readings_and_offer_one() -> None:
    (finding,) = found("Quitting\n\nThe share who quit rose by 5%, from 10% to 15%.", "numbers.points")
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "5 percentage points"
    assert "50 per cent of what it was" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Quitting\n\nThe share who quit fell by 8%, from 92% to 84%.",  # 8.7 per cent: as right as points
        "Wages\n\nWages rose by 5%, while the share who quit went from 10% to 15% in the clinic.",
    ],
)
def test_points_leave_alone_what_may_be_right(text: str) -> None:
    assert found(text, "numbers.points") == []


def test_amounts_of_money_are_no_populations() -> None:
    assert found("Costs\n\nHeart failure costs $30 billion in the United States.", "numbers.inconsistent") == []
