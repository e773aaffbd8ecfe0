"""Word files: blocks by style, tracked changes as accepted, every character in its place, hostile files refused."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.article import docx, extract
from annotate.errors import NotAnArticleError
from annotate.types import Article, Page
from tests.word_files import MEDIA_TYPE, SPACE, p, package, r


def read(document: bytes) -> Article:
    return extract(Page("draft.docx", document, MEDIA_TYPE))


def blocks(body: str, **more: str) -> list[tuple[str, str]]:
    article = read(package(body, **more))
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_blocks_follow_the_styles() -> None:
    found = blocks(
        p(r("Seaweed may calm hay fever"), style="T")
        + p(r("By Orla Quinn"))
        + p(r("Thirty "), r("adults", "<w:b/>"), r(" chewed seaweed for a month."))
        + p(r("What they found"), style="Own")
        + p(r("Fewer sneezes were counted."), properties='<w:numPr><w:numId w:val="2"/></w:numPr>')
        + f"<w:tbl><w:tr><w:tc>{p(r('Sneezes'))}</w:tc><w:tc>{p(r('12 a day'))}</w:tc></w:tr></w:tbl>"
        + p(r("“We slept well,” one said."), style="Q")
        + p(r("Contents"), style="TOC1")
    )
    assert found == [
        ("headline", "Seaweed may calm hay fever"),
        ("byline", "By Orla Quinn"),
        ("paragraph", "Thirty adults chewed seaweed for a month."),
        ("subheading", "What they found"),
        ("list", "Fewer sneezes were counted."),
        ("table", "Sneezes"),
        ("table", "12 a day"),
        ("quote", "“We slept well,” one said."),
        ("boilerplate", "Contents"),
    ]


def test_a_title_need_not_come_first() -> None:
    found = blocks(
        p(r("A note to the desk: please cut this to length, and soon."))
        + p(r("Tea and sleep"), style="T")
        + p(r("It helps."))
    )
    assert [kind for kind, _ in found] == ["paragraph", "headline", "paragraph"]


def test_tracked_changes_are_taken_as_accepted() -> None:
    body = (
        p(r("Tea and sleep"))
        + p(
            r("The tea "),
            f'<w:del w:id="1"><w:r><w:delText>cured</w:delText></w:r>{r("healed")}</w:del>',
            f'<w:ins w:id="2">{r("helped")}</w:ins>',
            f"<w:moveFrom>{r(' somewhat')}</w:moveFrom>",
            r(" six people", '<w:rPrChange w:id="3"><w:rPr><w:vanish/></w:rPr></w:rPrChange>'),
            f"<w:moveTo>{r(' a little')}</w:moveTo>",
            r("."),
        )
        + p(r("A paragraph that "), properties="<w:rPr><w:del/></w:rPr>")
        + p(r("runs on."))
        + f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(r('Gone row'))}</w:tc></w:tr></w:tbl>"
        + p(r("The end of it, they said."))
    )
    assert [text for _, text in blocks(body)] == [
        "Tea and sleep",
        "The tea helped six people a little.",
        "A paragraph that runs on.",
        "The end of it, they said.",
    ]


def test_what_is_not_text_is_not_read() -> None:
    body = p(r("Tea and sleep")) + p(
        r("See "),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://example.org"</w:instrText></w:r>',
        r("the paper"),
        r(" secret", "<w:vanish/>"),
        r(" shown", '<w:vanish w:val="0"/>'),
        "<w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>a box</w:t></w:r></w:p></w:txbxContent></w:drawing></w:r>",
        '<w:r><w:t>now</w:t><w:tab/><w:t>and\xa0&amp;</w:t><w:br/><w:t>re\xadad&#8217;s</w:t><w:noBreakHyphen/></w:r>',
        properties='<w:tabs><w:tab w:val="left"/></w:tabs>',
    )  # fmt: skip
    assert blocks(body)[1] == ("paragraph", "See the paper shownnow\tand &\nread’s-")


def test_greek_of_the_font_symbol_is_read() -> None:
    symbol = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    body = p(
        r("TNF-"), symbol.format("Symbol", "F061"), symbol.format("Symbol", "x"), symbol.format("Wingdings", "F04A")
    )
    assert blocks(p(r("Tea and sleep")) + body)[1] == ("paragraph", "TNF-α")


def test_footnotes_follow_the_text_and_comments_do_not() -> None:
    body = p(r("Tea and sleep")) + p(
        r("Six people slept."), '<w:r><w:footnoteReference w:id="2"/></w:r>', r(" They said so.")
    )
    footnotes = (
        f'<w:footnote w:type="separator" w:id="0">{p(r("———"))}</w:footnote>'
        f'<w:footnote w:id="2">{p(r("Paid for by Teapot Ltd."))}</w:footnote>'
    )
    comments = f'<w:comment w:id="0" w:author="Ed">{p(r("Really?"))}</w:comment>'
    assert [text for _, text in blocks(body, footnotes=footnotes, comments=comments)] == [
        "Tea and sleep",
        "Six people slept. They said so.",
        "Paid for by Teapot Ltd.",
    ]


def test_every_character_knows_its_place() -> None:
    article = read(
        package(p(r("Tea &amp; “sleep”")) + p(r("  Näive &#x3b2;-blockers")) + p(r("x"), "<w:r><w:tab/></w:r>", r("y")))
    )
    assert article.word is not None
    markup = article.word.markup
    for piece in markup.pieces:
        words, source = article.text[piece.start : piece.end], markup.source[piece.source_start : piece.source_end]
        assert words == source or (words, source) in {("&", "&amp;"), ("β", "&#x3b2;"), ("\t", "<w:tab/>")}
    placed = {position for piece in markup.pieces for position in range(piece.start, piece.end)}
    assert all(index in placed for index, character in enumerate(article.text) if not character.isspace())
    assert article.links == ("https://example.org/",)


def office(document: str | bytes, rels: bytes = b"<a/>") -> bytes:
    return archive(
        **{"_rels__.rels": rels, "word__document.xml": document.encode() if isinstance(document, str) else document}
    )


def archive(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, body in entries.items():
            target.writestr(name.replace("__", "/"), body)
    return out.getvalue()


def twice() -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as target:
        warnings.simplefilter("ignore")
        for _ in range(2):
            target.writestr("word/document.xml", "x")
    return out.getvalue()


def locked() -> bytes:
    body = bytearray(package(p(r("Tea and sleep"))))
    start = body.find(b"PK\x01\x02")
    while start >= 0:  # the flag that says an entry is encrypted, in the directory
        body[start + 8] |= 1
        start = body.find(b"PK\x01\x02", start + 1)
    return bytes(body)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x SYSTEM "file:///nowhere"><w:document/>'


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "empty"),
        (b"Just some words", "not a Word document"),
        (OLE + b"\0" * 600, "old .doc"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 but no more", "damaged"),
        (package(p(r("Tea and sleep")))[:-200], "damaged"),
        (archive(hello=b"x"), "another kind of zip"),
        (archive(_rels__x=b"x", word__document=b"x"), "another kind of zip"),
        (archive(inner=package(p(r("Tea"))), **{"_rels__.rels": b"<a/>"}), "main document is missing"),
        (office(b"<x:workbook/>"), "spreadsheet"),
        (office("<w:document/>", rels=b"<a"), "broken"),
        (office(b"<w:document" + b"\xff\xfe"), "damaged"),
        (office(DOCTYPE + "<w:document/>"), "document type"),
        (office(EXTERNAL), "document type"),
        (office(f"<w:document {SPACE}><w:body>"), "broken"),
        (package(p(r(" "))), "no text"),
        (twice(), "twice"),
        (locked(), "password"),
    ],
)  # fmt: skip
def test_hostile_files_are_one_clear_line(document: bytes, said: str) -> None:
    with pytest.raises(NotAnArticleError) as raised:
        read(document)
    message = str(raised.value)
    assert said in message
    assert message.startswith("draft.docx: ")
    assert "\n" not in message


@pytest.mark.parametrize("limit", ["MAX_PART", "MAX_UNPACKED", "MAX_PARTS"])
def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    bomb = package(p(r("Tea and sleep")) + " " * 2_000_000)
    assert len(bomb) < 10_000
    assert read(bomb)
    monkeypatch.setattr(docx, limit, 5 if limit == "MAX_PARTS" else 1_000_000)
    with pytest.raises(NotAnArticleError, match="unpacks to more"):
        read(bomb)


def read_or_refused(document: bytes) -> Article | None:
    """The article, or None where the file was refused in one line."""
    said = ""
    try:
        return read(document)
    except NotAnArticleError as error:
        said = str(error)
    assert "\n" not in said
    return None


TAGS = st.sampled_from("p r t rPr pPr ins del tab br tbl tr tc hyperlink footnoteReference vanish sdt".split())
TREES = st.recursive(
    st.text(alphabet="aé &<\u2028\xad\xa0\U0001f600", max_size=6).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(
        lambda pair: f"<w:{pair[0]}>{''.join(pair[1])}</w:{pair[0]}>"
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TREES, max_size=8).map("".join))
def test_any_tree_of_elements_is_read_or_refused(body: str) -> None:
    article = read_or_refused(package(p(r("Tea and sleep")) + body))
    if article is None:
        return
    assert article.word is not None
    last = 0
    for piece in article.word.markup.pieces:
        assert piece.source_start >= last
        assert piece.start < piece.end <= len(article.text)
        last = piece.source_end
    assert all(block.start < block.end <= len(article.text) for block in article.blocks)


SAMPLE = package(p(r("Tea and sleep")) + p(r("Six people slept, the team said.")))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(at=st.integers(0, len(SAMPLE) - 1), octets=st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused(at: int, octets: bytes) -> None:
    read_or_refused(SAMPLE[:at] + octets + SAMPLE[at + len(octets) :])
