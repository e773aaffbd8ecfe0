"""What a word of a term may be a garble of, and how well each explanation fits.

An explanation is a right word, with evidence from the article first and the vocabulary second. Signals, 0 to 1 each:

- `spelling`: share of letters kept; `same_sound`: whether both sound alike;
- `here`: the right word is used in this article, and more than once;
- `neighbour`: it stands there beside the same word;
- `phrase`: with it the words form a term of the vocabulary, which they do not as they stand;
- `alien`: no term uses the word; `unknown`: nor does English;
- `specific`: the right word is rare, so that its likeness is no chance;
- `prior`: how usual the right word is in English;
- `common`: how far the wrong one is above once in a million words (this speaks against);
- `related`: the right term is close to the article's other diseases (Lin's measure, or MeSH trees).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from annotate.checks.names._index import fillers, like_sounding, near_words, swaps, term_words
from annotate.checks.names._kinship import (
    MIN_SHARED,
    are_kin,
    are_siblings,
    is_alien,
    is_another,
    is_derived,
    is_lengthened,
    is_medical,
    is_real,
    is_told,
    is_unknown,
    plain_spelling,
)  # fmt: skip
from annotate.checks.names._lexicon import frequency, is_term, vocabulary
from annotate.checks.names._similarity import likeness, sound
from annotate.checks.names._usage import go_together, is_formed, is_known
from annotate.checks.names._words import Word, Words
from annotate.types import Reading

WEIGHTS = {
    "spelling": 1.0, "same_sound": 0.15, "here": 0.35, "neighbour": 0.35, "phrase": 0.5, "alien": 0.2, "unknown": 0.25,
    "related": 0.6, "specific": 0.1, "common": -0.12,
}  # fmt: skip
MIN_SCORE = 1.25
MIN_UNKNOWN = 6
"""Letters: shorter unknown words are names and abbreviations as often as misspellings."""
GENERIC = 60
"""A slot that more words than these fill ("_ disease") says little by being filled."""
FEW = 12
"""A slot that no more words than these fill says much by being filled."""
MIN_RELATED = 0.3
MIN_RELATED_REAL = 0.5
"""The same for a word in use, where nothing else speaks for its being a slip."""
MIN_INFORMATION = 0.1
"""Of a shared ancestor: "disease" (0) says nothing, "neoplasm" says enough."""
MIN_SOUND = 0.7
MIN_TELLING = 8
"""Letters: a shorter unknown word is a garble of a rare term only where that is related to the article's diseases."""
MIN_SPELLING = 0.6
KNOWN, MIN_KNOWN = 2.0, 0.65
"""Zipf, and likeness: a known English word must be this close to what it is taken for a slip for."""
SURELY_KNOWN = 2.5
"""Zipf: an English word that is taken for a slip for another one only where much speaks for it."""
MIN_KNOWN_DISEASE = 0.85
OWN = 4
"""Uses of a word by which it is the article's own."""
_LEAST_ALIKE = 0.5
MIN_BEGINNING = 4
"""Letters with which a slip for the article's own word begins as that does, where it is no nearer."""
LEAST_DRUG = 0.8
"""Zipf: a rarer drug that the article does not name explains no new word, for new drugs are named alike."""
LESS_USUAL = 1.5
"""Zipf: a word in use is no slip for one that is rarer by so much."""
MAX_WINDOW = 4
MAX_IN_TERM = 5.95
"""Zipf: more frequent words ("the", "of", "people") are no part of the terms looked for."""
MAX_FREQUENCY = 4.6
"""Zipf: a more frequent word ("patient") is in every article, so its being there says nothing."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A right form for a stretch of words, with the signals that speak for it."""

    words: tuple[Word, ...]
    wrong: Word
    right: str
    signals: dict[str, float] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """The weighted sum of the signals."""
        return sum(WEIGHTS.get(name, 0.0) * value for name, value in self.signals.items())

    @property
    def rank(self) -> float:
        """The score, and the more usual right word first: this tells rivals apart, but is no evidence of a fault."""
        return self.score + 0.15 * self.signals["prior"]


