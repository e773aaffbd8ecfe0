"""control-group and followup: with whom the studied were compared, and for how long they were followed."""

from __future__ import annotations

from annotate.claims.disclosures.scene import Telling, told
from annotate.types import Disclosure

# Studies at one point in time: nobody was followed.
_ONCE = frozenset(("cross-sectional", "survey", "case-report"))


def control_group(telling: Telling) -> Disclosure:
    """A group compared with, by the study's own allocation or in what it found."""
    return told("control_group", telling.study.control)


def followup(telling: Telling) -> Disclosure:
    """How long the studied were treated or followed; n/a where the design follows nobody."""
    found = told("followup", telling.study.followup)
    if found.state == "absent" and telling.design in _ONCE:
        return Disclosure("followup", "n/a")
    return found
