"""Runs of capitalised words that name an institution or a journal, and how they compare with known names.

Words are compared without case, accents and apostrophes; small words between them do not count.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from annotate.artefacts import built, wordlist
from annotate.checks.names._lexicon import Named, word_form
from annotate.checks.names._similarity import sound
from annotate.types import Article, Block

_WORD = re.compile(r"&|[^\W_](?:[\w.]*\w)?(?:['’‐-]\w+)*(?:(?<=s)['’](?= [A-Z]))?")
_GAP = re.compile(r"[ \xa0]|, (?=[A-Z][\w-]+,? and [A-Z])")
_POSSESSIVE = re.compile(r"['’]s?$")
BEGINNING = 4
"""Letters."""


@dataclass(frozen=True, slots=True)
class TitleWord:
    """A word of a run, as written, and folded for comparison."""

    text: str
    folded: str
    start: int
    end: int
    led_by: str
    """The small word before it, if any."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of capitalised words with small ones between; `words` are those that count."""

    start: int
    end: int
    words: tuple[TitleWord, ...]

    @property
    def folded(self) -> tuple[str, ...]:
        """The words that count, folded."""
        return tuple(word.folded for word in self.words)


@cache
def listed(key: str) -> frozenset[str]:
    """A list of `names/titles`."""
    return frozenset(wordlist("names/titles")[key])


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """A word without case, accents, apostrophes and stops, in American spelling."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    bare = "".join(char for char in plain if char.isalnum() or char == "&")
    if not bare.isalpha():
        return bare
    form = word_form(bare)
    return form + "s" if bare.endswith("s") and not form.endswith("s") else form


def title_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, without the small ones; hyphens part words."""
    words = (fold(word) for word in re.split(r"[\s,;:()/–-]+", name))
    return tuple(word for word in words if word and word not in listed("connectors"))


def title_index(key: str, names: Iterable[Named]) -> TitleIndex:
    """The index of the vocabulary's `institutions` or `journals`, folded by `models/garbles/titles.py`."""
    lines = gzip.decompress(built(f"garbles/{key}.tsv.gz").read_bytes()).decode("utf-8").split("\n")
    return TitleIndex(names, ([tuple(form.split()) for form in line.split("\t")] for line in lines))


def runs(text: str, block: Block) -> Iterator[Run]:
    """The runs of capitals of a block, longest first to last."""
    words = list(_WORD.finditer(text, block.start, block.end))
    low = 0
    while low < len(words):
        if not words[low][0][0].isupper():
            low += 1
            continue
        high, last = low + 1, low + 1
        while high < len(words) and _GAP.fullmatch(text, words[high - 1].end(), words[high].start()):
            word = words[high][0]
            if word[0].isupper() or word[0].isdigit():
                last = high + 1
            elif word.lower() not in listed("connectors"):
                break
            high += 1
        counting = tuple(_counting(words[low:last]))
        if counting:
            yield Run(words[low].start(), counting[-1].end, counting)
        low = last


def _counting(matches: Sequence[re.Match[str]]) -> Iterator[TitleWord]:
    led_by = ""
    for match in matches:
        position = match.start()
        written = _POSSESSIVE.sub("", match[0]) if match is matches[-1] else match[0]
        for part in re.split(r"([‐-])", written):
            folded = fold(part)
            if folded in listed("connectors"):
                led_by = folded
            elif folded and part not in "‐-":
                yield TitleWord(part, folded, position, position + len(part), led_by)
                led_by = ""
            position += len(part)


def telling(article: Article, hints: Sequence[str], folded: bool = False) -> Iterator[Block]:
    """The blocks of running text in which a word of such names stands, `folded`: in capitals or not."""
    for block in article.blocks:
        if block.kind in _PROSE:
            part = article.text[block.start : block.end]
            part = part.lower() if folded else part
            if any(hint in part for hint in hints):
                yield block


_PROSE = ("paragraph", "quote", "standfirst", "list")


