"""Whatever bytes come, extraction gives an article or says in one line why not."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.article import extract
from annotate.errors import NotAnArticleError
from annotate.types import Article, Page

PIECES = st.sampled_from(
    "\n,\n\n, ,# ,> ,- ,```\n,---\n,<!--,-->,<p>,</p>,<div ,<h1>,<li>,<,>,&amp;,&#0;,“,”,\",',\r,\u2028,\xad,By A B\n,"
    "Photo: x\n,Share this\n,cure ,the ".split(",")
)
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=60).map("".join)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(source=TEXTS | st.binary(max_size=300), media_type=st.sampled_from(["text/plain", "text/markdown", "text/html"]))
def test_extraction_never_crashes(source: str | bytes, media_type: str) -> None:
    body = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    article: Article | None = None
    said = ""
    try:
        article = extract(Page("x", body, media_type))
    except NotAnArticleError as error:
        said = str(error)
    assert "\n" not in said
    last = 0
    for block in article.blocks if article else ():
        assert article is not None
        assert last <= block.start < block.end <= len(article.text)
        last = block.start
