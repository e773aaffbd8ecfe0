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
    excepted: list[Guard] | None = None
    for block in reading.article.blocks:
        if not block.checked:
            continue
        for match in compiled.phrases.finditer(text, block.start, block.end):
            if excepted is None:
                excepted = list(_exceptions(compiled, text))
            guards = tuple(guard for guard in excepted if guard.start < match.end() and match.start() < guard.end)
            kind = compiled.kinds[int((match.lastgroup or "k0")[1:])]
            yield Hit(match.start(), match.end(), match[0], kind, guards)


def _exceptions(compiled: _Compiled, text: str) -> Iterator[Guard]:
    for guard, pattern in compiled.exceptions:
        for match in pattern.finditer(text):
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
    return {pattern[0]} if pattern[:1].isalnum() and pattern[1:2] not in ("?", "*", "|") else {""}


def _join(patterns: list[str]) -> str:
    # Longest first, so that "cure for good" wins over "cure".
    ordered = sorted(patterns, key=len, reverse=True)
    return "|".join(
        re.sub(r"(?<![\[\\])-", r"[-‐‑\\s]", pattern.replace(" ?", r"\s*").replace(" ", r"\s+").replace("'", "['’]"))
        for pattern in ordered
    )
