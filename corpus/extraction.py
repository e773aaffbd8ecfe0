"""How well the main text of pages is found: F1 over four-word shingles, and pages a second beside the library alone.

    python corpus/extraction.py FOLDER [--rounds N] [--worst N]

FOLDER holds `ground-truth.json` ({name: {"articleBody", "url"}}) and `html/NAME.html.gz`, as the public benchmark of
article extraction does. As there, precision and recall are taken on each page and averaged, and F1 is made of the two
averages. What is scored is the body: the checked blocks but headline, standfirst and byline, which the benchmark does
not count; `with the head` is the whole text.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from annotate.article import html
from annotate.errors import NotAnArticleError
from annotate.types import Article

_WORD = re.compile(r"\w+")
_HEAD = ("headline", "standfirst", "byline")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="for the speed; the best round counts")
    parser.add_argument("--worst", type=int, default=0, help="show the pages with the lowest F1")
    args = parser.parse_args()
    truth = {
        name: item["articleBody"]
        for name, item in json.loads((args.folder / "ground-truth.json").read_text(encoding="utf-8")).items()
    }
    pages = {name: read(args.folder / "html" / f"{name}.html.gz") for name in truth}
    articles = {name: extracted(source) for name, source in pages.items()}
    for label, texts in (
        ("annotate", {name: body(article) for name, article in articles.items()}),
        ("annotate, with the head", {name: article.text if article else "" for name, article in articles.items()}),
        ("trafilatura alone", {name: library(source) for name, source in pages.items()}),
    ):
        scores = {name: score(truth[name], text) for name, text in texts.items()}
        precision, recall, f1 = overall(scores)
        print(f"{label:<24} F1 {f1:.4f}  precision {precision:.4f}  recall {recall:.4f}  ({len(truth)} pages)")
        if label == "annotate":
            for name in sorted(scores, key=lambda name: sum(scores[name]))[: args.worst]:
                print("   ", name, *(f"{value:.2f}" for value in scores[name]))
    ours, theirs = (min(timed(read_all, pages) for _ in range(args.rounds)) for read_all in (extracted, library))
    print(f"pages a second: annotate {len(pages) / ours:.1f}, trafilatura alone {len(pages) / theirs:.1f}")


def read(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8", errors="replace")


def extracted(source: str) -> Article | None:
    try:
        return html.extract("page", source)
    except NotAnArticleError:
        return None


def body(article: Article | None) -> str:
    if article is None:
        return ""
    return "\n".join(
        article.text[block.start : block.end] for block in article.blocks if block.checked and block.kind not in _HEAD
    )


def library(source: str) -> str:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.extract(source, favor_precision=True, include_comments=False) or ""


def timed(function: Callable[[str], object], pages: Mapping[str, str]) -> float:
    start = time.perf_counter()
    for source in pages.values():
        function(source)
    return time.perf_counter() - start


def shingles(text: str, length: int = 4) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[place : place + length]) for place in range(max(1, len(words) - length + 1)))


def score(truth: str, text: str) -> tuple[float, float]:
    """Precision and recall of shingles, each counted as often as it occurs."""
    wanted, found = shingles(truth), shingles(text)
    both = (wanted & found).total()
    return both / found.total(), both / wanted.total()


def overall(scores: Mapping[str, tuple[float, float]]) -> tuple[float, float, float]:
    precision = sum(value for value, _ in scores.values()) / len(scores)
    recall = sum(value for _, value in scores.values()) / len(scores)
    return precision, recall, 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    main()
