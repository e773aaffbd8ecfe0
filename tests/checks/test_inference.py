"""What counts as a statement on the topic, and what the checks of inference do with it."""

from __future__ import annotations

import pytest

from annotate import annotate_text
from annotate.checks.inference._statements import statements, topic_of
from annotate.config import Settings
from tests.conftest import reading_of

COHORT = "A cohort study followed 9,000 teachers for twelve years."


def told(text: str, *, hedged: bool = False) -> list[tuple[str, str]]:
    """The words and the tense of each statement."""
    reading = reading_of(text)
    return [(text[one.start : one.end], one.tense) for one in statements(reading, hedged=hedged)]


def found(text: str, check: str) -> list[str]:
    """The words that a check marks."""
    return [text[one.start : one.end] for one in annotate_text(text, Settings(select=(check,))).findings]


def test_what_is_said_in_passing_is_a_statement_only_at_the_end() -> None:
    lead = "Bad teeth trouble nurses\n\n"
    study = " The study examined 900 nurses at one point in time."
    harmed = f"{lead}Nurses have poor dental health, which affects their work, a cross-sectional study found.{study}"
    assert found(harmed, "inference.causal") == ["affects their work"]
    which = f"{lead}Nurses with dental crowns, which protect teeth, slept well, a cross-sectional study found.{study}"
    assert found(which, "inference.causal") == []


def test_the_topic_is_what_headline_and_lead_name() -> None:
    topic = topic_of(reading_of("Walnuts and the heart\n\nWalnuts cut the risk of stroke, a new study says."))
    assert "walnut" in topic
    assert "study" not in topic
    assert "new" not in topic


@pytest.mark.parametrize(
    ("sentence", "tense"),
    [
        ("Walnuts reduce cholesterol, the study found.", "present"),
        ("Walnuts can lower cholesterol, the study found.", "can"),
        ("Walnuts lowered cholesterol, the study found.", "past"),
        ("Walnuts will lower cholesterol, the team says.", "will"),
        ("Eating walnuts is good for the heart, a study suggests.", "present"),
    ],
)
def test_statements_have_a_tense(sentence: str, tense: str) -> None:
    assert [one for _, one in told(f"Walnuts and the heart\n\n{sentence}")] == [tense]


@pytest.mark.parametrize(
    "sentence",
    [
        "Stroke affects one in six people.",  # how common a thing is
        "The gene lowers cholesterol in the blood.",  # machinery of the body
        "Professor Lind lowered the dose of walnuts.",  # somebody
        "Walnuts have the potential to lower cholesterol.",  # a hedge
        "The company helps its customers sell walnuts.",  # business
    ],
)
def test_background_is_no_statement(sentence: str) -> None:
    assert told(f"Walnuts and the heart\n\n{sentence}") == []


def test_hedged_statements_only_when_asked_for() -> None:
    text = "Walnuts and the heart\n\nWalnuts may lower cholesterol, a study suggests."
    assert told(text) == []
    assert told(text, hedged=True) == [("may lower cholesterol", "may")]


def test_verbs_that_share_an_object_are_marked_together() -> None:
    text = "Walnuts and the heart\n\nWalnuts prevent or reverse heart disease, a study found."
    assert told(text) == [("prevent or reverse heart disease", "present")]


def test_what_a_study_found_needs_no_word_of_the_headline() -> None:
    text = "A snack for the heart\n\nResearchers found that olives reduce blood pressure."
    assert [words for words, _ in told(text)] == ["reduce blood pressure"]


def test_a_link_is_suggested_for_a_risk() -> None:
    text = f"Walnuts and strokes\n\n{COHORT}\n\nEating walnuts cuts the risk of stroke, the study found."
    (finding,) = annotate_text(text, Settings(select=("inference.causal",))).findings
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == "was linked with a lower risk"


def test_a_headline_is_not_told_of_twice() -> None:
    text = f"Eating walnuts cuts strokes\n\n{COHORT}\n\nEating walnuts cuts strokes, the study found."
    assert found(text, "inference.causal") == []


def test_the_species_is_suggested() -> None:
    text = (
        "Plum extract and arthritis\n\nPlum extract relieves arthritis, research shows.\n\n"
        "The team fed it to 24 mice for eight weeks. The mice that got it had less swelling."
    )
    (finding,) = annotate_text(text, Settings(select=("inference.nonhuman",))).findings
    assert finding.suggestion is not None
    assert finding.suggestion.replacement == " in mice"


def test_an_early_trial_is_one_fault() -> None:
    text = (
        "Spray for hay fever\n\nThe phase 1 trial gave the spray to 18 people with hay fever for two weeks.\n\n"
        "The spray relieves hay fever, according to the company."
    )
    assert found(text, "inference.early") == ["relieves hay fever"]
    assert found(text, "inference.small-sample") == []
