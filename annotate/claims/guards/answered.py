"""answered: somebody's words – in quotation marks or under a verb of claiming – that the article itself answers.

The answer is another voice, a limit or the data in the same sentence, one of the next two or the one before; or the
same word denied or questioned anywhere else in the article. What the article says in its own voice is not excused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotate.claims.guards import negated, question
from annotate.claims.guards.scene import Scene, cue_pattern, cues
from annotate.types import Guard, span_of

if TYPE_CHECKING:
    from spacy.tokens import Span

_STEM = 4


def find(scene: Scene) -> Guard | None:
    """The words that answer, or None."""
    if not _is_somebodys(scene):
        return None
    return _answer_nearby(scene) or _same_word_answered(scene)


def _is_somebodys(scene: Scene) -> bool:
    if scene.quotation is not None:
        return True
    if scene.block is not None and scene.block.kind == "headline":
        return False  # "…, doctors say" does not make it theirs: most read no further
    claiming = cues("answered", "claiming")
    return any(governor.lemma_.lower() in claiming for _, governor in scene.governors())


def _answer_nearby(scene: Scene) -> Guard | None:
    if scene.quotation is None or (scene.block is not None and scene.block.kind == "headline"):
        return None
    start, end = _window(scene)
    pattern = cue_pattern("answered", "answers")
    return scene.search("answered", pattern, start=scene.quotation.end, end=end) or scene.search(
        "answered", pattern, start=start, end=scene.quotation.start
    )


def _window(scene: Scene) -> tuple[int, int]:
    """From the start of the sentence before to the end of the second sentence after the quotation."""
    assert scene.quotation is not None
    doc = scene.span.doc
    quoted = span_of(doc, scene.quotation.start, scene.quotation.end)
    first, last = scene.sentence, doc[quoted.end - 1].sent
    if first.start:
        first = doc[first.start - 1].sent
    for _ in range(2):
        if last.end < len(doc):
            last = doc[last.end].sent
    return first.start_char, last.end_char


def _same_word_answered(scene: Scene) -> Guard | None:
    for span in _same_word(scene):
        other = Scene(scene.article, scene.parsed, scene.study, span)
        if answer := negated.find(other) or question.find(other):
            return scene.guard("answered", answer.start, answer.end)
    return None


def _same_word(scene: Scene) -> Iterator[Span]:
    root = scene.span.root
    if root.is_stop:
        return  # "there is nothing like it" is not answered by every other "is"
    doc, stem = root.doc, root.lower_[:_STEM]
    words = doc.to_array("LOWER").tolist()  # far cheaper than a Token for each
    alike = {word for word in set(words) if doc.vocab.strings[word].startswith(stem)}
    for at, word in enumerate(words):
        if word in alike and not scene.span.start <= at < scene.span.end and doc[at].dep_:
            yield doc[at : at + 1]
