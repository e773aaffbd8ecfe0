"""Word comments: on exactly the words, everything else as it was, and LibreOffice opens the file."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate import Report, annotate_text
from annotate.article import extract
from annotate.config import Settings
from annotate.pipeline import annotate_page
from annotate.render import render
from annotate.render._word_comments import Comment, with_comments
from annotate.types import Article, Page
from tests.article.test_docx import read_or_refused
from tests.conftest import CORPUS
from tests.word_files import MEDIA_TYPE, SPACE, commented, formatted, p, package, parts, r

DRAFT = package(
    p(r("A new pill for gout"), style="T")
    + p(
        r("The "),
        r("pill cu", "<w:b/>"),
        f'<w:ins w:id="7" w:author="Ed">{r("red all", "<w:i/>")}</w:ins>',
        r(" the patients &amp; it is "),
        f'<w:hyperlink w:anchor="x">{r("a breakthrough")}</w:hyperlink>',
        '<w:r><w:tab/><w:t xml:space="preserve">, the makers said</w:t><w:br/></w:r>',
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        '<w:commentRangeStart w:id="4"/>',
        r("."),
        '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>',
        '<w:del w:id="8"><w:r><w:delText>Really.</w:delText></w:r></w:del>',
    ),
    footnotes=f'<w:footnote w:id="2">{p(r("The pill cured all of the mice."))}</w:footnote>',
    comments=f'<w:comment w:id="4" w:author="Ed" w:initials="E">{p(r("Who says?"))}</w:comment>',
    extra={"word/media/image1.png": b"\x89PNG\x00\xff" * 50, "customXml/item1.xml": b"<a  b='1' />"},
)


def read(document: bytes) -> Article:
    return extract(Page("draft.docx", document, MEDIA_TYPE))


@pytest.fixture(scope="module")
def report() -> Report:
    page = Page("draft.docx", DRAFT, MEDIA_TYPE)
    return annotate_page(page, Settings(select=("wording",)))


@pytest.fixture(scope="module")
def plain() -> Report:
    text = (CORPUS / "showcase.txt").read_text(encoding="utf-8")
    return annotate_text(text, Settings(select=("wording", "inference", "structure")))


def test_there_is_a_comment_on_the_words_of_each_finding(report: Report) -> None:
    document = render(report, "docx")
    assert isinstance(document, bytes)
    text = report.reading.article.text
    body_end = text.index("The pill cured all of the mice")
    found = commented(document)
    assert len(found) == len(report.findings) >= 3
    for finding, (words, said) in zip(report.findings, found, strict=True):
        if finding.end <= body_end:
            assert words == text[finding.start : finding.end]
        assert finding.message in said
        assert finding.check in said
    assert {"cured", "breakthrough"} <= {words for words, _ in found}


def test_a_finding_in_a_footnote_is_on_its_mark(report: Report) -> None:
    document = render(report, "docx")
    assert isinstance(document, bytes)
    main = parts(document)["word/document.xml"].decode()
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    assert re.search(rf'<w:commentRangeStart w:id="\d+"/>{mark}<w:commentRangeEnd w:id="\d+"/>', main)


def test_nothing_else_in_the_file_changes(report: Report) -> None:
    document = render(report, "docx")
    assert isinstance(document, bytes)
    before, after = parts(DRAFT), parts(document)
    assert set(after) == set(before)
    touched = {"word/document.xml", "word/comments.xml"}
    assert {name for name in before if before[name] != after[name]} == touched
    assert formatted(document) == formatted(DRAFT)
    assert commented(document, author="Ed") == [(".", "Who says?")]
    existing = before["word/comments.xml"].removesuffix(b"</w:comments>")
    assert after["word/comments.xml"].startswith(existing)


def test_a_first_comment_adds_its_part_and_nothing_more() -> None:
    source = package(p(r("A pill")) + p(r("It cured six people of gout.")))
    article = read(source)
    at = article.text.index("cured")
    assert article.word is not None
    document = with_comments(article.word, [Comment(at, at + 5, ("Is it so? A < B & C\x00",))])
    before, after = parts(source), parts(document)
    assert set(after) - set(before) == {"word/comments.xml"}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert commented(document) == [("cured", "Is it so? A < B & C\ufffd")]
    assert document == with_comments(article.word, [Comment(at, at + 5, ("Is it so? A < B & C\x00",))])


def test_marking_a_marked_file_adds_to_it() -> None:
    article = read(DRAFT)
    assert article.word is not None
    once = with_comments(article.word, [Comment(0, 5, ("One.",))])
    word = read(once).word
    assert word is not None
    twice = with_comments(word, [Comment(2, 5, ("Two.",))])
    assert [said for _, said in commented(twice)] == ["One.", "Two."]
    assert formatted(twice) == formatted(DRAFT)


def test_another_prefix_and_no_space_kept() -> None:
    odd = package(p("<w:r><w:t>A new pill</w:t></w:r>"))
    body = parts(odd)["word/document.xml"].decode()
    source = body.replace("xmlns:w=", "xmlns:ns0=").replace("<w:", "<ns0:").replace("</w:", "</ns0:")
    article = read(_with_main(odd, source))
    assert article.word is not None
    document = with_comments(article.word, [Comment(2, 5, ("Hm.",))])
    main = parts(document)["word/document.xml"].decode()
    assert '<ns0:t xml:space="preserve">A </ns0:t></ns0:r><w:commentRangeStart xmlns:w=' in main
    assert formatted(document) == formatted(_with_main(odd, source))


def _with_main(document: bytes, source: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in parts(document).items():
            archive.writestr(name, source.encode() if name == "word/document.xml" else body)
    return out.getvalue()


def test_an_article_from_elsewhere_becomes_a_document(plain: Report) -> None:
    document = render(plain, "docx")
    assert isinstance(document, bytes)
    article = plain.reading.article
    again = read(document)
    assert again.title == article.title
    shown = [article.text[block.start : block.end] for block in article.blocks if block.checked]
    assert [again.text[block.start : block.end].lstrip("•\t") for block in again.blocks] == [
        " ".join(text.split("\n")) for text in shown
    ]
    for finding, (words, _) in zip(plain.findings, commented(document), strict=True):
        assert words == article.text[finding.start : finding.end].replace("\n", " ")


RUNS = st.lists(
    st.one_of(
        st.text(alphabet="ab &<é\u2028\U0001f600", max_size=8).map(
            lambda text: r(text.replace("&", "&amp;").replace("<", "&lt;"))
        ),
        st.sampled_from(
            [r("bold", "<w:b/>"), "<w:r><w:tab/></w:r>", "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>",
             f"<w:ins>{r('new')}</w:ins>", "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
             "<w:r><w:rPr/><w:t>tight</w:t></w:r>", "<w:r><w:t/></w:r>", "<w:r/>",
             '<w:r><w:t a=">">x&#233;y</w:t></w:r>',
             f"<w:hyperlink>{r('link')}{r('ed')}</w:hyperlink>", "<!-- <w:r> --><w:proofErr/>"]
        ),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(paragraphs=st.lists(RUNS, min_size=1, max_size=3), data=st.data())
def test_any_words_of_any_document_can_be_marked(paragraphs: list[list[str]], data: st.DataObject) -> None:
    source = package("".join(p(*runs) for runs in [[r("Tea and sleep")], *paragraphs]))
    article = read_or_refused(source)
    assert article is not None
    assert article.word is not None
    pieces = article.word.markup.pieces
    inside = [position for piece in pieces for position in range(piece.start, piece.end)]
    comments = []
    for number in range(data.draw(st.integers(1, 4))):
        start, last = sorted((data.draw(st.sampled_from(inside)), data.draw(st.sampled_from(inside))))
        comments.append(Comment(start, last + 1, (f"Note {number}.",)))
    document = with_comments(article.word, comments)
    assert formatted(document) == formatted(source)
    for comment, (words, said) in zip(comments, commented(document), strict=True):
        expected = article.text[comment.start : comment.end]
        assert "".join(words.split()) == "".join(expected.split())
        assert said == comment.paragraphs[0]
    again = read_or_refused(document)
    assert again is not None
    assert again.text == article.text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is missing: .ci/office installs it")
def test_libreoffice_opens_it(report: Report, plain: Report, tmp_path: Path) -> None:
    for name, one in (("draft", report), ("plain", plain)):
        document = render(one, "docx")
        assert isinstance(document, bytes)
        (tmp_path / f"{name}.docx").write_bytes(document)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "fodt",
         "--outdir", str(tmp_path), str(tmp_path / "draft.docx"), str(tmp_path / "plain.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    for name, one in (("draft", report), ("plain", plain)):
        shown = _shown((tmp_path / f"{name}.fodt").read_text(encoding="utf-8"))
        text = one.reading.article.text
        notes = text.find("The pill cured all of the mice")  # theirs stand on a mark, which has no words
        quotes = [text[item.start : item.end] for item in one.findings if notes < 0 or item.end <= notes]
        assert len(shown) == len(one.findings)
        assert sorted(filter(None, shown)) == sorted("".join(quote.split()) for quote in quotes)


def _shown(document: str) -> list[str]:
    """The words, without spaces, under each of our comments in a flat OpenDocument text."""
    comments = re.findall(
        r'(?s)<office:annotation [^>]*office:name="([^"]+)".*?<dc:creator>(.*?)</dc:creator>', document
    )
    bare = re.sub(r"(?s)<(text:note|office:annotation)\b(?!-end).*?</\1>", lambda match: _opening(match[0]), document)
    found = []
    for name, author in comments:
        if author == "annotate":
            words = bare.partition(f"[[{name}]]")[2].partition(f'<office:annotation-end office:name="{name}"/>')[0]
            found.append(html.unescape("".join(re.sub(r"<[^>]*>|\[\[\w+\]\]", "", words).split())))
    return found


def _opening(element: str) -> str:
    name = re.match(r'<office:annotation [^>]*office:name="([^"]+)"', element)
    return f"[[{name[1]}]]" if name else ""


def test_a_strict_document_gets_strict_comments() -> None:
    odd = package(p(r("A new pill")))
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    source = parts(odd)["word/document.xml"].decode().replace(SPACE, f'xmlns:w="{strict}"')
    article = read(_with_main(odd, source))
    assert article.word is not None
    after = parts(with_comments(article.word, [Comment(0, 1, ("Hm.",))]))
    assert strict in after["word/comments.xml"].decode()
    assert "purl.oclc.org/ooxml/officeDocument/relationships/comments" in after["word/_rels/document.xml.rels"].decode()
