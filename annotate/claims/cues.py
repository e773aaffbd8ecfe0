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
    """Patterns as one, the longest first; dispatched on the first character, which is most of the speed.

    A pattern with several initials is not repeated for each: compiling takes longer than trying it.
    """
    by_initial: dict[str, list[str]] = {}
    for item in sorted(map(str.strip, patterns), key=len, reverse=True):
        found = initials(item.replace("#", NUMBER), fold=fold)
        by_initial.setdefault(next(iter(found)) if len(found) == 1 else _ANY, []).append(_expand(item))
    anywhere = by_initial.pop(_ANY, [])
    parts = [f"(?={re.escape(initial)})(?:{'|'.join(items)})" for initial, items in sorted(by_initial.items())]
    return re.compile(rf"{before}(?:{'|'.join([*parts, *anywhere])}){after}", re.IGNORECASE if fold else 0)


_ANY = ""
_NULLABLE = re.compile(r"\?|\*|\{0?,")


def initials(item: str, *, fold: bool = True) -> frozenset[str]:
    """The characters that a match of a pattern can begin with; the empty string where it can be any."""
    found: set[str] = set()
    for alternative in _alternatives(item):
        found |= _first(alternative)
    if fold:
        found = {initial.lower() for initial in found}
    return frozenset((_ANY,)) if _ANY in found else frozenset(found)


def _first(item: str) -> set[str]:
    """The initials of a pattern without a choice at its outside."""
    found: set[str] = set()
    while item:
        end = _atom(item)
        atom, rest = item[:end], item[end:]
        if atom[0] == "(":
            found |= initials(atom.removeprefix("(?:").removeprefix("(")[:-1], fold=False)
        elif atom == r"\d":
            found |= set("0123456789")
        elif len(atom) == 1 and atom.isalnum():
            found.add(atom)
        else:
            return {_ANY}
        if not _NULLABLE.match(rest):
            return found
        item = rest[rest.index("}") + 1 :] if rest[0] == "{" else rest[1:]
    return {_ANY}


def _atom(item: str) -> int:
    """Where the first atom of a pattern ends."""
    if item[0] == "\\":
        return 2
    if item[0] == "[":
        return item.index("]") + 1
    if item[0] != "(":
        return 1
    depth = 0
    for place, character in enumerate(item):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place + 1
    raise ValueError(f"unbalanced brackets in {item!r}")


def _alternatives(item: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for place, character in enumerate(item):
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            parts.append(item[start:place])
            start = place + 1
    return [*parts, item[start:]]


def _expand(item: str) -> str:
    return "".join(part if part.startswith("[") else _expand_outside(part) for part in re.split(r"(\[[^\]]*\])", item))


def _expand_outside(text: str) -> str:
    text = text.replace("#", NUMBER).replace("'", "['’]")
    text = re.sub(r"(?<![\\?(<])-", "[-‐‑\x00]", text)
    return text.replace(" ?", r"\s*").replace(" ", r"\s+").replace("\x00", r"\s")
