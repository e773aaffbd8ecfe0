"""A fixed term whose words were swapped for others of like meaning.

What it flags: words that make no term as they stand, but make one when a word is put back that a thesaurus gives for
another: well-known phrases with one or more words swapped for synonyms that are odd there ("bosom malignancy" for
"breast cancer"), and any term with one such word. Why it misleads: such "tortured phrases" come from tools that hide
copying; the reader cannot know what was meant, and sometimes the sense turns (an "insusceptible" system is not an
immune one). Write instead the term itself. It leaves alone terms, figures of speech that fit no term, plain words for
medical ones, and synonyms that go well with the rest of the phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from annotate.artefacts import wordlist
from annotate.checks.names._index import fillers, swaps
from annotate.checks.names._kinship import is_alien, is_derived
from annotate.checks.names._lexicon import is_term, vocabulary, word_form
from annotate.checks.names._usage import go_together
from annotate.checks.names._words import Word, parts_of_speech, words_of
from annotate.checks.text._spinning import is_odd, spun
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="text.tortured",
    severity="warning",
    references=("Cabanac G, Labbé C, Magazinov A. Tortured phrases. arXiv:2107.06751, 2021",),
    examples=(
        Example("Women with [[bosom malignancy]] were asked how they slept."),
        Example("The virus hides from the [[insusceptible framework]] for years."),
        Example("The men had [[kidney disappointment]] and needed dialysis."),
        Example("In the lab the drug calmed a [[cytokine tempest]] in the lungs."),
        Example(
            "Women with breast cancer, or cancer of the breast, were asked about tumours in the breast.",
            "the plain term, reordered",
        ),
        Example("The immune system is our body's army, and white cells are its foot soldiers.", "a figure of speech"),
        Example("A storm of protest met the plan for the heart clinic.", "an idiom"),
        Example("Doctors saw a drop in deaths and a rise in side effects in the new data.", "plain words"),
    ),
)

MAX_FREQUENCY = 4.2
"""Zipf: how frequent the word swapped in any term may be; a common word is what people say."""
MAX_IN_TERM = 6.0
MIN_WINDOW, MAX_WINDOW = 2, 4
MIN_SPUN = 2
"""Phrases with odd words by which a text is known to be spun."""
TELLING = frozenset(("disease", "symptom", "therapy", "cell"))
"""What a term of the vocabulary must be, for one swap in it to count."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a window of words stands for: the right forms, the places of the swapped words, how the swaps are known."""

    forms: tuple[str, ...]
    swapped: tuple[int, ...]
    marks: str


def find(reading: Reading) -> Iterator[Finding]:
    """Terms with words swapped."""
    found = [*_compounds(reading), *_swapped(reading, loose=False)]
    if len({_meaning(finding) for finding in found}) >= MIN_SPUN:
        taken = [(finding.start, finding.end) for finding in found]
        more = _swapped(reading, loose=True)
        found += [one for one in more if not any(one.start < end and start < one.end for start, end in taken)]
    yield from sorted(found, key=lambda finding: finding.start)


def _meaning(finding: Finding) -> str:
    """What a finding puts in the place of the words, in small letters and the singular."""
    return finding.suggestion.replacement.lower().removesuffix("s") if finding.suggestion else ""


def _swapped(reading: Reading, loose: bool) -> Iterator[Finding]:
    """Phrases and terms with words swapped. `loose`: in a text that is spun, plain words count as swaps too."""
    words, tags = words_of(reading).all, parts_of_speech(reading)
    end = -1
    for low, high in _runs(words):
        odd = [at for at in range(low, high) if _may_be_swapped(words[at].form, words[at].frequency)]
        for at, size in _windows(low, high, odd):
            if words[at].start < end:
                continue
            window = words[at : at + size]
            meant = _meant(window, [tags.get(word.start, "NOUN") for word in window], loose)
            if meant is not None:
                end = window[-1].end
                yield _finding(reading, window, meant)


