"""Words run together, written twice, or with letters of another alphabet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from annotate.artefacts import wordlist
from annotate.checks.names._lexicon import frequency, is_term, is_word
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
_QUOTE = re.compile(r"(?<=[a-z][,.?!])([\"”])(?=[A-Za-z])")
_LONG = re.compile(r"(?<![\w@/.#'’-])[a-z]{7,}(?![\w@/'’-]|\.\w)")
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
_MIN_FREQUENCY = 3.0
_MIN_BEFORE_OPENER = 2.0


@cache
def words(key: str) -> Any:
    """A list of `text/corrupted`."""
    found = wordlist("text/corrupted")[key]
    return frozenset(found) if isinstance(found, list) else found


def glued(reading: Reading, block: Block) -> Iterator[Fault]:
    """Words with the blank, or the full stop and the blank, lost between them."""
    text = reading.article.text
    for match in _CASE.finditer(text, block.start, block.end):
        if len(match[2]) == 1 and not _OPENS.match(text, match.end()):
            continue  # "apoA-I"
        if (mended := _mended(match[1], match[2])) is not None:
            yield Fault(match.start(), match.end(), "glued", "Two words run together.", mended)
    for match in _STOP.finditer(text, block.start, block.end):
        if frequency(match[1]) >= _MIN_FREQUENCY and frequency(match[3]) >= _MIN_FREQUENCY:
            mended = f"{match[1]}{match[2]} {match[3]}"
            yield Fault(match.start(), match.end(), "glued", "The blank after the sentence is lost.", mended)
    closing = {quotation.end - 1 for quotation in reading.quotations}
    for match in _QUOTE.finditer(text, block.start, block.end):
        if match.start() in closing:
            low, high = _word_bounds(text, match.start())
            mended = f"{text[low : match.end()]} {text[match.end() : high]}"
            yield Fault(low, high, "glued", "The blank after the quotation is lost.", mended)
    for match in _LONG.finditer(text, block.start, block.end):
        if (mended := _split(match[0])) is not None and text.count(match[0]) == 1:
            yield Fault(match.start(), match.end(), "glued", "Two words run together.", mended)
    for match in _SPLIT.finditer(text, block.start, block.end):
        if frequency(match[1] + match[2]) >= _MIN_FREQUENCY - 1:
            yield Fault(match.start(), match.end(), "split", "One word is split in two.", match[1] + match[2])


def _mended(left: str, right: str) -> str | None:
    """The two words apart: as two sentences where the second opens one."""
    if left.isupper():
        return f"{left} {right}" if right in words("stuck") and not is_word(left + right) else None
    if left[0].isupper():
        opens = right.lower() in words("openers") and right not in ("I", "A", "In", "So")
        return f"{left}. {right}" if opens and frequency(left) >= _MIN_FREQUENCY and len(left) > 3 else None
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


def _split(word: str) -> str | None:
    """A word that no dictionary has as two that every one has, one of them small: "experimentsin"."""
    if is_word(word) or is_term(word):
        return None
    best: tuple[float, str] | None = None
    for small in sorted(words("stuck")):
        for left, right in ((word.removesuffix(small), small), (small, word.removeprefix(small))):
            other = left if right == small else right
            if len(other) >= 4 and len(left) + len(right) == len(word) and frequency(other) >= _MIN_FREQUENCY + 0.5:
                found = (frequency(other) + len(small), f"{left} {right}")
                best = max(best, found) if best else found
    return best[1] if best else None


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


def doubled(reading: Reading, block: Block) -> Iterator[Fault]:
    """Words and phrases written twice running."""
    text = reading.article.text
    for match in _DOUBLED.finditer(text, block.start, block.end):
        if (match[1].lower() in words("doubled") and not match[0].isupper()) or _is_slip(match[0]):
            if match[2][0].isupper() and match[1][0].islower():
                continue  # a stray capital: see `fragments`
            if match[1] == "in" and _LATIN.match(text, match.end()):
                continue  # "in in vitro tests"
            yield Fault(match.start(), match.end(), "doubled", f"“{match[1]}” is written twice.", match[1])
    for match in _PHRASE.finditer(text, block.start, block.end):
        pair = (match[1].lower(), match[2].lower())
        if not words("reduplicated").intersection(pair) and pair[0] != pair[1] and not match[1][0].isupper():
            phrase = f"{match[1]} {match[2]}"
            yield Fault(match.start(), match.end(), "doubled", f"“{phrase}” is written twice.", phrase)


def lookalikes(reading: Reading, block: Block) -> Iterator[Fault]:
    """The letter O for a nought, and letters of another alphabet inside a word."""
    text = reading.article.text
    for match in _DIGITS.finditer(text, block.start, block.end):
        mended = match[0].replace("O", "0")
        yield Fault(match.start(), match.end(), "look-alike", "The letter O stands for a nought.", mended)
    if not _OTHER_ALPHABETS.search(text, block.start, block.end):
        return
    for match in _MIXED.finditer(text, block.start, block.end):
        mended = match[0].translate(_LOOKALIKES)
        if mended.isascii() and mended.isalpha():
            message = "Letters of another alphabet stand in this word: searches and screen readers miss it."
            yield Fault(match.start(), match.end(), "look-alike", message, mended)