def _alike(wrong: Word, right: str) -> dict[str, float]:
    alike = likeness(wrong.form, right)
    return {
        "spelling": round(alike.spelling, 2), "same_sound": float(alike.same_sound),
        "prior": round(min(frequency(right), 4.0) / 4, 2), "common": _common(wrong),
        "alien": float(is_alien(wrong)), "unknown": float(is_unknown(wrong)),
    }  # fmt: skip


def _common(wrong: Word) -> float:
    """How far above once in a million words a word is, in steps of the Zipf scale: a common word is rarely a slip."""
    return round(max(0.0, wrong.frequency - 3.0), 2)


def _least_to_own(wrong: Word, right: str, signals: dict[str, float], begins: bool, real: bool) -> float:
    """How alike a word must be to one of the article's own that it is taken for a slip for."""
    common = signals["common"] > 0.5 and not signals["specific"]
    if not is_alien(wrong) or common or (real and not begins):
        return 0.8
    if signals["same_sound"]:
        return 0.6
    return 0.75 if wrong.frequency >= 1.0 or wrong.form[0] != right[0] else 0.7


def _least_in_slot(wrong: Word, signals: dict[str, float], eponym: bool, here: bool, fillers: int) -> float:
    """How alike a word must be to one that makes a term of its neighbours."""
    alien = bool(signals["alien"])
    least = 0.7 if signals["unknown"] or not alien else 0.75
    if signals["same_sound"] or here:
        least = 0.5 if eponym else 0.55 if here and alien and fillers <= FEW else 0.6
    if signals["common"] > 1:
        least = max(least, 0.75)
    return max(least, MIN_KNOWN) if alien and wrong.frequency >= KNOWN and not eponym else least


