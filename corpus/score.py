"""Score the program on the corpus and hold it to the floors: `python corpus/score.py`.

    python corpus/score.py [--checks wording.cure,names] [--command "annotate check --format jsonl"] [--show]
                           [--floors corpus/floors.toml] [--update [--lower REASON]]

The command is run once, with every article of `corpus/articles` as an argument; it must print one JSON report a line,
in that order. Its exit status is not judged, since findings may make it 1.

What is counted, for each check that exists (a module under `annotate/checks`; golds of others are skipped, and said)
  right      a finding is right if it overlaps a gold finding of the same check, firm or soft
  precision  right findings / findings
  recall     firm gold findings that a finding of the same check overlaps / firm gold findings
  trapped    findings that overlap a trap of the same check and no gold finding of it
  `caveats.*` and `structure.single-voice` belong to the article, not to words: where they are marked does not matter.
  The gold of `caveats.x` is the disclosure x being absent.
Disclosures and study facts: the share of articles where the report says what the gold says.
Boilerplate: the share of gold boilerplate that the report does not treat as the article's own text. Entities: the share
of gold mentions that were recognised, and of those, the share with the same preferred name.

Floors (`corpus/floors.toml`) are figures that may not fall. `--update` raises each to what was measured, rounded down
to two decimals, adds those that are missing, and refuses if one would have to be lowered; `--lower REASON` lowers it
and records the reason. The file carries a seal over its floors, so that an edit by hand does not pass either.

Exit status: 0 fine, 1 a floor is broken (or `--update` refused), 2 the command or the floors could not be read.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import floors
import gold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ROOT = gold.CORPUS.parent
COMMAND = "annotate check --format jsonl"
OF_THE_ARTICLE = "structure.single-voice"
STUDY = ("design", "species", "n", "followup", "venue", "journal")
Span = tuple[int, int]


class ScoreError(Exception):
    """The command did not print what can be scored."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted for one check, or for the checks of a family together."""

    gold: int = 0
    found: int = 0
    right: int = 0
    hit: int = 0
    trapped: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.gold + other.gold,
            self.found + other.found,
            self.right + other.right,
            self.hit + other.hit,
            self.trapped + other.trapped,
        )

    @property
    def precision(self) -> float | None:
        """None where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """None where there was nothing to find."""
        return self.hit / self.gold if self.gold else None


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of one run. Shares are (same, judged)."""

    checks: Mapping[str, Tally]
    disclosures: Mapping[str, Span]
    study: Mapping[str, Span]
    extras: Mapping[str, Span]
    remarks: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def families(self) -> dict[str, Tally]:
        """The tallies of the checks of each family together."""
        sums: dict[str, Tally] = {}
        for check, tally in self.checks.items():
            family = check.partition(".")[0]
            sums[family] = sums.get(family, Tally()) + tally
        return sums

    def figures(self, whole_families: Iterable[str]) -> dict[str, dict[str, float]]:
        """The figures that a floor can hold: name → metric → value. Families only where all their checks were run."""
        whole = set(whole_families)
        tallies = {**self.checks, **{name: tally for name, tally in self.families().items() if name in whole}}
        figures = {}
        for name, tally in sorted(tallies.items()):
            values = {"precision": tally.precision, "recall": tally.recall}
            figures[name] = {metric: value for metric, value in values.items() if value is not None}
        for name, shares in (("disclosures", self.disclosures), ("study", self.study)):
            same, judged = map(sum, zip(*shares.values(), strict=True)) if shares else (0, 0)
            figures[name] = {"accuracy": same / judged} if judged else {}
        return figures


@dataclass(slots=True)
class _Count:
    """Scores while they are being counted."""

    checks: dict[str, Tally]
    disclosures: Counter[tuple[str, bool]] = field(default_factory=Counter)
    study: Counter[tuple[str, bool]] = field(default_factory=Counter)
    extras: Counter[tuple[str, bool]] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


# ── running ───────────────────────────────────────────────────────────────────────────────────────────────────────


def existing_checks(root: Path = ROOT) -> tuple[str, ...]:
    """The ids of the checks that the program has, from the names of their modules."""
    modules = (path for path in (root / "annotate" / "checks").glob("*/*.py") if not path.name.startswith("_"))
    return tuple(sorted(f"{path.parent.name}.{path.stem}".replace("_", "-") for path in modules))


