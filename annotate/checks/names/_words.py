"""The words of an article as the term checks see them, with their normal forms and counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from annotate.checks.names._lexicon import frequency, word_form
from annotate.types import Reading

_WORD = re.compile(r"(?<![^\W\d_]['’])[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|\d+(?:[.,]\d+)*")
_GOES_ON = re.compile(r"[\]/@]|\.\w")
_SKIPPED = ("byline", "caption", "boilerplate")
_LINKS = frozenset((" ", "-", "‐", "‑", "\xa0", "'s ", "’s ", "' ", "’ "))


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `start:end`. `joined` tells that only a blank, hyphen or possessive parts it from the one before."""

    text: str
    form: str
    start: int
    end: int
    joined: bool
    opens: bool
    """First of its sentence or block, where a capital says nothing."""
    heading: bool
    bracketed: bool
    """Part of an address, or of a word that an editor completed: "pharma[ceutical]"."""

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital that its place does not explain."""
        return self.text[0].isupper() and not self.opens and not self.heading

    @property
    def frequency(self) -> float:
        """How frequent it is in English (Zipf), 0 where it is not known."""
        return max(frequency(self.text), frequency(self.form))


@dataclass(frozen=True, slots=True)
class Words:
    """All the words of an article's checked text, and how often each form is used."""

    all: tuple[Word, ...]
    counts: Counter[str]

    def window(self, at: int, size: int) -> tuple[Word, ...] | None:
        """The `size` words from position `at`, where nothing parts them."""
        found = self.all[at : at + size]
        whole = len(found) == size and all(word.joined for word in found[1:])
        return found if whole else None


def words_of(reading: Reading) -> Words:
    """The words of an article, in order."""
    found = tuple(_words(reading))
    return Words(found, Counter(word.form for word in found))


def _words(reading: Reading) -> Iterator[Word]:
    text = reading.article.text
    starts = {sent.start_char for sent in reading.doc.sents}
    for block in reading.article.blocks:
        if block.kind in _SKIPPED:
            continue
        end = block.start
        for match in _WORD.finditer(text, block.start, block.end):
            gap = text[end : match.start()]
            opens = end == block.start or match.start() in starts or bool(set(gap) & set('.!?:“"'))
            joined = gap in _LINKS and end > block.start
            heading = block.kind in ("headline", "subheading")
            bracketed = gap.endswith(("[", "/", "@", ".")) or bool(_GOES_ON.match(text, match.end()))
            form = word_form(match[0])
            yield Word(match[0], form, match.start(), match.end(), joined, opens, heading, bracketed)
            end = match.end()
