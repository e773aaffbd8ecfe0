"""The guards: reasons to leave words alone that look like a fault, each in a module of its own.

A check names the guards that hold for it; the runner asks `Guards.guards` about every finding, and what applies goes
into the finding's `why` or into the list of words left alone.
"""

from __future__ import annotations

from collections.abc import Callable

from annotate.claims.guards import answered, established, hedged, mention, negated, other_topic, question, quoted
from annotate.claims.guards.scene import Scene
from annotate.types import Article, Guard, GuardName, Parsed, Study, span_of

_GUARDS: dict[GuardName, Callable[[Scene], Guard | None]] = {
    "negated": negated.find,
    "quoted": quoted.find,
    "answered": answered.find,
    "question": question.find,
    "hedged": hedged.find,
    "mention": mention.find,
    "established": established.find,
    "other-topic": other_topic.find,
}


class Guards:
    """The guards of one article; a `Context` for the checks."""

    def __init__(self, article: Article, parsed: Parsed, study: Study) -> None:
        self._article = article
        self._parsed = parsed
        self._study = study

    def guards(self, start: int, end: int, names: tuple[GuardName, ...]) -> tuple[Guard, ...]:
        """The named guards that apply to `text[start:end]`, in the order of `names`."""
        scene = Scene(self._article, self._parsed, self._study, span_of(self._parsed.doc, start, end))
        return tuple(guard for name in names if (guard := _GUARDS[name](scene)) is not None)
