"""The guards, one by one, on words in a sentence."""

from __future__ import annotations

import pytest

from annotate.types import GuardName
from tests.conftest import reading_of


def guards(text: str, word: str, name: GuardName) -> list[str]:
    """The cues of a guard on the first occurrence of a word."""
    reading = reading_of(text)
    start = reading.article.text.index(word)
    return [guard.cue for guard in reading.context.guards(start, start + len(word), (name,))]


@pytest.mark.parametrize(
    "sentence",
    [
        "There is no cure for gout.",
        "The drug is not a cure.",
        "The tablets did not cure anyone.",
        "Doctors failed to cure the infection.",
        "I don't think that it is a cure.",
        "There is no evidence that the drink is a cure.",
        "The treatment is far from a cure.",
        "Neither drug is a cure.",
        "It relieves symptoms rather than cure the disease.",
        "Nobody can claim to have found the cure.",
        "A cure for gout remains elusive.",
        "No one has been able to cure it.",
        "Nothing cures it.",
        "None was cured.",
        "Some were cured, but most were not.",
        "It would be wrong to call it a cure.",
        "The tonic cures nobody.",
    ],
)
def test_negated(sentence: str) -> None:
    assert guards(sentence, "cure", "negated")


@pytest.mark.parametrize(
    "sentence",
    [
        "The drug is a cure.",
        "It was not cheap, but it cured them.",
        "Patients who did not smoke were cured.",
        "The team, which has no funding, found a cure.",
        "Not only is it cheap, it is a cure.",
        "Patients not only got a cure for their gout, they slept better.",
        "Despite the cure, the patients did not feel well.",
        "It is a cure, doctors warn.",
        "The pill is a cure for people who otherwise would not see a doctor.",
    ],
)
def test_not_negated(sentence: str) -> None:
    assert not guards(sentence, "cure", "negated")


@pytest.mark.parametrize(
    "sentence",
    [
        "Is this the cure for gout?",
        "It is unclear whether the patients were cured.",
        "They asked if the drug could be a cure.",
        "The search for a cure goes on.",
        "Our goal is to find a cure.",
        "Researchers hope to cure the disease.",
    ],
)
def test_question(sentence: str) -> None:
    assert guards(sentence, "cure", "question")


def test_a_statement_is_no_question() -> None:
    assert not guards("The drug cured all of them.", "cure", "question")


@pytest.mark.parametrize(
    "sentence",
    ["The drug may cure gout.", "The drug could be a cure.", "It seems to cure gout.", "A potential cure is near."],
)
def test_hedged(sentence: str) -> None:
    assert guards(sentence, "cure", "hedged")


def test_a_bare_adverb_is_no_hedge_for_a_study_of_few() -> None:
    many = "The trial enrolled 400 patients with gout.\n\nThe pill is possibly a cure."
    few = "The trial enrolled four patients with gout.\n\nThe pill is possibly a cure."
    assert guards(many, "cure", "hedged")
    assert not guards(few, "cure", "hedged")


def test_quoted_names_the_speaker_and_not_in_headlines() -> None:
    text = "Zinc is ‘a cure’, says maker\n\n“Zinc is a real remedy for colds,” said Amara Obi."
    assert guards(text, "real remedy", "quoted") == ["Amara Obi"]
    assert not guards(text, "a cure", "quoted")


def test_answered_by_another_voice_or_by_the_same_word_denied() -> None:
    answered = "“This is a cure,” said the maker, Jo Bell. But others cautioned that the trial was small."
    denied = "“This is a cure,” said the maker, Jo Bell.\n\nThere is no cure for gout, says the health service."
    alone = "“This is a cure,” said the maker, Jo Bell. She was pleased."
    assert guards(answered, "cure", "answered")
    assert guards(denied, "cure", "answered")
    assert not guards(alone, "cure", "answered")


def test_mention_is_a_name_in_capitals() -> None:
    assert guards("The money came from the Susan Bell Cure Fund in Leeds.", "Cure", "mention")
    assert not guards("A Leeds team has found a cure.", "cure", "mention")


def test_established_is_history_or_accepted() -> None:
    assert guards("In the 1920s, liver was a cure for anaemia.", "cure", "established")
    assert not guards("The new drug cured anaemia.", "cure", "established")


def test_other_topic_has_nothing_medical_near() -> None:
    assert guards("Football\n\nThe striker left the club for good.", "for good", "other-topic")
    assert not guards("The drug cleared the rash for good.", "for good", "other-topic")


def test_what_is_known_to_be_curable_excuses_words_of_curing_only() -> None:
    assert guards("The team cured malaria in mice.", "cured", "established")
    assert not guards("The pill is a remarkable remedy for malaria.", "remarkable remedy", "established")


def test_the_topic_is_carried_over_the_blank_between_paragraphs() -> None:
    assert not guards("The scan takes ten minutes.\n\n“It is amazing,” said Karl Voss.", "amazing", "other-topic")
    assert guards("The car was new.\n\n“It is amazing,” said Karl Voss.", "amazing", "other-topic")


def test_only_words_with_content_are_answered_by_the_same_word() -> None:
    text = "“There is nothing like it,” said Karl Voss, who makes the gel.\n\nIs there a gel for dogs?"
    assert not guards(text, "There is nothing like it", "answered")
