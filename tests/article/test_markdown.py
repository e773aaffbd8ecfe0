"""Markdown: blocks by their signs, signs masked, the text the file's own."""

from __future__ import annotations

import pytest

from annotate import annotate_text
from annotate.config import Settings
from annotate.pipeline import annotate_page
from annotate.types import Page
from tests.conftest import article_of


def read(source: str) -> list[tuple[str, str]]:
    """(kind, words without signs) of each block."""
    article = article_of(source, "text/markdown")
    assert article.text == source
    assert len(article.prose) == len(source)
    return [(block.kind, article.prose[block.start : block.end]) for block in article.blocks]


def test_blocks_follow_the_signs() -> None:
    source = (
        "---\ntitle: A draft\n---\n\n# Tea and *sleep* #\n\nBy Orla Quinn\n\nSix people drank\ntea and slept.\n"
        "They said so.\n\nWhat next\n---------\n\n> A miracle,\n> he said.\n\n- One thing\n  goes on\n- [x] Another\n"
        "\n    code = cure()\n\n1. Counted\n\n***\n\n| Group | Slept |\n|---|:-:|\n| Tea | 6 |\n\n"
        "[paper]: https://example.org/cure\n\n[^1]: Paid for by Teapot Ltd.\n"
    )
    assert [pair for pair in read(source) if pair[0] != "boilerplate"] == [
        ("headline", "Tea and  sleep"),
        ("byline", "By Orla Quinn"),
        ("paragraph", "Six people drank\ntea and slept."),
        ("paragraph", "They said so."),
        ("subheading", "What next"),
        ("quote", "A miracle,\n  he said."),
        ("list", "One thing\n  goes on"),
        ("list", "Another"),
        ("paragraph", "code = cure()"),
        ("list", "Counted"),
        ("table", "Group"),
        ("table", "Slept"),
        ("table", "Tea"),
        ("table", "6"),
        ("paragraph", "Paid for by Teapot Ltd."),
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("It **cured** all of _them_, ~~no~~ yes.", "It cured all of them, no yes."),
        ("See [the *cured* few](https://a.b/miracle_cure (x)) here.", "See the cured few here."),
        ("See [the cured][few], [few][] and [sic].", "See the cured, few and [sic]."),
        ("Run `cure --all` and ``a ` b``.", "Run and ."),
        ("![A cure](cure.png) Six people.", "Six people."),
        ("Six people[^1] slept<br>well at <https://cure.example>.", "Six people slept well at ."),
        ("At https://miracle.example/cure they slept.", "At they slept."),
        ("Is 5 * 3 = 15? 2*3 and snake_case_name.", "Is 5 * 3 = 15? 2*3 and snake_case_name."),
        ("A \\*star\\* and \\[sic\\].", "A *star * and [sic ]."),
    ],
)
def test_signs_are_masked(line: str, words: str) -> None:
    (found,) = [text for kind, text in read(f"# Tea and sleep\n\n{line}\n") if kind not in ("headline", "boilerplate")]
    assert found.split() == words.split() or "".join(found.split()) == "".join(words.split())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind(newline: str) -> None:
    source = newline.join(["# Tea", "", "Six slept", "well.", "", "> Really."])
    assert [(kind, text.split()) for kind, text in read(source)] == [
        ("headline", ["Tea"]), ("paragraph", ["Six", "slept", "well."]), ("quote", ["Really."]),
    ]  # fmt: skip


def test_code_and_addresses_are_kept_out_of_the_findings() -> None:
    source = (
        "# A new pill for gout\n\nThe pill **cured** all six patients, [the makers](https://miracle.example/cure) "
        "said; see `miracle cure` and https://example.org/breakthrough.\n\n```\nThe pill cured everyone.\n```\n"
    )
    page = Page("draft.md", source.encode(), "text/markdown")
    report = annotate_page(page, Settings(select=("wording",)))
    assert report.reading.article.text == source
    quotes = [source[finding.start : finding.end] for finding in report.findings]
    assert "cured" in quotes
    assert not [quote for quote in quotes if "miracle" in quote or "breakthrough" in quote or "everyone" in quote]
    plain = annotate_text(
        "A new pill for gout\n\nThe pill cured all six patients, the makers said.", Settings(select=("wording",))
    )
    assert [finding.check for finding in plain.findings] == [finding.check for finding in report.findings]
