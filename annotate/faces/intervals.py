"""How sure a figure is: 95 % intervals for shares, for rates and for differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

_Z = 1.959964
_RESAMPLES = 1000
_BOOTSTRAPPED = 2_000
"""Of more articles than this the interval is computed, not drawn: the two agree by then."""

_TOO_FEW = 30
"""Of fewer articles the interval is at least that of a Poisson count (as Wilson's)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95 % interval, from so many articles."""

    value: float
    low: float
    high: float
    n: int


def share(count: int, n: int) -> Estimate:
    """`count` of `n`, with Wilson's interval (1927)."""
    if n == 0:
        return Estimate(0.0, 0.0, 1.0, 0)
    centre = (count + _Z**2 / 2) / (n + _Z**2)
    half = _Z * sqrt(count * (n - count) / n + _Z**2 / 4) / (n + _Z**2)
    return Estimate(count / n, max(0.0, centre - half), min(1.0, centre + half), n)


def rate(counts: Sequence[float], words: Sequence[float]) -> Estimate:
    """Findings per 1,000 words. The article, not the finding, is what is drawn: findings come in clusters.

    `counts` and `words` are per article. Bootstrap percentiles; where nothing was found, the upper end is that at
    which none would be found in one of twenty audits.
    """
    y, x = np.asarray(counts, float), np.asarray(words, float)
    n, total = len(x), float(x.sum())
    if not total:
        return Estimate(0.0, 0.0, 0.0, n)
    value = float(y.sum()) / total
    if not y.any():
        low, high = 0.0, 3.0 / total
    elif n <= _BOOTSTRAPPED:
        weights = np.random.default_rng(1).poisson(1.0, (_RESAMPLES, n))
        drawn = weights @ x
        rates = (weights @ y)[drawn > 0] / drawn[drawn > 0]
        low, high = map(float, np.percentile(rates, (2.5, 97.5)))
    else:
        error = _Z * sqrt(float(((y - value * x) ** 2).sum()) * n / (n - 1)) / total
        low, high = max(0.0, value - error), value + error
    if n < _TOO_FEW:  # to draw from few articles again and again shows less than their chance
        count = float(y.sum())
        centre, half = count + _Z**2 / 2, _Z * sqrt(count + _Z**2 / 4)
        low, high = min(low, (centre - half) / total), max(high, (centre + half) / total)
    return Estimate(1000 * value, 1000 * low, 1000 * high, n)


def difference(one: Estimate, other: Estimate) -> tuple[float, float, float]:
    """`other` less `one`, and its interval from theirs (Newcombe 1998)."""
    change = other.value - one.value
    low = change - sqrt((other.value - other.low) ** 2 + (one.high - one.value) ** 2)
    high = change + sqrt((other.high - other.value) ** 2 + (one.value - one.low) ** 2)
    return change, low, high
