"""Fit the weights by which a paper is matched to an article: `models/wordlists/papers/ranking.toml`.

    python models/papers/train.py NEWS.jsonl PAPERS.jsonl

NEWS has a line an article (`title`, `text`, `date`, and the `pmid` of the paper it reports), PAPERS a line a record.

`[title]` (a logistic regression over the words of the articles) and `[related]` say how likely the title of the paper
has a word of the article. `[weights]`: each article is searched in four libraries: the papers as they are, with 20,000
recombined look-alikes, and both again without the right paper, where the right answer is none; with the article's date
and without. The weights maximise the likelihood of the right answer among the candidates and "none" (a conditional
logit with an L2 penalty), and are kept to the sign that each kind of evidence must have. Prints the accuracy on papers
held out (five folds; the weights of titles are fitted once, on all).
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np

from annotate import artefacts
from annotate.article import extract
from annotate.claims import understand
from annotate.language import parse
from annotate.papers import evidence
from annotate.papers import traces as trace
from annotate.papers.evidence import AGAINST, Evidence, weigh
from annotate.papers.library import Library
from annotate.papers.records import read_records
from annotate.papers.retrieval import candidates
from annotate.papers.search import GIVEN, MIN_PROBABILITY
from annotate.papers.words import forms, related, split, subject, weight
from annotate.types import Page, Paper, Reading
from annotate.vocabulary import open_vocabulary

sys.path.insert(0, str(Path(__file__).parent))
from distractors import distractors

OUT = Path(__file__).parents[1] / "wordlists/papers/ranking.toml"
TITLE = ("one", "weight", "often", "weight_often", "headline", "lead", "longer", "other")
NAMES = tuple(item.name for item in fields(Evidence))
LOOK_ALIKES, PENALTY, FOLDS, STEPS, RATE = 20_000, 0.002, 5, 600, 0.05
ABSENT = 0.5
"""What an article counts whose paper is taken away, to one whose paper is there."""


@dataclass(frozen=True)
class Case:
    """An article's candidates: their evidence, the place of the right one (None: it is not there), and a group."""

    evidence: np.ndarray
    right: int | None
    pmid: str
    absent: bool
    crowd: float
    dated: bool


def readings(path: Path) -> Iterator[tuple[dict[str, str], Reading]]:
    """Each article of a file, read."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = f"{row['title']}\n\n{row['text']}".encode()
        article = extract(Page(row["id"], body, "text/plain", "utf-8"))
        parsed = parse(article, pipeline="en_core_web_sm", vocabulary=open_vocabulary())
        yield row, understand(article, parsed)


# ── the words of titles ───────────────────────────────────────────────────────────────────────────────────────────


def fit_titles(rows: Sequence[tuple[dict[str, str], Reading]], papers: dict[str, Paper]) -> tuple[np.ndarray, float]:
    """The weights of `[title]`, and what a related word has of the chance of the article's own."""
    known, hits = [], []
    for row, reading in rows:
        title = set(forms(papers[row["pmid"]].title))
        for form, values in _words(reading):
            known.append((1.0, *values))
            hits.append(form in title)
    table, target = np.array(known), np.array(hits, dtype=float)
    weights = np.zeros(table.shape[1])
    for _ in range(40):  # Newton's method
        chances = 1 / (1 + np.exp(-table @ weights))
        curvature = (table * (chances * (1 - chances))[:, None]).T @ table + 1e-3 * np.eye(len(weights))
        weights += np.linalg.solve(curvature, table.T @ (target - chances))
    return weights, _share(rows, papers, weights)


