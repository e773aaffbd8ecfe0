"""The patterns of the word lists, ready to search with.

A list (`models/wordlists`) holds regular expressions over whole words, case folded: a blank stands for any white space
and an optional blank for any or none, an apostrophe for either form, a hyphen outside brackets for a hyphen or a blank
(`\\-` for a hyphen only), and `#` for a number in digits or in words.

Nearly every list is tried on nearly every sentence and nearly always in vain. So each pattern is filed under the stems
(first letters of words) of which its matches must hold one, and only those are compiled and tried whose stem the text
has. A stem is two to four letters; a digit is the stem "0".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from annotate.artefacts import wordlist

NUMBER = (
    r"(?:\d[\d,.]*|an?|half(?: an?)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|"
    r"twenty|thirty|forty|fifty|sixty|several|a (?:few|couple of))"
)
_STEM = 4
_COMMON = frozenset(
    "the and that with for from this was were have has had not are but who whic they thei of in to".split()
)
_WORD = re.compile(r"[a-zÀ-ɏ]+")
_DIGIT = re.compile(r"\d")
_LITERAL = re.compile(r"[a-z]+(?:[ '-][a-z]+)*")
_BREAK = re.compile(r"[ '-]")
_QUANTIFIER = re.compile(r"[?*+]\??|\{\d*,?\d*\}\??")
_GROUPING = re.compile(r"\\.|\[[^\]]*\]|[()|]")


@lru_cache(maxsize=512)
def stems(text: str) -> frozenset[str]:
    """The stems of a text's words, at each length that a list may be filed under."""
    return frozenset(stem for word in _words(text) for stem in _stems(word))


def _words(text: str) -> set[str]:
    found = set(_WORD.findall(text.lower()))
    if _DIGIT.search(text):
        found.add("0")
    return found


def _stems(word: str) -> tuple[str, str, str]:
    return word[:_STEM], word[:3], word[:2]


class Filed:
    """Patterns filed under the stems that their matches need."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._filed: dict[str, list[int]] = {}
        self._always: list[int] = []
        self._needed = [needs(pattern) for pattern in patterns]
        for number, sets in enumerate(self._needed):
            for stem in sets[0] if sets else ():
                self._filed.setdefault(stem, []).append(number)
            if not sets:
                self._always.append(number)

    def tried(self, known: frozenset[str]) -> list[int]:
        """The numbers of the patterns that can match a text with these stems, in order."""
        hits = self._filed.keys() & known
        if not hits:
            return self._always
        found = {number for stem in hits for number in self._filed[stem]}
        able = [number for number in found if not any(map(known.isdisjoint, self._needed[number]))]
        return sorted((*self._always, *able))

    def tried_in(self, holding: Mapping[str, int], passages: int) -> dict[int, list[int]]:
        """Passage → the numbers of the patterns that can match in it, in order; what `tried` says of each, at once.

        `holding` has a bit for each passage that holds a stem. Passages where none can match are left out.
        """
        able = dict.fromkeys(self._always, (1 << passages) - 1)
        for stem in self._filed.keys() & holding.keys():
            for number in self._filed[stem]:
                able[number] = able.get(number, 0) | holding[stem]
        places: dict[int, list[int]] = {}
        for number in sorted(able):
            bits = able[number]
            for needed in self._needed[number][1:]:  # those it is filed under are looked at already
                bits &= bits and _any_of(needed, holding)
            for passage, bit in enumerate(bin(bits)[:1:-1]):
                if bit == "1":
                    places.setdefault(passage, []).append(number)
        return dict(sorted(places.items()))


def _any_of(needed: frozenset[str], holding: Mapping[str, int]) -> int:
    """The passages, as bits, that hold any of some stems."""
    bits = 0
    for stem in needed:
        bits |= holding.get(stem, 0)
    return bits


class Passages:
    """The passages of a text: each list knows at once in which of them it can match."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._count = len(texts)
        self._holding: dict[str, int] = {}
        self._tried: dict[Filed, dict[int, list[int]]] = {}
        holding: dict[str, int] = {}  # a word: cut into its stems once, wherever it stands
        for number, text in enumerate(texts):
            for word in _words(text):
                holding[word] = holding.get(word, 0) | 1 << number
        for word, passages in holding.items():
            for stem in _stems(word):
                self._holding[stem] = self._holding.get(stem, 0) | passages

    def tried(self, filed: Filed) -> Mapping[int, Sequence[int]]:
        """Passage → the numbers of the patterns that can match in it, in the order of the passages."""
        found = self._tried.get(filed)
        if found is None:
            found = self._tried[filed] = filed.tried_in(self._holding, self._count)
        return found


