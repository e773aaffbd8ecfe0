"""quoted: an attributed direct quotation. It lowers the severity; scare quotes in a headline do not excuse."""

from __future__ import annotations

from annotate.claims.guards.scene import Scene
from annotate.types import Guard


def find(scene: Scene) -> Guard | None:
    """The speaker of the quotation around the words, or None."""
    quotation = scene.quotation
    if quotation is None or quotation.speaker_start is None or quotation.speaker_end is None:
        return None
    if scene.block is not None and scene.block.kind in ("headline", "standfirst"):
        return None
    return scene.guard("quoted", quotation.speaker_start, quotation.speaker_end)
