"""other-topic: the words are not about a treatment, a test, a disease or a finding: "quit the team for good"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from annotate.claims.guards.scene import Scene, cues
from annotate.types import Guard

if TYPE_CHECKING:
    from spacy.tokens import Span


def find(scene: Scene) -> Guard | None:
    """The sentence's subject, where nothing in the sentence or the one before it is medical."""
    if scene.block is not None and scene.block.kind in ("headline", "standfirst"):
        return None
    sentence = scene.sentence
    if _is_medical(sentence, scene):
        return None
    previous = sentence
    while previous.start and (previous is sentence or not previous.text.strip()):
        previous = previous[0].nbor(-1).sent  # past the blank between paragraphs
    if previous.start < sentence.start and _is_medical(previous, scene):
        return None
    subject = next((token for token in sentence if token.dep_ in ("nsubj", "nsubjpass")), sentence.root)
    return scene.by_token("other-topic", subject)


def _is_medical(sentence: Span, scene: Scene) -> bool:
    # What is marked tells nothing where it is said of other things too: "cured ham", "the team's breakthrough".
    medical, everyday = _medical(), cues("other_topic", "everyday")
    inside = {token.i for token in scene.span if token.lemma_.lower() in everyday}
    if any(
        token.i not in inside and (token.lemma_.lower() in medical or token.lower_ in medical) for token in sentence
    ):
        return True
    return any(
        sentence.start_char <= entity.start < sentence.end_char and entity.kind != "symptom"
        for entity in scene.parsed.entities
    )


@cache
def _medical() -> frozenset[str]:
    return cues("other_topic", "medical")
