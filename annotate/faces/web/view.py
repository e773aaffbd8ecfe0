"""A report as the page shows it: findings with what editors decided, grouped, and with positions as browsers count."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotate.faces.web.storage import Decision
from annotate.types import Check

REASONS = {
    "wrong": "The check is wrong here",
    "fine": "Right, but fine in this context",
    "said": "The article says it elsewhere",
    "style": "House style",
    "other": "Another reason",
}
"""Why a finding is dismissed."""

_WHOLE = ("caveats.", "structure.")
_AROUND = 16
"""Characters on each side that tell a finding from others on the same words."""
_NEAR = 200
"""Characters that a decision may be off, where a draft was changed in many places at once."""


@dataclass(frozen=True, slots=True)
class Note:
    """A finding on the page. `from_` and `to` are UTF-16 code units, as JavaScript counts; `start` code points."""

    key: str
    number: int
    finding: dict[str, Any]
    check: Check
    from_: int
    to: int
    replaced: str = ""
    suggestion_from: int = 0
    suggestion_to: int = 0
    decision: Decision | None = None

    @property
    def replacement(self) -> str | None:
        """What the suggestion puts in the place of the words."""
        suggestion = self.finding["suggestion"]
        return suggestion["replacement"] if suggestion else None


@dataclass(frozen=True, slots=True)
class View:
    """Everything on the page beside the text."""

    report: dict[str, Any]
    open: list[Note]
    settled: list[Note]
    gone: list[Decision]
    families: Counter[str]
    severities: Counter[str]
    claim: str
    concepts: list[dict[str, Any]]

    @property
    def undoable(self) -> bool:
        """Whether there is a decision to take back."""
        return bool(self.settled or self.gone)


def view(report: dict[str, Any], decisions: Sequence[Decision], checks: dict[str, Check]) -> View:
    """A report with the decisions made on its draft. Decisions whose finding is no more, being mended, are `gone`."""
    decided = standing(report, decisions)
    notes = list(_notes(report, decided, checks))
    open_notes = [note for note in notes if note.decision is None]
    present = {decision.id for decision in decided.values()}
    return View(
        report=report,
        open=open_notes,
        settled=[note for note in notes if note.decision is not None],
        gone=[decision for decision in decisions if decision.id not in present],
        families=Counter(note.check.family for note in open_notes),
        severities=Counter(note.finding["severity"] for note in open_notes),
        claim=next((report["text"][c["start"] : c["end"]] for c in report["claims"] if c["main"]), ""),
        concepts=_concepts(report),
    )


@dataclass(frozen=True, slots=True)
class Spot:
    """What a decision is on, for where an edit close by gave the finding another key; `at` is about where."""

    check: str = ""
    words: str = ""
    at: int = 0


def find(report: dict[str, Any], key: str, spot: Spot = Spot()) -> tuple[str, dict[str, Any]] | None:
    """The finding with a key, else the nearest of the same check on the same words, with its key."""
    found = keyed(report)
    for known, finding in found:
        if known == key:
            return known, finding
    alike = [item for item in found if (item[1]["check"], item[1]["quote"]) == (spot.check, spot.words)]
    return min(alike, key=lambda item: abs(item[1]["start"] - spot.at), default=None)


def keyed(report: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The findings with keys that outlive edits elsewhere: check, words, and the words around them.

    What the article as a whole does not say has no words of its own. Of several alike their order decides.
    """
    text = report["text"]
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for finding in report["findings"]:
        start, end = finding["start"], finding["end"]
        words = () if _of_the_whole(finding) else (text[max(0, start - _AROUND) : start], text[start : end + _AROUND])
        same = (finding["check"], *words)
        seen[same] += 1
        key = hashlib.sha256("\0".join((*same, str(seen[same]))).encode()).hexdigest()[:16]
        found.append((key, finding))
    return found


def standing(report: dict[str, Any], decisions: Sequence[Decision]) -> dict[str, Decision]:
    """Key → the decision on that finding: made by the same check on the same words at about the same place.

    An acceptance whose words stand there again was taken back in the text: its finding is open, see `_notes`.
    """
    by_check: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_check.setdefault(decision.check, []).append(decision)
    pairs = [
        (distance, decision.id, key, decision)
        for key, finding in keyed(report)
        for decision in by_check.get(finding["check"], ())
        if (distance := _distance(report["text"], finding, decision)) is not None
    ]
    decided: dict[str, Decision] = {}
    taken = set()
    for _, identifier, key, decision in sorted(pairs, key=lambda pair: pair[:3]):
        if key not in decided and identifier not in taken:
            decided[key] = decision
            taken.add(identifier)
    return decided


def _distance(text: str, finding: dict[str, Any], decision: Decision) -> int | None:
    """How far a finding is from where a decision was made, in characters; None where it was made on another."""
    accepted = decision.verdict == "accepted"
    spot = finding["suggestion"] or finding if accepted else finding
    distance: int = abs(spot["start"] - decision.start)
    if _of_the_whole(finding):
        return distance
    same = text[spot["start"] : spot["end"]] == decision.quote
    return distance if same and distance <= (0 if accepted else _NEAR) else None


def _of_the_whole(finding: dict[str, Any]) -> bool:
    return str(finding["check"]).startswith(_WHOLE)


def _notes(report: dict[str, Any], decided: dict[str, Decision], checks: dict[str, Check]) -> Iterator[Note]:
    text, place, number = report["text"], utf16(report["text"]), 0
    # What is to be mended at its place comes before what the article does not say anywhere.
    for key, finding in sorted(keyed(report), key=lambda item: checks[item[1]["check"]].family == "caveats"):
        decision = decided.get(key)
        if decision is not None and decision.verdict == "accepted":
            decision = None
        number += decision is None
        # Where nothing is suggested the span is the finding's own, and not read.
        spot = finding["suggestion"] or finding
        yield Note(
            key=key,
            number=number,
            finding=finding,
            check=checks[finding["check"]],
            from_=place(finding["start"]),
            to=place(finding["end"]),
            replaced=text[spot["start"] : spot["end"]],
            suggestion_from=place(spot["start"]),
            suggestion_to=place(spot["end"]),
            decision=decision,
        )


def utf16(text: str) -> Callable[[int], int]:
    """Code point → UTF-16 code unit."""
    wide = [index for index, char in enumerate(text) if ord(char) > 0xFFFF]
    return lambda position: position + bisect_left(wide, position)


def _concepts(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The linked concepts, the most mentioned first, each with its public page."""
    from annotate.vocabulary import page

    groups: dict[str, list[dict[str, Any]]] = {}
    for entity in report["entities"]:
        if entity["id"]:
            groups.setdefault(entity["id"], []).append(entity)
    concepts = [
        {"name": group[0]["name"], "kind": group[0]["kind"], "id": identifier, "url": page(identifier), "n": len(group)}
        for identifier, group in groups.items()
    ]
    return sorted(concepts, key=lambda concept: (-concept["n"], concept["name"]))
