"""Word lists of the reader (`models/wordlists/study`, `models/wordlists/disclosures`) as compiled patterns.

A list holds regular expressions over whole words, case folded: a blank stands for any white space, an apostrophe for
either form, a hyphen for a hyphen or a blank (so no ranges in brackets), and `#` for a number in digits or in words.
"""

from __future__ import annotations

import re
from functools import cache

from annotate.artefacts import wordlist

NUMBER = (
    r"(?:\d[\d,.]*|an?|half(?: an?)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|"
    r"twenty|thirty|forty|fifty|sixty|several|a (?:few|couple of))"
)


@cache
def words(name: str, key: str) -> frozenset[str]:
    """Single words of a list, folded."""
    return frozenset(wordlist(name)[key])


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """The patterns of a list as one."""
    return compile_patterns(tuple(wordlist(name)[key]))


@cache
def compile_patterns(patterns: tuple[str, ...], *, fold: bool = True) -> re.Pattern[str]:
    """Patterns as one, the longest first; grouped by first letter, so that most words are passed over at once."""
    groups: dict[str, list[str]] = {}
    for item in sorted(patterns, key=len, reverse=True):
        groups.setdefault(_initial(item), []).append(_expand(item))
    parts = [
        f"(?={re.escape(initial)})(?:{'|'.join(items)})" if initial else "|".join(items)
        for initial, items in sorted(groups.items(), reverse=True)
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE if fold else 0)


def _initial(item: str) -> str:
    """The letter that every match begins with, or none."""
    return item[0] if item[:1].isalpha() and item[1:2] not in ("?", "*", "|", "{") and "|" not in _outside(item) else ""


def _outside(item: str) -> str:
    """A pattern without what it holds in brackets."""
    while (shorter := re.sub(r"\([^()]*\)", "", item)) != item:
        item = shorter
    return item


def _expand(item: str) -> str:
    item = item.replace("#", NUMBER.replace(" ", "_"))
    item = re.sub(r"(?<![\[\\?])-", r"[-‐‑\\s]", item.replace("'", "['’]"))
    return item.replace(" ", r"\s+").replace("_", r"\s+")
