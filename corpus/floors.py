"""The floors under the scores: read, compare, raise; lowered only for a recorded reason.

`floors.toml` holds, for each check, family, 'disclosures' and 'study', the least value of each metric; the digest of
the corpus that they were measured on; every lowering with its reason; and a seal, the digest of all that. A file that
was edited by hand no longer fits its seal and is refused, so a floor cannot be lowered without a trace.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import math
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEADER = """\
# The figures that may not fall. Written by `python corpus/score.py --update`; an edit by hand breaks the seal.
# To lower one: python corpus/score.py --update --lower "why"
"""
STEPS = 100
"""Floors have two decimals."""


class FloorsError(Exception):
    """The floors cannot be read, or were edited by hand."""


@dataclass(frozen=True, slots=True)
class Floors:
    """Floors by name and metric, the corpus they were measured on, and each time that one was lowered."""

    floors: Mapping[str, Mapping[str, float]]
    corpus: str = ""
    lowered: tuple[Mapping[str, Any], ...] = ()

    @property
    def seal(self) -> str:
        """A digest of all of it."""
        whole = json.dumps([self.floors, self.corpus, self.lowered], sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


def corpus_digest(corpus: Path) -> str:
    """A digest of the articles and golds."""
    digest = hashlib.sha256()
    for path in sorted([*(corpus / "articles").iterdir(), *(corpus / "gold").iterdir()]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def load(path: Path) -> Floors:
    """The floors of a file; none where there is no file. Raises FloorsError."""
    if not path.exists():
        return Floors({})
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FloorsError(f"{path}: cannot be read: {error}") from None
    held = Floors(table.get("floors", {}), table.get("corpus", ""), tuple(table.get("lowered", ())))
    if table.get("seal") != held.seal:
        raise FloorsError(
            f"{path}: does not fit its seal, so it was edited by hand; restore it and use "
            "`python corpus/score.py --update`, with --lower REASON where a floor has to come down"
        )
    return held


def dump(held: Floors) -> str:
    """The file's text."""
    lines = [HEADER, f"seal = {_text(held.seal)}", f"corpus = {_text(held.corpus)}", ""]
    for name, metrics in sorted(held.floors.items()):
        lines += [f"[floors.{_text(name)}]", *(f"{metric} = {value}" for metric, value in sorted(metrics.items())), ""]
    for entry in held.lowered:
        values = (f"{key} = {_text(value) if isinstance(value, str) else value}" for key, value in entry.items())
        lines += ["[[lowered]]", *values, ""]
    return "\n".join(lines)


def _text(value: str) -> str:
    # A JSON string without control characters is a TOML basic string.
    return json.dumps(" ".join(value.split()), ensure_ascii=False)


def compare(held: Floors, figures: Mapping[str, Mapping[str, float]]) -> tuple[list[str], list[str]]:
    """The floors that are broken, told in words, and the names of those that nothing was measured for."""
    broken, skipped = [], []
    for name, metrics in sorted(held.floors.items()):
        if name not in figures:
            skipped.append(name)
            continue
        for metric, floor in sorted(metrics.items()):
            value = figures[name].get(metric)
            # Without findings there is no precision to judge; recall tells of it.
            if value is not None and rounded(value) < floor:
                broken.append(f"{name} {metric} {value:.3f}, floor {floor}")
    return broken, skipped


def raised(
    held: Floors, figures: Mapping[str, Mapping[str, float]], corpus: str, *, reason: str | None = None
) -> tuple[Floors, list[str]]:
    """The floors after a measurement, and those it would lower for no given reason (then nothing changes)."""
    floors = {name: dict(metrics) for name, metrics in held.floors.items()}
    lowered, refused = list(held.lowered), []
    for name, metrics in sorted(figures.items()):
        for metric, value in sorted(metrics.items()):
            new, old = rounded(value), floors.get(name, {}).get(metric)
            if old is not None and new < old:
                if reason is None:
                    refused.append(f"{name} {metric} from {old} to {new}")
                    continue
                today = datetime.date.today().isoformat()
                entry = {"floor": f"{name} {metric}", "from": old, "to": new, "reason": " ".join(reason.split())}
                lowered.append({**entry, "on": today})
            floors.setdefault(name, {})[metric] = new
    return (held if refused else Floors(floors, corpus, tuple(lowered))), refused


def rounded(value: float) -> float:
    """A figure rounded down to the digits that floors have."""
    return math.floor(value * STEPS + 1e-9) / STEPS
