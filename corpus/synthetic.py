"""Garbles made by rule from the corpus articles, and how many of them the checks find. Synthetic: a regression figure.

    python corpus/synthetic.py [--show]      exit status 1 where a kind falls below its floor

Each garble changes one place of one article: a surname at a later mention, a term of the vocabulary, a lost blank
between sentences, a word doubled, a journal or institution with two letters changed round. Nothing is random.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from annotate import annotate_text
from annotate.checks.names._index import term_words
from annotate.checks.names._lexicon import frequency, word_form
from annotate.config import Settings

ARTICLES = Path(__file__).parent / "articles"
CHECKS = Settings(select=("names", "text", "numbers.inconsistent"))
FLOORS = {"person": 0.8, "term": 0.6, "glued": 0.9, "doubled": 0.9, "title": 0.6}
PER_KIND = 4
"""At most, for one article."""


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


def garbles(text: str) -> Iterator[Garble]:
    """The garbles of an article, in the order of the text for each kind."""
    body = text.find("\n\n")
    for kind, found in (
        ("person", _people(text)), ("term", _terms(text, body)), ("glued", _glued(text, body)),
        ("doubled", _doubled(text, body)), ("title", _titles(text, body)),
    ):  # fmt: skip
        yield from (Garble(kind, *place) for place in list(found)[:PER_KIND])


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


def measure() -> tuple[Counter[str], Counter[str], list[str]]:
    """Made and found by kind, and a line for each garble missed."""
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: list[str] = []
    for path in sorted(ARTICLES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for garble in garbles(text):
            spoilt = text[: garble.start] + garble.wrong + text[garble.end :]
            end = garble.start + len(garble.wrong)
            made[garble.kind] += 1
            if any(f.start < end and garble.start < f.end for f in annotate_text(spoilt, CHECKS).findings):
                found[garble.kind] += 1
            else:
                missed.append(f"{path.name}: {garble.kind} {text[garble.start : garble.end]!r} → {garble.wrong!r}")
    return made, found, missed


def main() -> int:
    """Measure, print, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="list what was missed")
    show = parser.parse_args().show
    made, found, missed = measure()
    below = 0
    for kind, floor in FLOORS.items():
        share = found[kind] / made[kind] if made[kind] else 1.0
        below += share < floor
        print(f"{kind:8} {found[kind]:3} of {made[kind]:3}  {share:.2f}  floor {floor:.2f}")
    if show:
        print("\n".join(missed))
    return int(below > 0)


if __name__ == "__main__":
    sys.exit(main())
