"""Markdown: the draft unchanged but for marks and notes, each mark where it shows as one."""

from __future__ import annotations

import re
from dataclasses import replace

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from annotate import Report
from annotate.article import extract
from annotate.errors import NotAnArticleError
from annotate.render import render
from annotate.types import Article, Finding, Page, Why
from tests.render.reports import reports

MARK = re.compile(r"\[\^annotate(?:-x)*-\d+\]")
NOTES = re.compile(r"(?:\r?\n){2}(?:(?:```+|~~~+)(?:\r?\n){2})?(?:\[\^annotate(?:-x)*-\d+\]: .*\r?\n)+\Z")


def marked(text: str, *quotes: str, media_type: str = "text/markdown") -> str:
    """A draft with a finding on each of these words (the first place where they stand)."""
    article = extract(Page("draft.md", text.encode(), media_type))
    return written(article, *((article.text.index(quote), quote) for quote in quotes))


def written(article: Article, *places: tuple[int, str]) -> str:
    base: Report = reports()[0]
    findings = tuple(
        Finding("wording.cure", start, start + len(quote), "warning", "Say what was measured.", Why(quote))
        for start, quote in places
    )
    report = replace(base, reading=replace(base.reading, article=article), findings=findings)
    return str(render(report, "markdown"))


def shown(document: str) -> int:
    """How many of our marks GitHub's own Markdown shows as references to notes."""
    page = cmarkgfm.github_flavored_markdown_to_html(document, Options.CMARK_OPT_FOOTNOTES)
    return len(re.findall(r'<a href="#fn-annotate[-x\d]*" id="[^"]*" data-footnote-ref>', page))


def restored(document: str) -> str:
    """A document without its marks and notes."""
    return MARK.sub("", NOTES.sub("", document))


def test_the_draft_is_unchanged_but_for_marks_and_notes() -> None:
    (report,) = [report for report in reports() if report.reading.article.reference.endswith(".md")]
    document = str(render(report, "markdown"))
    assert report.findings
    assert restored(document) == report.reading.article.text
    labels = re.findall(r"^\[\^(annotate-\d+)\]: \*\*\w+\*\* \(`[\w.-]+`\) “.+”: \S", document, re.MULTILINE)
    assert labels == [f"annotate-{number}" for number in range(1, len(report.findings) + 1)]
    body = NOTES.sub("", document)
    assert all(body.count(f"[^{label}]") == 1 for label in labels)


@pytest.mark.parametrize(
    ("draft", "quote", "line"),
    [
        ("It **cured** all.", "cured", "It **cured**[^annotate-1] all."),
        ("It was *cured*, he said.", "cured", "It was *cured*[^annotate-1], he said."),
        ("It *cured all*.", "cured", "It *cured[^annotate-1] all*."),
        ("See [the cured few](https://a.b/c) here.", "cured", "See [the cured few](https://a.b/c)[^annotate-1] here."),
        ("See [the cured][few] here.", "cured", "See [the cured][few][^annotate-1] here."),
        ("It `cured x` all.", "cured", "It `cured x`[^annotate-1] all."),
        ("It <b>cured</b> all.", "cured", "It <b>cured[^annotate-1]</b> all."),
        ("It cured(all).", "cured", "It cured([^annotate-1]all)."),
        ("It cured[^1] all.\n\n[^1]: Ha.", "cured", "It cured[^1][^annotate-1] all."),
        ("Go to https://cured.example/x now.", "cured", "Go to https://cured.example/x [^annotate-1]now."),
        ("> It cured\n> all.", "cured", "> It cured[^annotate-1]\n> all."),
        ("| a | cured |\n|---|---|\n| b | c |", "cured", "| a | cured[^annotate-1] |"),
    ],
)  # fmt: skip
def test_a_mark_stands_where_it_shows(draft: str, quote: str, line: str) -> None:
    text = f"# Tea and sleep\n\n{draft}\n"
    document = marked(text, quote)
    assert shown(document) == 1
    assert line in document.split("\n") or line in document
    assert restored(document) == text


def test_labels_lines_and_fences() -> None:
    text = "# Tea\r\n\r\nIt cured[^annotate-1] all.\r\n\r\n[^annotate-1]: Mine.\r\n\r\n```\r\ncode without end"
    document = marked(text, "cured")
    assert "It cured[^annotate-1][^annotate-x-1] all." in document
    assert document.startswith(text[:8])
    tail = "\r\n\r\n```\r\n\r\n[^annotate-x-1]: **Warning** (`wording.cure`) “cured”: Say what was measured.\r\n"
    assert document.endswith("code without end" + tail)


def test_a_draft_without_findings_is_the_same() -> None:
    text = "# Tea and sleep\n\nSix people slept."
    assert marked(text) == text


def test_any_other_article_is_written_out_and_escaped() -> None:
    text = "Tea *and* sleep\n\n# It cured <b>all</b> of_them [sic].\n\n- one\n\n1. It is 5 < 6 & 7\n"
    document = marked(text, "cured", media_type="text/plain")
    assert document.startswith(
        "# Tea \\*and\\* sleep\n\n\\# It cured[^annotate-1] \\<b\\>all\\</b\\> of\\_them \\[sic\\].\n"
    )
    assert "\n- one\n" in document
    assert "5 \\< 6 \\& 7" in document
    assert document.endswith("“cured”: Say what was measured.\n")


def test_every_finding_of_every_article_has_its_note() -> None:
    for report in reports():
        document = str(render(report, "markdown"))
        numbers = [int(number) for number in re.findall(r"^\[\^annotate-(\d+)\]: ", document, re.MULTILINE)]
        assert numbers == list(range(1, len(report.findings) + 1))
        assert shown(document) == len(report.findings)
        body = document.split("\n[^annotate-1]: ")[0]
        assert sorted(int(number) for number in re.findall(r"\[\^annotate-(\d+)\]", body)) == numbers


PIECES = st.sampled_from(
    ["# ", "> ", "- ", "1. ", "```\n", "~~~\n", "`", "``", "*", "**", "_", "[a](b)", "[", "](", ")", "<!--", "-->",
     "<b>", "\n", "\n\n", "\r\n", "| ", "|---|\n", "---\n", "[^1]", "[^1]: ", "\\", "https://a.b", "cure ", "the ", "“",
     "é", "\t", "\u2028", "\x85", "annotate-1"]
)  # fmt: skip
DRAFTS = st.lists(PIECES | st.text(alphabet="ab .,", max_size=5), max_size=40).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(draft=DRAFTS, data=st.data())
def test_any_draft_comes_back(draft: str, data: st.DataObject) -> None:
    text = f"# Tea and sleep\n\n{draft}"
    try:
        article = extract(Page("draft.md", text.encode(), "text/markdown"))
    except NotAnArticleError:
        article = None
    assume(article is not None)
    assert article is not None
    assert article.text == text
    places = []
    for _ in range(data.draw(st.integers(0, 3))):
        block = data.draw(st.sampled_from([block for block in article.blocks if block.checked]))
        start = data.draw(st.integers(block.start, block.end - 1))
        places.append((start, text[start : data.draw(st.integers(start + 1, block.end))]))
    document = written(article, *places)
    assert restored(document) == MARK.sub("", text)
    assert len(re.findall(r"^\[\^annotate(?:-x)*-\d+\]: \*\*Warning", document, re.MULTILINE)) == len(places)