def _windows(low: int, high: int, odd: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The windows of a stretch that hold one of its odd words, as place and size: from the left, the widest first."""
    for at in range(max(low, odd[0] - MAX_WINDOW + 1), odd[-1] + 1) if odd else ():
        next_odd = next(place for place in odd if place >= at)
        for size in range(min(MAX_WINDOW, high - at), max(MIN_WINDOW, next_odd - at + 1) - 1, -1):
            yield at, size


def _runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Stretches `low:high` of words that nothing parts and that could be a term's, two or more of them."""
    low = 0
    for at, word in enumerate(words):
        fitting = _could_be_term(word)
        if not word.joined or not fitting:
            if at - low >= MIN_WINDOW:
                yield low, at
            low = at if fitting else at + 1
    if len(words) - low >= MIN_WINDOW:
        yield low, len(words)


def _could_be_term(word: Word) -> bool:
    return not (word.frequency > MAX_IN_TERM or len(word.form) < 3 or word.capital or word.text.isupper())


@lru_cache(maxsize=16384)
def _may_be_swapped(form: str, zipf: float) -> bool:
    return is_odd(form) or (zipf <= MAX_FREQUENCY and any(mark != "~" for mark in swaps().get(form, {}).values()))


def _compounds(reading: Reading) -> Iterator[Finding]:
    """Compounds of the lists, those of one with the word after or before them: "anti-human machinery"."""
    if not any(forms <= words_of(reading).counts.keys() for forms in _words_of_compounds()):
        return
    text, lists = reading.article.text, wordlist("text/terms")
    for match in _compound().finditer(text):
        block = reading.article.block_at(match.start())
        if block is None or not block.checked:
            continue
        compound = match["compound"].lower()
        right = lists["never"].get(compound)
        start, end, term = match.start("compound"), match.end("compound"), right or lists["compounds"].get(compound, "")
        if right is None:
            before, after = _BEFORE.search(text, max(0, start - 30), start), _AFTER.match(text, end)
            if after and _is_known((*term.split(), word_form(after[1].lower()))):
                end, term = after.end(), f"{term.replace(' ', '-')} {after[1]}"
            elif before and _is_known((word_form(before[1].lower()), *term.split())):
                start, term = before.start(), f"{before[1]} {term}"
            else:
                continue
        elif match["plural"]:
            end, term = match.end("plural"), f"{term}s"
        term = term[0].upper() + term[1:] if text[start].isupper() else term
        yield CHECK.finding(
            start, end, f"“{text[start:end]}” is no term: “{term}”, with its words swapped?",
            trigger=text[start:end], suggestion=term, signals={"swapped": 1, "known_by": "+"},
        )  # fmt: skip


@cache
def _words_of_compounds() -> tuple[frozenset[str], ...]:
    lists = wordlist("text/terms")
    split = (re.findall(r"[^\W\d_]+", compound) for compound in (*lists["compounds"], *lists["never"]))
    return tuple(frozenset(map(word_form, words)) for words in split)


@cache
def _compound() -> re.Pattern[str]:
    lists = wordlist("text/terms")
    compounds = "|".join(re.escape(compound) for compound in sorted([*lists["compounds"], *lists["never"]]))
    return re.compile(rf"\b(?P<compound>{compounds})(?P<plural>s?)\b", re.IGNORECASE)


_BEFORE, _AFTER = re.compile(r"\b([^\W\d_]+)[ -]$"), re.compile(r"[ -]([^\W\d_]+)")


def _meant(window: Sequence[Word], tags: Sequence[str], loose: bool) -> Meant | None:
    """The phrase or term that a window stands for, None where it is a term itself or stands for none."""
    if tags[-1] not in _LAST or (tags[-1] == "ADV" and window[-1].text.endswith("ly")):
        return None
    meant = _phrase(window, tags, loose) or (_term(window, tags) if len(window) < MAX_WINDOW else None)
    return None if meant is None or _is_known(tuple(word.form for word in window)) else meant


_PARTS = {"NOUN": "n", "PROPN": "n", "ADJ": "a", "ADV": "a", "VERB": "v"}
_NAMING = ("NOUN", "PROPN", "ADJ")
_LAST = (*_NAMING, "VERB", "ADV", "X")
"""The tagger takes a word where it does not belong for many a thing."""


def _phrase(window: Sequence[Word], tags: Sequence[str], loose: bool) -> Meant | None:
    """A well-known phrase: one swap of a word that is odd there, or several."""
    for reading in spun([word.form for word in window]):
        swapped = [(window[at], tags[at], reading.phrase.parts[at], reading.marks[at]) for at in reading.swapped]
        last = window[-1], tags[-1]
        if not all(_fits(word, tag, parts, (word, tag) == last) for word, tag, parts, _ in swapped):
            continue
        marks = "".join(mark for *_, mark in swapped)
        if _is_told(marks, len(window) - len(marks)) or (loose and marks == "-"):
            return Meant(reading.phrase.forms, reading.swapped, marks)
    return None


def _is_told(marks: str, kept: int) -> bool:
    """Whether swaps, by how they are known, are enough: an odd word with at most one fair one, or several by hand.

    Where no word of the phrase is left (`kept`), synonyms alone are chance.
    """
    if marks in ("=", "+"):
        return True
    fair = marks.count("~")
    if not kept and "+" not in marks and len(marks) == MIN_WINDOW:
        return False
    return ("+" in marks and fair <= 1) or (len(marks) - fair > 1 and fair <= 1)


def _fits(word: Word, tag: str, parts: str, is_last: bool) -> bool:
    """Whether a word stands as the part of speech of the one it was put for, as far as the tagger can be believed."""
    if tag == "VERB" and word.text.endswith(("ed", "ing")):
        return True
    if is_last and "n" in parts and (tag in ("ADJ", "ADV", "X") or word.text.endswith("s")):
        return True
    return _PARTS.get(tag, "?") in parts


def _term(window: Sequence[Word], tags: Sequence[str]) -> Meant | None:
    """A term of the vocabulary with a single word swapped, a rare one that no term uses."""
    if not all(tag in _NAMING for tag in tags):
        return None
    forms = tuple(word.form for word in window)
    for at, word in enumerate(window):
        others = swaps().get(word.form)
        if not others or word.frequency > MAX_FREQUENCY or not is_alien(word) or _is_at_home(forms, at):
            continue
        for other, mark in others.items():
            right = (*forms[:at], other, *forms[at + 1 :])
            if mark == "~" or is_derived(word.form, other) or not _is_known(right):
                continue
            if TELLING & {term.kind for term in vocabulary().lookup(" ".join(right))}:
                return Meant(right, (at,), mark)
    return None


def _is_at_home(forms: Sequence[str], at: int) -> bool:
    """Whether a word is in use beside the one before or after it."""
    return any(go_together(*pair) for pair in pairwise(forms[max(0, at - 1) : at + 2]))


@lru_cache(maxsize=16384)
def _is_known(forms: tuple[str, ...]) -> bool:
    return forms[-1] in fillers(" ".join([*forms[:-1], "_"])) or is_term(" ".join(forms))


def _finding(reading: Reading, window: Sequence[Word], meant: Meant) -> Finding:
    text = reading.article.text
    start, end = window[0].start, window[-1].end
    term, position = "", start
    for at, word in enumerate(window):
        term += text[position : word.start] + (_inflected(meant.forms[at], word) if at in meant.swapped else word.text)
        position = word.end
    for phrase in wordlist("text/terms")["joined"]:
        term = term.replace(phrase, phrase.replace(" ", ""))
    return CHECK.finding(
        start, end, f"“{text[start:end]}” is no term: “{term}”, with its words swapped?",
        trigger=text[start:end], suggestion=term,
        signals={"swapped": len(meant.swapped), "known_by": meant.marks},
    )  # fmt: skip


def _inflected(form: str, word: Word) -> str:
    plural = word.text.lower().endswith("s") and word.form != word.text.lower() and not form.endswith("s")
    form = form + "s" if plural else form
    return form.capitalize() if word.text[0].isupper() else form
