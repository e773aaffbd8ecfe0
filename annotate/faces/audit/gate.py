"""Is it health news? A rule of word density, so that a crawl's football and finance cost next to nothing.

An article passes where enough of its words, and enough different ones, are of health; of news of a study fewer are
asked. The lists are data; how much is let through and what is missed stands in the README.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from annotate.artefacts import wordlist

_WORD = re.compile(r"[^\W\d_]+")
_READ = 600
"""Words of the beginning that are looked at."""
_SHARE, _KINDS = 0.025, 3
"""Of the words read, so many must be of health, and so many different ones."""
_STUDY_SHARE, _STUDY_KINDS, _STUDY_WORDS = 0.012, 2, 3
"""Less is asked where so many different words speak of a study,"""
_RESEARCH_SHARE, _RESEARCH_WORDS = 0.006, 6
"""and less still where so many do."""
_DENSE = 0.04
"""News of a study may keep to one word of health, such as "smoking", where it is so dense."""
_SHORT = 120
"""A text of fewer words needs two different ones."""


def is_health(text: str) -> bool:
    """Whether a text reads like health news."""
    words = _WORD.findall(text.lower())[:_READ]
    lists = _lists()
    found = [word for word in words if word in lists.words or lists.stems.match(word)]
    research = len(lists.research.intersection(words))
    share, kinds = _asked(research)
    if len(words) < _SHORT:
        kinds = min(kinds, 2)
    if research >= _STUDY_WORDS and len(found) >= _DENSE * len(words):
        kinds = 1
    return len(found) >= max(1, share * len(words)) and len(set(found)) >= kinds


def _asked(research: int) -> tuple[float, int]:
    """Share and number of different words of health that are asked, by the different words of research."""
    if research < _STUDY_WORDS:
        return _SHARE, _KINDS
    return _RESEARCH_SHARE if research >= _RESEARCH_WORDS else _STUDY_SHARE, _STUDY_KINDS


class _Lists(NamedTuple):
    words: frozenset[str]
    stems: re.Pattern[str]
    research: frozenset[str]


@cache
def _lists() -> _Lists:
    lists = wordlist("audit/health")
    stems = re.compile("|".join(map(re.escape, sorted(lists["stems"]))))
    return _Lists(frozenset(lists["words"]), stems, frozenset(lists["research"]))
