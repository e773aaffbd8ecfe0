"""A date or a journal other than the paper's.

What it flags: a year in which the study is said to have been published, or words that call it new ("published this
week"), at odds with the paper's date; and, where the article itself identifies the paper, a journal that is not the
paper's. Why it misleads: an old study sold as news hides what has been found since, and readers look it up in the wrong
place. Write instead the paper's own date and journal. It leaves alone a year more or less (papers appear online before
they are in an issue), articles without a date, and other studies named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from annotate.types import Check, Comparison, Evidence, Example, Finding, Paper, Reading

_PAPER = Paper(
    title="Dim light and sleep in nurses", doi="10.5555/example.light", journal="Sleep Medicine",
    published="2019-03-04", authors=("Mirela Vasquez",),
)  # fmt: skip


def _example(text: str, note: str = "") -> Example:
    linked = f"Dim light helps nurses\n\n{text} The paper is at https://doi.org/10.5555/example.light."
    return Example(linked, note, papers=(_PAPER,))


CHECK = Check(
    id="paper.date",
    severity="warning",
    examples=(
        _example("The study was published in [[2023]]."),
        _example("The findings, published in [[May 2016]], were clear."),
        _example("The study was published in the journal [[Neurology]]."),
        _example("The study was published in 2019.", "the paper’s year"),
        _example("The study came out in Sleep Medicine.", "its journal"),
        _example("An earlier study published in 2011 found no effect.", "another study"),
    ),
    references=("Science Media Centre, guidelines for science and health reporting (2012)",),
)  # fmt: skip

_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = re.compile(
    rf"\b(?:published|appeared|released|came out)\b(?P<between>[^.;:]{{0,60}}?)\b(?:in|on)\s(?:the\s\w+\s\w+\sof\s)?"
    rf"(?P<said>(?:{_MONTHS}\s(?:\d{{1,2}},?\s)?|\d{{1,2}}\s{_MONTHS}\s)?(?P<year>(?:19|20)\d\d))\b(?![-–/]\d)"
)
_NEW = re.compile(
    r"\bpublished (?:\w+ )?(?:today|yesterday|this week|this month|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
    re.IGNORECASE,
)
_OTHER_STUDY = re.compile(
    r"\b(?:previous|earlier|another|other|older|prior|first|original|separate|guidelines?|book|report)\b", re.IGNORECASE
)
_THIS_STUDY = re.compile(
    r"\b(?:the|this|their|these|our|his|her|new|latest)\s(?:[\w-]+\s){0,2}"
    r"(?:study|paper|research|findings|results|trial|work|report|analysis|review)\b",
    re.IGNORECASE,
)
_OLD_DAYS, _CERTAIN = 365, 0.99
_SLIPS, _SHORT = 2, 6
"""Letters by which a journal may be misspelt, if its name is not short."""


@dataclass(frozen=True, slots=True)
class _Said:
    what: str
    start: int
    end: int
    paper: str
    agrees: bool


def find(reading: Reading) -> Iterator[Finding]:
    """Dates and a journal that are not the paper's."""
    for said in _said(reading):
        if not said.agrees:
            words = reading.article.text[said.start : said.end]
            yield CHECK.finding(
                said.start, said.end, f"The article says “{words}”; the paper’s {said.what} is {said.paper}.",
                trigger=words, evidence=(Evidence(f"the paper: {said.what} {said.paper}"),),
            )  # fmt: skip


def compare(reading: Reading) -> Iterator[Comparison]:
    """The dates and the journal that the article gives."""
    for said in _said(reading):
        words = reading.article.text[said.start : said.end]
        yield Comparison(said.what, words, said.paper, said.agrees, said.start, said.end)


def _said(reading: Reading) -> Iterator[_Said]:
    if reading.paper is None or not reading.paper.certain:
        return
    yield from _journal(reading, reading.paper)
    published = reading.paper.published
    if not published:
        return
    text, year = reading.article.text, int(published[:4])
    for match in _YEAR.finditer(text):
        sentence = reading.span(match.start(), match.end())[0].sent.text
        if _THIS_STUDY.search(sentence) and not _OTHER_STUDY.search(sentence):
            agrees = abs(int(match["year"]) - year) <= 1
            yield _Said("date", match.start("said"), match.end("said"), published, agrees)
    today, day = _day(reading.article.published), _day(published)
    if today is not None and day is not None:
        for match in _NEW.finditer(text):
            sentence = reading.span(match.start(), match.end())[0].sent.text
            if not _OTHER_STUDY.search(sentence):
                yield _Said("date", match.start(), match.end(), published, (today - day).days <= _OLD_DAYS)


def _journal(reading: Reading, paper: Paper) -> Iterator[_Said]:
    """The journal named; at odds only where the article itself says which paper it is."""
    said = reading.study.journal
    names = [_plain(name) for name in (paper.journal or "", *paper.journal_names) if name]
    if said is None or not names:
        return
    agrees = any(_is_same(_plain(said.value), name) for name in names)
    if agrees or ((paper.score or 0) >= _CERTAIN and " in the article" in (paper.matched_by or "")):
        yield _Said("journal", said.start, said.end, paper.journal or "", agrees)


def _is_same(said: str, name: str) -> bool:
    """Whether two journals are one, or one misspelt: that is told by `names.journal`."""
    return said in name or name in said or (len(name) > _SHORT and OSA.distance(said, name) <= _SLIPS)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.lower().replace("&", "and").removeprefix("the ")))


def _day(text: str | None) -> date | None:
    match = re.search(r"\d{4}-\d\d-\d\d", text or "")
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None
