"""mention: the name of a thing, an event, a rate or a technique ("Race for the Cure", "breakthrough infection").

Most names are in the checks' word lists; here is the form that any word can take: a name in capitals.
"""

from __future__ import annotations

from annotate.claims.guards.scene import Scene, cues
from annotate.types import Guard


def find(scene: Scene) -> Guard | None:
    """The name that the words are part of, or None."""
    if scene.block is not None and scene.block.kind in ("headline", "subheading"):
        return None  # capitals mean nothing there
    doc, span = scene.span.doc, scene.span
    if span.start == scene.sentence.start or not span[0].text[:1].isupper():
        return None
    start, end = span.start, span.end
    while start > scene.sentence.start and (
        doc[start - 1].text[:1].isupper() or doc[start - 1].lower_ in cues("mention", "inner")
    ):
        start -= 1
    while end < scene.sentence.end and doc[end].text[:1].isupper():
        end += 1
    capitals = sum(token.text[:1].isupper() and token.pos_ != "DET" for token in doc[start:end])
    if capitals <= len([token for token in span if token.text[:1].isupper()]):
        return None
    return scene.guard("mention", doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
