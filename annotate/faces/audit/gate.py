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
"""Less is asked where so many different words speak of a study."""
_SHORT = 120
"""A text of fewer words needs two different ones."""


def is_health(text: str) -> bool:
    """Whether a text reads like health news."""
    words = _WORD.findall(text.lower())[:_READ]
    lists = _lists()
    found = [word for word in words if word in lists.words or lists.stems.match(word)]
    share, kinds = _SHARE, _KINDS
    if len(lists.research.intersection(words)) >= _STUDY_WORDS:
        share, kinds = _STUDY_SHARE, _STUDY_KINDS
    if len(words) < _SHORT:
        kinds = min(kinds, 2)
    return len(found) >= max(1, share * len(words)) and len(set(found)) >= kinds


class _Lists(NamedTuple):
    words: frozenset[str]
    stems: re.Pattern[str]
    research: frozenset[str]


@cache
def _lists() -> _Lists:
    lists = wordlist("audit/health")
    stems = re.compile("|".join(map(re.escape, sorted(lists["stems"]))))
    return _Lists(frozenset(lists["words"]), stems, frozenset(lists["research"]))
