"""Fit the weights by which a paper is matched to an article: `models/wordlists/papers/ranking.toml`.

    python models/papers/train.py NEWS.jsonl PAPERS.jsonl

NEWS has a line an article (`title`, `text`, `date`, and the `pmid` of the paper it reports), PAPERS a line a record.
Each article is searched in four libraries: the papers as they are, with 20,000 recombined look-alikes, and both again
without the right paper, where the right answer is none; with the article's date and without. The weights maximise the
likelihood of the right answer among the candidates and "none" (a conditional logit with an L2 penalty), and are kept
to the sign that each kind of evidence must have. Prints the likelihood and the accuracy on papers held out (five
folds).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np

from annotate.article import extract
from annotate.claims import understand
from annotate.language import parse
from annotate.papers.evidence import Evidence, surplus, weigh
from annotate.papers.library import Library
from annotate.papers.records import read_records
from annotate.papers.search import CANDIDATES, query
from annotate.papers.traces import traces
from annotate.types import Page, Paper, Reading
from annotate.vocabulary import open_vocabulary

sys.path.insert(0, str(Path(__file__).parent))
from distractors import distractors

OUT = Path(__file__).parents[1] / "wordlists/papers/ranking.toml"
NAMES = tuple(item.name for item in fields(Evidence))
AGAINST = frozenset(("other_journal", "far"))
LOOK_ALIKES, PENALTY, FOLDS, STEPS, RATE = 20_000, 0.02, 5, 600, 0.05
ABSENT = 0.5
"""What an article counts whose paper is taken away, to one whose paper is there."""


@dataclass(frozen=True)
class Case:
    """An article's candidates: their evidence, the place of the right one (None: it is not there), and a group."""

    evidence: np.ndarray
    right: int | None
    pmid: str
    weight: float
    size: float


def readings(path: Path) -> Iterator[tuple[dict[str, str], Reading]]:
    """Each article of a file, read."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = f"{row['title']}\n\n{row['text']}".encode()
        article = extract(Page(row["id"], body, "text/plain", "utf-8"))
        parsed = parse(article, pipeline="en_core_web_sm", vocabulary=open_vocabulary())
        yield row, understand(article, parsed)


def cases(rows: Sequence[tuple[dict[str, str], Reading]], papers: Sequence[Paper]) -> list[Case]:
    """The articles in every library, with and without their date."""
    plain, crowded = Library(None), Library(None)
    plain.add(papers)
    crowded.add((*papers, *distractors(papers, LOOK_ALIKES)))
    found = []
    for row, reading in rows:
        for dated in (False, True):
            article = replace(reading.article, published=row["date"]) if dated else reading.article
            seen = traces(replace(reading, article=article))
            for library in (plain, crowded):
                candidates = library.search(query(seen), CANDIDATES)
                evidence = [weigh(paper, seen) for paper in candidates]
                found += _two(candidates, evidence, row["pmid"], surplus(len(library)))
    return found


def _two(candidates: Sequence[Paper], evidence: Sequence[Evidence], pmid: str, size: float) -> Iterator[Case]:
    table = np.array([astuple(item) for item in evidence]).reshape(-1, len(NAMES))
    right = next((at for at, paper in enumerate(candidates) if paper.pmid == pmid), None)
    yield Case(table, right, pmid, 1.0, size)
    if right is not None:
        yield Case(np.delete(table, right, axis=0), None, pmid, ABSENT, size)


def fit(data: Sequence[Case]) -> np.ndarray:
    """Weights for "none", the size of the library and each kind of evidence, by gradient ascent (Adam)."""
    data = [case for case in data if len(case.evidence)]
    sign = np.array([-1.0, *(-1.0 if name in AGAINST else 1.0 for name in NAMES)])
    weights = np.concatenate(([-5.0], 3.0 * sign))
    rows = np.concatenate([_rows(case) for case in data])
    starts = np.cumsum([0, *(len(case.evidence) for case in data[:-1])])
    article = np.repeat(np.arange(len(data)), [len(case.evidence) for case in data])
    counted = np.array([case.weight for case in data])[article] / sum(case.weight for case in data)
    target = np.zeros(len(rows))
    for start, case in zip(starts, data, strict=True):
        if case.right is not None:
            target[start + case.right] = 1
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = rows @ weights
        top = np.maximum(0.0, np.maximum.reduceat(scores, starts))
        each = np.exp(scores - top[article])
        shares = each / (np.exp(-top) + np.add.reduceat(each, starts))[article]
        gradient = ((target - shares) * counted) @ rows
        gradient[1:] -= PENALTY * weights[1:] / len(weights)
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        weights += RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
        weights[1:] = np.where(weights[1:] * sign < 0, 0.0, weights[1:])
    return weights


def _rows(case: Case) -> np.ndarray:
    return np.column_stack((np.ones(len(case.evidence)), np.full(len(case.evidence), case.size), case.evidence))


def _shares(scores: np.ndarray) -> np.ndarray:
    top = max(0.0, float(scores.max(initial=0.0)))
    each = np.exp(scores - top)
    return each / (np.exp(-top) + each.sum())


def judge(data: Sequence[Case], weights: np.ndarray) -> dict[str, float]:
    """Log-likelihood, and how often the answer at probability 0.5 is right, wrong or missing."""
    counts = dict.fromkeys(("right", "wrong", "none", "there", "invented", "absent"), 0)
    likelihood = 0.0
    for case in data:
        shares = _shares(_rows(case) @ weights) if len(case.evidence) else np.zeros(0)
        said = int(shares.argmax()) if len(shares) and shares.max() >= 0.5 else None
        truth = 1 - shares.sum() if case.right is None else shares[case.right]
        likelihood += float(np.log(max(truth, 1e-9)))
        if case.pmid and case.weight == 1.0:
            counts["there"] += 1
            counts["none" if said is None else "right" if said == case.right else "wrong"] += 1
        else:
            counts["absent"] += 1
            counts["invented"] += said is not None
    there, absent = counts["there"] or 1, counts["absent"] or 1
    return {
        "likelihood": likelihood / len(data), "top1": counts["right"] / there, "wrong": counts["wrong"] / there,
        "none": counts["none"] / there, "invented": counts["invented"] / absent,
    }  # fmt: skip


def main() -> None:
    """Fit, judge on papers held out, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("papers", type=Path)
    arguments = parser.parse_args()
    data = cases(list(readings(arguments.news)), list(read_records(arguments.papers)))
    report(data)
    write(fit(data))


def report(data: Sequence[Case]) -> None:
    """Print the figures on papers held out."""
    pmids = sorted({case.pmid for case in data})
    folds: list[dict[str, float]] = []
    for fold in range(FOLDS):
        held = set(pmids[fold::FOLDS])
        weights = fit([case for case in data if case.pmid not in held])
        folds.append(judge([case for case in data if case.pmid in held], weights))
    print({key: round(sum(fold[key] for fold in folds) / FOLDS, 3) for key in folds[0]})


def write(weights: np.ndarray) -> None:
    """Write the weights."""
    lines = [f"{name} = {value:.2f}" for name, value in zip(("none", "size", *NAMES), weights, strict=True)]
    head = (
        "# Weights of the evidence that an article reports a paper. Written by models/papers/train.py.\n\n[weights]\n"
    )
    OUT.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(OUT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