def run(command: str, paths: Sequence[Path]) -> list[dict[str, Any]]:
    """The reports of the command on the articles, in their order. Raises ScoreError."""
    try:
        done = subprocess.run([*shlex.split(command), *map(str, paths)], stdout=subprocess.PIPE, encoding="utf-8")
    except OSError as error:
        raise ScoreError(f"cannot run {command!r}: {error}") from None
    try:
        reports = [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
    except json.JSONDecodeError as error:
        raise ScoreError(f"{command!r} printed a line that is not JSON: {error}") from None
    if len(reports) != len(paths):
        raise ScoreError(f"{command!r}: {len(paths)} articles, {len(reports)} reports (exit status {done.returncode})")
    return reports


# ── counting ──────────────────────────────────────────────────────────────────────────────────────────────────────


def score(golds: Sequence[dict[str, Any]], reports: Sequence[dict[str, Any]], checks: Iterable[str]) -> Scores:
    """Compare reports with golds, for the checks named."""
    count = _Count({check: Tally() for check in sorted(checks)})
    for truth, report in zip(golds, reports, strict=True):
        if "error" in report:
            count.unread.append(f"{truth['reference']}: {report['error']}")
            report = {"text": "", "blocks": [], "entities": [], "study": {}, "disclosures": {}, "findings": []}
        _count_article(truth, report, count)
    return Scores(
        checks=count.checks,
        disclosures=_shares(count.disclosures),
        study=_shares(count.study),
        extras=_shares(count.extras),
        remarks=tuple(count.remarks),
        unread=tuple(count.unread),
    )


def _count_article(truth: dict[str, Any], report: dict[str, Any], count: _Count) -> None:
    for check in count.checks:
        found = [finding for finding in report["findings"] if finding["check"] == check]
        if check.startswith("caveats.") or check == OF_THE_ARTICLE:
            tally, remarks = _of_the_article(check, truth, found)
        else:
            tally, remarks = _at_words(check, truth, report["text"], found)
        count.checks[check] += tally
        count.remarks += [f"{remark:8} {check:24} {truth['reference']}: {words!r}" for remark, words in remarks]
    for key, disclosure in truth["disclosures"].items():
        told = (report["disclosures"].get(key) or {}).get("state")
        same = told == disclosure["state"]
        count.disclosures[key, same] += 1
        if not same:
            count.remarks.append(f"{'differs':8} {key:24} {truth['reference']}: {told}, not {disclosure['state']}")
    for key in STUDY:
        told = (report["study"] or {}).get(key)
        same = same_fact(key, told, truth["study"][key])
        count.study[key, same] += 1
        if not same:
            count.remarks.append(f"{'differs':8} {key:24} {truth['reference']}: {told!r}, not {truth['study'][key]!r}")
    for name, words, same in _extras(truth, report):
        count.extras[name, same] += 1
        if not same:
            count.remarks.append(f"{'missed':8} {name:24} {truth['reference']}: {words!r}")


def _of_the_article(
    check: str, truth: dict[str, Any], found: list[dict[str, Any]]
) -> tuple[Tally, list[tuple[str, str]]]:
    if check.startswith("caveats."):
        key = check.removeprefix("caveats.").replace("-", "_")
        wanted = truth["disclosures"][key]["state"] == "absent"
    else:
        wanted = any(span["check"] == check for span in truth["findings"])
    tally = Tally(gold=wanted, found=len(found), right=len(found) if wanted else 0, hit=bool(wanted and found))
    remarks = [("missed", "")] if wanted and not found else []
    return tally, remarks + [("wrong", finding["quote"]) for finding in found if not wanted]


def _at_words(
    check: str, truth: dict[str, Any], text: str, found: list[dict[str, Any]]
) -> tuple[Tally, list[tuple[str, str]]]:
    wants = [(span, place(text, span)) for span in truth["findings"] if span["check"] == check]
    traps = [place(text, span) for span in truth["traps"] if span["check"] == check]
    spans = [(finding["start"], finding["end"]) for finding in found]
    firm = [(span, at) for span, at in wants if not span.get("soft")]
    right = [any(meet(span, at) for _, at in wants) for span in spans]
    trapped = [not good and any(meet(span, at) for at in traps) for span, good in zip(spans, right, strict=True)]
    hits = [any(meet(span, at) for span in spans) for _, at in firm]
    remarks = [("missed", want["quote"]) for (want, _), hit in zip(firm, hits, strict=True) if not hit]
    for finding, good, caught in zip(found, right, trapped, strict=True):
        if not good:
            remarks.append(("trapped" if caught else "wrong", finding["quote"]))
    return Tally(len(firm), len(found), sum(right), sum(hits), sum(trapped)), remarks


def _extras(truth: dict[str, Any], report: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    text = report["text"]
    own = [(block["start"], block["end"]) for block in report["blocks"] if block["kind"] != "boilerplate"]
    for span in truth["boilerplate"]:
        at = place(text, span)
        yield "boilerplate", span["quote"], not any(meet(at, block) for block in own)
    for span in truth["entities"]:
        at = place(text, span)
        names = [entity.get("name") for entity in report["entities"] if meet(at, (entity["start"], entity["end"]))]
        yield "entities", span["quote"], bool(names)
        if names:
            named = {str(name).casefold() for name in names}
            yield "entity names", f"{span['name']}: {sorted(named)}", span["name"].casefold() in named


def place(text: str, span: dict[str, Any]) -> Span | None:
    """Where an annotated quote stands in a report's text; None where the report's text lacks it."""
    if "start" in span and text[span["start"] : span["end"]] == span["quote"]:
        return span["start"], span["end"]
    places = gold.occurrences(text, span["quote"])
    wanted = span.get("occurrence", 1)
    return places[wanted - 1] if wanted <= len(places) else None


def meet(a: Span | None, b: Span | None) -> bool:
    """Whether two half-open spans overlap; a missing one never does."""
    return a is not None and b is not None and max(a[0], b[0]) < min(a[1], b[1])


def same_fact(key: str, told: Any, true: Any) -> bool:
    """Whether a study fact is the gold's. 'none' and 'unclear' are not saying; a longer wording of a text agrees."""
    if key in ("followup", "journal") and told and true:
        words, other = str(told).casefold(), str(true).casefold()
        return words in other or other in words
    silent = (None, "", "none", "unclear")
    return bool(told == true or (told in silent and true in silent))


def _shares(counter: Counter[tuple[str, bool]]) -> dict[str, Span]:
    names = dict.fromkeys(name for name, _ in counter)
    return {name: (counter[name, True], counter[name, True] + counter[name, False]) for name in names}


# ── telling ───────────────────────────────────────────────────────────────────────────────────────────────────────


def table(scores: Scores) -> Iterator[str]:
    """The lines of the printed result."""
    yield f"{'check':28} {'gold':>5} {'found':>5} {'right':>5} {'precision':>9} {'recall':>7} {'trapped':>7}"
    for name, tally in scores.checks.items():
        if tally.gold or tally.found:
            yield _row(name, tally)
    for name, tally in scores.families().items():
        yield _row(f"all of {name}", tally)
    for title, shares in (("disclosures", scores.disclosures), ("study", scores.study), ("also", scores.extras)):
        yield f"{title}: " + ", ".join(f"{key} {same}/{judged}" for key, (same, judged) in shares.items())


def _row(name: str, tally: Tally) -> str:
    precision, recall = ("–" if value is None else f"{value:.2f}" for value in (tally.precision, tally.recall))
    counts = f"{tally.gold:5} {tally.found:5} {tally.right:5}"
    return f"{name:28} {counts} {precision:>9} {recall:>7} {tally.trapped:7}"


def main(arguments: list[str] | None = None) -> int:
    """Score, print, and compare with the floors; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checks", default="", help="ids or families, comma-separated; default: all that exist")
    parser.add_argument("--command", default=COMMAND, help=f"default: {COMMAND}")
    parser.add_argument("--floors", type=Path, default=gold.CORPUS / "floors.toml")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--lower", metavar="REASON", help="with --update: lower floors where needed, for this reason")
    parser.add_argument("--show", action="store_true", help="list what was wrong, missed and trapped")
    options = parser.parse_args(arguments)
    if options.lower is not None and not (options.update and options.lower.strip()):
        parser.error("--lower needs a reason, and --update")
    try:
        return _main(options)
    except (ScoreError, floors.FloorsError) as error:
        print(error, file=sys.stderr)
        return 2


def _main(options: argparse.Namespace) -> int:
    held = floors.load(options.floors)
    existing = existing_checks()
    asked = [name for name in options.checks.split(",") if name]
    # A check that is asked for by its whole id is scored even where its module is not found.
    checks = {check for check in existing if not asked or check in asked or check.partition(".")[0] in asked}
    checks |= {name for name in asked if "." in name}
    golds = [truth for _, truth in gold.load()]
    scores = score(golds, run(options.command, [gold.article_path(truth) for truth in golds]), checks)
    print("\n".join(table(scores)))
    if options.show:
        print("\n".join(sorted(scores.remarks)))
    for line in scores.unread:
        print(f"not read: {line}")
    unbuilt = {span["check"] for truth in golds for span in truth["findings"]} - set(existing) - checks
    if unbuilt and not asked:
        print(f"skipped, no such check yet: {', '.join(sorted(unbuilt))}")
    # A family's figure means something only once all its checks are there and were run.
    lacking = {check.partition(".")[0] for check in (set(existing) | unbuilt) - checks}
    whole = {check.partition(".")[0] for check in checks} - lacking
    figures = scores.figures(whole)
    if options.update:
        return _update(held, figures, options)
    return _judge(held, figures, asked) or int(bool(scores.unread))


def _update(held: floors.Floors, figures: dict[str, dict[str, float]], options: argparse.Namespace) -> int:
    changed, refused = floors.raised(held, figures, floors.corpus_digest(gold.CORPUS), reason=options.lower)
    for line in refused:
        print(f"refused to lower {line}; give --lower REASON", file=sys.stderr)
    if refused:
        return 1
    options.floors.write_text(floors.dump(changed), encoding="utf-8")
    print(f"{options.floors.name}: {sum(map(len, changed.floors.values()))} floors")
    return 0


def _judge(held: floors.Floors, figures: dict[str, dict[str, float]], asked: list[str]) -> int:
    broken, skipped = floors.compare(held, figures)
    if skipped and not asked:
        print(f"floors not judged, nothing measured: {', '.join(skipped)}")
    if held.floors and held.corpus != floors.corpus_digest(gold.CORPUS):
        print("the corpus has changed since the floors were measured: run with --update once they hold")
    for line in broken:
        print(f"floor broken: {line}")
    print("floors hold" if not broken else f"{len(broken)} floors broken")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
