"""Bytes of any encoding, and bytes that are not text."""

from __future__ import annotations

import pytest

from annotate.article import extract
from annotate.errors import NotAnArticleError
from annotate.types import Article, Page

TEXT = "Café owners sleep better\n\n“Naïve” drinkers slept an hour more, the team said – in a survey of 40 people.\n"
FRENCH = (
    "Les chercheurs ont découvert un nouveau traitement pour cette maladie rare, et les patients suivis pendant une "
    "année entière vont beaucoup mieux qu'avant le début de cet essai."
)
GERMAN = (
    "Die Forscher haben eine neue Behandlung gegen die seltene Krankheit gefunden, und den Patienten geht es nach "
    "einem ganzen Jahr sehr viel besser als vor dem Beginn der Studie in Erlangen."
)


def read(body: bytes, media_type: str = "text/plain") -> Article:
    return extract(Page("draft.txt", body, media_type))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_the_text_comes_out_the_same(encoding: str) -> None:
    assert read(TEXT.encode(encoding)).text == TEXT


def test_a_page_declares_its_charset() -> None:
    page = '<meta charset="iso-8859-2"><p>Profesor Łukasz Żak studied 40 people who slept badly.</p>'
    assert "Łukasz Żak" in read(page.encode("iso-8859-2"), "text/html").text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "a zip archive"),
        (b"\x89PNG\r\n", "an image"),
        (b"\x00\x01\x02" * 100, "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"12 34 56 !!", "no words"),
        (FRENCH.encode(), "not English (it looks like French)"),
        (GERMAN.encode(), "not English"),
        ("研究人员发现了一种治疗这种罕见疾病的新方法。".encode() * 8 + b" ab" * 25, "not English"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_in_one_line(body: bytes, said: str) -> None:
    with pytest.raises(NotAnArticleError) as raised:
        read(body)
    message = str(raised.value)
    assert said in message
    assert message.startswith("draft.txt: ")
    assert "\n" not in message


def test_a_long_text_is_refused() -> None:
    with pytest.raises(NotAnArticleError, match="1,000,001 characters"):
        read(b"a " * 500_000 + b"a")