class Explainer:
    """Explanations for the words of one article."""

    def __init__(self, reading: Reading, words: Words) -> None:
        self.reading = reading
        self.words = words
        self._places: dict[str, list[int]] = {}
        self._beside: dict[str, set[str]] = {}
        self._near: dict[str, tuple[str, ...]] = {}
        self._alike: dict[str, list[str]] | None = None
        self._said: str | None = None
        parts = [_part_in_terms(word.form, word.frequency) for word in words.all]
        self.in_terms = [in_term for in_term, _ in parts]
        self.suspects = [suspect for _, suspect in parts]
        self.capitals = {word.form for word in words.all if word.capital}
        self.first = {word.form: word.start for word in reversed(words.all)}
        self.rightful = tuple(
            form
            for form in words.counts
            if len(form) >= 5 and form.isalpha() and (frequency(form) < 1.0 or is_medical(form))
            and frequency(form) < MAX_FREQUENCY
        )  # fmt: skip

    def from_article(self, at: int) -> Iterator[Explanation]:
        """The article's own words that this one may be a garble of."""
        wrong = self.words.all[at]
        near = self._near_here(wrong.form)
        if not near:
            return
        alien, real, own = is_alien(wrong), is_real(wrong), self.words.counts[wrong.form]
        for right in near:
            count = self.words.counts[right]
            earlier = count == own == 1 and alien and self.first[right] < wrong.start
            if not (count > own or (is_medical(right) and count == own) or earlier):
                continue
            if (
                is_derived(wrong.form, right)
                or is_lengthened(wrong.form, right)
                or (real and is_another(wrong.form, right))
            ):
                continue
            signals = _alike(wrong, right)
            signals["specific"] = float(frequency(right) < _SPECIFIC)
            begins = wrong.form[:MIN_BEGINNING] == right[:MIN_BEGINNING]
            if signals["spelling"] < _least_to_own(wrong, right, signals, begins, real):
                continue
            neighbour = bool(self.beside(wrong.form) & self.beside(right))
            if not alien and not (neighbour and own == 1 and frequency(right) - wrong.frequency > _RARER):
                continue
            if signals["common"] > 0.5 and not neighbour and not (begins and count >= _OFTEN):
                continue
            told = is_told(right) or (count >= _OFTEN and is_medical(right) and not term_words()[right].kinds)
            if wrong.frequency >= SURELY_KNOWN and not (told and (neighbour or wrong.form[0] == right[0])):
                continue
            signals |= {"here": round(min(count, 3) / 3, 2), "neighbour": float(neighbour)}
            yield Explanation((wrong,), wrong, right, signals)

    def beside(self, form: str) -> set[str]:
        """The stems of the words that stand within three words of a form; small and frequent words left out."""
        if not self._places:
            for at, word in enumerate(self.words.all):
                self._places.setdefault(word.form, []).append(at)
        if form not in self._beside:
            steps = [step for step in range(-_REACH, _REACH + 1) if step]
            around = {at + step for at in self._places[form] for step in steps}
            words = (self.words.all[at] for at in around if 0 <= at < len(self.words.all))
            self._beside[form] = {
                word.form[:6] for word in words if len(word.form) > 4 and word.frequency < MAX_FREQUENCY
            }
        return self._beside[form]

    def _near_here(self, wrong: str) -> tuple[str, ...]:
        """The article's own words that keep the beginning, the end or the sound of this one."""
        if self._alike is None:
            self._alike = {}
            for right in self.rightful:
                for key in _traits(right):
                    self._alike.setdefault(key, []).append(right)
        if wrong not in self._near:
            found = {right for key in _traits(wrong) for right in self._alike.get(key, ())} - {wrong}
            near = (right for right in found if abs(len(right) - len(wrong)) <= 3)
            self._near[wrong] = tuple(sorted(near, key=self.first.__getitem__))
        return self._near[wrong]

    def windows(self, at: int) -> Iterator[tuple[int, Sequence[int]]]:
        """Windows from here that can be terms but for one suspect: their sizes, and the places where that may be."""
        missing, suspects = None, []
        for place in range(min(MAX_WINDOW, len(self.in_terms) - at)):
            if place and not self.words.all[at + place].joined:
                return
            if not self.in_terms[at + place]:
                if missing is not None or not self.suspects[at + place]:
                    return
                missing = place
            elif self.suspects[at + place]:
                suspects.append(place)
            if place and (missing is not None or suspects):
                yield place + 1, suspects if missing is None else (missing,)

    def from_slots(self, at: int, size: int, places: Sequence[int]) -> Iterator[Explanation]:
        """Terms of the vocabulary that a window of words is, but for the word at one of some places."""
        window = self.words.all[at : at + size]
        forms = [word.form for word in window]
        if is_term(" ".join(forms)):
            return
        for place in places:
            wrong = window[place]
            others = fillers(" ".join([*forms[:place], "_", *forms[place + 1 :]]))
            if not others or wrong.form in others or (len(others) > GENERIC and not wrong.capital):
                continue
            for right in others:
                if abs(len(right) - len(wrong.form)) <= 3:
                    signals = self._fits(wrong, right, [*forms[:place], right, *forms[place + 1 :]], others)
                    if signals is not None:
                        yield Explanation(window, wrong, right, signals)

    def _fits(self, wrong: Word, right: str, term: Sequence[str], others: Sequence[str]) -> dict[str, float] | None:
        """The signals of a word that makes a term of its neighbours, None where it is no serious candidate."""
        if OSA.normalized_similarity(wrong.form, right, score_cutoff=_LEAST_ALIKE) == 0:
            return None
        alien, here = is_alien(wrong), right in self.words.counts
        signals = _alike(wrong, right)
        if here and len(term) > 2 and self._is_said(term) and self._is_another_form(wrong, right, term):
            return signals | {"phrase": 1.1, "here": 1.0}
        eponym = wrong.capital and right in self.capitals
        too_common = signals["common"] > (1 if alien else 0.5) and not (here and alien)
        if too_common or signals["spelling"] < _least_in_slot(wrong, signals, eponym, here, len(others)):
            return None
        if (wrong.capital and here and not eponym) or (not alien and not here and signals["common"] > 0.3):
            return None
        inflected = alien and len(others) <= 3 and abs(len(wrong.form) - len(right)) <= 1
        if is_derived(wrong.form, right) and (not inflected or plain_spelling(wrong.form) == plain_spelling(right)):
            return None
        if wrong.frequency >= 1.0 and len(others) > 3 and are_kin(wrong.form, right):
            return None
        if not here and self._is_term_of_its_own(wrong):
            return None
        if is_real(wrong) and not self._may_be_slip(wrong, right, term, signals, len(others) <= FEW):
            return None
        phrase = 1.1 if len(others) <= FEW else 1.0 if len(others) <= GENERIC else 0.5
        signals |= {"phrase": phrase, "here": float(here)}
        if not alien:
            signals["related"] = self.relatedness(" ".join(term), wrong)
            known = wrong.frequency >= KNOWN and not eponym
            if known and signals["spelling"] < MIN_KNOWN and signals["related"] < MIN_RELATED:
                return None
        return signals

    def _is_said(self, term: Sequence[str]) -> bool:
        """Whether the article uses a term of several words, in normal form."""
        if self._said is None:
            self._said = f" {' '.join(word.form for word in self.words.all)} "
        return f" {' '.join(term)} " in self._said

    def _is_another_form(self, wrong: Word, right: str, term: Sequence[str]) -> bool:
        """Whether a word is a form of the right one that the next word does not take: "major depression disorder"."""
        at = term.index(right)
        beside = [(wrong.form, term[at + 1])] if at + 1 < len(term) else []
        ending = wrong.form[:4] == right[:4] and plain_spelling(wrong.form) != plain_spelling(right)
        return (
            bool(beside) and ending and is_derived(wrong.form, right) and not any(go_together(*pair) for pair in beside)
        )

    def _may_be_slip(self, wrong: Word, right: str, term: Sequence[str], signals: dict[str, float], few: bool) -> bool:
        """Whether a word in use could yet be a slip for one that makes a term of its neighbours."""
        at = term.index(right)
        beside = [(wrong.form, term[at + 1])] if at + 1 < len(term) else []
        beside += [(term[at - 1], wrong.form)] if at else []
        if right in swaps().get(wrong.form, ()) or any(go_together(*pair) for pair in beside):
            return False
        if self.words.counts[wrong.form] > 1 and signals["spelling"] < 0.75:
            return False
        if right in self.words.counts:
            close = signals["spelling"] >= 0.7 or signals["same_sound"] or wrong.form[:MIN_SHARED] == right[:MIN_SHARED]
            return bool(close) or self.relatedness(" ".join(term), wrong) >= MIN_RELATED
        if are_siblings(wrong.form, right) or wrong.frequency - frequency(right) > LESS_USUAL or not frequency(right):
            return False
        if signals["spelling"] < 0.8:
            sounds = OSA.normalized_similarity(sound(wrong.form), sound(right)) >= MIN_SOUND
            if signals["spelling"] < 0.75 or not sounds:
                return False
        return signals["spelling"] >= 0.85 or few or self.relatedness(" ".join(term), wrong) >= MIN_RELATED_REAL

    def _is_new_name(self, wrong: Word, right: str) -> bool:
        """Whether a word may as well be the name of a new drug as a slip for that of a rare one."""
        use = term_words().get(right)
        rare = frequency(right) < LEAST_DRUG and right not in self.words.counts
        return use is not None and "g" in use.kinds and rare and wrong.frequency < LEAST_DRUG

    def _is_term_of_its_own(self, wrong: Word) -> bool:
        """Whether a word is used so often, or made so regularly, that it is no slip for a term the article lacks."""
        return self.words.counts[wrong.form] >= OWN or (is_formed(wrong.form) and not is_known(wrong.form))

    def from_vocabulary(self, at: int) -> Iterator[Explanation]:
        """Terms of one word that a word no term uses is close to, in letters or sound."""
        wrong = self.words.all[at]
        if self._is_term_of_its_own(wrong):
            return
        edits = 2 if len(wrong.form) >= MIN_UNKNOWN and self.words.counts[wrong.form] == 1 else 1
        near = {right for right, _ in near_words(wrong.form, edits)} | set(like_sounding(sound(wrong.form)))
        real = is_real(wrong)
        if not real and any(right != wrong.form and is_derived(wrong.form, right) for right in near):
            return
        for right in sorted(near):
            if right == wrong.form or is_derived(wrong.form, right) or is_lengthened(wrong.form, right):
                continue
            if self._is_new_name(wrong, right) or wrong.form.replace("leuco", "leuko") == right:
                continue
            if frequency(right) > MAX_FREQUENCY and (real or not is_told(right) or OSA.distance(wrong.form, right) > 1):
                continue
            signals = _alike(wrong, right)
            kin = real and (is_another(wrong.form, right) or wrong.form[:6] == right[:6] or not frequency(right))
            if signals["spelling"] < MIN_SPELLING or kin:
                continue
            signals |= {"here": float(right in self.words.counts), "related": self.relatedness(right, wrong)}
            telling = len(wrong.form) >= MIN_TELLING and wrong.frequency < 1.0 and signals["spelling"] >= 0.8
            if signals["related"] < (MIN_RELATED_REAL if real else 0.01) and (real or not telling):
                continue
            if wrong.frequency >= KNOWN and (signals["spelling"] < MIN_KNOWN_DISEASE or frequency(right) < 1.5):
                continue
            yield Explanation((wrong,), wrong, right, signals)

    def relatedness(self, term: str, wrong: Word) -> float:
        """How close a term's concept is to the nearest disease beside the wrong word, else in the article; or 0."""
        use = term_words().get(term)
        if use is not None and "d" not in use.kinds and "s" not in use.kinds:
            return 0.0
        others = self.diseases_near(wrong)
        best = max((_similarity(one, other) for one in _illnesses(term) for other in others), default=0.0)
        return round(best, 2) if best >= MIN_RELATED else 0.0

    def diseases_near(self, wrong: Word) -> Sequence[str]:
        """The ids of the diseases in a word's sentence, the word itself left out; of the article where it has none."""
        span = self.reading.doc.char_span(wrong.start, wrong.end, alignment_mode="expand")
        low, high = (span.sent.start_char, span.sent.end_char) if span is not None else (0, 0)
        beside: dict[str, None] = {}
        anywhere: dict[str, None] = {}
        for entity in self.reading.entities:
            if entity.kind == "disease" and entity.concept is not None and not entity.start <= wrong.start < entity.end:
                anywhere[entity.concept.id] = None
                if low <= entity.start < high:
                    beside[entity.concept.id] = None
        return tuple(beside or anywhere)[:12]


