"""The name of a journal, misspelt or mistranslated.

What it flags: where a journal is named ("published in …", "the journal …"), a name that is on no list of journals but
is close to one: "The Lancer", "Annuals of …". Why it misleads: the reader cannot find the study, and a garbled title
is the mark of copied or machine-made text. Write instead the journal's own title. It leaves alone abbreviations in use,
titles that are on the list, that of the paper which the article reports, and titles close to none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from rapidfuzz.distance import OSA, Prefix

from annotate.checks.names._kinship import are_siblings
from annotate.checks.names._lexicon import Named, is_word, journals
from annotate.checks.names._published import journals as journals_of_paper
from annotate.checks.names._published import spelled
from annotate.checks.names._titles import Run, TitleIndex, likeness, listed, runs, telling, title_index, title_words
from annotate.checks.names._usage import is_known
from annotate.types import Check, Example, Finding, Paper, Reading

_PAPER = Paper(
    title="A ward for sleep", doi="10.5555/example.ward", authors=("Mirela Vasquez",), journal="Somnologia Baltica"
)

CHECK = Check(
    id="names.journal",
    severity="warning",
    examples=(
        Example("The trial was published in [[The Lancer]] on Friday."),
        Example("The findings appear in the journal [[Neurogoly]] this week."),
        Example("The work was published in the [[Journal of Clinical Ontology]] in May."),
        Example("The trial was published in The Lancet and in the BMJ on Friday.", "names in use"),
        Example("The findings appear in Annals of Internal Medicine and in JAMA Internal Medicine.", "names in use"),
        Example("The book was published in London, and reviewed in The Guardian.", "no journal"),
        Example(
            "The trial was published in [[Somnologia Balticca]]. The paper is at https://doi.org/10.5555/example.ward.",
            papers=(_PAPER,),
        ),
        Example(
            "The trial was published in Somnologia Baltica. The paper is at https://doi.org/10.5555/example.ward.",
            "the journal of the paper",
            papers=(_PAPER,),
        ),
    ),
)

MIN_LIKENESS = 0.8
MIN_LIKENESS_ALONE = 0.775
MIN_WORD = 0.55
MIN_KNOWN = 0.65
"""A word in use must share so many of its letters with the one that it is a slip for, or begin like it."""


@cache
def _index() -> TitleIndex:
    return title_index("journals", journals())


@cache
def _cue() -> re.Pattern[str]:
    verbs, cues = "|".join(sorted(listed("journal_verbs"))), "|".join(sorted(listed("journal_cues")))
    lead = rf"(?:{verbs})\w*\b[^;:\n]{{0,40}}? (?:in|by)|(?:{cues})s?"
    return re.compile(rf"\b(?:{lead}) (?:the )?(?:\w+ )?(?:journals? )?(?:of (?:the )?)?[“\"']?$", re.IGNORECASE)


@cache
def _hints() -> tuple[str, ...]:
    return tuple(sorted(listed("journal_verbs") | listed("journal_cues")))


def find(reading: Reading) -> Iterator[Finding]:
    """Names of journals that are close to a known one."""
    text, published = reading.article.text, journals_of_paper(reading)
    for block in telling(reading.article, _hints(), folded=True):
        for run in runs(text, block):
            if not _cue().search(text, max(block.start, run.start - 80), run.start) and not _is_titled(text, run):
                continue
            run = _ended(run)
            if spelled(run.folded) in published:
                continue
            best = (
                _of_the_paper(reading, run) or _nearest(run.folded)
                if len(run.words) > 1 or not _is_place(reading, run)
                else None
            )
            if best is not None:
                form, score = best
                yield _finding(reading, run, form, score)


def _ended(run: Run) -> Run:
    """The run without the day, place or issue that follows a title: "… on Friday"."""
    if run.folded in _index().exact:
        return run
    for at, word in enumerate(run.words):
        if at and (word.led_by in ("on", "in", "at") or word.folded in listed("days")):
            return Run(run.start, run.words[at - 1].end, run.words[:at])
    return run


def _is_place(reading: Reading, run: Run) -> bool:
    """Whether a single word is a country, a town or a people."""
    span = reading.doc.char_span(run.words[0].start, run.words[0].end)
    return span is not None and span[0].ent_type_ in ("GPE", "LOC", "NORP") and is_known(run.words[0].folded)


def _is_titled(text: str, run: Run) -> bool:
    """Whether the run is called a journal after it: "the X journal"."""
    return text[run.end : run.end + 8] == " journal"


def _of_the_paper(reading: Reading, run: Run) -> tuple[str, float] | None:
    """The paper's journal, where a name on no list is close to it."""
    name = reading.paper.journal if reading.paper is not None else None
    form = title_words(name or "")
    if not name or run.folded in _index().exact or len(form) != len(run.folded):
        return None
    each = [likeness(one, other) for one, other in zip(run.folded, form, strict=True)]
    score = sum(each) / len(each)
    return (name, round(score, 2)) if score >= MIN_LIKENESS_ALONE and min(each) >= MIN_WORD else None


