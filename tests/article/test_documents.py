"""PDF and e-mail press releases."""

from __future__ import annotations

import pytest

from annotate.article import extract
from annotate.errors import NotAnArticleError
from annotate.types import Article, Page

LINES = (
    "Cherries do nothing for gout, a small trial finds",
    None,
    "Forty adults with gout ate cherries every day for a month. Their pain fell by a",
    "third in both groups, so that nothing can be said of cherries, the investi-",
    "gators write.",
    None,
    "The trial was paid for by the growers, who had no say in it.",
)


def pdf(*pages: tuple[str | None, ...]) -> bytes:
    """A PDF with lines of text; None leaves a gap."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for number, lines in enumerate(pages, 1):
        height, drawn = 760, [f"BT /F 9 Tf 300 30 Td ({number}) Tj ET"]
        if len(pages) > 1:
            drawn.insert(0, "BT /F 9 Tf 72 800 Td (Example University press office) Tj ET")
        for line in lines:
            height -= 14
            if line is not None:
                drawn.append(f"BT /F 11 Tf 72 {height} Td ({line}) Tj ET")
        stream = "\n".join(drawn).encode("latin-1")
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), b" ".join(kids))
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%b endobj\n" % (i, content) for i, content in enumerate(objects, 1))
    return body + b"trailer<</Root 1 0 R>>\n%%EOF"


def read(body: bytes, media_type: str) -> Article:
    return extract(Page("release", body, media_type))


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_lines_of_a_pdf_become_paragraphs_again() -> None:
    assert blocks(read(pdf(LINES), "application/pdf")) == [
        ("headline", "Cherries do nothing for gout, a small trial finds"),
        (
            "paragraph",
            "Forty adults with gout ate cherries every day for a month. Their pain fell by a third in both groups, so "
            "that nothing can be said of cherries, the investigators write.",
        ),
        ("paragraph", "The trial was paid for by the growers, who had no say in it."),
    ]


def test_headers_footers_and_numbers_of_pages_are_left_out() -> None:
    article = read(pdf(LINES, LINES[2:6], LINES[2:6]), "application/pdf")
    assert "press office" not in article.text
    assert not any(char.isdigit() for char in article.text)


def test_what_stands_above_the_headline_goes_below_it() -> None:
    article = read(pdf(("FOR IMMEDIATE RELEASE", None, *LINES)), "application/pdf")
    assert article.title == LINES[0]
    assert article.byline == "FOR IMMEDIATE RELEASE"


@pytest.mark.parametrize(("body", "said"), [(b"%PDF-1.7 ...", "damaged"), (pdf(()), "without text")])
def test_pdfs_without_text_are_refused_in_one_line(body: bytes, said: str) -> None:
    with pytest.raises(NotAnArticleError, match=said) as raised:
        read(body, "application/pdf")
    assert "\n" not in str(raised.value)


MAIL = (
    "From: Example Press Office <press@example.org>\r\nSubject: Fwd: Cherries do nothing\r\n for gout\r\n"
    "Date: Tue, 3 Mar 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n"
)
TEXT = "Forty adults with gout ate cherries for a month – and nothing happened.\r\n\r\nNobody was paid.\r\n"
HTML = (
    "<p>Forty adults with <b>gout</b> ate cherries for a month &ndash; and nothing happened.</p><p>Nobody was paid.</p>"
)


def test_the_subject_of_a_message_is_its_headline() -> None:
    body = f"{MAIL}Content-Type: text/plain; charset=utf-8\r\n\r\n{TEXT}\r\n-- \r\nThe press office\r\n".encode()
    article = read(body, "message/rfc822")
    assert [kind for kind, _ in blocks(article)] == ["headline", "paragraph", "paragraph"]
    assert article.title == "Cherries do nothing for gout"
    assert (article.outlet, article.published) == ("Example Press Office", "2026-03-03T09:00:00+00:00")
    assert "press office" not in article.text


def test_of_both_parts_the_plain_one_is_read() -> None:
    plain = f"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{TEXT}\r\n"
    parts = f"{plain}--x\r\nContent-Type: text/html\r\n\r\n{HTML}\r\n--x--"
    body = f'{MAIL}Content-Type: multipart/alternative; boundary="x"\r\n\r\n{parts}'.encode()
    assert "– and nothing" in read(body, "message/rfc822").text


def test_a_message_of_html_alone_is_read_like_a_draft() -> None:
    article = read(f"{MAIL}Content-Type: text/html; charset=utf-8\r\n\r\n{HTML}".encode(), "message/rfc822")
    assert article.title == "Cherries do nothing for gout"
    assert "Forty adults with gout ate cherries for a month – and nothing happened." in article.text


@pytest.mark.parametrize(
    "body", [b"From: a\nSubject: b\n\n", b"\xff\xfe\x00", b"Content-Type: multipart/x; boundary=\n\n--"]
)
def test_messages_without_text_are_refused_in_one_line(body: bytes) -> None:
    with pytest.raises(NotAnArticleError) as raised:
        read(body, "message/rfc822")
    assert "\n" not in str(raised.value)
