"""Words run together, written twice, or with letters of another alphabet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from operator import eq
from typing import Any

from annotate.artefacts import wordlist
from annotate.checks.names._kinship import is_real
from annotate.checks.names._lexicon import frequency, is_term, is_word, word_form
from annotate.checks.names._usage import go_together
from annotate.checks.names._words import Word, words_of
from annotate.types import Block, Reading, Suggestion


@dataclass(frozen=True, slots=True)
class Fault:
    """Corrupted words, what is wrong with them and how they could be mended."""

    start: int
    end: int
    kind: str
    message: str
    suggestion: str | Suggestion | None = None


_CASE = re.compile(
    r"(?<![\w@/.#-])([a-z]{2,}|[A-Z][a-z]{2,}|[A-Z]{2,6}(?=[a-z]))([A-Z][a-z]*|(?<=[A-Z])[a-z]{2,})(?![\w@/]|\.\w)"
)
_OPENS = re.compile(r"[ \xa0][a-z]")
_STOP = re.compile(r"(?<![\w@/.#-])([a-z]{2,})([.?!])([A-Z][a-z]*)(?![\w@/.-])")
_COMMA = re.compile(r"(?<![\w@/.#,;-])([a-z]{2,})([,;])([a-z]{2,})(?![\w@/,;-]|\.\w)")
_QUOTE = re.compile(r"(?<=[a-z][,.?!])([\"”])(?=[A-Za-z])")
_SPLIT = re.compile(
    r"(?<![\w@/.#'’-])(anti|non|multi|cardio|neuro|immuno|chemo|hyper|hypo|cyto|gastro|electro|photo|psycho|ultra|bio) "
    r"([a-z]{4,})(?![\w@/'’-])"
)
_DOUBLED = re.compile(r"(?<![\w'’-])([A-Za-z]+) +(\1)(?![\w'’-])", re.IGNORECASE)
_LATIN = re.compile(r" (?:vitro|vivo|utero|situ|silico|ovo|toto)\b")
_PHRASE = re.compile(r"(?<![\w'’-])([A-Za-z]+) ([A-Za-z]+) \1 \2(?![\w'’-])")
_DIGITS = re.compile(r"(?<![\w.])\d+O[\dO]*(?!\w)")
_MIXED = re.compile(r"\w*(?:[a-zA-Z][\u0370-\u03ff\u0400-\u04ff]|[\u0400-\u04ff][a-zA-Z])\w*")
_OTHER_ALPHABETS = re.compile(r"[\u0370-\u03ff\u0400-\u04ff]")
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХаеорсухіѕјІЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXaeopcyxisjISJABEZHIKMNOPTYXo")
_RUNNING = ("paragraph", "quote", "standfirst", "list")
"""The kinds of blocks that are looked at."""
_MIN_FREQUENCY = 3.0
_MIN_BEFORE_OPENER = 2.0


@cache
def words(key: str) -> Any:
    """A list of `text/corrupted`."""
    found = wordlist("text/corrupted")[key]
    return frozenset(found) if isinstance(found, list) else found


def in_blocks(
    reading: Reading, pattern: re.Pattern[str], kinds: Sequence[str]
) -> Iterator[tuple[re.Match[str], Block]]:
    """The matches of a pattern inside blocks of some kinds, with their blocks."""
    article = reading.article
    for match in pattern.finditer(article.text):
        block = article.block_at(match.start())
        if block is not None and block.kind in kinds and match.end() <= block.end:
            yield match, block


def glued(reading: Reading) -> Iterator[Fault]:
    """Words with the blank, or the full stop and the blank, lost between them."""
    text = reading.article.text
    for match, _ in in_blocks(reading, _CASE, _RUNNING):
        if len(match[2]) == 1 and not _OPENS.match(text, match.end()):
            continue  # "apoA-I"
        if (mended := _mended(match[1], match[2])) is not None:
            yield Fault(match.start(), match.end(), "glued", "Two words run together.", mended)
    for pattern, lost_after in ((_STOP, "sentence"), (_COMMA, "comma")):
        for match, _ in in_blocks(reading, pattern, _RUNNING):
            if frequency(match[1]) >= _MIN_FREQUENCY and frequency(match[3]) >= _MIN_FREQUENCY:
                mended = f"{match[1]}{match[2]} {match[3]}"
                message = f"The blank after the {lost_after} is lost."
                yield Fault(match.start(), match.end(), "glued", message, mended)
    closing = {quotation.end - 1 for quotation in reading.quotations}
    for match, _ in in_blocks(reading, _QUOTE, _RUNNING):
        if match.start() in closing:
            low, high = _word_bounds(text, match.start())
            mended = f"{text[low : match.end()]} {text[match.end() : high]}"
            yield Fault(low, high, "glued", "The blank after the quotation is lost.", mended)
    for match, _ in in_blocks(reading, _SPLIT, _RUNNING):
        if frequency(match[1] + match[2]) >= _MIN_FREQUENCY - 1:
            yield Fault(match.start(), match.end(), "split", "One word is split in two.", match[1] + match[2])


def _mended(left: str, right: str) -> str | None:
    """The two words apart: as two sentences where the second opens one."""
    if left.isupper():
        return f"{left} {right}" if right in words("stuck") and not is_word(left + right) else None
    if left[0].isupper():
        opens = right.lower() in words("openers") and right not in ("I", "A", "In", "So")
        return f"{left}. {right}" if opens and frequency(left) >= _MIN_FREQUENCY else None
    opens = right.lower() in words("openers")
    if frequency(left) < (_MIN_BEFORE_OPENER if opens and len(right) > 1 else _MIN_FREQUENCY):
        return None
    if left in words("leaders"):
        return f"{left} {right}" if len(right) > 2 and frequency(right) >= _MIN_FREQUENCY else None
    if len(left) < 3 or not (opens or (len(right) > 2 and frequency(right) >= _MIN_FREQUENCY)):
        return None
    if is_word(left + right.lower()) and not opens:
        return left + right.lower()
    return f"{left}. {right}"


def run_together(reading: Reading) -> Iterator[Fault]:
    """Words in small letters that nobody uses, but that are two words in use: "experimentsin", "bloodpressure"."""
    found = words_of(reading)
    for word in found.all:
        if word.frequency >= _RARE or word.heading or word.bracketed or len(word.form) < _MIN_GLUED:
            continue
        if found.counts[word.form] > 1 or not _is_plain(reading.article.text, word):
            continue
        if is_real(word) or is_term(word.form) or (mended := _split(word.text.lower())) is None:
            continue
        if word.text.islower():
            yield Fault(word.start, word.end, "glued", "Two words run together.", mended)
        elif min(map(frequency, mended.split())) >= _SMALL:  # a rarer one may be a name
            yield Fault(word.start, word.end, "glued", "Two words run together.", mended.capitalize())


_MIN_GLUED = 5


def _is_plain(text: str, word: Word) -> bool:
    """Whether a word is in small letters, but for the one that opens a sentence, and is no tag or part of a form."""
    return (
        (word.text.islower() or (word.opens and word.text.istitle()))
        and text[word.start - 1 : word.start] not in _TAGGING
        and text[word.end : word.end + 1] not in (*_TAGGING, "-")
    )


_TAGGING = tuple("#'’_")


@lru_cache(maxsize=4096)
def _split(word: str) -> str | None:
    """A word as two: a small one and another, two that go together, or two that everybody uses."""
    best: tuple[float, str] | None = None
    for at in range(1, len(word)):
        parts = word[:at], word[at:]
        rarer = min(map(frequency, parts))
        small = any(map(_is_small, parts))
        if rarer < (_MIN_BESIDE_SMALL if small else _MIN_PART):
            continue
        if min(map(len, parts)) < _MIN_LENGTH and not _is_stuck(*parts):
            continue
        together = min(map(len, parts)) >= _MIN_GLUED and go_together(*map(word_form, parts))
        if small or rarer >= _USUAL or together:
            best = max(best or (0.0, ""), (sum(map(frequency, parts)), " ".join(parts)))
    return best[1] if best else None


def _is_small(word: str) -> bool:
    return frequency(word) >= _SMALL or word in words("stuck")


def _is_stuck(left: str, right: str) -> bool:
    """Whether one or two letters are a small word stuck to a long enough one, or to another small one."""
    if len(right) == 1 or len(left) == 1:
        return right == "a" and len(left) > _MIN_GLUED
    short, other = sorted((left, right), key=len)
    return _is_small(short) and (len(other) >= _MIN_GLUED - 1 or _is_small(other))


_RARE = 2.0
"""Zipf: a word more frequent is a word."""
_MIN_BESIDE_SMALL, _MIN_PART, _USUAL, _SMALL = 3.2, 3.4, 4.75, 5.9
"""Zipf: how frequent both parts must be, beside a small word, else, or where nothing joins them, and a small word."""
_MIN_LENGTH = 3
"""Letters of a part that is no small word."""


def _word_bounds(text: str, at: int) -> tuple[int, int]:
    low, high = at, at + 1
    while low > 0 and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and (text[high].isalnum() or text[high] in "'’-"):
        high += 1
    return low, high


def _is_slip(pair: str) -> bool:
    """Any other word twice in small letters, but those that people do say twice ("very very", "had had")."""
    return pair.islower() and len(pair) > 4 and pair.split()[0] not in words("said_twice")


def doubled(reading: Reading) -> Iterator[Fault]:
    """Words and phrases written twice running."""
    text, forms = reading.article.text, [word.form for word in words_of(reading).all]
    pairs = list(pairwise(forms))
    for match, _ in in_blocks(reading, _DOUBLED, _RUNNING) if any(map(eq, forms, forms[1:])) else ():
        if (match[1].lower() in words("doubled") and not match[0].isupper()) or _is_slip(match[0]):
            if match[2][0].isupper() and match[1][0].islower():
                continue  # a stray capital: see `fragments`
            if match[1] == "in" and _LATIN.match(text, match.end()):
                continue  # "in in vitro tests"
            yield Fault(match.start(), match.end(), "doubled", f"“{match[1]}” is written twice.", match[1])
    for match, _ in in_blocks(reading, _PHRASE, _RUNNING) if any(map(eq, pairs, pairs[2:])) else ():
        pair = (match[1].lower(), match[2].lower())
        if not words("reduplicated").intersection(pair) and pair[0] != pair[1] and not match[1][0].isupper():
            phrase = f"{match[1]} {match[2]}"
            yield Fault(match.start(), match.end(), "doubled", f"“{phrase}” is written twice.", phrase)


def lookalikes(reading: Reading) -> Iterator[Fault]:
    """The letter O for a nought, and letters of another alphabet inside a word."""
    for match, _ in in_blocks(reading, _DIGITS, _RUNNING):
        mended = match[0].replace("O", "0")
        yield Fault(match.start(), match.end(), "look-alike", "The letter O stands for a nought.", mended)
    if not _OTHER_ALPHABETS.search(reading.article.text):
        return
    for match, _ in in_blocks(reading, _MIXED, _RUNNING):
        mended = match[0].translate(_LOOKALIKES)
        if mended.isascii() and mended.isalpha():
            message = "Letters of another alphabet stand in this word: searches and screen readers miss it."
            yield Fault(match.start(), match.end(), "look-alike", message, mended)
