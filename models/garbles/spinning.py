"""Which words a text spinner could put into the phrases of health news, and which of them would stand there oddly.

Spinners swap words sense-blind: "rate" becomes "tariff", for a tariff is a rate elsewhere. So the thesauri are read
broadly, a general one (Moby) beside WordNet, but only
towards the words of well-known phrases. What keeps a fair synonym from being taken for a swap: words that live among
medical ones ("illness" for "disease"), words that go well with the rest of the phrase by their vectors ("clinical
improvement"), and pairs that English often uses ("main concern").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import OSA

from annotate.checks.names._lexicon import frequency
from annotate.vocabulary.normal_forms import normal_form

POS = ("noun", "verb", "adj", "adv")
LEAST, MOST = 1.3, 4.3
"""Zipf: rarer words are no spinner's, more frequent ones are what people say."""
MEDICAL = (
    "disease patient symptom therapy clinical tumor infection diagnosis treatment diabetes doctor medicine lung liver "
    "kidney heart blood brain hospital surgery illness drug"
)
FAIR = 0.5
"""Cosine: a word this close to the middle of medical words is a fair word to use of medicine."""
FITTING = 0.25
"""Cosine: a word this close to another word of the phrase goes well with it."""
SAME = 0.45
"""Cosine: a word this close to the one it stands for is a plain word for it."""
ALIKE, STEM = 0.7, 4
"""Of letters: more alike, or with these first letters in common, two words are spellings or forms of one."""
SEEN, SEEN_OFTEN = 2, 8
"""Times in texts on health: a synonym, or one kept by hand, seen so often is a plain word of medicine."""
MOST_BESIDE = 5.2
"""Zipf: the same for a word that stands beside a swap."""


@dataclass
class Thesaurus:
    """English words, in normal form: their synonyms and their parts of speech (n, v, a, r)."""

    same: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
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
    """Moby's entries: words that name each other are synonyms."""
    entries: dict[str, set[str]] = defaultdict(set)
    for line in text.splitlines():
        root, *others = (word.lower() for word in line.split(","))
        if root.isalpha():
            entries[normal_form(root)].update(normal_form(word) for word in others if word.isalpha())
    read = Thesaurus()
    for root, others in entries.items():
        for other in others:
            if other != root and root in entries.get(other, ()):
                read.same[root].add(other)
    return read


def swaps(
    targets: Iterable[str],
    by_hand: Mapping[str, Mapping[str, Sequence[str]]],
    wordnet: Thesaurus,
    moby: Thesaurus,
) -> dict[str, dict[str, str]]:
    """Word → word of a phrase that it may stand for → mark: "=" a synonym that is no other spelling, or as by hand.

    `by_hand` holds, by mark, the words that may stand for a word: "+", or "!" where it is always odd.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for target in sorted(targets):
        for word in wordnet.same[target] | moby.same[target]:
            if word and word[:STEM] != target[:STEM] and OSA.normalized_similarity(word, target) < ALIKE:
                found[word][target] = "="
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

    def fair(self, word: str) -> bool:
        """Whether a word lives among medical words."""
        return (found := self._of(word)) is not None and float(found @ self._middle) >= FAIR

    def fit(self, one: str, other: str, least: float = FITTING) -> bool:
        """Whether two words go well together, or mean much the same where more is asked."""
        first, second = self._of(one), self._of(other)
        return first is not None and second is not None and float(first @ second) > least


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


def places(
    phrases: Sequence[str], found: Mapping[str, Mapping[str, str]], vectors: Vectors, common: set[tuple[str, str]],
    plain: Callable[[str, int], bool], names: Callable[[str], bool],
) -> dict[str, list[str]]:  # fmt: skip
    """Word → the places where it would be a swap: the phrase's number, the word's place in it, how the swap is known.

    Words that are plain ones of medicine may stand beside a swap, but are none: "-" by hand, "~" synonyms. One by hand
    that is plain elsewhere, names nothing (`names`) and goes with no other word of the phrase is a swap alone: "*".
    """
    stands: dict[str, list[str]] = defaultdict(list)
    for word, others in sorted(found.items()):
        if frequency(word) > MOST_BESIDE:
            continue
        weak = not LEAST <= frequency(word) <= MOST or plain(word, SEEN) or vectors.fair(word)
        for number, phrase in enumerate(phrases):
            words = phrase.split(" ")
            for at, target in enumerate(words):
                if (mark := others.get(target)) is None:
                    continue
                changed = [*words[:at], word, *words[at + 1 :]]
                used = any(pair in common for pair in pairwise(changed))
                fits = any(vectors.fit(word, other) for other in words if other != target)
                if mark == "!":
                    mark = "+"
                elif mark == "+":
                    apart = not (used or fits or names(word) or vectors.fit(word, target, SAME))
                    mark = "+" if not used and not plain(word, SEEN_OFTEN) else "*" if apart else "-"
                elif weak or used or fits:
                    mark = "~"
                stands[word].append(f"{number}.{at}{mark}")
    return stands
