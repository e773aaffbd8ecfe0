"""A page as news sites make them, written for the tests: an article amid menus, teasers, forms and scripts."""

from __future__ import annotations

BODY = (
    "<p>A cup of chamomile tea before bed may help older people fall asleep sooner, a small trial in Galway suggests. "
    'The <a href="https://journal.example/tea">findings</a> were published on Monday.</p>'
    "<p>Forty adults over 65 were given either tea&nbsp;or warm water for a month, and kept a diary of their nights. "
    "Those who drank tea fell asleep <em>nine</em> minutes sooner, Quinn &amp; colleagues report.</p>"
    "<aside><h3>Related stories</h3><ul><li><a href='/a'>Coffee and the heart</a></li></ul></aside>"
    "<p>&ldquo;It is a modest effect,&rdquo; said Orla Quinn, who led the trial. The tea cured in\xadsom\xadnia in "
    "<b>two</b> of them,<br>the team says.</p>"
    "<p>The work was paid for by the university, and nobody involved has any ties to the makers of teas, it said. The "
    "study cannot show whether the effect would last any longer than the month of the trial itself.</p>"
)
DATA = (
    '{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], '
    '"headline": "Chamomile tea may help older people sleep", "datePublished": "2026-03-02T08:00:00Z", '
    '"author": [{"@type": "Person", "name": "Nora Byrne"}], "publisher": {"name": "The Example"}, '
    '"isAccessibleForFree": true}]}'
)


def news_page(body: str = BODY, data: str = DATA) -> str:
    """The page with another body or other metadata."""
    return f"""<!doctype html><html lang="en-IE"><head><meta charset="utf-8">
<title>Chamomile tea may help older people sleep | The Example</title>
<meta property="og:description" content="Forty people drank it for a month.">
<meta property="og:site_name" content="The Example">
<link rel="canonical" href="https://example.org/health/tea"><link rel="stylesheet" href="/site.css">
<script type="application/ld+json">{data}</script><script src="https://ads.example/x.js"></script></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/health">Health</a></li></ul></nav></header>
<main><article><h1>Chamomile tea may help older people sleep</h1>
<div class="article-standfirst"><div>Forty people drank it for a month.</div></div>
<div class="meta"><span>By Nora Byrne</span> <time datetime="2026-03-02">2 March 2026</time></div>
<img src="https://img.example/tea.jpg" onerror="alert(1)" alt="A cup">
<div class="article-body">{body}</div></article>
<section class="teasers"><h2>Most read</h2><ul><li><a href="/b">Ten ways to lose weight</a></li></ul></section></main>
<form action="/login"><p>Sign up for our newsletter</p><input name="mail"><button>Go</button></form>
<footer><p>&copy; The Example 2026. All rights reserved.</p></footer><script>alert("cured")</script></body></html>"""
