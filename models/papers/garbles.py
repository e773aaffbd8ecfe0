"""Corrupt one author's name in each of many articles by rule, and count how often `paper.person` finds and mends it.

    python models/papers/garbles.py NEWS.jsonl PAPERS.jsonl [--articles 200]

The garbled articles are synthetic: a surname of five letters or more, once, where the article names an author of its
paper, gets one of six faults in turn (a letter lost, doubled, or exchanged with its neighbour; a vowel for another; a
respelling by sound; the ending changed). Prints the share found, the share of those whose suggestion is the surname,
and the false findings of the family `paper` on the articles as they are.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from annotate import annotate_text
from annotate.config import Settings
from annotate.papers.records import read_records
from annotate.papers.words import fold, name_parts
from annotate.types import Paper

_RESPELT = (
    ("ph", "f"), ("ck", "k"), ("sch", "sh"), ("ie", "ee"), ("ei", "ai"), ("tt", "t"), ("ll", "l"), ("ss", "s"),
    ("nn", "n"), ("mm", "m"), ("y", "i"), ("c", "k"), ("s", "z"), ("v", "w"), ("i", "y"), ("k", "c"), ("e", "a"),
)  # fmt: skip


def lost(name: str) -> str:
    """Without its third letter."""
    return name[:2] + name[3:]


def doubled(name: str) -> str:
    """With its third letter twice."""
    return name[:3] + name[2:]


def exchanged(name: str) -> str:
    """With its third and fourth letters exchanged."""
    return name[:2] + name[3] + name[2] + name[4:]


def vowel(name: str) -> str:
    """With another vowel for its first small one."""
    return re.sub(r"(?<=.)[aeiou]", lambda match: "aeiou"["aeiou".index(match[0]) - 1], name, count=1)


def respelt(name: str) -> str:
    """As it might be written by ear."""
    for old, new in _RESPELT:
        if old in name[1:]:
            return name[0] + name[1:].replace(old, new, 1)
    return doubled(name)


def ended(name: str) -> str:
    """With another ending."""
    return name[:-1] + ("e" if name[-1] != "e" else "a")


RULES: tuple[Callable[[str], str], ...] = (lost, doubled, exchanged, vowel, respelt, ended)


def mentions(text: str, paper: Paper) -> Iterator[tuple[int, int, str]]:
    """Where the article names an author by a surname of five letters or more, in full or after a title."""
    for author in paper.authors:
        given, _ = name_parts(author)
        surname = author.split()[-1]
        if len(surname) < 5 or not surname.isalpha() or not given:
            continue
        for match in re.finditer(rf"(?<=\s){re.escape(surname)}\b", text):
            before = text[: match.start()].split()[-1]
            if fold(before) in {*given, "dr", "prof", "professor"}:
                yield match.start(), match.end(), surname


def main() -> None:
    """Garble, check, count."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    arguments = parser.parse_args()
    papers = {paper.pmid: paper for paper in read_records(arguments.papers)}
    settings = Settings(papers=str(arguments.papers), select=("paper",))
    tally: Counter[str] = Counter()
    false: list[str] = []
    rows = [json.loads(line) for line in arguments.news.read_text(encoding="utf-8").splitlines()]
    for number, row in enumerate(rows):
        text = f"{row['title']}\n\n{row['text']}"
        findings = annotate_text(text, settings).findings
        tally["articles"] += 1
        false += [f"{row['id']} {item.check} “{text[item.start : item.end]}” {item.message}" for item in findings]
        places = list(mentions(text, papers[row["pmid"]]))
        if not places or tally["garbled"] >= arguments.articles:
            continue
        start, end, surname = places[number % len(places)]
        garbled = RULES[number % len(RULES)](surname)
        if garbled == surname:
            continue
        tally["garbled"] += 1
        changed = text[:start] + garbled + text[end:]
        found = [
            item
            for item in annotate_text(changed, settings).findings
            if item.check == "paper.person" and item.start < start + len(garbled) and start < item.end
        ]
        tally["found"] += bool(found)
        tally["mended"] += any(item.suggestion and item.suggestion.replacement.endswith(surname) for item in found)
        if not found:
            print("missed", row["id"], surname, garbled)
    print(f"garbled {tally['garbled']}, found {tally['found'] / tally['garbled']:.3f}, ", end="")
    print(f"right suggestion {tally['mended'] / max(tally['found'], 1):.3f} of those found")
    print(f"false findings: {len(false)} in {tally['articles']} articles as they are", *false, sep="\n  ")


if __name__ == "__main__":
    main()
