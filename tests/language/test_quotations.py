"""Who says what."""

from __future__ import annotations

import pytest

from annotate.language import parse
from tests.conftest import article_of


def quotations(*paragraphs: str) -> list[tuple[str, bool, str | None]]:
    article = article_of("\n\n".join(("A headline stands here", *paragraphs)))
    return [(article.text[item.start : item.end], item.direct, item.speaker) for item in parse(article).quotations]


@pytest.mark.parametrize(
    ("paragraph", "speaker"),
    [
        ("“We were surprised by how fast it worked,” said Dr Amara Obi.", "Amara Obi"),
        ('"We were surprised by how fast it worked," Obi told reporters.', "Obi"),
        ("Obi said: “We were surprised by how fast it worked.”", "Obi"),
        ("According to Obi, “we were surprised by how fast it worked”.", "Obi"),
        ("‘We were surprised by how fast it worked,’ explained Obi.", "Obi"),
    ],
)
def test_the_speaker_is_the_subject_of_the_reporting_verb(paragraph: str, speaker: str) -> None:
    ((_, direct, found),) = quotations(paragraph)
    assert direct
    assert found is not None
    assert speaker in found


def test_a_pronoun_stands_for_the_last_person_named() -> None:
    found = quotations("Maria Lopez led the trial in Lagos.", "“It worked far better than we hoped,” she said.")
    assert found[0][2] == "Maria Lopez"


def test_speech_goes_on_in_the_next_paragraph() -> None:
    found = quotations(
        "“It worked far better than we had hoped,” said Amara Obi. “We will go on with it.",
        "“Next we will ask for money.”",
    )
    assert [speaker and speaker.endswith("Obi") for _, _, speaker in found] == [True, True, True]


def test_scare_quotes_are_not_speech() -> None:
    ((text, direct, _),) = quotations("The pill is sold as a “natural” one in most shops here.")
    assert (text, direct) == ("“natural”", False)


def test_an_unclosed_quotation_is_marked() -> None:
    article = article_of("A headline stands here\n\n“We were glad to see it, said Obi. “Now we go on,” she said.")
    first, second = parse(article).quotations
    assert (first.closed, second.closed) == (False, True)


def test_inches_and_apostrophes_open_nothing() -> None:
    assert quotations("The 5'10\" patient's sister didn't need the patients' beds.") == []
