"""The name of an institution, misspelt or with its words in the wrong order.

What it flags: a name that holds the words of a known university, hospital or agency in an order that is not its own
("University of Nuremberg in Erlangen"), or with a word misspelt, or with its words in other forms ("Nationwide
Institute for the Cancer"), or owned by a possessive that is not in the name ("Emory's University"). Why it misleads:
readers cannot tell which institution vouches for the words; scrambled names are the mark of translation by machine.
Write instead the institution's own name. It leaves alone variants in use, departments named before or after, names
that are close to none, and the names in the paper that the article reports, which are right whatever the lists say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from annotate.checks.names import _published
from annotate.checks.names._lexicon import frequency, institutions
from annotate.checks.names._titles import Run, TitleIndex, fold, likeness, listed, paired, runs, telling, title_index
from annotate.checks.names._translated import translated
from annotate.checks.names._usage import is_known as is_known_word
from annotate.types import Check, Evidence, Example, Finding, Paper, Reading

_PAPER = Paper(
    title="A ward for sleep", doi="10.5555/example.ward", authors=("Mirela Vasquez",),
    affiliations=("University of Zwanenburg, The Netherlands", "Bostom University Hospital, Bostom"),
)  # fmt: skip

CHECK = Check(
    id="names.institution",
    severity="warning",
    examples=(
        Example("He teaches at the [[University of Nuremberg in Erlangen]]."),
        Example("The team at [[Jonhs Hopkins University]] enrolled 40 people."),
        Example("She works at the [[Medical Center of University Boston]]."),
        Example("The trial was paid for by the [[Nationwide Institute for the Cancer]]."),
        Example("She works at [[Great Ormond Street Hospice]], and he at Saint Anselm's Hospice."),
        Example(
            "He works at Boston University Medical Center, and she at the University of Washington in Seattle.",
            "official names",
        ),
        Example(
            "The clinic belongs to King's College London and to the University of California, San Francisco.",
            "official names",
        ),
        Example(
            "She studied at the Department of Medicine of Harvard University and at Leeds General Infirmary.",
            "a department, an official name",
        ),
        Example(
            "She works at the [[University of Zwanenborg]]. The paper is at https://doi.org/10.5555/example.ward.",
            papers=(_PAPER,),
        ),
        Example(
            "She works at the Bostom University Hospital. The paper is at https://doi.org/10.5555/example.ward.",
            "the name that the paper has",
            papers=(_PAPER,),
        ),
    ),
)

MIN_LIKENESS = 0.75
MIN_WORD = 0.6
SAME = 0.95
"""A plural or possessive "s" more or less."""
MAX_EXTRA = 3
"""Words a run may have beside those of the name: a department."""
MIN_SHARE = 0.5
MIN_WORD_KNOWN = 2.5
"""Zipf: an English word in a name is a slip for another only where both begin alike."""


@cache
def _index() -> TitleIndex:
    return title_index("institutions", institutions())


@cache
def _hints() -> tuple[str, ...]:
    return tuple(sorted({word[:SAME_START].capitalize() for word in _kinds()}))


def find(reading: Reading) -> Iterator[Finding]:
    """Names of institutions that are a known name gone wrong."""
    text, published = reading.article.text, _published.institutions(reading)
    known = {words for words, _ in published}
    for block in telling(reading.article, _hints()):
        for run in runs(text, block):
            if len(run.words) < 2 or run.folded in known or not any(map(_names_kind, run.folded)):
                continue
            right = None if is_known(run) else _published.garbled_institution(run.folded, published)
            if right is not None:
                said = text[run.start : run.end]
                yield CHECK.finding(
                    run.start, run.end, f"No institution is called “{said}”: the paper has “{right}”.",
                    trigger="misspelt", suggestion=right, evidence=(Evidence(f"affiliation of the paper: {right}"),),
                )  # fmt: skip
                continue
            mended = _mended(text, run)
            if mended is not None:
                part, right, trigger, score = mended
                yield CHECK.finding(
                    part.start, part.end, f"No institution is called “{text[part.start : part.end]}”: “{right}” fits.",
                    trigger=trigger, suggestion=right, signals={"likeness": round(score, 2)},
                )  # fmt: skip


@lru_cache(maxsize=4096)
def _names_kind(word: str) -> bool:
    """Whether a word says what kind of institution a name is of, or is a word like one: "hospice" for "hospital"."""
    return word in listed("institutions") or any(_is_another(word, kind) for kind in _kinds())


def _is_another(word: str, kind: str) -> bool:
    """Whether a word begins like one that says what a thing is, and is none itself: "trusty", "hospitality"."""
    alike = len(kind) >= SAME_START and word[:SAME_START] == kind[:SAME_START] and word != kind
    return alike and word not in _own() and word not in (kind + "s", kind[:-1])


@cache
def _kinds() -> frozenset[str]:
    """What kinds of institution are called; "trust" alone, which is in many other names, does not tell of one."""
    return listed("institutions") | {"trust"}


@cache
def _own() -> frozenset[str]:
    return listed("institutions") | listed("generic") | listed("foreign")


SAME_START = 5
"""Letters."""


def _mended(text: str, run: Run) -> tuple[Run, str, str, float] | None:
    """A run (or its part before the place), its right name, what is wrong with it, and how alike they are."""
    if (place := _misplaced(run)) is not None:
        return place
    if is_known(run):
        return _possessive(text, run)
    placed = next((at for at, word in enumerate(run.words) if at and word.led_by in _PLACES), None)
    best = _best(run, beyond=placed)
    if best is None and placed is not None and placed > 1:
        run = Run(run.start, run.words[placed - 1].end, run.words[:placed])
        best = None if is_known(run) else _best(run)
    if best is None:
        run, best = next(_parts(run), (run, None))
    if best is None and (found := translated(run.folded, _index())) is not None:
        return run, _index().forms[found[0]][1], "translated", found[1]
    if best is None:
        return _possessive(text, run)
    _, number, fault, score = best
    form, name, _ = _index().forms[number]
    places = [at for at, _ in _matched(run.folded, form) or ()]
    return run, _whole(run, name, places), fault, score


def _misplaced(run: Run) -> tuple[Run, str, str, float] | None:
    """The beginning "University of X" of a longer name, X misspelt."""
    for first, second in pairwise(run.words):
        if first.folded != "university" or second.led_by != "of":
            continue
        bare = re.sub(r"['’]s?$", "", second.text)
        word = fold(bare)
        if len(word) < MIN_PLACE or is_known_word(word):
            continue
        if word in _index().by_word or re.search(r"['’]", bare):
            continue
        for near in _index().near(word):
            opened = (_index().forms[number] for number in _index().by_word.get(near, ()))
            name = next((form for words, form, _ in opened if words[:2] == ("university", near)), None)
            right = next((part for part in re.findall(r"[\w'’-]+", name or "") if fold(part) == near), None)
            if right is not None and OSA.normalized_similarity(word, near) >= MIN_PLACE_LIKENESS:
                part = Run(first.start, second.start + len(bare), (first, second))
                return part, f"{first.text} of {right}", "misspelt", OSA.normalized_similarity(word, near)
    return None


MIN_PLACE, MIN_PLACE_LIKENESS = 6, 0.8


def _parts(run: Run) -> Iterator[tuple[Run, tuple[float, int, str, float]]]:
    """The parts of a run before and after "and", "at" or "the" that are a known name misspelt."""
    for at, word in enumerate(run.words):
        if word.led_by not in _PARTED_BY:
            continue
        for words in (run.words[:at], run.words[at:]):
            part = Run(words[0].start, words[-1].end, words) if len(words) > 1 else None
            if part is not None and set(part.folded) & listed("institutions") and not is_known(part):
                best = _best(part)
                if best is not None and best[2] == "misspelt":
                    yield part, best


_PARTED_BY = ("and", "at", "the", "&")


def _best(run: Run, beyond: int | None = None) -> tuple[float, int, str, float] | None:
    """The known name that explains a run best: rank, number, fault, likeness. `beyond`: it must use the words there."""
    words, index = run.folded, _index()
    best: tuple[float, int, str, float] | None = None
    for number, pairs in _holding_all(words):
        form, _, institution = index.forms[number]
        if beyond is not None and (len(form) < 3 or max(pairs)[0] < beyond):
            continue
        score = sum(value for _, value in pairs) / len(pairs)
        fault = _fault(run, form, [at for at, _ in pairs], score)
        if fault is not None:
            rank = score + 0.1 * len(form) + 0.05 * institution.well_known
            best = max(best, (rank, number, fault, score)) if best else (rank, number, fault, score)
    return best


@lru_cache(maxsize=1024)  # an editor's draft is checked at every change
def _holding_all(words: tuple[str, ...]) -> tuple[tuple[int, list[tuple[int, float]]], ...]:
    """The known names all of whose words a run holds or nearly holds: number, and `_matched`."""
    index = _index()
    said = {word.removesuffix("s") for word in words}
    forms = ((number, index.forms[number][0]) for number in index.sharing(words))
    matched = ((number, _matched(words, form)) for number, form in forms if _may_match(said, len(words), form))
    return tuple((number, pairs) for number, pairs in matched if pairs is not None)


def _may_match(said: Set[str], size: int, form: Sequence[str]) -> bool:
    """Whether enough words of a known name stand in a run but for a plural, which is cheaper to tell than the rest."""
    if size - len(form) > MAX_EXTRA:
        return False
    return sum(word.removesuffix("s") in said for word in form) >= MIN_SHARE * len(form)


def is_known(run: Run) -> bool:
    """Whether a run is a known name, or holds one as it should."""
    words = run.folded
    return words in _index().exact or words in _index().openings or _holds_known(run)


def _holds_known(run: Run) -> bool:
    """Whether a known name of two words or more stands in the run as it should, not only of words that say little."""
    words, exact = run.folded, _index().exact
    for size in range(len(words), 1, -1):
        for low in range(len(words) - size + 1):
            part = words[low : low + size]
            placed = any(word.led_by in _PLACES for word in run.words[low + 1 : low + size])
            if part in exact and not placed and not set(part) <= listed("generic"):
                return True
    return False


_PLACES = ("in", "at", "on")


def _matched(words: Sequence[str], form: Sequence[str]) -> list[tuple[int, float]] | None:
    """For each word of a known name, the place of the closest word of the run, and how close; None if one lacks."""
    found = paired(words, form, _close)
    if found is None:
        return None
    exact = [word for word, (_, value) in zip(form, found, strict=True) if value >= SAME]
    telling = [word for word in form if word not in listed("generic")]
    if not telling or len(exact) < MIN_SHARE * len(form):
        return None
    return found


def _close(word: str, right: str) -> float:
    """How alike two words are, 0 where they are not close."""
    value = likeness(word, right)
    return 0.0 if value < MIN_WORD or (value < 1 and len(right) < 4) else value


def _fault(run: Run, form: Sequence[str], places: Sequence[int], score: float) -> str | None:
    """What is wrong with a run that holds all the words of a known name; None where it is a fair variant."""
    words = run.folded
    ordered = all(first < second for first, second in pairwise(places))
    close = max(places) - min(places) + 1 == len(places)
    differing = list(_differing(words, form, places))
    if ordered:
        if all(likeness(word, right) >= SAME for word, right in differing):
            return "misspelt" if len(differing) > 1 and len(words) == len(form) else None
        if not close or len(form) != len(words) - _department(words, places):
            return None
        slips = all(likeness(word, right) >= MIN_LIKENESS and _is_slip(word, right) for word, right in differing)
        kind = len(differing) == 1 and len(words) == len(form) and _is_another(*differing[0])
        return "misspelt" if slips or kind or (len(form) >= 4 and score >= 0.9) else None
    if len(form) >= 3:
        if not close:  # a word of its own in the middle: another name
            return None
        foreign = all(likeness(word, right) >= SAME or not _index().by_word.get(word) for word, right in differing)
        return "scrambled" if score > 0.85 and foreign and not _is_fair(run, form, places) else None
    if differing:
        return None
    first, second = run.words[min(places)], run.words[max(places)]
    if close:
        clinic = first.folded in ("clinic", "hospital", "foundation") and second.led_by == "of"
        return "scrambled" if clinic or (first.folded == "university" and not second.led_by) else None
    between = words[min(places) + 1 : max(places)]
    return "scrambled" if set(between) & listed("generic") and _is_of(run, places) else None


def _differing(words: Sequence[str], form: Sequence[str], places: Sequence[int]) -> Iterator[tuple[str, str]]:
    for at, word in zip(places, form, strict=True):
        if words[at] != word:
            yield words[at], word


def _is_slip(word: str, right: str) -> bool:
    """Whether a word is a slip for another, and no place or plain word of its own in such a name."""
    if word[0] in "ld" and word[1:] == right:  # "L'Aquila"
        return False
    return not _index().by_word.get(word) and (frequency(word) < MIN_WORD_KNOWN or word[0] == right[0])


def _department(words: Sequence[str], places: Sequence[int]) -> int:
    return len(words) - len(places) if max(places) == len(words) - 1 or min(places) == 0 else 0


def _is_fair(run: Run, form: Sequence[str], places: Sequence[int]) -> bool:
    """Whether the order is a usual variant: a department before "of" or "at", a place after a comma or "in"."""
    first = run.words[places[0]]
    moved = range(places[0])
    led = {run.words[at + 1].led_by for at in moved if at + 1 < len(run.words)}
    whole_tail = list(places[: len(form) - len(moved)]) == list(range(places[0], len(run.words)))
    return bool(first.led_by in ("of", "at", "in") and whole_tail and led & {"of", "at", "in", ""} and len(moved) == 1)


def _is_of(run: Run, places: Sequence[int]) -> bool:
    return any(run.words[at].led_by == "of" for at in places) or bool(run.words[max(places)].led_by)


def _possessive(text: str, run: Run) -> tuple[Run, str, str, float] | None:
    """A known name with a possessive in it that is not its own: "Emory's University"."""
    exact = _index().exact
    for first, second in pairwise(run.words):
        bare = first.text[:-2]
        owned = first.text.endswith(("'s", "’s")) and first.folded not in listed("owners")
        if (
            owned
            and second.folded in ("university", "college", "clinic")
            and (fold(bare), second.folded) in exact
            and (first.folded, second.folded) not in exact
        ):
            return run, text[run.start : first.start] + bare + text[first.end : run.end], "possessive", SAME
    return None


def _whole(run: Run, name: str, places: Sequence[int]) -> str:
    """The right name with what the run has beside it (a department) put after it."""
    rest, led_by = "", ""
    for at, word in enumerate(run.words):
        if at in places:
            led_by = word.led_by or led_by
            continue
        small = word.led_by or led_by
        rest += f" {small} {word.text}" if rest and small else f" {word.text}"
        led_by = ""
    return name + rest
