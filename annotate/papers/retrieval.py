"""The few papers of a library that are worth weighing against an article.

Two steps, both by the weights of `evidence`. The words that tell most are looked up, which gives a pool of papers that
have some of them; each of the pool is then scored roughly by all its words, and the best are weighed.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from annotate.papers.evidence import SHORTEST, Rarity, says, weights
from annotate.papers.library import Entry, Library, Term
from annotate.papers.traces import Traces
from annotate.types import Paper

POOL, CANDIDATES = 300, 60
FAR = 6.0
"""A paper whose rough score is so far behind the best is not weighed: it would be hundreds of times less likely."""
_USUAL_TITLE = 35.0
"""What the words of a title tell, about."""
_A_WORD = 3.1
"""What one word of a title tells, about."""
_LEADS = 0.7
"""How often a person named who is an author is the first or the last."""
_OTHER_PERSON = 0.3
"""How surely a name means an author that is not known to be a person's, to one that is."""
_PLACE, _JOURNAL = 0.5, 1.0
"""How surely a word means an institution or a journal."""


@dataclass(frozen=True, slots=True)
class _Gains:
    """What a paper gains by a word: by column and word, and of a word of its title also what that says."""

    title: dict[str, tuple[float, float]]
    names: dict[str, dict[str, float]]


def candidates(found: Traces, library: Library, *, far: float = FAR) -> tuple[list[Paper], Rarity]:
    """The papers of a library that share most with an article, and how rare words are in it.

    `far` is how much less one may share than the first.
    """
    names = [word for word in found.places if len(word) > 1 and found.has_name(word)]
    asked = [
        *(("title", word) for word in found.chances),
        *((column, word) for word in names for column in ("authors", "places", "journal")),
    ]
    rarity = Rarity(len(library), library.frequencies(asked))
    gains = _gains(found, names, rarity)
    pool = library.pool(_terms(gains), POOL)
    best = heapq.nsmallest(CANDIDATES, ((-_rough(entry, gains), entry.row) for entry in pool))
    return library.papers([row for behind, row in best if behind <= best[0][0] + far]), rarity


def _gains(found: Traces, names: list[str], rarity: Rarity) -> _Gains:
    known = weights()
    return _Gains(
        title={
            word: (found.weights[word], says(chance, rarity.of("title", word)))
            for word, chance in found.chances.items()
            if rarity.has("title", word)
        },
        names={
            "authors": {
                word: (known["person"] * rarity.of("authors", word) + known["leads"] * _LEADS)
                * (1.0 if word in found.people else _OTHER_PERSON)
                for word in names
                if rarity.has("authors", word)
            },
            "places": {
                word: known["institution"] * _PLACE * max(0.0, rarity.of("places", word) - 1)
                for word in names
                if rarity.has("places", word)
            },
            "journal": {
                word: known["journal"] * _JOURNAL * rarity.of("journal", word)
                for word in found.journal
                if rarity.has("journal", word)
            },
        },
    )


def _terms(gains: _Gains) -> list[Term]:
    """What to look up: the subject and the names; a journal has too many papers."""
    known = weights()
    return [
        *(
            Term("title", word, known["coverage"] * weight / _USUAL_TITLE + known["word"] * said)
            for word, (weight, said) in gains.title.items()
        ),
        *(
            Term(column, word, gain)
            for column in ("authors", "places")
            for word, gain in gains.names[column].items()
            if gain > 0
        ),
    ]


def _rough(entry: Entry, gains: _Gains) -> float:
    """About what the evidence will say for a paper, by its words alone."""
    known, journal = weights(), gains.names["journal"]
    shared = [gains.title[word] for word in gains.title.keys() & entry.title]
    said = [said for _, said in shared]
    best = max(said, default=0.0)
    told = sum(weight for weight, _ in shared) / max(SHORTEST, _A_WORD * len(entry.title))
    subject = known["coverage"] * told + known["word"] * best + known["words"] * (sum(said) - best)
    return subject + entry.others + sum(journal[word] for word in journal.keys() & entry.journal)
