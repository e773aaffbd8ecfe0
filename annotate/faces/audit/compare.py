"""Two audits beside one another: what changed, and by how much more than chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotate.faces.audit.figures import Figures, figures
from annotate.faces.audit.run import open_tables
from annotate.faces.intervals import Estimate, difference


@dataclass(frozen=True, slots=True)
class Change:
    """A figure in both audits, and the difference with its 95 % interval."""

    name: str
    before: Estimate
    after: Estimate
    percent: bool = False

    @property
    def interval(self) -> tuple[float, float, float]:
        """The difference, and the ends of its interval."""
        return difference(self.before, self.after)

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        _, low, high = self.interval
        return low > 0 or high < 0


def compare(before: Path, after: Path) -> list[Change]:
    """The figures of two audits. Raises AnnotateError where one is not finished."""
    found = []
    for folder in (before, after):
        with open_tables(folder) as connection:
            found.append(figures(connection))
    return list(_changes(*found))


def _changes(before: Figures, after: Figures) -> Iterator[Change]:
    yield Change("findings per 1,000 words", before.overall, after.overall)
    nothing = [Estimate(0.0, 0.0, 3000.0 / max(1, found.overview.words), found.overview.stories)
               for found in (before, after)]  # fmt: skip
    checks = [{group.name: group.estimate for group in found.checks} for found in (before, after)]
    for check in sorted({*checks[0], *checks[1]}):
        yield Change(check, checks[0].get(check, nothing[0]), checks[1].get(check, nothing[1]))
    for one, other in zip(before.told, after.told, strict=True):
        if one.estimate.n and other.estimate.n:
            yield Change(f"told: {one.name.replace('_', ' ')}", one.estimate, other.estimate, percent=True)


def as_table(changes: list[Change], names: tuple[str, str]) -> str:
    """The comparison as text; * marks what is beyond chance."""
    head = ("", *names, "difference", "95 % interval")
    rows = [head, *(_cells(change) for change in changes)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) if not number else cell.rjust(width)
                       for number, (cell, width) in enumerate(zip(row, widths, strict=True))).rstrip()
             for row in rows]  # fmt: skip
    marked = sum(change.beyond_chance for change in changes)
    return "\n".join([*lines, "", f"* beyond chance: {marked} of {len(changes)}; of twenty, one is so by chance alone"])


def _cells(change: Change) -> tuple[str, ...]:
    def figure(value: float, sign: str = "") -> str:
        value = round(value, 2) + 0.0  # never -0.00
        return f"{value:{sign}.0%}" if change.percent else f"{value:{sign}.2f}"

    by, low, high = change.interval
    mark = " *" if change.beyond_chance else "  "
    return (
        change.name, figure(change.before.value), figure(change.after.value), figure(by, "+"),
        f"{figure(low, '+')} to {figure(high, '+')}{mark}",
    )  # fmt: skip
