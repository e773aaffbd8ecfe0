"""A page of a news site: what is the article, what the page says of it, and where each word stands in the source."""

from __future__ import annotations

import html
import re
import time

import pytest

from annotate.article.alignment import align
from annotate.article.library import Library
from annotate.article.scanning import scan
from annotate.errors import NotAnArticleError
from annotate.types import Article
from tests.conftest import article_of
from tests.news_page import BODY, DATA, news_page


@pytest.fixture(scope="module")
def article() -> Article:
    return article_of(news_page(), "text/html")


def test_the_article_is_found_amid_the_furniture(article: Article) -> None:
    found = [(block.kind, article.text[block.start : block.end][:24]) for block in article.blocks if block.checked]
    assert found == [
        ("headline", "Chamomile tea may help o"),
        ("standfirst", "Forty people drank it fo"),
        ("byline", "By Nora Byrne 2 March 20"),
        ("paragraph", "A cup of chamomile tea b"),
        ("paragraph", "Forty adults over 65 wer"),
        ("paragraph", "“It is a modest effect,”"),
        ("paragraph", "The work was paid for by"),
    ]
    assert "tea or warm water" in article.text
    assert "cured insomnia in two of them, the team" in article.text
    for furniture in ("Home", "Coffee and the heart", "Most read", "newsletter", "rights reserved", "alert"):
        assert furniture not in article.text


def test_the_page_says_who_when_and_where(article: Article) -> None:
    assert (article.title, article.byline) == ("Chamomile tea may help older people sleep", "Nora Byrne")
    assert (article.published, article.outlet) == ("2026-03-02T08:00:00Z", "The Example")
    assert (article.language, article.url) == ("en", "https://example.org/health/tea")
    assert article.notice is None


def test_every_word_keeps_its_place_in_the_source(article: Article) -> None:
    assert article.markup is not None
    covered = set()
    for piece in article.markup.pieces:
        source = article.markup.source[piece.source_start : piece.source_end]
        assert html.unescape(source).split() == article.text[piece.start : piece.end].split()
        covered.update(range(piece.start, piece.end))
    for word in re.finditer(r"\S+", article.text):
        assert covered.issuperset(range(*word.span()))


def test_open_graph_and_title_serve_where_there_is_no_json_ld() -> None:
    article = article_of(news_page(data="{broken"), "text/html")
    assert article.title == "Chamomile tea may help older people sleep"
    assert article.outlet == "The Example"
    assert article.published == "2026-03-02"


def test_without_a_name_the_outlet_is_its_address_and_a_date_is_no_author() -> None:
    page = news_page(data="").replace('<meta property="og:site_name" content="The Example">', "")
    article = article_of(page.replace("By Nora Byrne</span>", "Published</span>"), "text/html")
    assert article.outlet == "example.org"
    assert article.byline is None


def test_a_stub_says_that_the_rest_is_for_subscribers() -> None:
    body = (
        "<p>A cup of chamomile tea before bed may help older people fall asleep sooner, a small trial in Galway has "
        "found, and the researchers who led it say that the effect, though modest, was seen in most of those who took "
        "part in the study, which was carried out over a month last winter by the university, and whose results were "
        "told at a meeting in Cork this week to an audience of doctors, nurses and others who look after them.</p>"
        "<div class='wall'><p>Subscribe to continue reading this story.</p></div>"
    )
    article = article_of(news_page(body, DATA.replace("true", "false")), "text/html")
    assert article.notice is not None
    assert "for subscribers" in article.notice


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>Tea may help, it is said.</p><p>Subscribe to read the full story.</p>", "behind a paywall"),
        ("<p>We use cookies to improve your experience.</p><p>Accept all cookies to go on.</p>", "consent to cookies"),
        ("<p>Please verify you are a human to continue to this site.</p>", "robot"),
    ],
)
def test_a_wall_in_place_of_the_article_is_said_in_one_line(body: str, said: str) -> None:
    with pytest.raises(NotAnArticleError, match=said) as raised:
        article_of(news_page(body), "text/html")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("<p>a <b>b</b>c<p>d", ["a bc", "d"]),
        ("a<br>b<br><br>c", ["a b", "c"]),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", ["a", "b", "c"]),
        ("<table><tr><td>a<td>b<tr><td>c</table>", ["a", "b", "c"]),
        ("&lt;p&gt; &amp;c &notit; &#8212; &#x41;&nbsp;b", ["<p> &c ¬it; — A b"]),
        ("a<!-- <p>x</p> -->b<script>'<p>c</p>'</script>d", ["abd"]),
        ('<p title="a>b" class=c"d>e</p>', ["e"]),
        ("in\xadsom\xadnia a\u200bb", ["insomnia ab"]),
        ("<p>a < b <3 c</p>", ["a < b <3 c"]),
        ("<svg><title>a</title><text>b</text></svg>c", ["c"]),
        ("<textarea><p>a</textarea>b", ["b"]),
    ],
)
def test_lines_follow_the_html_standard(source: str, lines: list[str]) -> None:
    assert [line.text for line in scan(source).lines] == lines


def test_alignment_finds_the_text_past_what_was_added_or_lost() -> None:
    present = "home news tea may help the old to sleep advert a trial in galway found that tea may help".split()
    wanted = "tea may help the old to sleep a trial in galway found that".split()
    matched = align(wanted, present)
    assert len(matched) == len(wanted)
    assert [present[place] for _, place in sorted(matched.items())] == wanted
    assert sorted(matched.values()) == [place for _, place in sorted(matched.items())]


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    library = Library(seconds=0.05)
    try:
        assert library.main_text("<span>" * 5_000 + "x" * 100) == ""
        library.seconds = 60
        assert "chamomile tea before bed" in library.main_text(news_page())
    finally:
        library.close()


@pytest.mark.parametrize(
    "inside",
    [
        "<div>" * 200_000,
        "<b>" * 200_000,
        "<div " + " ".join(f"a{number}=1" for number in range(200_000)) + ">",
        "<" * 100_000,
        "<!--" * 50_000,
        '<a href="' + "x" * 200_000,
        "<table><tr><td>" * 300,
        "&" * 50_000,
        "<svg><title>" * 400,
    ],
    ids=["nested", "bold", "attributes", "brackets", "comments", "unclosed", "tables", "ampersands", "svg"],
)
def test_hostile_pages_are_read_or_refused_in_good_time(inside: str) -> None:
    start = time.process_time()
    try:
        article_of(news_page(BODY + inside), "text/html")
    except NotAnArticleError as error:
        assert "\n" not in str(error)  # noqa: PT017
    assert time.process_time() - start < 5