@lru_cache(maxsize=4096)
def _illnesses(term: str) -> tuple[str, ...]:
    """The ids of the diseases and symptoms among the two concepts that a term stands for likeliest."""
    return tuple(concept.id for concept in vocabulary().lookup(term)[:2] if concept.kind in ("disease", "symptom"))


@lru_cache(maxsize=4096)
def _similarity(one: str, other: str) -> float:
    """The vocabulary's similarity of two concepts, or of the same concepts in MeSH."""
    source = vocabulary()
    pairs = ((a, b) for a in (one, *_in_mesh(one)) for b in (other, *_in_mesh(other)))
    best = max(source.similarity(a, b) for a, b in pairs)
    above = set(source.ancestors(one))
    term = source.concept(other)
    near = [parent for parent in (other, *(term.parents if term else ())) if parent in above]
    telling = any((found := source.concept(parent)) and found.information >= MIN_INFORMATION for parent in near)
    return max(best, 0.5 if telling else 0.0)


def _in_mesh(identifier: str) -> tuple[str, ...]:
    return tuple(other for other in vocabulary().cross_references(identifier) if other.startswith("MESH:"))[:2]


@lru_cache(maxsize=16384)
def _part_in_terms(form: str, zipf: float) -> tuple[bool, bool]:
    """Whether a word could be part of a term, and whether it could be the garbled part."""
    in_term = zipf <= MAX_IN_TERM and (len(form) < 3 or form in term_words() or form.isdigit())
    return in_term, len(form) >= 5 and zipf <= MAX_FREQUENCY and form.isalpha()


@lru_cache(maxsize=16384)
def _traits(word: str) -> tuple[str, str, str, str]:
    """What garbles keep, before their edits are counted: the beginning, the middle, the end or the sound."""
    return f"{word[:2]}-", f"-{word[1:4]}-", f"-{word[-3:]}", sound(word)


_REACH = 3
_SPECIFIC = 3.3
_OFTEN = 4
_RARER = 0.7
"""Zipf: how much rarer a term must be than the one it is taken for a garble of."""
