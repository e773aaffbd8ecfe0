"""What kind of study it was.

Each design has its cues; those in sentences of the study count, and what the study is said to be beats what it is seen
to do. Allocation by the researchers makes a trial, time makes a cohort, a questionnaire a survey.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotate.claims.study.account import Account
from annotate.claims.study.counts import Count
from annotate.claims.study.subject import Subject
from annotate.patterns import pattern, words
from annotate.types import Design, Fact, Species

if TYPE_CHECKING:
    from spacy.tokens import Token

_LIST = "study/design"
_LEAD = 8  # sentences
_SERIES = 200  # patients
_DUMMY = re.compile(r"placebo|dummy|sham|sugar pill|assigned", re.IGNORECASE)
_DENIAL = re.compile(r"\b(?:no|none|nobody|without|never|not|neither)\b", re.IGNORECASE)

Found = tuple[int, int, int]  # index of the sentence, start and end in the article


def read(
    account: Account, species: Fact[Species] | None, size: Count | None, control: Fact[str] | None, subject: Subject
) -> Fact[Design] | None:
    """The design of the study reported."""
    if found := _synthesis(account, size):
        return Fact(found[0], *found[1][1:])
    if species is not None and species.value in ("animal", "cell"):
        return Fact("animal" if species.value == "animal" else "cell", species.start, species.end)
    if case := _case_report(account, size):
        return case
    if trial := _allocated(account):
        return trial
    if cues := _all(account, "case_control"):
        return Fact("case-control", *cues[0][1:])
    if len(cues := _all(account, "modelling")) > 1:
        return Fact("modelling", *cues[0][1:])
    return _uncontrolled(account, size, control, subject) or _observed(account, size, subject)


def _synthesis(account: Account, size: Count | None) -> tuple[Design, Found] | None:
    """Several studies taken together, where that is how the size or the lead is told."""
    keys: tuple[tuple[Design, str], ...] = (("meta-analysis", "meta_analysis"), ("review", "review"))
    for design, key in keys:
        for index, start, end in _all(account, key, told=False):
            by_size = size is not None and abs(size.sentence - index) <= 1
            if by_size or (index < _LEAD and (size is None or size.sentence >= index - 1)):
                return design, (index, start, end)
    return None


def _case_report(account: Account, size: Count | None) -> Fact[Design] | None:
    """One person's story, published as such."""
    if size is not None and size.value > 3:
        return None
    if named := _all(account, "case_named"):
        return Fact("case-report", *named[0][1:])
    cues = _all(account, "case_report")
    return Fact("case-report", *cues[0][1:]) if size is None and len(cues) >= 3 else None


def _allocated(account: Account) -> Fact[Design] | None:
    """Groups that the researchers made."""
    if found := _all(account, "rct"):
        return Fact("rct", *found[0][1:])
    allocated = [place for place in _all(account, "allocated") if not _denied(account, place)]
    if len(parted := _all(account, "parted")) > 1:
        allocated += parted
    if len(allocated) < 3 and _all(account, "case_control"):
        return None  # "the control group" were healthy people
    if any(_DUMMY.search(account.article.text[start:end]) for _, start, end in allocated) or len(allocated) > 1:
        return Fact("rct", *allocated[0][1:])
    if allocated and _all(account, "treated"):
        return Fact("rct", *allocated[0][1:])
    if (sides := _all(account, "sides")) and _all(account, "called_trial"):
        return Fact("rct", *sides[0][1:])
    return None


def _uncontrolled(
    account: Account, size: Count | None, control: Fact[str] | None, subject: Subject
) -> Fact[Design] | None:
    """Patients treated and nobody to compare them with."""
    if called := _all(account, "uncompared"):
        return Fact("uncontrolled-trial", *called[0][1:])
    if subject.kind == "exposure" or not (treated := _all(account, "treated")):
        return None
    compared = control is not None and not _DENIAL.search(account.article.text[control.start - 30 : control.end])
    if early := _all(account, "uncontrolled"):
        return Fact("uncontrolled-trial", *early[0][1:])
    few = size is not None and size.value <= _SERIES
    if not compared and (few or _all(account, "little")):
        return Fact("uncontrolled-trial", *treated[0][1:])
    return None


def _observed(account: Account, size: Count | None, subject: Subject) -> Fact[Design] | None:
    survey, cohort, once = _all(account, "survey"), _all(account, "cohort"), _all(account, "cross_sectional")
    followed = _all(account, "followed")
    if survey and not followed:
        return Fact("survey", *survey[0][1:])
    if once and not followed and len(once) >= len(cohort):
        return Fact("cross-sectional", *once[0][1:])
    found = followed or cohort or _together(account, subject)
    if not found and size is not None and subject.kind not in ("treatment", "test"):
        found = _all(account, "later")
    return Fact("cohort", *found[0][1:]) if found else None


def _together(account: Account, subject: Subject) -> list[Found]:
    """Where two things are told to go together as what was found: in the lead, or, of no treatment or test, twice."""
    tried = subject.kind in ("treatment", "test")  # what helps more people was more often tried than watched
    told = [
        place
        for place in _all(account, "together")
        if not (aside := _aside(account, place))
        or (account.sentences[place[0]].lead and not tried and aside.head.lemma_.lower() not in words(_LIST, "parts"))
    ]
    if tried and _all(account, "called_trial"):
        return []
    in_lead = any(account.sentences[index].lead for index, _, _ in told)
    return told if in_lead or (len(told) > 1 and not tried) else []


def _aside(account: Account, place: Found) -> Token | None:
    """The word, where it only says which thing is meant: "areas of the brain linked to growth"."""
    index, start, _ = place
    span = account.sentences[index].span
    word = next((token for token in span if token.idx >= start), None)
    return word if word is not None and word.dep_ == "acl" else None


def _denied(account: Account, place: Found) -> bool:
    return bool(_DENIAL.search(account.article.text[max(0, place[1] - 30) : place[2]]))


def _all(account: Account, key: str, *, told: bool = True) -> list[Found]:
    """A cue's first match in each sentence that has one."""
    return [(sentence.index, start, end) for sentence, start, end in account.matches(pattern(_LIST, key), told=told)]