class Cues:
    """The patterns of a list, searched as one. Of several matches at a place the longest wins."""

    def __init__(self, patterns: Iterable[str], *, fold: bool = True) -> None:
        self._patterns = tuple(patterns)
        self._compiled: list[re.Pattern[str] | None] = [None] * len(self._patterns)
        self._fold = fold
        self.filed = Filed(self._patterns)

    def finditer(self, text: str, tried: Sequence[int] | None = None) -> list[re.Match[str]]:
        """The matches in order, none overlapping another. `tried` are the patterns that can match, where known."""
        if tried is None:
            tried = self.filed.tried(stems(text))
        found = [match for number in tried for match in self._pattern(number).finditer(text)]
        if len(found) < 2:
            return found
        found.sort(key=_by_place)
        kept = found[:1]
        for match in found[1:]:
            if match.start() >= kept[-1].end():
                kept.append(match)
        return kept

    def search(self, text: str, tried: Sequence[int] | None = None) -> re.Match[str] | None:
        """The first match. `tried` are the patterns that can match, where known."""
        if tried is None:
            tried = self.filed.tried(stems(text))
        found = [match for number in tried if (match := self._pattern(number).search(text))]
        return min(found, key=_by_place) if found else None

    def fullmatch(self, text: str) -> bool:
        """Whether a pattern matches the whole text."""
        return any(self._pattern(number).fullmatch(text) for number in range(len(self._patterns)))

    def _pattern(self, number: int) -> re.Pattern[str]:
        found = self._compiled[number]
        if found is None:
            found = self._compiled[number] = _compiled(self._patterns[number], self._fold)
        return found


def _by_place(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), -match.end()


@cache
def words(name: str, key: str) -> frozenset[str]:
    """Single words of a list, folded."""
    return frozenset(wordlist(name)[key])


@cache
def pattern(name: str, key: str) -> Cues:
    """The patterns of a list."""
    return Cues(wordlist(name)[key])


def joined(patterns: Iterable[str]) -> str:
    """Patterns as the alternatives of one, the longest written first."""
    return "|".join(expand(item) for item in sorted(patterns, key=len, reverse=True))


def whole(patterns: Iterable[str]) -> re.Pattern[str]:
    """Patterns as one that matches whole words."""
    return re.compile(rf"(?<!\w)(?:{joined(patterns)})(?!\w)", re.IGNORECASE)


@cache
def ending(name: str, key: str) -> re.Pattern[str]:
    """The patterns of a list as one that must end a text: what stands just before a place."""
    return re.compile(rf"(?<![\w-])(?:{joined(wordlist(name)[key])})\s*$", re.IGNORECASE)


@cache
def beginning(name: str, key: str) -> re.Pattern[str]:
    """The patterns of a list as one to be matched at the beginning of a text: what stands just after a place."""
    return re.compile(rf"\s*(?:{joined(wordlist(name)[key])})(?!\w)", re.IGNORECASE)


@cache
def _compiled(item: str, fold: bool) -> re.Pattern[str]:
    begins = r"(?<![\w-])"
    if "n't" in item:  # begins inside its word
        begins = rf"(?:{begins}|(?=n['’]t\b))"
    return re.compile(rf"{begins}(?:{expand(item.strip())})(?!\w)", re.IGNORECASE if fold else 0)


