"""Small articles written for these tests, and an audit of them made once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from annotate.config import Settings
from annotate.faces.audit import plan
from annotate.faces.audit.plan import Job
from annotate.faces.audit.run import finish, make_plan
from annotate.faces.audit.work import check_shard

FAST = Settings(select=("wording", "caveats"), papers="off")
DISEASES = ("gout", "asthma", "lupus", "migraine", "eczema", "psoriasis", "glaucoma", "hepatitis")
OUTLETS = ("The Fenland Post", "Harbour Times", "Daily Kestrel")
VERBS = ("cured", "helped", "eased", "did nothing for")


def article(number: int) -> dict[str, str]:
    """A health story in miniature; every fourth claims a cure."""
    disease, verb = DISEASES[number % len(DISEASES)], VERBS[number % len(VERBS)]
    patients = 12 + 7 * number
    text = (
        f"The new tablet {verb} {disease} in all patients who took it, doctors in ward {number} said.\n\n"
        f"The trial had {patients} patients, half of whom took a placebo for {2 + number} weeks. "
        f"Of those on the drug {number + 3} reported headaches, and the health service has not set a price for it."
    )
    return {
        "url": f"https://example.org/{number}", "title": f"Tablet {number} for {disease} tested in patients",
        "text": text, "outlet": OUTLETS[number % len(OUTLETS)], "published": f"2026-{1 + number % 3:02d}-11",
    }  # fmt: skip


FOOTBALL = {
    "url": "https://example.org/football",
    "title": "Late goal settles the derby",
    "text": "The visitors scored twice after the break and the crowd went home early. The manager praised his "
    "midfield, said the pitch had been slow, and named the same eleven for Saturday's match in the north. " * 3,
    "outlet": "Harbour Times",
}
GERMAN = {
    "url": "https://example.org/german",
    "text": "Der Arzt sagte, dass die neue Behandlung den Patienten nach einem Jahr nicht geholfen hat, obwohl "
    "alle das gehofft hatten und die Studie mit großen Erwartungen begonnen worden war.",
}


def write_lines(path: Path, rows: Sequence[object]) -> Path:
    """JSONL with these rows; a string stands as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def audit(inputs: Sequence[Path], folder: Path, *, most: int = 4, job: Job | None = None) -> Path:
    """An audit made in this process."""
    job = job or Job(FAST, shard_size=most)
    make_plan([str(path) for path in inputs], folder, job)
    for shard in plan.read(folder):
        check_shard(shard, job, folder)
    finish(folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of an audit's tables, by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen stories, one of them in three outlets, and three that are none."""
    rows: list[object] = [article(number) for number in range(12)]
    copied = {**article(3), "url": "https://example.net/copy", "outlet": "Daily Kestrel", "published": "2026-05-01"}
    again = {**copied, "url": "https://example.com/copy", "outlet": "Harbour Times"}
    again["text"] += " It was first told elsewhere."
    rows += [copied, again, FOOTBALL, GERMAN, "{not json", '{"title": "nothing else"}']
    return write_lines(tmp_path_factory.mktemp("news") / "news.jsonl", rows)


@pytest.fixture(scope="session")
def done(news: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an audit of `news`."""
    return audit([news], tmp_path_factory.mktemp("audits") / "first")
