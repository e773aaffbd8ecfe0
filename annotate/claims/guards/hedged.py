"""hedged: may, might, could, appears, suggests, promising but … – where the hedge is adequate to the evidence.

A modal verb or a verb of seeming is. A bare adverb ("possibly cure") is not when the study had fewer than thirty
people: the word it softens is still far beyond what so few can show.
"""

from __future__ import annotations

from annotate.claims.guards.scene import Scene, cues
from annotate.types import Guard

SMALL_SAMPLE = 30


def find(scene: Scene) -> Guard | None:
    """The hedge that holds for the words, or None."""
    few = scene.study.n is not None and scene.study.n.value < SMALL_SAMPLE
    if scene.span[0].lower_ in cues("hedged", "adverbs"):
        return None if few else scene.by_token("hedged", scene.span[0])
    for node in (scene.span.root, *(governor for _, governor in scene.governors())):
        for child in node.children:
            if child.dep_ == "aux" and child.lower_ in cues("hedged", "modals") and child.i < scene.span.end:
                return scene.by_token("hedged", child)
        # "…, study suggests" after the words only says who said so.
        if node.i < scene.span.start and node.lemma_.lower() in cues("hedged", "governors"):
            return scene.by_token("hedged", node)
    return None if few else scene.preceded("hedged", "before", within=50)