def _words(reading: Reading) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Each stem of an article, its own or of another name of a concept, with what is known of it."""
    seen = trace.traces(reading)
    headline = reading.article.blocks[0]
    first = set(forms(reading.article.text[headline.start : headline.end]))
    times = Counter(form for token in seen.tokens if (form := subject(token.form)) is not None)
    weights: dict[str, float] = {}
    for word in split(reading.article.text):
        if (form := subject(word)) is not None:
            weights[form] = max(weights.get(form, 0.0), weight(word.lower()))
    length = len(seen.tokens)
    for form, value in weights.items():
        marks = {"headline": form in first, "lead": form in seen.lead}
        yield form, trace.features(value, times[form], length, **marks, other=False)
    for form, (value, count) in trace.other_names(reading).items():
        if form not in weights:
            yield form, trace.features(value, count, length, headline=False, lead=False, other=True)


def _share(rows: Sequence[tuple[dict[str, str], Reading]], papers: dict[str, Paper], weights: np.ndarray) -> float:
    """How often the title has a word related to one of the article, to the chance of that one."""
    hits = expected = 0.0
    for row, reading in rows:
        title = set(forms(papers[row["pmid"]].title))
        own = {form: 1 / (1 + np.exp(-float(np.dot(weights, (1.0, *values))))) for form, values in _words(reading)}
        relatives: dict[str, float] = {}
        for form, chance in own.items():
            for relative in related(form) - own.keys():
                relatives[relative] = max(relatives.get(relative, 0.0), chance)
        hits += sum(relative in title for relative in relatives)
        expected += sum(relatives.values())
    return float(hits / expected)


# ── the papers ────────────────────────────────────────────────────────────────────────────────────────────────────


def cases(rows: Sequence[tuple[dict[str, str], Reading]], papers: Sequence[Paper]) -> list[Case]:
    """The articles in every library, with and without their date."""
    plain, crowded = Library(None), Library(None)
    plain.add(papers)
    crowded.add((*papers, *distractors(papers, LOOK_ALIKES)))
    found = []
    for row, reading in rows:
        for dated in (False, True):
            article = replace(reading.article, published=row["date"]) if dated else reading.article
            seen = trace.traces(replace(reading, article=article))
            for library in (plain, crowded):
                likely, rarity = candidates(seen, library, far=math.inf)
                table = np.array([astuple(weigh(paper, seen, rarity)) for paper in likely], dtype=float)
                table = table.reshape(-1, len(NAMES))
                right = next((at for at, paper in enumerate(likely) if paper.pmid == row["pmid"]), None)
                crowd = rarity.crowd()
                found.append(Case(table, right, row["pmid"], absent=False, crowd=crowd, dated=dated))
                others = np.delete(table, right, axis=0) if right is not None else table
                found.append(Case(others, None, row["pmid"], absent=True, crowd=crowd, dated=dated))
    return found


def fit(data: Sequence[Case]) -> np.ndarray:
    """Weights for "none", the crowd of the library and each kind of evidence, by gradient ascent (Adam)."""
    data = [case for case in data if len(case.evidence)]
    sign = np.array([-1.0, *(-1.0 if name in AGAINST else 1.0 for name in NAMES)])
    rows = np.concatenate([_rows(case) for case in data])
    scale = np.sqrt((rows**2).mean(axis=0))
    rows = rows / scale
    weights = np.zeros(rows.shape[1])
    starts = np.cumsum([0, *(len(case.evidence) for case in data[:-1])])
    article = np.repeat(np.arange(len(data)), [len(case.evidence) for case in data])
    each_case = np.array([ABSENT if case.absent else 1.0 for case in data])
    counted = (each_case / each_case.sum())[article]
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
    return np.asarray(weights / scale)


def _rows(case: Case) -> np.ndarray:
    return np.column_stack((np.ones(len(case.evidence)), np.full(len(case.evidence), case.crowd), case.evidence))


def _shares(scores: np.ndarray) -> np.ndarray:
    top = max(0.0, float(scores.max(initial=0.0)))
    each = np.exp(scores - top)
    return np.asarray(each / (np.exp(-top) + each.sum()))


def report(data: Sequence[Case]) -> None:
    """Print how often the answer on papers held out is right, wrong, or invented where the paper is taken away."""
    pmids = sorted({case.pmid for case in data})
    counts: Counter[tuple[bool, bool, bool, str]] = Counter()
    for fold in range(FOLDS):
        held = set(pmids[fold::FOLDS])
        weights = fit([case for case in data if case.pmid not in held])
        for case in (case for case in data if case.pmid in held):
            for given in (True, False):
                group = (case.crowd > 1, given, case.dated)
                counts[*group, _judged(case, weights, GIVEN if given else 0.0)] += 1
    for crowded in (False, True):
        for given in (True, False):
            for dated in (False, True):
                group = (crowded, given, dated)
                there = sum(counts[*group, kind] for kind in ("right", "wrong", "none"))
                shares = {
                    kind: round(counts[*group, kind] / there, 3) for kind in ("right", "wrong", "none", "invented")
                }
                library = f"papers{f' and {LOOK_ALIKES:,} look-alikes' if crowded else ''}"
                print(f"held out: {library}, as {'a file' if given else 'the library'}{', dated' * dated}: {shares}")


def _judged(case: Case, weights: np.ndarray, bonus: float) -> str:
    shares = _shares(_rows(case) @ weights + bonus) if len(case.evidence) else np.zeros(0)
    said = int(shares.argmax()) if len(shares) and shares.max() >= MIN_PROBABILITY else None
    if case.absent:
        return "rightly none" if said is None else "invented"
    return "none" if said is None else "right" if said == case.right else "wrong"


def main() -> None:
    """Fit, judge on papers held out, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("papers", type=Path)
    arguments = parser.parse_args()
    rows, papers = list(readings(arguments.news)), list(read_records(arguments.papers))
    title, share = fit_titles(rows, {paper.pmid or "": paper for paper in papers})
    write(title, share, np.array(list(evidence.weights().values())))  # by those of the last time candidates are found
    data = cases(rows, papers)
    report(data)
    write(title, share, fit(data))
    print(OUT.read_text(encoding="utf-8"))


def write(title: np.ndarray, share: float, weights: np.ndarray) -> None:
    """Write the weights, and let the program read them anew."""
    parts = {
        "title": ("How likely the title of the paper has a word of the article (logistic).", TITLE, title),
        "related": ("What a related word has of that chance.", ("share",), [share]),
        "weights": ("What each kind of evidence says for a paper.", ("none", "crowd", *NAMES), weights),
    }
    lines = ["# Weights by which a paper is matched to an article. Written by models/papers/train.py."]
    for name, (said, keys, values) in parts.items():
        lines += ["", f"# {said}", f"[{name}]"]
        lines += [f"{key} = {value:.3f}" for key, value in zip(keys, values, strict=True)]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    artefacts.wordlist.cache_clear()
    trace._title_weights.cache_clear()
    trace._related_share.cache_clear()
    evidence.weights.cache_clear()
    evidence._ordered_weights.cache_clear()


if __name__ == "__main__":
    main()
