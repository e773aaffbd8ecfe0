"""What an abstract concludes, and how strongly, to hold an article's claims against.

The conclusion is the part under a heading that says so, else the last sentence that speaks of the finding: after it
may come only who paid, where the trial is registered, and what more should be studied.
"""

from __future__ import annotations

import re
from dataclasses import replace

from annotate.claims.strength import probabilities
from annotate.types import Reading

ARTICLE, ABSTRACT = "press_release-main", "abstract-conclusion"
"""The genres, of those the model knows, in which a told and a published conclusion are read."""
_HEADING = re.compile(r"\b(?:conclusions?|interpretation|discussion|summary|meaning)(?: and [a-z]+)?\s?[:.]\s", re.IGNORECASE)
_NEXT_HEADING = re.compile(r"\b(?:FUNDING|TRIAL REGISTRATION|REGISTRATION|CLINICAL TRIAL|SYSTEMATIC REVIEW|KEYWORDS?)\b|\b(?:Funding|Trial registration|Registration): ")
_NO_FINDING = re.compile(
    r"^(?:funded by|funding|supported by|this (?:work|study|trial) was (?:funded|supported|registered)|registered (?:at|with|as)|"
    r"(?:clinicaltrials\.gov|trial registration|isrctn|nct)\b|copyright|©|\(?(?:further|more|future|larger) (?:\w+ )?(?:research|studies|trials|work)\b)",
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
        if start <= span.start_char + 1 and span.start_char < end
        and len((said := text[max(span.start_char, start) : min(span.end_char, end)].strip()).split()) > 3
        and not _NO_FINDING.match(said)
    ]  # fmt: skip
    chosen = sentences[:_MAX_SENTENCES] if headings else sentences[-1:]
    if not chosen:
        return None
    return max(((said, strength(said, ABSTRACT)) for said in chosen), key=lambda item: item[1])


def model_main_claim(reading: Reading) -> Reading:
    """The reading with the strength of its main claim read by the model, as that of the conclusion is."""
    text = reading.article.text
    claims = tuple(
        replace(claim, strength=strength(text[claim.start : claim.end], ARTICLE)) if claim.main else claim
        for claim in reading.claims
    )
    return replace(reading, claims=claims)


def strength(sentence: str, genre: str) -> int:
    """The strength 0–3 of a sentence read as of a genre."""
    row = probabilities(sentence, genre)
    return max(range(len(row)), key=row.__getitem__)
