"""Garbles made by rule in the corpus articles, and how many of them the checks find. Synthetic: a regression figure.

    python corpus/synthetic.py [--show] [FOLDER]    exit status 1 where a kind falls below its floor

FOLDER holds other texts (`*.txt`, the headline first) than the corpus articles; the floors are for these alone.

Each article is spoilt once, in several places far enough apart: a surname at a later mention, a term of the vocabulary,
a lost blank between sentences, a word doubled, a journal or institution with two letters changed round, a well-known
phrase with a word swapped, a short form or a group's size with two signs changed round against the article's own.
Nothing is random. The tests hold the floors.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from annotate import annotate_text
from annotate.checks.names._index import term_words
from annotate.checks.names._lexicon import frequency, word_form
from annotate.checks.text._spinning import odd_words, phrases
from annotate.config import Settings

ARTICLES = Path(__file__).parent / "articles"
CHECKS = Settings(select=("names", "text", "numbers.inconsistent"))
FLOORS = {"person": 0.9, "term": 0.85, "glued": 0.9, "doubled": 0.9, "title": 0.6, "tortured": 0.85}
PER_KIND = 3
"""At most, for one article."""
APART = 30
"""Characters between two garbles, so that none is found by its neighbour's finding."""


@dataclass(frozen=True, slots=True)
class Garble:
    """`text[start:end]` replaced by `wrong`."""

    kind: str
    start: int
    end: int
    wrong: str


def turned(word: str) -> str:
    """A word with two letters in its middle changed round, or one doubled where they are the same."""
    at = len(word) // 2
    if word[at] == word[at - 1]:
        return word[:at] + word[at + 1 :]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def garbles(text: str) -> list[Garble]:
    """The garbles of an article, in the order of the text; where two kinds want one place, the rarer kind has it."""
    body = text.find("\n\n")
    made: list[Garble] = []
    for kind, found in (
        ("person", _people(text)), ("title", _titles(text, body)),
        ("acronym", _short_forms(text)), ("number", _sizes(text, body)), ("tortured", _tortured(text, body)),
        ("term", _terms(text, body)), ("glued", _glued(text, body)), ("doubled", _doubled(text, body)),
    ):  # fmt: skip
        free = (
            Garble(kind, *place) for place in found
            if all(place[0] > other.end + APART or place[1] + APART < other.start for other in made)
        )  # fmt: skip
        made += list(free)[:PER_KIND]
    return sorted(made, key=lambda garble: garble.start)


def _people(text: str) -> Iterator[tuple[int, int, str]]:
    for full in re.finditer(r"\b(?:Dr|Prof|Professor)\.? [A-Z][a-z]+ ([A-Z][a-z]{4,})\b", text):
        for later in re.finditer(rf"\b{full[1]}(?= (?:said|says|added|noted)\b)", text):
            if later.start() > full.end():
                yield later.start(), later.end(), turned(full[1])
                break


def _terms(text: str, body: int) -> Iterator[tuple[int, int, str]]:
    counts = Counter(re.findall(r"\b[a-z]{7,}\b", text))
    for match in re.finditer(r"\b[a-z]{7,}\b", text[body:]):
        use = term_words().get(word_form(match[0]))
        if use and set(use.kinds) & set("dsg") and counts[match[0]] > 1 and frequency(match[0]) < 4:
            counts[match[0]] = 0
            yield body + match.start(), body + match.end(), turned(match[0])


def _short_forms(text: str) -> Iterator[tuple[int, int, str]]:
    """A short form that is defined, at a later mention; one that is used twice more."""
    for short in dict.fromkeys(re.findall(r"\(([A-Z]{3,5})\)", text)):
        later = list(re.finditer(rf"\b{short}\b", text))[1:]
        if len(later) > 1 and short[1] != short[2]:
            yield later[-1].start(), later[-1].end(), short[0] + short[2] + short[1] + short[3:]


def _sizes(text: str, body: int) -> Iterator[tuple[int, int, str]]:
    """A group that was counted before, where the article names it again."""
    for match in re.finditer(r"\b(?:the|all|these|of the) (\d\d)(?= [a-z]+)(?! percent)", text[body:]):
        seen = re.search(rf"\b{match[1]}\b", text[: body + match.start()])
        if seen and match[1][1] not in (match[1][0], "0"):
            yield body + match.start(1), body + match.end(1), match[1][::-1]


def _glued(text: str, body: int) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(r"([a-z]{4,})\. (The|It|They|But|In|This) ", text[body:]):
        yield body + match.start(), body + match.end() - 1, match[1] + match[2]


def _doubled(text: str, body: int) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(r"\b(of|the|and|with|for) (?=[a-z])", text[body:]):
        yield body + match.start(), body + match.end(), f"{match[1]} {match[1]} "


def _titles(text: str, body: int) -> Iterator[tuple[int, int, str]]:
    titles = re.finditer(r"\b(?:University of |the journal |published in )(?:the )?([A-Z][a-z]{4,})\b", text[body:])
    for match in titles:
        yield body + match.start(1), body + match.end(1), turned(match[1])


def _tortured(text: str, body: int) -> Iterator[tuple[int, int, str]]:
    for number, phrase in enumerate(phrases()):
        found = re.search(rf"\b{' '.join(phrase.forms)}\b", text[body:])
        swap = _swaps().get((number, len(phrase.forms) - 1)) or _swaps().get((number, 0))
        if found and swap:
            at = 0 if (number, len(phrase.forms) - 1) not in _swaps() else -1
            words = list(phrase.forms)
            words[at] = swap
            yield body + found.start(), body + found.end(), " ".join(words)


@cache
def _swaps() -> dict[tuple[int, int], str]:
    """Place in a phrase → the first word that is an odd one there."""
    swaps: dict[tuple[int, int], str] = {}
    for word, places in sorted(odd_words().items()):
        for number, at, mark in places:
            if mark == "+":
                swaps.setdefault((number, at), word)
    return swaps


def measure(folder: Path = ARTICLES) -> tuple[Counter[str], Counter[str], list[str]]:
    """Made and found by kind in the texts of a folder, and a line for each garble missed."""
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        spoilt, places, end = "", [], 0
        for garble in garbles(text):
            spoilt += text[end : garble.start] + garble.wrong
            places.append((garble, len(spoilt) - len(garble.wrong), len(spoilt)))
            end = garble.end
        findings = annotate_text(spoilt + text[end:], CHECKS).findings
        for garble, low, high in places:
            made[garble.kind] += 1
            if any(finding.start < high and low < finding.end for finding in findings):
                found[garble.kind] += 1
            else:
                missed.append(f"{path.name}: {garble.kind} {text[garble.start : garble.end]!r} → {garble.wrong!r}")
    return made, found, missed


def main() -> int:
    """Measure, print, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="list what was missed")
    parser.add_argument("folder", nargs="?", type=Path, default=ARTICLES, help="texts to spoil (default: the corpus)")
    arguments = parser.parse_args()
    made, found, missed = measure(arguments.folder)
    below = 0
    for kind in (*FLOORS, *sorted(made.keys() - FLOORS.keys())):
        share, floor = found[kind] / made[kind] if made[kind] else 1.0, FLOORS.get(kind, 0.0)
        below += share < floor
        print(f"{kind:8} {found[kind]:3} of {made[kind]:3}  {share:.2f}  floor {floor:.2f}")
    if arguments.show:
        print("\n".join(missed))
    return int(below > 0)


if __name__ == "__main__":
    sys.exit(main())
