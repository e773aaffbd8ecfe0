"""Score the claim-strength model: `evaluate.py FILE.jsonl [--without TRAIN.jsonl]`.

For rows {"text", "label", "genre"}: macro-F1 over the four strengths, of all rows and of each genre, once with the
genre given, once as the program runs (a headline or not). For pairs {"press_release_conclusion",
"abstract_conclusion", "exaggeration_label"}: macro-F1 of exaggerates, same and downplays by difference of strengths.
`--without` leaves out the studies that another file has.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from annotate.strength import probabilities, strengths

GENRES = ("press_release-main", "abstract-conclusion")
"""How the two texts of a pair are read."""


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--without", type=Path)
    options = parser.parse_args()
    rows = read(options.file)
    if options.without:
        known = {study(row) for row in read(options.without)}
        rows = [row for row in rows if study(row) not in known]
    if "exaggeration_label" in rows[0]:
        exaggeration(rows)
    else:
        sentences(rows)


def sentences(rows: list[dict[str, Any]]) -> None:
    """Strength of sentences, by genre."""
    gold = [row["label"] for row in rows]
    given = [strongest(row["text"], row["genre"]) for row in rows]
    titles = [row["genre"].endswith("title") for row in rows]
    told = [strength for strength, _ in strengths([row["text"] for row in rows], headline=titles)]
    print(f"{'macro-F1':<24}{'rows':>6}{'genre given':>13}{'as it runs':>12}")
    for genre in ("all", *sorted({row["genre"] for row in rows})):
        chosen = [number for number, row in enumerate(rows) if genre in ("all", row["genre"])]
        scores = [macro_f1([gold[n] for n in chosen], [found[n] for n in chosen]) for found in (given, told)]
        print(f"{genre:<24}{len(chosen):>6}{scores[0]:>13.3f}{scores[1]:>12.3f}")


def exaggeration(rows: list[dict[str, Any]]) -> None:
    """Press release against abstract, by the sign of the difference of their strengths."""
    names = {-1: "downplays", 0: "same", 1: "exaggerates"}
    found = []
    for row in rows:
        release = strongest(row["press_release_conclusion"], GENRES[0])
        abstract = strongest(row["abstract_conclusion"], GENRES[1])
        found.append(names[(release > abstract) - (release < abstract)])
    gold = [row["exaggeration_label"] for row in rows]
    print(f"exaggeration macro-F1 {macro_f1(gold, found):.3f} ({len(rows)} pairs)")


def strongest(text: str, genre: str) -> int:
    """The likeliest strength of a sentence of a given genre."""
    row = probabilities(text, genre)
    return max(range(len(row)), key=row.__getitem__)


def macro_f1(gold: Sequence[object], found: Sequence[object]) -> float:
    """The mean F1 of the classes that occur in either."""
    scores = []
    for label in sorted({*gold, *found}, key=str):
        both = sum(g == f == label for g, f in zip(gold, found, strict=True))
        scores.append(2 * both / (gold.count(label) + found.count(label)))
    return sum(scores) / len(scores)


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def study(row: dict[str, Any]) -> str:
    """The study that a row belongs to; the sets name the same studies with different prefixes."""
    name = str(row.get("original_file_id") or row["ref"])
    for prefix in ("before_after_data-", "trial_data-"):
        name = name.removeprefix(prefix)
    return name


if __name__ == "__main__":
    main()
