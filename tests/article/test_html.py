"""Simple HTML: blocks by their elements, furniture set apart, suppressions, hostile pages."""

from __future__ import annotations

import pytest

from annotate.errors import NotAnArticleError
from tests.conftest import article_of

PAGE = """<!doctype html><html><head><title>Site</title><meta property="og:site_name" content="The Example">
<meta property="article:published_time" content="2026-03-02"><script>var cure = "cured";</script></head><body>
<nav><ul><li>Home</li></ul></nav><h1>Tea &amp; sleep</h1><p class="standfirst">Does it help?</p>
<p class="byline">By Orla Quinn</p><p>Thirty <b>adults</b> drank&nbsp;tea.<br>They slept.</p>
<figure><img alt=""><figcaption>A cup of tea is poured in the trial's kitchen.</figcaption></figure>
<blockquote><p>“We slept well,” one said.</p></blockquote><ul><li>Tea was free.</li></ul>
<!-- annotate-ignore wording.cure: ham --><p>The ham was cured.</p>
<form><p>Leave a comment</p></form><footer>© The Example</footer></body></html>"""


def test_blocks_follow_the_elements() -> None:
    article = article_of(PAGE, "text/html")
    found = [(block.kind, article.text[block.start : block.end]) for block in article.blocks if block.checked]
    assert found == [
        ("headline", "Tea & sleep"),
        ("standfirst", "Does it help?"),
        ("byline", "By Orla Quinn"),
        ("paragraph", "Thirty adults drank tea. They slept."),
        ("caption", "A cup of tea is poured in the trial's kitchen."),
        ("quote", "“We slept well,” one said."),
        ("list", "Tea was free."),
        ("paragraph", "The ham was cured."),
    ]
    assert (article.title, article.outlet, article.published) == ("Tea & sleep", "The Example", "2026-03-02")
    assert "var cure" not in article.text


def test_furniture_is_shown_and_not_checked() -> None:
    article = article_of(PAGE, "text/html")
    boilerplate = " ".join(article.text[block.start : block.end] for block in article.blocks if not block.checked)
    assert "Home" in boilerplate
    assert "Leave a comment" in boilerplate
    assert "© The Example" in boilerplate


def test_a_comment_before_an_element_suppresses_there() -> None:
    article = article_of(PAGE, "text/html")
    (item,) = article.suppressions
    assert article.text[item.start : item.end] == "The ham was cured."


@pytest.mark.parametrize(
    "source", ["<html><body></body></html>", "<script>alert(1)</script>", "<" * 50, "<p>" + "<div>" * 5000]
)
def test_pages_without_text_are_refused_in_one_line(source: str) -> None:
    with pytest.raises(NotAnArticleError) as raised:
        article_of(source, "text/html")
    assert "\n" not in str(raised.value)


def test_what_is_named_as_furniture_is_not_checked_in_a_draft() -> None:
    page = (
        "<header><p>The Example</p></header><header><h1>Tea and sleep</h1><p>A short trial.</p></header>"
        '<p>Tea was given.</p><div class="article share-tools"><p>Send it to a friend</p></div>'
        '<section class="comments"><p>Fine!</p></section>'
    )
    article = article_of(page, "text/html")
    assert [article.text[block.start : block.end] for block in article.blocks if block.checked] == [
        "Tea and sleep", "A short trial.", "Tea was given.",
    ]  # fmt: skip
