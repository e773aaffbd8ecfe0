"""sample-size: how many were studied, in any words."""

from __future__ import annotations

from annotate.claims.disclosures.scene import Telling, told
from annotate.claims.study import sample_size
from annotate.types import Disclosure, Fact


def read(telling: Telling) -> Disclosure:
    """The study's size, else any number of participants of a study that is reported."""
    if telling.study.n is not None:
        return told("sample_size", telling.study.n)
    counts = sample_size.counted(telling.account)
    best = max((count for count in counts if count.told), key=lambda count: count.score, default=None)
    if best is None or best.score < sample_size.TOLD:
        return told("sample_size", None)
    return told("sample_size", Fact(best.value, best.start, best.end))
