"""The article's own page with marks: sanitised, the marks alone added, nothing lost."""

from __future__ import annotations

import html
import re

import pytest

from annotate.pipeline import annotate_page
from annotate.render import _document, render
from annotate.types import Article, Page, Report
from tests.conftest import article_of
from tests.news_page import BODY, news_page

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)></svg><iframe src=//x></iframe>"
    '<a href="javascript:alert(1)">a</a><a href="https://ok.example/">b</a><form action=//x><button>c</button></form>'
    '<style>*{display:none}</style><p style="color:red" onclick=alert(1) id=f1 class="rest warning">d</p>'
    "<base href=//x>"
    '<meta http-equiv=refresh content="0;//x"><math><mtext></mtext></math></form>'
    "<link rel=stylesheet href=//x><object data=//x></object>"
    '<mark data-notes="1" class="error">spoof</mark><video src=//x></video><details open ontoggle=alert(1)>e</details>'
)


@pytest.fixture(scope="module")
def report() -> Report:
    return annotate_page(Page("https://example.org/tea", news_page().encode(), "text/html"))


def marked(article: Article, *words: str) -> str:
    assert article.markup is not None
    marks = []
    for number, word in enumerate(words):
        start = article.text.index(word)
        marks.append(
            _document.Mark(start, start + len(word), f'<mark data-notes="{number}">', lambda _: "<sup>n</sup>")
        )
    page = _document.render(article.markup, marks)
    assert page is not None
    return page


def test_marks_are_split_at_tags_and_cover_references_and_soft_hyphens() -> None:
    page = marked(
        article_of(news_page(), "text/html"), "The findings were", "Quinn & colleagues", "cured insomnia in two of"
    )
    assert '<mark data-notes="0">The </mark><a href="https://journal.example/tea"' in page
    assert '<mark data-notes="0">findings</mark></a><mark data-notes="0"> were</mark><sup>n</sup> published' in page
    assert '<mark data-notes="1">Quinn &amp; colleagues</mark><sup>n</sup> report' in page
    assert '<mark data-notes="2">cured in\xadsom\xadnia in </mark><b><mark data-notes="2">two</mark></b>' in page


def test_without_its_marks_the_page_is_what_it_was() -> None:
    article = article_of(news_page(), "text/html")
    page = marked(article, "older people fall", "modest effect,” said Orla", "would last")
    assert article.markup is not None
    assert re.sub(r"</?mark[^>]*>|<sup>n</sup>", "", page) == _document.render(article.markup, [])


def test_nothing_of_the_page_runs_loads_or_passes_for_ours() -> None:
    article = article_of(news_page(BODY.replace("</em>", f"</em>{HOSTILE}", 1)), "text/html")
    page = marked(article, "modest effect")
    for forbidden in (
        "<script",
        "<img",
        "<iframe",
        "<style",
        "<svg",
        "<object",
        "<link",
        "<meta",
        "<base",
        "javascript:",
    ):
        assert forbidden not in page.lower()
    assert not re.search(r"<[^>]*\s(?:on\w+|style|id|src|action)=", page)
    assert 'class="rest warning"' not in page
    assert page.count("data-notes") == 1
    assert '<a href="https://ok.example/"' in page


def test_furniture_is_folded_away_and_still_there() -> None:
    page = marked(article_of(news_page(), "text/html"), "modest effect")
    assert re.search(r'<section class="rest"[^>]*>\s*<h2>Most read', page)
    assert re.search(r'<aside class="rest"[^>]*><h3[^>]*>Related', page)
    assert re.search(r'<form class="rest"', page)
    assert not re.search(r'<(?:p|a|em|b|article|h1) class="rest"', page)


def test_the_page_view_has_notes_and_policy(report: Report) -> None:
    page = render(report, "html")
    assert report.findings
    assert '<div class="row page">' in page
    assert "default-src 'none'" in html.unescape(page)
    for number in range(1, len(report.findings) + 1):
        assert f'id="f{number}"' in page
        assert f'id="m{number}"' in page
    assert "https://img.example" not in page


def test_noncharacters_of_the_page_are_no_marks() -> None:
    body = BODY.replace("modest", "\ufdd00\ufdd3modest\ufdd10\ufdd3")
    article = article_of(news_page(body), "text/html")
    assert article.markup is not None
    page = _document.render(article.markup, [_document.Mark(0, 5, "<mark>")])
    assert page is not None
    assert page.count("<mark>") == 1


def test_links_are_made_full_with_the_address_of_the_page() -> None:
    article = article_of(news_page(BODY.replace("https://journal.example/tea", "../tea")), "text/html")
    assert article.markup is not None
    page = _document.render(article.markup, [], "https://example.org/health/story")
    assert page is not None
    assert 'href="https://example.org/tea"' in page
