"""Which words a text spinner could put into the phrases of health news, and which of them would stand there oddly.

Spinners swap words sense-blind: "rate" becomes "tariff", for a tariff is a rate elsewhere. So the thesauri are read
broadly, a general one (Moby) beside WordNet, but only towards the words of well-known phrases. How odd a swap is there
is one number (`Oddness`), a logistic regression on what keeps a fair synonym from being taken for a swap: words that
live among medical ones ("illness" for "disease"), words that go well with the rest of the phrase by their vectors
("clinical improvement"), the rest of the phrase saying little ("risk"), and words that English would be seen to put
there, were they what people say. Pairs that English often uses ("main concern") are never swaps.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import log10

import numpy as np
from rapidfuzz.distance import OSA

from annotate.checks.names._lexicon import frequency
from annotate.vocabulary.normal_forms import normal_form

POS = ("noun", "verb", "adj", "adv")
MEDICAL = (
    "disease patient symptom therapy clinical tumor infection diagnosis treatment diabetes doctor medicine lung liver "
    "kidney heart blood brain hospital surgery illness drug"
)
ALIKE, STEM = 0.7, 4
"""Of letters: more alike, or with these first letters in common, two words are spellings or forms of one."""
ODD, PARTLY_ODD = 0.0, -1.0
"""Log-odds: a swap so odd tells the phrase alone, or beside another one."""
LEAST, MOST = 1.3, 4.3
"""Zipf: rarer words are no spinner's, more frequent ones are what people say."""
FITTING, MEDICAL_LIKE = 0.25, 0.5
"""Cosine: a word this close to another of the phrase goes well with it; this close to the middle of medical words it is
a fair word to use of medicine."""
SEEN, SEEN_OFTEN, MAX_TERMS = 2, 8, 3
"""Times in texts on health (any word, one kept by hand), and terms: a word in so many is a plain word of medicine."""
MOST_BESIDE = 5.2
"""Zipf: the same for a word that stands beside a swap."""


@dataclass
class Thesaurus:
    """English words, in normal form: their synonyms and their parts of speech (n, v, a, r)."""

    same: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    loosely: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Words that only one of the two entries names."""
    parts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def read_wordnet(files: Mapping[str, bytes]) -> Thesaurus:
    """The synsets of WordNet's data files: words of one synset are synonyms."""
    read = Thesaurus()
    for path, data in files.items():
        for line in data.decode("utf-8").splitlines():
            if line.startswith(" "):
                continue
            fields = line.partition(" | ")[0].split(" ")
            words = (re.sub(r"\(.*\)$", "", word) for word in fields[4 : 4 + 2 * int(fields[3], 16) : 2])
            members = {normal_form(word.lower()) for word in words if word.isalpha()}
            for word in members:
                read.same[word] |= members - {word}
                read.parts[word].add(path.rpartition(".")[2][0])
    return read


def read_moby(text: str) -> Thesaurus:
    """Moby's entries: words that name each other are synonyms, others loosely."""
    entries: dict[str, set[str]] = defaultdict(set)
    for line in text.splitlines():
        root, *others = (word.lower() for word in line.split(","))
        if root.isalpha():
            entries[normal_form(root)].update(normal_form(word) for word in others if word.isalpha())
    read = Thesaurus()
    for root, others in entries.items():
        for other in others - {root}:
            mutual = root in entries.get(other, ())
            (read.same if mutual else read.loosely)[root].add(other)
            if not mutual:
                read.loosely[other].add(root)
    return read


def swaps(
    targets: Iterable[str],
    by_hand: Mapping[str, Mapping[str, Sequence[str]]],
    wordnet: Thesaurus,
    moby: Thesaurus,
) -> dict[str, dict[str, str]]:
    """Word → word of a phrase that it may stand for → mark: "=" a synonym that is no other spelling, "?" loosely one.

    `by_hand` holds, by its mark, the words that may stand for a word: "+", or "!" where it is always odd.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for target in sorted(targets):
        same = wordnet.same[target] | moby.same[target]
        for word in same | moby.loosely[target]:
            if word and word[:STEM] != target[:STEM] and OSA.normalized_similarity(word, target) < ALIKE:
                found[word][target] = "=" if word in same else "?"
    for mark, table in by_hand.items():
        for target, others in table.items():
            for other in others:
                found[normal_form(other)][normal_form(target)] = mark
    for word in [word for word in found if word.endswith("s")]:
        plural = normal_form(word + "es")  # the plural of "focus" has a normal form of its own, as "houses" needs
        if plural != word:
            found[plural] = found[plural] | found[word]
    return found


class Vectors:
    """Vectors of general English; rows by spaCy's hash of the word."""

    def __init__(self, rows: Mapping[int, int], vectors: np.ndarray) -> None:
        from spacy.strings import hash_string

        self._hash, self._rows = hash_string, rows
        self._vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        self._middle = np.mean([self._of(word) for word in MEDICAL.split()], axis=0)
        self._middle /= np.linalg.norm(self._middle)

    def _of(self, word: str) -> np.ndarray | None:
        row = self._rows.get(self._hash(word))
        return None if row is None else self._vectors[row]

    def medical(self, word: str) -> float:
        """How much a word lives among medical words, as a cosine."""
        found = self._of(word)
        return 0.2 if found is None else float(found @ self._middle)

    def cosine(self, one: str, other: str, unknown: float) -> float:
        """How well two words go together."""
        first, second = self._of(one), self._of(other)
        return unknown if first is None or second is None else float(first @ second)


