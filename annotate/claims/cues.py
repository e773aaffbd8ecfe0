"""The word lists of `claims` (`models/wordlists/study`, `models/wordlists/disclosures`) as compiled patterns.

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
def ending(name: str, key: str) -> re.Pattern[str]:
    """The patterns of a list as one that must end a text: what stands just before a place."""
    return compile_patterns(tuple(wordlist(name)[key]), after=r"\s*$")


@cache
def beginning(name: str, key: str) -> re.Pattern[str]:
    """The patterns of a list as one to be matched at the beginning of a text: what stands just after a place."""
    return compile_patterns(tuple(wordlist(name)[key]), before=r"\s*")


@cache
def compile_patterns(
    patterns: tuple[str, ...], *, fold: bool = True, before: str = r"(?<![\w-])", after: str = r"(?!\w)"
) -> re.Pattern[str]:
    """Patterns as one, the longest first; grouped by first letter, so that most words are passed over at once."""
    groups: dict[str, list[str]] = {}
    for item in sorted(patterns, key=len, reverse=True):
        groups.setdefault(_initial(item), []).append(_expand(item))
    parts = [
        f"(?={re.escape(initial)})(?:{'|'.join(items)})" if initial else "|".join(items)
        for initial, items in sorted(groups.items(), reverse=True)
    ]
    return re.compile(rf"{before}(?:{'|'.join(parts)}){after}", re.IGNORECASE if fold else 0)


def _initial(item: str) -> str:
    """The letter that every match begins with, or none."""
    return item[0] if item[:1].isalpha() and item[1:2] not in ("?", "*", "|", "{") and "|" not in _outside(item) else ""


def _outside(item: str) -> str:
    """A pattern without what it holds in brackets."""
    while (shorter := re.sub(r"\([^()]*\)", "", item)) != item:
        item = shorter
    return item


def _expand(item: str) -> str:
    return "".join(part if part.startswith("[") else _expand_outside(part) for part in re.split(r"(\[[^\]]*\])", item))


def _expand_outside(text: str) -> str:
    text = text.replace("#", NUMBER).replace("'", "['’]")
    text = re.sub(r"(?<![\\?(<])-", "[-‐‑\x00]", text)
    return text.replace(" ", r"\s+").replace("\x00", r"\s")
