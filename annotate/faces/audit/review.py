"""How often findings are right: a sample of each check, judged by a person, and the precision that follows.

`review/sample.csv` has a line a finding, to be judged in its column `right` (y or n); `review/sample.html` is the same
in the browser, and saves the CSV. The sample is drawn by the digest of each finding: the same audit, the same sample.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

from annotate.errors import AnnotateError
from annotate.faces.audit.figures import Group
from annotate.faces.audit.run import open_tables
from annotate.faces.audit.storage import write_whole
from annotate.faces.intervals import share

COLUMNS = ("finding", "check", "severity", "before", "quote", "after", "message", "title", "reference", "right", "note")
RIGHT, WRONG = frozenset(("y", "yes", "1", "right", "true")), frozenset(("n", "no", "0", "wrong", "false"))


def draw(folder: Path, *, per_check: int = 20) -> tuple[Path, int]:
    """Write the sample, marks made before kept; returns its CSV and the number of findings.

    Each check gives up to `per_check` findings, from as many stories as there are.
    """
    rows = _sample(folder, per_check)
    if not rows:
        raise AnnotateError(f"{folder}: this audit has no findings to review")
    marks = {row["finding"]: row for row in _marked(folder)}
    drawn = {row["finding"] for row in rows}
    for row in rows:
        row.update({key: marks.get(row["finding"], {}).get(key, "") for key in ("right", "note")})
    rows += [row for name, row in marks.items() if name not in drawn and row.get("right")]
    path = folder / "review" / "sample.csv"
    write_whole(path, [_as_csv(rows).encode("utf-8-sig")])
    write_whole(path.with_suffix(".html"), [_as_page(folder, rows).encode()])
    return path, len(rows)


def take(folder: Path, marks: Path) -> int:
    """Take the marks of a CSV, such as the browser saved, into the sample; returns how many there are."""
    rows = _read(marks)
    if not rows or not {"finding", "right"} <= rows[0].keys():
        raise AnnotateError(f"{marks}: not a sample of an audit: it needs the columns finding and right")
    sample = {row["finding"]: row for row in _marked(folder)}
    for row in rows:
        _verdict(row, marks)
        if row["finding"] not in sample:
            raise AnnotateError(f"{marks}: {row['finding']!r} is not in the sample of this audit")
        sample[row["finding"]].update({key: row.get(key) or "" for key in ("right", "note")})
    write_whole(folder / "review" / "sample.csv", [_as_csv(list(sample.values())).encode("utf-8-sig")])
    return sum(bool(row["right"].strip()) for row in sample.values())


def precision(folder: Path) -> tuple[Group, ...]:
    """The precision of each check judged, with Wilson's interval; all of them last."""
    judged: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in _marked(folder):
        verdict = _verdict(row, folder / "review" / "sample.csv")
        if verdict is not None:
            judged[row["check"]] += 1
            right[row["check"]] += verdict
    groups = [Group(check, share(right[check], judged[check]), right[check]) for check in sorted(judged)]
    if groups:
        groups.append(Group("all judged", share(right.total(), judged.total()), right.total()))
    return tuple(groups)


def _verdict(row: dict[str, str], path: Path) -> bool | None:
    mark = (row.get("right") or "").strip().lower()
    if mark and mark not in RIGHT | WRONG:
        raise AnnotateError(f"{path}: 'right' is y, n or empty, not {mark!r}")
    return mark in RIGHT if mark else None


def _sample(folder: Path, per_check: int) -> list[dict[str, Any]]:
    with open_tables(folder) as connection:
        rows = connection.execute(
            """WITH drawn AS (
              SELECT f.article || ':' || f.start || ':' || f.end || ':' || f.check_id AS finding,
                     f.check_id AS check, f.severity, f.before, f.quote, f.after, f.message, s.title, s.reference,
                     row_number() OVER (PARTITION BY f.check_id, f.article ORDER BY md5(f.check_id || f.start)) AS turn
              FROM findings f JOIN stories s USING (article)
            ), placed AS (
              SELECT *, row_number() OVER (PARTITION BY "check" ORDER BY turn, md5(finding)) AS place FROM drawn
            )
            SELECT * EXCLUDE (place, turn) FROM placed WHERE place <= ? ORDER BY "check", place""",
            [per_check],
        )
        names = [column[0] for column in rows.description or ()]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def _marked(folder: Path) -> list[dict[str, str]]:
    path = folder / "review" / "sample.csv"
    return _read(path) if path.exists() else []


def _read(path: Path) -> list[dict[str, str]]:
    try:
        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    except OSError as error:
        raise AnnotateError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise AnnotateError(f"{path}: not CSV: {error}") from None


def _as_csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _as_page(folder: Path, rows: list[dict[str, Any]]) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("annotate.faces.audit", "templates"), autoescape=True, undefined=StrictUndefined
    )
    templates = files("annotate.faces.audit").joinpath("templates")
    style, script = (templates.joinpath(name).read_text(encoding="utf-8") for name in ("report.css", "review.js"))
    kept = [{key: row.get(key) or "" for key in COLUMNS} for row in rows]
    data = json.dumps(kept, ensure_ascii=True).replace("<", "\\u003c")
    policy = f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'"
    template = environment.get_template("review.html.jinja")
    return template.render(style=style, script=script, data=data, policy=policy, folder=folder.name, count=len(rows))


def _digest(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
