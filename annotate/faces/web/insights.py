"""Which checks earn their place: from what editors decided, how often each was right, with how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from annotate.faces.intervals import share
from annotate.faces.web.view import REASONS
from annotate.types import Check


@dataclass(frozen=True, slots=True)
class Row:
    """A check and what became of its findings."""

    check: Check
    on: bool
    accepted: int
    agreed: int
    dismissed: int
    reasons: Mapping[str, int]

    @property
    def judged(self) -> int:
        """Decisions in all."""
        return self.accepted + self.agreed + self.dismissed

    @property
    def right(self) -> int:
        """Findings that editors acted on."""
        return self.accepted + self.agreed

    @property
    def precision(self) -> float:
        """The share acted on; 0 where nothing was judged."""
        return self.right / self.judged if self.judged else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the precision lies with 95 % confidence (Wilson 1927)."""
        precision = share(self.right, self.judged)
        return precision.low, precision.high

    @property
    def why(self) -> str:
        """The reasons to dismiss, in words."""
        return ", ".join(f"{REASONS.get(key, key).lower()} ({count})" for key, count in self.reasons.items())


def rows(
    checks: Mapping[str, Check],
    tallies: Mapping[str, Counter[str]],
    reasons: Mapping[str, Counter[str]],
    off: tuple[str, ...],
) -> list[Row]:
    """A row for each check, those that were judged first, the least precise of them on top."""
    found = [
        Row(
            check=check,
            on=check.id not in off,
            accepted=tallies.get(check.id, Counter())["accepted"],
            agreed=tallies.get(check.id, Counter())["agreed"],
            dismissed=tallies.get(check.id, Counter())["dismissed"],
            reasons=dict(reasons.get(check.id, Counter()).most_common()),
        )
        for check in checks.values()
    ]
    return sorted(found, key=lambda row: (not row.judged, row.precision, -row.judged, row.check.id))
