"""A fixed term whose words were swapped for others of like meaning.

What it flags: words that make no term as they stand, but make one when a word is put back that a thesaurus gives for
another ("bosom malignancy" for "breast cancer"), where the word that stands there belongs to no such term. Why it
misleads: such "tortured phrases" come from tools that disguise copied text; the reader cannot know what was meant, and
sometimes the sense turns (an "insusceptible" system is not an immune one). Write instead the term itself. It leaves
alone terms, figures of speech that fit no term, and plain words for medical ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from annotate.artefacts import wordlist
from annotate.checks.names._candidates import is_alien
from annotate.checks.names._index import fillers, swaps, term_words
from annotate.checks.names._lexicon import is_term, vocabulary, word_form
from annotate.checks.names._words import Word, words_of
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

MAX_FREQUENCY = {"+": 4.9, "=": 4.7, "~": 4.7}
MAX_FREQUENCY_ALONE = 4.2
"""Zipf: how frequent a swapped word may be, by how the swap is known; a common word is what people say."""
MIN_TERMS = 5
MAX_IN_TERM = 6.0
SIZES = (2, 3)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A term that a window of words stands for."""

    forms: tuple[str, ...]
    swapped: tuple[int, ...]
    marks: str

    @property
    def rank(self) -> tuple[int, int, int]:
        """The likeliest first: fewest swaps, swaps known best, words that most terms use."""
        uses = sum(use.terms for form in self.forms if (use := term_words().get(form)))
        return (-len(self.swapped), -sum("+=~".index(mark) for mark in self.marks), uses)


def find(reading: Reading) -> Iterator[Finding]:
    """Terms with words swapped."""
    yield from _compounds(reading)
    words = words_of(reading)
    tags = {token.idx: token.pos_ for token in reading.doc}
    swapped = [_may_be_swapped(word) for word in words.all]
    end = -1
    for at in range(len(words.all)):
        for size in sorted(SIZES, reverse=True):
            if not any(swapped[at : at + size]):
                continue
            window = words.window(at, size)
            if window is None or window[0].start < end or not _is_phrase(window, tags):
                continue
            meant = _meant(window)
            if meant is not None:
                end = window[-1].end
                yield _finding(reading, window, meant)
                break


def _compounds(reading: Reading) -> Iterator[Finding]:
    """Compounds of the list that make a term with the word after them: "anti-human machinery"."""
    text = reading.article.text
    for compound, right in wordlist("text/terms")["compounds"].items():
        for match in re.finditer(rf"\b{re.escape(compound)} (\w+)", text, re.IGNORECASE):
            block = reading.article.block_at(match.start())
            if block is not None and block.checked and _is_known((*right.split(), word_form(match[1]))):
                term = f"{right.replace(' ', '-')} {match[1]}"
                yield CHECK.finding(
                    match.start(), match.end(), f"“{match[0]}” is no term: “{term}”, with its words swapped?",
                    trigger=match[0], suggestion=term, signals={"swapped": 1, "known_by": "+"},
                )  # fmt: skip


def _is_phrase(window: Sequence[Word], tags: dict[int, str]) -> bool:
    """Whether the words could be a term: adjectives and nouns, the last a noun."""
    if any(word.capital or word.frequency > MAX_IN_TERM or len(word.form) < 3 for word in window):
        return False
    if tags.get(window[-1].start, "NOUN") not in ("NOUN", "PROPN", "ADJ"):
        return False
    return all(tags.get(word.start, "NOUN") in ("NOUN", "PROPN", "ADJ") for word in window[:-1])


def _meant(window: Sequence[Word]) -> _Reading | None:
    """The term that a window stands for, None where it is a term itself or stands for none."""
    choices = [_choices(word.form, word.frequency) for word in window]
    if all(len(choice) == 1 for choice in choices) or _is_known(tuple(word.form for word in window)):
        return None
    best: _Reading | None = None
    for forms in product(*choices):
        swapped = tuple(at for at, form in enumerate(forms) if form != window[at].form)
        if not swapped or not _is_known(forms):
            continue
        found = _Reading(forms, swapped, "".join(choices[at][forms[at]] for at in swapped))
        if _is_told(window, found) and (best is None or found.rank > best.rank):
            best = found
    return best


def _may_be_swapped(word: Word) -> bool:
    return word.form in swaps() and word.frequency <= max(MAX_FREQUENCY.values())


@lru_cache(maxsize=16384)
def _choices(form: str, zipf: float) -> dict[str, str]:
    """The word itself and those it could stand for, with how that is known."""
    found = {form: ""}
    for other, mark in swaps().get(form, {}).items():
        use = term_words().get(other)
        usual = mark == "+" or (use is not None and use.terms >= MIN_TERMS)
        if usual and zipf <= MAX_FREQUENCY[mark]:
            found[other] = mark
    return found


@lru_cache(maxsize=65536)
def _is_known(forms: tuple[str, ...]) -> bool:
    return forms[-1] in fillers(" ".join([*forms[:-1], "_"])) or is_term(" ".join(forms))


def _is_told(window: Sequence[Word], found: _Reading) -> bool:
    """Whether enough speaks for a swap.

    A word swapped must be one that no term uses, or be known by hand; a looser swap counts only beside one known by
    hand. A single swap known from the thesaurus must make a disease, symptom, therapy or fixed phrase.
    """
    if "+" in found.marks:
        return any(is_alien(window[at]) for at in found.swapped)
    rare = all(is_alien(window[at]) and window[at].frequency <= MAX_FREQUENCY_ALONE for at in found.swapped)
    if "~" in found.marks or not rare:
        return False
    kinds = {term.kind for term in vocabulary().lookup(" ".join(found.forms))}
    return not kinds or bool(kinds & {"disease", "symptom", "therapy", "cell"})


def _finding(reading: Reading, window: Sequence[Word], meant: _Reading) -> Finding:
    text = reading.article.text
    start, end = window[0].start, window[-1].end
    term, position = "", start
    for at, word in enumerate(window):
        term += text[position : word.start] + (_inflected(meant.forms[at], word) if at in meant.swapped else word.text)
        position = word.end
    return CHECK.finding(
        start, end, f"“{text[start:end]}” is no term: “{term}”, with its words swapped?",
        trigger=text[start:end], suggestion=term,
        signals={"swapped": len(meant.swapped), "known_by": meant.marks},
    )  # fmt: skip


def _inflected(form: str, word: Word) -> str:
    plural = word.text.lower().endswith("s") and word.form != word.text.lower() and not form.endswith("s")
    form = form + "s" if plural else form
    return form.capitalize() if word.text[0].isupper() else form
