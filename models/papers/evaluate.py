"""Measure how papers are found, and how claims are held against them.

    python models/papers/evaluate.py find NEWS.jsonl PAPERS.jsonl     right, wrong, none; with look-alikes; missing
    python models/papers/evaluate.py speed NEWS.jsonl PAPERS.jsonl    look-ups among 100,000 records, ms of CPU
    python models/papers/evaluate.py strength PAIRS.jsonl             macro-F1 of exaggerates, same, downplays

NEWS has `title`, `text`, `date` and the `pmid` of its paper a line; PAIRS `press_release_conclusion`,
`abstract_conclusion` and `exaggeration_label`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from annotate import annotate_text
from annotate.config import Settings
from annotate.papers import search
from annotate.papers.library import Library
from annotate.papers.records import read_records
from annotate.papers.traces import Traces, traces
from annotate.types import Paper

sys.path.insert(0, str(Path(__file__).parent))
from distractors import distractors
from train import LOOK_ALIKES, readings

SPEED_RECORDS = 100_000
ROUNDS = 3


def find(news: Path, papers: Sequence[Paper]) -> None:
    """Print the shares of articles whose paper is right, wrong or none, in each library, and where it is taken away."""
    plain, crowded = Library(None), Library(None)
    plain.add(papers)
    crowded.add((*papers, *distractors(papers, LOOK_ALIKES)))
    libraries = {"papers": plain, f"papers and {LOOK_ALIKES:,} look-alikes": crowded}
    counts: Counter[tuple[str, bool, bool, str]] = Counter()
    total = 0
    for row, reading in readings(news):
        total += 1
        for name, library in libraries.items():
            candidates = library.search(search.query(traces(reading)), search.CANDIDATES)
            others = [paper for paper in candidates if paper.pmid != row["pmid"]]
            for dated in (False, True):
                article = replace(reading.article, published=row["date"] if dated else None)
                seen = traces(replace(reading, article=article))
                for given in (True, False):
                    found = _found(candidates, seen, len(library), given=given)
                    kind = "none" if found is None else "right" if found.pmid == row["pmid"] else "wrong"
                    counts[name, given, dated, kind] += 1
                    invented = _found(others, seen, len(library), given=given) is not None
                    counts[name, given, dated, "found though missing"] += invented
    for name in libraries:
        for given in (True, False):
            for dated in (False, True):
                kinds = ("right", "wrong", "none", "found though missing")
                shares = {kind: round(counts[name, given, dated, kind] / total, 3) for kind in kinds}
                print(f"{name}, as {'a file' if given else 'the local library'}{', dated' if dated else ''}: {shares}")


def _found(candidates: list[Paper], seen: Traces, size: int, *, given: bool) -> Paper | None:
    return search.best(search.rank(candidates, seen, size=size, given=given), given=given)


def speed(news: Path, papers: Sequence[Paper]) -> None:
    """Print the CPU time of a look-up (search and ranking), the best of some rounds for each article."""
    seen = [traces(reading) for _, reading in readings(news)]
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder, "papers.sqlite"), create=True)
        library.add((*papers, *distractors(papers, SPEED_RECORDS - len(papers))))
        times = [min(_timed(library, item) for _ in range(ROUNDS)) for item in seen]
        library.close()
    middle, high = statistics.median(times), sorted(times)[int(0.95 * len(times))]
    print(f"look-up among {SPEED_RECORDS:,} records: median {middle:.1f} ms, 95 % under {high:.1f} ms")


def _timed(library: Library, seen: Traces) -> float:
    begun = time.process_time()
    search.rank(library.search(search.query(seen), search.CANDIDATES), seen, size=SPEED_RECORDS)
    return 1000 * (time.process_time() - begun)


def strength(pairs: Path) -> None:
    """Print how well the comparison of `paper.strength` agrees with labelled pairs of conclusions."""
    gold, found, flagged = [], [], []
    for line in pairs.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        paper = Paper(title="The study", doi="10.5555/pair", abstract=row["abstract_conclusion"])
        text = f"{row['press_release_conclusion']}\n\nThe study is at doi:10.5555/pair."
        report = annotate_text(text, Settings(select=("paper.strength",)), papers=(paper,))
        told, concluded = report.reading.told, report.reading.paper.strength if report.reading.paper else None
        more = (told.strength if told else 0) - (concluded or 0)
        gold.append(row["exaggeration_label"])
        found.append("exaggerates" if more > 0 else "downplays" if more < 0 else "same")
        flagged.append(bool(report.findings))
    scores = {}
    for label in sorted({*gold, *found}):
        both = sum(one == other == label for one, other in zip(gold, found, strict=True))
        scores[label] = 2 * both / (gold.count(label) + found.count(label))
    print(f"macro-F1 {sum(scores.values()) / len(scores):.3f} of {len(gold)} pairs:", scores)
    right = sum(flag and label == "exaggerates" for flag, label in zip(flagged, gold, strict=True))
    print(f"findings: {sum(flagged)}, right {right}; exaggerating pairs: {gold.count('exaggerates')}")


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("find", "speed", "strength"))
    parser.add_argument("data", type=Path)
    parser.add_argument("papers", type=Path, nargs="?")
    arguments = parser.parse_args()
    if arguments.what == "strength":
        strength(arguments.data)
        return
    if arguments.papers is None:
        parser.error("name the file of papers too")
    measure = find if arguments.what == "find" else speed
    measure(arguments.data, list(read_records(arguments.papers)))


if __name__ == "__main__":
    main()
