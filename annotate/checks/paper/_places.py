"""Where a finding about the study as a whole is marked."""

from __future__ import annotations

from annotate.types import Reading


def study_told(reading: Reading, *, headline: bool = False) -> tuple[int, int]:
    """The words that name the study: its journal, its design, else the main claim, else the headline or first block."""
    study = reading.study
    if not headline:
        for fact in (study.journal, study.design, study.n):
            if fact is not None:
                return fact.start, fact.end
    claim = next((claim for claim in reading.claims if claim.main), None)
    if claim is not None:
        return claim.start, claim.end
    blocks = [block for block in reading.article.blocks if block.checked]
    block = next((block for block in blocks if block.kind == "headline"), blocks[0] if blocks else None)
    return (block.start, block.end) if block is not None else (0, len(reading.article.text))
