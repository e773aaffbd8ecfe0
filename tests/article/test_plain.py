"""Plain text and Markdown: the file's own text, cut into typed blocks."""

from __future__ import annotations

import pytest

from tests.conftest import article_of


def kinds(source: str, media_type: str = "text/plain") -> list[tuple[str, str]]:
    article = article_of(source, media_type)
    assert article.text == source
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_the_first_line_is_the_headline_and_blocks_are_typed() -> None:
    source = (
        "Seaweed snack may calm hay fever\n\nA small trial from Galway hints at an effect.\n\nBy Orla Quinn\n\n"
        "Thirty adults chewed dried seaweed for a month.\n\nWhat they found\n\n- Fewer sneezes were counted.\n\n"
        "Photo: Nobody (Nobody)\n\nShare this article\n\nLeave a comment\n\nYour email address will not be published.\n"
    )
    assert kinds(source) == [
        ("headline", "Seaweed snack may calm hay fever"),
        ("standfirst", "A small trial from Galway hints at an effect."),
        ("byline", "By Orla Quinn"),
        ("paragraph", "Thirty adults chewed dried seaweed for a month."),
        ("subheading", "What they found"),
        ("list", "Fewer sneezes were counted."),
        ("boilerplate", "Photo: Nobody (Nobody)"),
        ("boilerplate", "Share this article"),
        ("boilerplate", "Leave a comment"),
        ("boilerplate", "Your email address will not be published."),
    ]


def test_a_repeated_standfirst_is_boilerplate() -> None:
    line = "Six people with gout were given cherries for a week."
    assert [kind for kind, _ in kinds(f"{line}\n\n{line}\nThe cherries were sour, the authors write.")] == [
        "headline", "boilerplate", "paragraph",
    ]  # fmt: skip


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    source = (
        "A headline\n\nThe volunteers were asked to keep a diary of what they ate and\n"
        "when they slept, and to hand it in at the end of each of the four\nweeks.\n\nNobody did.\n"
    )
    assert [kind for kind, _ in kinds(source)] == ["headline", "paragraph", "paragraph"]


def test_lines_that_end_sentences_are_paragraphs_of_their_own() -> None:
    source = "A headline\n\nThe trial ended in May.\nIts results came in June.\nNobody was told.\n"
    assert [kind for kind, _ in kinds(source)] == ["headline", "paragraph", "paragraph", "paragraph"]


def test_one_sentence_alone_is_a_paragraph() -> None:
    assert kinds("The drug did not cure anyone.") == [("paragraph", "The drug did not cure anyone.")]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_line_ends_keep_their_offsets(newline: str) -> None:
    source = newline.join(["A headline", "", "First paragraph here.", "", "Second one here."])
    article = article_of(source)
    assert all(article.text[block.start : block.end].strip() for block in article.blocks)
    assert article.text == source


def test_markdown_keeps_front_matter_code_and_comments_out() -> None:
    source = (
        "---\ntitle: A draft\n---\n# Tea and sleep\n\n> A miracle, he said.\n\n"
        "1. Tea was given.\n\n```\ncure = 1\n```\n\n<!-- a note -->\nThe trial was small.\n"
    )
    found = kinds(source, "text/markdown")
    assert ("headline", "Tea and sleep") in found
    assert ("quote", "A miracle, he said.") in found
    assert ("list", "Tea was given.") in found
    assert ("paragraph", "The trial was small.") in found
    assert sum(kind == "boilerplate" for kind, _ in found) == 3


def test_comments_suppress_a_check_for_their_block() -> None:
    source = (
        "# Title here\n\n<!-- annotate-ignore wording.cure: the name of a band -->\nThe Cure played.\n\nThey left.\n"
    )
    article = article_of(source, "text/markdown")
    (item,) = article.suppressions
    assert (item.check, item.reason) == ("wording.cure", "the name of a band")
    assert article.text[item.start : item.end] == "The Cure played."


def test_furniture_that_clings_to_a_paragraph_is_set_apart() -> None:
    source = (
        "Seaweed snack may calm hay fever\n\nThirty adults chewed dried seaweed for a month and kept a diary.\n"
        "Image credit: Nobody Pictures\n\nThe seaweed was given away by a grower, who had no say in it.\nShop now\n"
        "\nThe volunteers were asked to keep a diary of what they ate and\nwhen they slept, and to hand it in at the "
        "end of each of the four\nweeks.\n\nRead next: Ten teas for spring\nSign up for our newsletter\n"
        "Join the conversation\nYou must be logged in to post a comment.\n"
    )
    assert [(kind, text[:12]) for kind, text in kinds(source) if kind != "headline"] == [
        ("paragraph", "Thirty adult"), ("boilerplate", "Image credit"), ("paragraph", "The seaweed "),
        ("boilerplate", "Shop now"), ("paragraph", "The voluntee"), ("boilerplate", "Read next: T"),
        ("boilerplate", "Sign up for "), ("boilerplate", "Join the con"), ("boilerplate", "You must be "),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Patients must be logged by the nurse before the trial.", "Book two of the series was read by forty people.",
        "The commission earned the trust of patients.", "Share prices of the maker fell.", "Sleep is what you make it.",
    ],
)  # fmt: skip
def test_sentences_of_the_article_are_not_furniture(line: str) -> None:
    assert ("paragraph", line) in kinds(f"A headline\n\nFirst paragraph here.\n\n{line}\n\nAnother paragraph.")