@lru_cache(maxsize=16384)
def likeness(one: str, other: str) -> float:
    """How alike two words of titles are, in letters or in sound, 0 to 1."""
    if one == other:
        return 1.0
    if one.removesuffix("s") == other.removesuffix("s"):
        return 0.95
    letters = float(OSA.normalized_similarity(one, other))
    sounds = float(OSA.normalized_similarity(sound(one), sound(other)))
    return max(letters, 0.9 * sounds if letters >= 0.35 else 0.0)


def paired(
    words: Sequence[str], form: Sequence[str], near: Callable[[str, str], float]
) -> list[tuple[int, float]] | None:
    """For each word of a known name, the place of the nearest word of a run, each used once, and how near it is.

    None where a word has none: all are 0 from it.
    """
    found: list[tuple[int, float]] = []
    free = list(range(len(words)))
    for right in form:
        value, place = max(((near(words[at], right), -at) for at in free), default=(0.0, 0))
        if not value:
            return None
        found.append((-place, value))
        free.remove(-place)
    return found


class TitleIndex:
    """Known names by the words in them."""

    def __init__(self, names: Iterable[Named], folded: Iterable[Sequence[tuple[str, ...]]]) -> None:
        """`folded` are the words of each name's forms, as `title_words` gives them."""
        self.forms: list[tuple[tuple[str, ...], str, Named]] = []
        self.exact: dict[tuple[str, ...], Named] = {}
        for name, forms in zip(names, folded, strict=True):
            for words, form in zip(forms, (name.name, *name.others), strict=True):
                if words and words not in self.exact:
                    self.exact[words] = name
                    self.forms.append((words, form, name))

    @cached_property
    def by_word(self) -> dict[str, list[int]]:
        """Word → the numbers of the forms that hold it."""
        found: dict[str, list[int]] = {}
        for number, (words, _, _) in enumerate(self.forms):
            for word in dict.fromkeys(words):
                found.setdefault(word, []).append(number)
        return found

    @cached_property
    def openings(self) -> frozenset[tuple[str, ...]]:
        """What three or more words known names begin with: the name of a system of campuses."""
        return frozenset(words[:size] for words, _, _ in self.forms for size in range(3, len(words)))

    @cached_property
    def by_beginning(self) -> dict[str, list[str]]:
        """Four letters → the words of names that begin with them."""
        found: dict[str, list[str]] = {}
        for key in self._keys:
            found.setdefault(key[:BEGINNING], []).append(key)
        return found

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(key for key in self.by_word if len(key) >= BEGINNING)

    def sharing(self, words: Iterable[str], limit: int = 1500) -> list[int]:
        """The forms that share a word with these; words of more than `limit` forms count only together with others."""
        counts: dict[int, int] = defaultdict(int)
        for known in sorted({near for word in words for near in self.near(word)}):
            found = self.by_word.get(known, [])
            weight = 2 if len(found) <= limit else 1
            for number in found:
                counts[number] += weight
        return sorted(number for number, weight in counts.items() if weight >= 2)

    def near(self, word: str) -> tuple[str, ...]:
        """The word, if names have it; else those of them that it may be a slip for."""
        if word in self.by_word:
            return (word,)
        if word.endswith("s") and word[:-1] in self.by_word:
            return (word[:-1],)
        return self._slips(word)

    @cached_property
    def _slips(self) -> Callable[[str], tuple[str, ...]]:
        return lru_cache(maxsize=4096)(self._slips_of)  # the same surnames stand in many articles

    def _slips_of(self, word: str) -> tuple[str, ...]:
        return self.alike(word, 0.74, limit=5)

    def alike(self, word: str, least: float, limit: int | None = None) -> tuple[str, ...]:
        """The words of names, of four letters or more, with so large a share of a word's letters; the likest first."""
        found = process.extract(word, self._keys, scorer=OSA.normalized_similarity, score_cutoff=least, limit=limit)
        return tuple(key for key, _, _ in found)