@lru_cache(maxsize=1024)  # an editor's draft is checked at every change
def _nearest(words: tuple[str, ...]) -> tuple[str, float] | None:
    index = _index()
    if not words or words in index.exact or {words[0], words[-1]} & (listed("days") | listed("outlets")):
        return None
    best: tuple[float, float, str] | None = None
    for number in _candidates(words):
        form, name, journal = index.forms[number]
        if len(form) != len(words):
            continue
        each = [likeness(one, other) for one, other in zip(words, form, strict=True)]
        score = sum(each) / len(each)
        least = MIN_LIKENESS if len(words) > 1 else MIN_LIKENESS_ALONE
        strange = min(each) < MIN_WORD or any(map(_is_field, words, form))
        if strange or score < least or (words[0][0] != form[0][0] and len(words) == 1):
            continue
        found = (score + _prior(words, form, journal), score, _title(name, journal))
        best = max(best, found) if best else found
    return (best[2], round(best[1], 2)) if best else None


def _is_field(word: str, other: str) -> bool:
    """Whether a word of a title is in use, and no slip for another title's: "neuroradiology", "perinatology"."""
    if word == other or not is_known(word):
        return False
    if are_siblings(word, other) or (other.endswith(word) and len(other) - len(word) > 2):
        return True
    return OSA.normalized_similarity(word, other) < MIN_KNOWN and word[:3] != other[:3]


def _prior(words: tuple[str, ...], form: tuple[str, ...], journal: Named) -> float:
    """Tells rivals apart: journals that news names, English titles, and beginnings kept come first."""
    kept = sum(Prefix.normalized_similarity(one, other) for one, other in zip(words, form, strict=True)) / len(words)
    return 0.1 * kept + 0.05 * journal.well_known + 0.12 * all(is_word(word) for word in form)


def _candidates(words: tuple[str, ...]) -> Iterator[int]:
    index = _index()
    if len(words) == 1:
        if len(words[0]) >= 4:
            yield from _single()
    else:
        yield from index.sharing(words)


@cache
def _single() -> tuple[int, ...]:
    forms = _index().forms
    return tuple(number for number, (words, _, _) in enumerate(forms) if len(words) == 1 and len(words[0]) >= 4)


def _title(form: str, journal: Named) -> str:
    return form if form == journal.name or not journal.name.endswith(form) else journal.name


def _finding(reading: Reading, run: Run, form: str, score: float) -> Finding:
    text = reading.article.text
    start = run.start
    if form.startswith("The ") and not text[start:].startswith("The "):
        form = form.removeprefix("The ")
    if ", and " in form and ", and " not in text[start : run.end]:
        form = form.replace(", and ", " and ")
    return CHECK.finding(
        start, run.end, f"No journal is called “{text[start : run.end]}”; “{form}” is close.",
        trigger=text[start : run.end], suggestion=form, signals={"likeness": score},
    )  # fmt: skip
