"""negated: "no cure", "not a miracle", "failed to eradicate", "far from a breakthrough".

A negation holds for all that hangs on the negated word, through verbs of opinion ("I don't think it is a cure") and
nouns of evidence ("no evidence that it cures"), but not into a clause that stands on its own or after "but".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotate.claims.guards.scene import Scene, cues
from annotate.types import Guard

if TYPE_CHECKING:
    from spacy.tokens import Token

# How a word that denies hangs on what it denies.
_DENYING = frozenset("neg det advmod preconj cc nsubj nsubjpass dobj intj predet mark aux".split())


def find(scene: Scene) -> Guard | None:
    """The negation that holds for the words, or None."""
    if cue := _inside(scene):
        return scene.by_token("negated", cue)
    for token, governor in scene.governors():
        if token.dep_ == "conj" and _contrasted(token):
            break
        if (cue := _negator(governor, before=token)) is not None and not _stops(token, governor):
            return scene.by_token("negated", cue)
        if (
            governor.lemma_.lower() in cues("negated", "governors")
            and token.dep_ not in ("nsubj", "advcl", "relcl")
            and not _reported(token, governor)
        ):
            return scene.by_token("negated", governor)
        if _stops(token, governor):
            break
    return scene.preceded("negated", "before", within=60) or scene.followed("negated", "after")


def _inside(scene: Scene) -> Token | None:
    root = scene.span.root
    cue = _negator(root, before=None)
    if cue is not None:
        return cue
    return next((token for token in scene.span if token.lower_ in cues("negated", "words")), None)


def _negator(token: Token, *, before: Token | None) -> Token | None:
    words = cues("negated", "words")
    for child in token.children:
        if child.lower_ in words and child.dep_ in _DENYING and not _not_only(child):
            if child.dep_ in ("nsubj", "nsubjpass") and child.i > (before or token).i:
                continue
            return child
        if child.dep_ in ("nsubj", "nsubjpass") and child.i < token.i and (before is None or before.i > child.i):
            # "no one", "not everyone", "few doctors"
            denied = next((inner for inner in child.lefts if inner.lower_ in words | {"few"}), None)
            if denied is not None:
                return denied
    return None


def _not_only(token: Token) -> bool:
    """Whether "only" or "just" follows: "not only" says more, not less."""
    return token.i + 1 < len(token.doc) and token.nbor().lower_ in ("only", "just", "merely", "simply")


def _contrasted(token: Token) -> bool:
    """Joined by "but": "not a treatment but a cure"."""
    return any(
        child.dep_ == "cc" and child.lower_ in ("but", "yet") for child in token.head.children if child.i < token.i
    )


def _reported(token: Token, governor: Token) -> bool:
    """A clause that comes before the verb which reports it: "It is a plague, doctors warn"."""
    return token.dep_ == "ccomp" and token.i < governor.i and governor.lemma_.lower() in cues("negated", "reporting")


def _stops(token: Token, governor: Token) -> bool:
    """A clause that its governor's negation does not reach."""
    if token.dep_ in ("advcl", "relcl"):
        return True
    if token.dep_ == "prep" and token.i < governor.i:
        return True  # "despite good results, it did not …"
    if token.dep_ == "conj" and any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children):
        return True
    return token.dep_ == "ccomp" and governor.lemma_.lower() not in cues("negated", "transparent")
