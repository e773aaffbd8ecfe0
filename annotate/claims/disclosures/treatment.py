"""harms, cost, availability and alternatives of the treatment or test reported.

An exposure (a food, a habit, the air) is not for sale and has no rivals, so that silence on these is no fault there;
what one is told to take has harms.
"""

from __future__ import annotations

from annotate.claims.disclosures.scene import Telling, told, weighed
from annotate.types import Disclosure

_LIST = "disclosures/treatment"
_TOLD_ANYWAY = frozenset(("cost", "availability"))  # where the article tells it of an exposure, it is told


def harms(telling: Telling) -> Disclosure:
    """Side effects, complications, false alarms, or that there were none."""
    return _read(telling, "harms", applies=telling.offered or telling.subject.taken)


def cost(telling: Telling) -> Disclosure:
    """What it costs, or who pays."""
    return _read(telling, "cost", applies=telling.offered)


def availability(telling: Telling) -> Disclosure:
    """Whether it can be had: approved, on the market, in trials, years away."""
    return _read(telling, "availability", applies=telling.offered)


def alternatives(telling: Telling) -> Disclosure:
    """Other treatments or tests for the same thing."""
    return _read(telling, "alternatives", applies=telling.offered)


def _read(telling: Telling, key: str, *, applies: bool) -> Disclosure:
    if telling.lifeless:
        return Disclosure(key, "n/a")
    found = weighed(telling, _LIST, key)
    if not applies and (found is None or key not in _TOLD_ANYWAY):
        return Disclosure(key, "n/a")
    return told(key, found)