@dataclass(frozen=True)
class Oddness:
    """How odd a word stands in the place of another in a phrase, as log-odds that it was put there by a spinner.

    The weights were fitted on phrases spun by hand (167 with a listed swap) and on 640 pairs of words that news,
    releases and abstracts use and that could be a swap. Above 0 were 115 of the 167, 5 of the 640, and 9 of 676 other
    such pairs.
    `pairs` tells how often English uses two words side by side, `seen` how often texts on health use a word, `terms` in
    how many terms it is, and whether it names a disease, symptom or therapy.
    """

    vectors: Vectors
    pairs: Mapping[tuple[str, str], int]
    seen: Mapping[str, int]
    terms: Callable[[str], tuple[int, bool]]

    @cached_property
    def _least(self) -> int:
        return min(self.pairs.values())

    def of(self, word: str, words: Sequence[str], at: int, by_hand: bool) -> float:
        """Of a word in the place `at` of a phrase."""
        others = [other for place, other in enumerate(words) if place != at]
        in_terms, names = self.terms(word)
        return (
            7.4
            + 4.0 * by_hand
            - 3.55 * max(self.vectors.cosine(word, other, 0.2) for other in others)
            - 0.4 * self.vectors.cosine(word, words[at], 0.3)
            - 0.53 * self.vectors.medical(word)
            - 0.73 * frequency(word)
            - 1.13 * min(map(frequency, others))
            + 0.37 * self._expected(word, words, at)
            - 0.58 * log10(1 + self.seen.get(word, 0))
            - 0.49 * log10(1 + in_terms)
            - 0.45 * names
        )

    def is_plain(self, word: str) -> bool:
        """Whether a word is a plain one of medicine."""
        in_terms, names = self.terms(word)
        return self.seen.get(word, 0) >= SEEN_OFTEN or in_terms >= MAX_TERMS or names

    def is_stranger(self, word: str, words: Sequence[str], at: int) -> bool:
        """Whether a word is one that talk of medicine hardly has, and that goes with no other of the phrase."""
        in_terms, names = self.terms(word)
        rare = LEAST <= frequency(word) <= MOST and self.seen.get(word, 0) < SEEN and in_terms < MAX_TERMS and not names
        others = (other for place, other in enumerate(words) if place != at)
        fits = any(self.vectors.cosine(word, other, 0.0) > FITTING for other in others)
        return rare and not fits and self.vectors.medical(word) < MEDICAL_LIKE

    def _expected(self, word: str, words: Sequence[str], at: int) -> float:
        """How often the word would be seen beside its neighbour if it were as good as the right one, logarithm of ten.

        0 is how often a pair must be used to be known as one that English uses.
        """
        least = self._least
        count = max(self.pairs.get(pair, 0) for place, pair in enumerate(pairwise(words)) if at in (place, place + 1))
        return log10(max(count, least / 10) / least) + frequency(word) - frequency(words[at])


def health_words(texts: Iterable[str]) -> Counter[str]:
    """How often texts on health use each word, in normal form."""
    forms: Counter[str] = Counter()
    for word, count in Counter(word for text in texts for word in re.findall(r"[a-z]{3,}", text.lower())).items():
        forms[normal_form(word)] += count
    return forms


def glosses(files: Mapping[str, bytes]) -> Iterator[str]:
    """WordNet's definitions that speak of medicine."""
    medical = re.compile(
        rf"\b(?:{MEDICAL.replace(' ', '|')}|medical|physician|body|pain|nerve|muscle|bone|skin|tissue)s?\b"
    )
    for data in files.values():
        for line in data.decode("utf-8").splitlines():
            gloss = line.partition(" | ")[2]
            if medical.search(gloss):
                yield gloss


def places(phrases: Sequence[str], found: Mapping[str, Mapping[str, str]], oddness: Oddness) -> dict[str, list[str]]:
    """Word → the places where it would be a swap: the phrase's number, the word's place in it, how the swap is known.

    "+" one by hand that is no word of medicine, "=" any other that is odd or a stranger there; "-" one that is partly
    odd or by hand, "~" one that is fair, which may stand beside a swap, but is none.
    """
    stands: dict[str, list[str]] = defaultdict(list)
    for word, others in sorted(found.items()):
        if frequency(word) > MOST_BESIDE:
            continue
        for number, phrase in enumerate(phrases):
            words = phrase.split(" ")
            for at, target in enumerate(words):
                if (mark := others.get(target)) is None or len(words) < 2:
                    continue
                changed = pairwise([*words[:at], word, *words[at + 1 :]])
                used = any(pair in oddness.pairs for pair in changed)
                odd = oddness.of(word, words, at, mark in "+!")
                if mark == "!" or (mark == "+" and not used and not oddness.is_plain(word)):
                    told = "+"
                elif not used and (odd >= ODD or (mark != "?" and oddness.is_stranger(word, words, at))):
                    told = "="
                elif mark == "+" or (not used and odd >= PARTLY_ODD):
                    told = "-"
                else:
                    told = "~" if mark != "?" else ""
                if told:
                    stands[word].append(f"{number}.{at}{told}")
    return stands
