"""Phrases from a word list, found in the checked text.

A list (`models/wordlists/FAMILY/NAME.toml`) holds `[[phrase]]` tables, each with a `kind` and `patterns`, and
`[[except]]` tables, each with a `guard` and `patterns`: a phrase that overlaps an exception carries that guard.
Patterns are regular expressions over whole words, case folded; a blank stands for any white space and an optional blank
for any or none, a hyphen for a hyphen or a blank (so no ranges in brackets), an apostrophe for either form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from annotate.artefacts import wordlist
from annotate.types import Guard, Reading

# How far an exception may begin before a phrase or end after it, in characters.
_REACH = 200
# An exception says nothing about the next sentence or paragraph.
_CROSSES = re.compile(r"\n\s*\n|[a-z]{3}[.!?][”’\"]?\s")


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of the article that a list names."""

    start: int
    end: int
    text: str
    kind: str
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True)
class _Compiled:
    phrases: re.Pattern[str]
    kinds: tuple[str, ...]
    exceptions: tuple[tuple[str, re.Pattern[str]], ...]


def phrases(reading: Reading, name: str) -> Iterator[Hit]:
    """The phrases of a word list in the checked blocks of an article, in order, the longest at each place."""
    compiled, text = _compile(name), reading.article.text
    for block in reading.article.blocks:
        if not block.checked:
            continue
        for match in compiled.phrases.finditer(text, block.start, block.end):
            around = max(block.start, match.start() - _REACH), min(block.end, match.end() + _REACH)
            guards = tuple(
                guard
                for guard in _exceptions(compiled, text, *around)
                if guard.start < match.end() and match.start() < guard.end
            )
            kind = compiled.kinds[int((match.lastgroup or "k0")[1:])]
            yield Hit(match.start(), match.end(), match[0], kind, guards)


def _exceptions(compiled: _Compiled, text: str, start: int, end: int) -> Iterator[Guard]:
    for guard, pattern in compiled.exceptions:
        for match in pattern.finditer(text, start, end):
            if _CROSSES.search(match[0]):
                continue
            yield Guard(guard, match[0], match.start(), match.end())  # type: ignore[arg-type]


@cache
def _compile(name: str) -> _Compiled:
    table = wordlist(name)
    groups = table["phrase"]
    body = "|".join(f"(?P<k{index}>{_join(group['patterns'])})" for index, group in enumerate(groups))
    initials = {initial for group in groups for pattern in group["patterns"] for initial in _initial(pattern)}
    # Looking at the first letter before the alternatives makes a pass over an article several times faster.
    ahead = f"(?=[{''.join(sorted(initials))}])" if "" not in initials else ""
    return _Compiled(
        phrases=re.compile(rf"(?<![\w-]){ahead}(?:{body})(?![\w])", re.IGNORECASE),
        kinds=tuple(group["kind"] for group in groups),
        exceptions=tuple(
            (group["guard"], re.compile(rf"(?<!\w)(?:{_join(group['patterns'])})(?!\w)", re.IGNORECASE))
            for group in table.get("except", ())
        ),
    )


def _initial(pattern: str) -> set[str]:
    """The characters that what a pattern matches can begin with; an empty one where it can be any."""
    alternatives = _alternatives(pattern)
    if len(alternatives) > 1:
        return {initial for alternative in alternatives for initial in _initial(alternative)}
    if pattern.startswith("\\d"):
        return set("0123456789")
    if pattern[:1] == "(" and pattern[1:2] != "?":
        end = _closing(pattern)
        first, rest = _initial(pattern[1:end]), pattern[end + 1 :]
        return first | _initial(rest[1:]) if rest[:1] == "?" else {""} if rest[:1] in ("*", "{") else first
    return {pattern[0]} if pattern[:1].isalnum() and pattern[1:2] not in ("?", "*", "{") else {""}


def _alternatives(pattern: str) -> list[str]:
    """A pattern split at the bars outside its groups."""
    parts, depth = [""], 0
    for character in pattern:
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _closing(pattern: str) -> int:
    """Where the group that a pattern begins with is closed."""
    depth = 0
    for index, character in enumerate(pattern):
        depth += (character == "(") - (character == ")")
        if not depth:
            return index
    raise ValueError(f"unbalanced: {pattern}")


def _join(patterns: list[str]) -> str:
    # Longest first, so that "cure for good" wins over "cure".
    ordered = sorted(patterns, key=len, reverse=True)
    return "|".join(
        re.sub(r"(?<![\[\\])-", r"[-‐‑\\s]", pattern.replace(" ?", r"\s*").replace(" ", r"\s+").replace("'", "['’]"))
        for pattern in ordered
    )
