"""What an article and its paper both tell: the comparisons of every check of the family that makes some."""

from __future__ import annotations

from annotate.checks.paper import date, institution, number, person, population, retracted, sample_size, strength
from annotate.types import Comparison, Reading

_COMPARING = (retracted, date, person, institution, population, sample_size, number, strength)


def comparisons(reading: Reading) -> tuple[Comparison, ...]:
    """The comparisons, in the order of the checks."""
    return tuple(comparison for module in _COMPARING for comparison in module.compare(reading))
