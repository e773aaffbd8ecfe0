"""Measure how papers are found, and how claims are held against them.

    python models/papers/evaluate.py find NEWS.jsonl PAPERS.jsonl     right, wrong, none; with look-alikes; missing
    python models/papers/evaluate.py ceiling NEWS.jsonl PAPERS.jsonl  look-alikes that nothing in it tells apart
    python models/papers/evaluate.py speed NEWS.jsonl PAPERS.jsonl    look-ups among 100,000 records, ms of CPU
    python models/papers/evaluate.py strength PAIRS.jsonl             macro-F1 of exaggerates, same, downplays

NEWS has `title`, `text`, `date` and the `pmid` of its paper a line; PAIRS `press_release_conclusion`,
`abstract_conclusion` and `exaggeration_label`.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from annotate import annotate_text
from annotate.config import Settings
from annotate.papers import search
from annotate.papers.library import Library
from annotate.papers.naming import named_author, named_journal, named_place, places
from annotate.papers.records import read_records
from annotate.papers.retrieval import candidates
from annotate.papers.traces import Traces, as_date, traces
from annotate.papers.words import forms
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
        for dated in (False, True):
            article = replace(reading.article, published=row["date"] if dated else None)
            seen = traces(replace(reading, article=article))
            for name, library in libraries.items():
                likely, rarity = candidates(seen, library)
                # Without the right paper others are the best, and what is far from them is another thing.
                others = [paper for paper in candidates(seen, library, far=math.inf)[0] if paper.pmid != row["pmid"]]
                for given in (True, False):
                    group = (name, given, dated)
                    ranked = search.rank(likely, seen, rarity, given=given)
                    found = search.best(ranked)
                    kind = "none" if found is None else "right" if found.pmid == row["pmid"] else "wrong"
                    counts[*group, kind] += 1
                    counts[*group, "first"] += bool(ranked) and ranked[0][0].pmid == row["pmid"]
                    invented = search.best(search.rank(others, seen, rarity, given=given))
                    counts[*group, "found though missing"] += invented is not None
    for name in libraries:
        for given in (True, False):
            for dated in (False, True):
                kinds = ("right", "wrong", "none", "first", "found though missing")
                shares = {kind: round(counts[name, given, dated, kind] / total, 3) for kind in kinds}
                print(f"{name}, as {'a file' if given else 'the local library'}{', dated' if dated else ''}: {shares}")


def ceiling(news: Path, papers: Sequence[Paper]) -> None:
    """Print how many articles have look-alikes that fit them as well as their paper does in every single thing.

    A look-alike is such a rival if its title has every word that the article shares with the paper's, and it has as
    many authors named as surely, an institution and a journal named as surely, and (dated) a date as near. Nothing in
    the article tells the two apart; whoever draws among n rivals and the paper is right once in n + 1.
    """
    rivals = list(distractors(papers, LOOK_ALIKES))
    having: dict[str, set[int]] = defaultdict(set)
    for number, rival in enumerate(rivals):
        for form in forms(rival.title):
            having[form].add(number)
    known = {paper.pmid: paper for paper in papers}
    found: dict[bool, list[int]] = {False: [], True: []}
    for row, reading in readings(news):
        right = known[row["pmid"]]
        for dated, numbers in found.items():
            article = replace(reading.article, published=row["date"] if dated else None)
            seen = traces(replace(reading, article=article))
            shared = [having[form] for form in forms(right.title) if form in seen.chances]
            alike = set.intersection(*shared) if shared else set(range(len(rivals)))
            numbers.append(sum(_as_good(rivals[number], right, seen) for number in alike))
    for dated, numbers in found.items():
        share = statistics.mean(1 / (1 + number) for number in numbers)
        said = (
            f"{sum(map(bool, numbers))} of {len(numbers)} articles have a rival as good; drawn among, {share:.3f} right"
        )
        print(f"{said}{', dated' * dated}")


def _as_good(rival: Paper, right: Paper, seen: Traces) -> bool:
    """Whether a paper fits an article at least as well as another in all that they are compared by, but the title."""
    rivals, rights = (
        sorted((named_author(author, seen) for author in paper.authors), reverse=True) for paper in (rival, right)
    )
    people = all(one >= other for one, other in zip_longest(rivals, rights, fillvalue=0.0))
    place, other_place = (
        max((named_place(words, seen) for words in places(paper.affiliations)), default=0.0) for paper in (rival, right)
    )
    (journal, wrong), (other_journal, other_wrong) = named_journal(rival, seen), named_journal(right, seen)
    one, other = as_date(rival.published), as_date(right.published)
    said = seen.published
    near = said is None or one is None or other is None or abs(said - one) <= abs(said - other)
    return people and place >= other_place and journal >= other_journal and wrong <= other_wrong and near


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
    papers, rarity = candidates(seen, library)
    search.rank(papers, seen, rarity)
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
    parser.add_argument("what", choices=("find", "ceiling", "speed", "strength"))
    parser.add_argument("data", type=Path)
    parser.add_argument("papers", type=Path, nargs="?")
    arguments = parser.parse_args()
    if arguments.what == "strength":
        strength(arguments.data)
        return
    if arguments.papers is None:
        parser.error("name the file of papers too")
    measures = {"find": find, "ceiling": ceiling, "speed": speed}
    measures[arguments.what](arguments.data, list(read_records(arguments.papers)))


if __name__ == "__main__":
    main()
