"""What all checks of the family share: an absent disclosure is one finding, on the article's main claim."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.types import Check, Finding, Reading


def absent(check: Check, reading: Reading, message: str) -> Iterator[Finding]:
    """One finding where the article does not tell what the check asks for. Nothing where it does, or need not."""
    disclosure = reading.disclosures[check.id.partition(".")[2].replace("-", "_")]
    if disclosure.state == "absent" and (place := main_claim(reading)) is not None:
        start, end, trigger = place
        yield check.finding(start, end, message, trigger=trigger)


def main_claim(reading: Reading) -> tuple[int, int, str] | None:
    """Where the main claim stands, and how it was found: the claim, else the headline, else the first sentence."""
    if claim := next((claim for claim in reading.claims if claim.main), None):
        return claim.start, claim.end, "main claim"
    headline = reading.article.headline
    if headline is not None:
        return headline.start, headline.end, "headline"
    paragraph = next((block for block in reading.article.blocks if block.kind == "paragraph"), None)
    if paragraph is None:
        return None
    span = reading.doc.char_span(paragraph.start, paragraph.end, alignment_mode="expand")
    if span is None:
        return None
    sentence = span[0].sent
    end = min(sentence.end_char, paragraph.end)
    return (
        paragraph.start,
        paragraph.start + len(reading.article.text[paragraph.start : end].rstrip()),
        "first sentence",
    )
