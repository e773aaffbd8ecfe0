"""What kind of study it was.

Each design has its cues; those in sentences of the study count, and what the study is said to be beats what it is seen
to do. Allocation by the researchers makes a trial, time makes a cohort, a questionnaire a survey.
"""

from __future__ import annotations

from annotate.claims.cues import pattern
from annotate.claims.study.account import Account
from annotate.claims.study.counts import Count
from annotate.types import Design, Fact, Species

_LIST = "study/design"

Found = tuple[int, int, int]  # index of the sentence, start and end in the article


def read(account: Account, species: Fact[Species] | None, size: Count | None) -> Fact[Design] | None:
    """The design of the study reported."""
    if found := _synthesis(account, size):
        return Fact(found[0], *found[1][1:])
    if species is not None and species.value in ("animal", "cell"):
        return Fact("animal" if species.value == "animal" else "cell", species.start, species.end)
    if found_trial := _trial(account):
        return found_trial
    for design, key, least in (
        ("case-control", "case_control", 1),
        ("modelling", "modelling", 2),
    ):
        cues = _all(account, key)
        if len(cues) >= least:
            return Fact(design, *cues[0][1:])  # type: ignore[arg-type]
    if found_case := _case_report(account, size):
        return found_case
    return _observed(account) or _untold(account, size)


def _synthesis(account: Account, size: Count | None) -> tuple[Design, Found] | None:
    """Several studies taken together, where that is how the size or the lead is told."""
    for design, key in (("meta-analysis", "meta_analysis"), ("review", "review")):
        for index, start, end in _all(account, key, told=False):
            by_size = size is not None and abs(size.sentence - index) <= 1
            if (index < 8 and (size is None or size.sentence >= index - 1)) or by_size:
                return design, (index, start, end)  # type: ignore[return-value]
    return None


def _trial(account: Account) -> Fact[Design] | None:
    strong = _all(account, "rct")
    allocated = _all(account, "allocated")
    if strong:
        return Fact("rct", *strong[0][1:])
    if len(allocated) >= 2 or (allocated and _all(account, "treated")):
        return Fact("rct", *allocated[0][1:])
    early = _all(account, "uncontrolled")
    treated = _all(account, "treated")
    if early and treated:
        return Fact("uncontrolled-trial", *early[0][1:])
    return None


def _case_report(account: Account, size: Count | None) -> Fact[Design] | None:
    if size is not None and size.value > 3:
        return None
    cues = _all(account, "case_report")
    return Fact("case-report", *cues[0][1:]) if len(cues) >= 3 else None


def _observed(account: Account) -> Fact[Design] | None:
    survey, cohort, once = _all(account, "survey"), _all(account, "cohort"), _all(account, "cross_sectional")
    if survey and len(survey) >= len(cohort) - 1:
        return Fact("survey", *survey[0][1:])
    if once and len(once) >= len(cohort):
        return Fact("cross-sectional", *once[0][1:])
    return Fact("cohort", *cohort[0][1:]) if cohort else None


def _untold(account: Account, size: Count | None) -> Fact[Design] | None:
    treated = _all(account, "treated")
    if treated and size is not None and size.value < 200:
        return Fact("uncontrolled-trial", *treated[0][1:])
    return None


def _all(account: Account, key: str, *, told: bool = True) -> list[Found]:
    """A cue's first match in each sentence that has one."""
    cues = pattern(_LIST, key)
    return [
        (sentence.index, sentence.start + match.start(), sentence.start + match.end())
        for sentence in account.sentences
        if (not told or sentence.frame == "told") and (match := cues.search(sentence.text))
    ]