def expand(item: str) -> str:
    """A pattern as a regular expression."""
    return "".join(part if part.startswith("[") else _expand_outside(part) for part in re.split(r"(\[[^\]]*\])", item))


def _expand_outside(text: str) -> str:
    text = text.replace("#", NUMBER).replace("'", "['’]")
    text = re.sub(r"(?<!\\)-", "[-‐‑\x00]", text)
    return text.replace(" ?", r"\s*").replace(" ", r"\s+").replace("\x00", r"\s")


# ── stems that a match must hold ──────────────────────────────────────────────────────────────────────────────────


def needs(item: str) -> list[frozenset[str]]:
    """Sets of stems, the rarest first, of each of which every match of a pattern holds at least one."""
    if _LITERAL.fullmatch(item):  # most are
        return sorted((stem for word in _BREAK.split(item) for stem in _run(word)), key=_by_rarity, reverse=True)
    alternatives = _alternatives(item.strip())
    if len(alternatives) == 1:
        return sorted(_needs_of_sequence(alternatives[0]), key=_by_rarity, reverse=True)
    found: set[str] = set()
    for alternative in alternatives:
        best = max(_needs_of_sequence(alternative), key=_by_rarity, default=frozenset())
        if not best:
            return []
        found |= best
    return [frozenset(found)]


def _needs_of_sequence(item: str) -> list[frozenset[str]]:
    """What each part of a pattern without a choice at its outside needs."""
    found: list[frozenset[str]] = []
    run, at_word = "", True  # the letters read since the beginning of a word; whether a word begins here
    at = 0
    while at < len(item):
        end = _atom(item, at)
        atom, quantifier = item[at:end], _QUANTIFIER.match(item, end)
        quantified = quantifier[0] if quantifier else ""
        optional = quantified.startswith(("?", "*", "{0", "{,"))
        at = end + len(quantified)
        if not quantified and atom.isalpha() and atom.isascii():
            run += atom.lower() if at_word or run else ""
            at_word = False
            continue
        found += _run(run)
        run = ""
        if atom.startswith(("(?!", "(?<")):
            pass  # what must not follow, or precede, is not needed
        elif atom[0] == "(":
            inner = atom.removeprefix("(?:").removeprefix("(")[:-1]
            found += [] if optional or not at_word else needs(inner)
            at_word = at_word and all(part.endswith((" ", "-", "[- ]")) for part in _alternatives(inner))
        elif atom == r"\d":
            found += [] if optional else [frozenset(("0",))]
            at_word = False
        else:
            boundary = atom in (" ", "-", "'", "[- ]")
            at_word = boundary and (at_word or not optional)
    return found + _run(run)


def _run(letters: str) -> list[frozenset[str]]:
    return [frozenset((letters[:_STEM],))] if len(letters) > 1 else []


def _by_rarity(found: frozenset[str]) -> tuple[int, int]:
    """Of two sets of stems that one is rarer whose commonest stem is; of equals the smaller set."""
    return min(map(_rarity, found), default=0), -len(found)


def _rarity(stem: str) -> int:
    return 1 if stem in _COMMON else 3 if stem == "0" else len(stem)


def _atom(item: str, start: int) -> int:
    """Where the atom that begins there ends."""
    first = item[start]
    if first == "\\":
        return start + 2
    if first == "[":
        return item.index("]", start) + 1
    if first != "(":
        return start + 1
    depth = 0
    for place, character in _brackets(item, start):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place + 1
    raise ValueError(f"unbalanced brackets in {item!r}")


def _alternatives(item: str) -> list[str]:
    """A pattern split at the bars outside its groups."""
    parts, depth, start = [], 0, 0
    for place, character in _brackets(item):
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            parts.append(item[start:place])
            start = place + 1
    return [*parts, item[start:]]


def _brackets(item: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """The round brackets and bars that group, with their places: not those escaped or in square brackets."""
    for match in _GROUPING.finditer(item, start):
        if match[0] in "()|":
            yield match.start(), match[0]
