"""What an abstract concludes, and how strongly, to hold an article's claims against.

The conclusion is the part under a heading that says so, else the last sentence that speaks of the finding: after it
may come only who paid, where the trial is registered, and what more should be studied.
"""

from __future__ import annotations

import re
from dataclasses import replace

from annotate.strength import probabilities
from annotate.types import Claim, Reading

ARTICLE, ABSTRACT = "press_release-main", "abstract-conclusion"
"""The genres, of those the model knows, in which a told and a published conclusion are read."""
_HEADING = re.compile(
    r"\b(?:conclusions?|interpretation|discussion|summary|meaning)(?: and [a-z]+)?\s?[:.]\s", re.IGNORECASE
)
_NEXT_HEADING = re.compile(
    r"\b(?:FUNDING|(?:TRIAL )?REGISTRATION|CLINICAL TRIAL|SYSTEMATIC REVIEW|KEYWORDS?)\b"
    r"|\b(?:Funding|(?:Trial )?[Rr]egistration): "
)
_NO_FINDING = re.compile(
    r"^(?:funded by|funding|supported by|this (?:work|study|trial) was (?:funded|supported|registered)"
    r"|registered (?:at|with|as)|(?:clinicaltrials\.gov|trial registration|isrctn|nct)\b|copyright|©"
    r"|(?:further|more|future|larger) (?:\w+ )?(?:research|studies|trials|work)\b)",
    re.IGNORECASE,
)
_MAX_SENTENCES = 3


def conclusion(abstract: Reading) -> tuple[str, int] | None:
    """The conclusion of an abstract (its strongest sentence) and its strength 0–3; None where there is no abstract."""
    text = abstract.article.text
    body = [block for block in abstract.article.blocks if block.kind == "paragraph"]
    if not body:
        return None
    headings = list(_HEADING.finditer(text, body[0].start))
    start = headings[-1].end() if headings else body[0].start
    stop = _NEXT_HEADING.search(text, start + 1)
    end = stop.start() if stop and headings else body[-1].end
    sentences = [
        said
        for span in abstract.doc.sents
        if span.end_char > start and span.start_char < end
        and len((said := text[max(span.start_char, start) : min(span.end_char, end)].strip()).split()) > 3
        and not _NO_FINDING.match(said)
    ]  # fmt: skip
    chosen = sentences[:_MAX_SENTENCES] if headings else sentences[-1:]
    if not chosen:
        return None
    return max(((said, strength(said, ABSTRACT)) for said in chosen), key=lambda item: item[1])


def told(reading: Reading) -> Claim | None:
    """What the article says was found: its main claim, else its first sentence, with the model's strength."""
    text = reading.article.text
    claim = next((claim for claim in reading.claims if claim.main), None) or _first_sentence(reading)
    return replace(claim, strength=strength(text[claim.start : claim.end], ARTICLE)) if claim is not None else None


def _first_sentence(reading: Reading) -> Claim | None:
    block = next((block for block in reading.article.blocks if block.checked and block.kind != "byline"), None)
    if block is None:
        return None
    span = next(span for span in reading.doc.sents if span.end_char > block.start)
    return Claim(
        start=span.start_char, end=span.start_char + len(span.text.rstrip()), sentence=0, strength=0, hedged=False,
        negated=False, attributed_to=None, in_quote=False, species="none",
    )  # fmt: skip


def strength(sentence: str, genre: str) -> int:
    """The strength 0–3 of a sentence read as of a genre."""
    row = probabilities(sentence, genre)
    return max(range(len(row)), key=row.__getitem__)
