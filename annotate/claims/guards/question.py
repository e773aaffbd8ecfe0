"""question: asked, left open ("whether", "if"), wanted or looked for rather than claimed ("the search for a cure")."""

from __future__ import annotations

from annotate.claims.guards.scene import Scene, cues
from annotate.types import Guard


def find(scene: Scene) -> Guard | None:
    """The words that leave it open, or None."""
    sentence = scene.sentence
    text = sentence.text.rstrip(" \n\t”’\"')")
    if text.endswith("?") and not _quoted_apart(scene) and not _presupposed(scene):
        at = sentence.start_char + len(text) - 1
        return scene.guard("question", at, at + 1)
    for token, governor in scene.governors():
        for node in (token, governor):
            for child in node.children:
                if (
                    child.lower_ in cues("question", "marks")
                    and child.i < scene.span.start
                    and child.dep_ in ("mark", "advmod")
                ):
                    return scene.by_token("question", child)
    return scene.preceded("question", "before", within=90) or scene.followed("question", "after")


def _presupposed(scene: Scene) -> bool:
    """A label on a name is taken for granted by a question: "Is it better than wonder drug X?"."""
    root = scene.span.root
    return root.dep_ in ("compound", "amod", "nmod") and root.head.pos_ == "PROPN"


def _quoted_apart(scene: Scene) -> bool:
    """The question mark belongs to a quotation that the words are not in."""
    sentence = scene.sentence
    at = sentence.start_char + len(sentence.text.rstrip(" \n\t”’\"')")) - 1
    return any(
        quotation.start <= at < quotation.end and not quotation.start <= scene.span.start_char < quotation.end
        for quotation in scene.parsed.quotations
    )
