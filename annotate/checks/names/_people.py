"""The people of an article: their full names, and the mentions by surname alone.

A full name is a run of capitalised words that a title, a degree, an apposition or the entity recogniser says is a
person. A mention is one such word in a place where a person's name stands: after "Dr", beside a verb of saying, owning
a team. The recogniser alone is a weak witness: it misses garbled surnames, and takes other capitals for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from annotate.artefacts import wordlist
from annotate.checks.names._similarity import letters
from annotate.types import Reading

_WORD = re.compile(r"(?:[^\W\d_]\.){1,4}(?!\w)|[^\W\d_](?:\w|[.'’‐-](?=\w))*")
_POSSESSIVE = re.compile(r"['’]s?$")
_APOSTROPHES = ("' ", "’ ")
_SKIPPED = ("headline", "subheading", "boilerplate")
_INITIAL = re.compile(r"^(?:[^\W\d_]\.?-?){1,3}$")


@dataclass(frozen=True, slots=True)
class Full:
    """A person's name with given name: `given` and `surname` as written, the surname at `start:end`."""

    given: str
    surname: str
    start: int
    end: int
    given_start: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a person's place without a given name known to be one. `slot` is what makes it a person's place."""

    name: str
    start: int
    end: int
    slot: str

    @property
    def strong(self) -> bool:
        """Whether the place alone says that it is a person."""
        return self.slot != "recogniser"


@dataclass(frozen=True, slots=True)
class People:
    """The names of an article, each kind in the order of the text."""

    full: tuple[Full, ...]
    mentions: tuple[Mention, ...]


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    possessive: bool

    @property
    def folded(self) -> str:
        return self.text.casefold().rstrip(".")

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(wordlist("names/people")[key])


@cache
def _saying() -> frozenset[str]:
    return frozenset(wordlist("language/reporting")["verbs"]) - {"point", "call", "report", "study"} | {"write", "lead"}


@lru_cache(maxsize=2)  # several checks ask, one after the other
def people(reading: Reading) -> People:
    """The people that an article names in its text (headlines, in which every word may be a capital, left out)."""
    recognised = {
        position
        for entity in reading.doc.ents
        if entity.label_ == "PERSON"
        for position in range(entity.start_char, entity.end_char)
    }
    full: list[Full] = []
    mentions: list[Mention] = []
    for block in reading.article.blocks:
        if block.kind in _SKIPPED:
            continue
        words = list(_split(reading.article.text, block.start, block.end))
        for low, high in _runs(reading, words):
            found = _read(reading, words, low, high, recognised)
            if isinstance(found, Full):
                full.append(found)
            elif found is not None:
                mentions.append(found)
    return People(tuple(full), tuple(mentions))


def _split(text: str, start: int, end: int) -> Iterator[_Word]:
    for match in _WORD.finditer(text, start, end):
        written, low = match[0], match.start()
        bare = written if written.isalpha() else _POSSESSIVE.sub("", written)
        if bare:
            possessive = bare != written or (bare[-1] == "s" and text.startswith(_APOSTROPHES, match.end()))
            yield _Word(bare, low, low + len(bare), possessive)


def _runs(reading: Reading, words: list[_Word]) -> Iterator[tuple[int, int]]:
    """Stretches `low:high` of capitalised words with nothing but a blank (or an initial's stop) between them."""
    text, vocab = reading.article.text, reading.doc.vocab
    capitals = (at for at, word in enumerate(words) if word.text[0].isupper())
    high = 0
    for low in capitals:
        if low < high:
            continue
        high = low + 1
        while high < len(words) and _joined(text, words, high):
            high += 1
        while high - low > 1 and not words[high - 1].capital:
            high -= 1
        first = low
        while first < high and vocab[words[first].folded].is_stop and not words[first].text.isupper():
            first += 1
        if first < high:
            yield first, high


def _joined(text: str, words: list[_Word], at: int) -> bool:
    before, word = words[at - 1], words[at]
    gap = text[before.end : word.start]
    blank = gap.strip(".") in (" ", "\xa0") and (not gap.startswith(".") or before.folded in _words("titles"))
    if not blank or before.possessive:
        return False
    return word.capital or (word.text in _words("particles") and at + 1 < len(words))


def _read(reading: Reading, words: list[_Word], low: int, high: int, recognised: set[int]) -> Full | Mention | None:
    """What a run of capitals names: a person in full, a person by surname, or no person."""
    before = low
    low = max((at + 1 for at in range(low, high - 1) if words[at].folded in _words("titles")), default=low)
    titled = low > before or (
        low > 0 and words[low - 1].folded in _words("titles") and "," not in _gap(reading, words, low)
    )
    while high > low and words[high - 1].folded in (_words("suffixes") | _words("degrees")):
        high -= 1
    run = words[low:high]
    if not run or any(word.folded in _words("not_people") for word in run[1:] or run):
        return None
    slot = "title" if titled else _slot(reading, words, low, high)
    seen = all(word.start in recognised for word in run if len(word.text) > 2)
    if len(run) == 1:
        word = run[0]
        if len(word.text) < 3 or (word.text.isupper() and len(word.text) < 6):
            return None
        return Mention(word.text, word.start, word.end, slot or "recogniser") if slot or seen else None
    if len(run) <= 5 and (seen or slot in ("title", "degree", "apposition")):
        return _full(reading.article.text, run)
    if slot and len(run) == 2:  # beside a verb of saying: an institution, or a surname of two words
        return Mention(f"{run[0].text} {run[1].text}", run[0].start, run[1].end, slot)
    return None


def _gap(reading: Reading, words: list[_Word], at: int) -> str:
    return reading.article.text[words[at - 1].end : words[at].start]


def _full(text: str, run: list[_Word]) -> Full | None:
    last = len(run) - 1
    while last > 1 and run[last - 1].folded in _words("particles"):
        last -= 1
    given, surname = run[0], text[run[last].start : run[-1].end]
    if len(letters(surname)) < 2:
        return None
    return Full(given.text, surname, run[last].start, run[-1].end, given.start)


def _slot(reading: Reading, words: list[_Word], low: int, high: int) -> str | None:
    """What around a run says that it names a person, if anything does."""
    slot = _slot_after(reading, words, high) or _slot_before(reading, words, low, high)
    if slot is None and high - low > 1 and _APPOSITION.match(reading.article.text, words[high - 1].end):
        return "apposition"
    return slot


_APPOSITION = re.compile(r", (?:an?|the|who|chief|director|professor|lead|senior|head|chair|president)\b")
_NOT_INVOLVED = re.compile(r" was(?: not|n['’]t) (?:involved|part|connected|among)")
_BETWEEN = frozenset(("also", "then", "has", "had", "and", "himself", "herself"))


def _slot_after(reading: Reading, words: list[_Word], high: int) -> str | None:
    text, last = reading.article.text, words[high - 1]
    following = [word for word in words[high : high + 3] if word.start - last.end < 40]
    gap = text[last.end : following[0].start] if following else ""
    ahead = [word.folded for word in following] + ["", "", ""]
    if ahead[0] in _words("degrees") and gap.strip() in (",", ""):
        return "degree"
    if last.possessive:
        return "belongings" if _words("belongings").intersection(ahead[:2]) else None
    if ahead[0] == "and" and (
        ahead[1] in ("colleagues", "coworkers", "co-workers")
        or (ahead[1] in ("his", "her", "their") and ahead[2] in _words("belongings"))
    ):
        return "belongings"
    if ahead[:2] == ["et", "al"]:
        return "belongings"
    if _NOT_INVOLVED.match(text, last.end) or (gap == " " and ahead[0] in _words("acts")):
        return "act"
    near = following[: 2 if ahead[0].endswith("ly") or ahead[0] in _BETWEEN else 1]
    return "speech" if gap == " " and any(_says(reading, word) for word in near) else None


def _slot_before(reading: Reading, words: list[_Word], low: int, high: int) -> str | None:
    text, last = reading.article.text, words[high - 1]
    at = low - 1
    while at > 0 and words[at].possessive and words[at].capital:  # "added the Mayo Clinic's Ito"
        at -= 1
        while at > 0 and words[at].capital:
            at -= 1
    if at < 0 or (at == low - 1 and text[words[at].end : words[low].start] != " "):
        return None
    if words[at].folded == "to" and at and words[at - 1].folded == "according":
        return "speech" if high - low == 1 else None
    ended = text[last.end : last.end + 1] in (".", ",", "", "\n", ":", ";", ")")
    return "speech" if ended and _says(reading, words[at]) else None


def _says(reading: Reading, word: _Word) -> bool:
    span = reading.doc.char_span(word.start, word.end)
    return span is not None and len(span) == 1 and not word.capital and span[0].lemma_.lower() in _saying()
