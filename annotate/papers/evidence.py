"""How well a paper fits what an article leaves, and which paper it is, if any.

What both have in common counts by how few papers have it (`Rarity`), so that a library's size and its crowds of papers
on one subject, from one place or in one journal are reckoned with. Each kind of evidence is a number; a linear score
joins them (`models/wordlists/papers/ranking.toml`, fitted by `models/papers/train.py`). The probability of a paper is
its share among the candidates and "none of them", whose score is 0: so a rival that fits as well lowers it, and a poor
fit is worth nothing even without a rival.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from operator import attrgetter, mul

from annotate.artefacts import wordlist
from annotate.papers.naming import named_author, named_journal, named_place, places
from annotate.papers.traces import Traces, as_date
from annotate.papers.words import fold, kind_words, listed, name_forms, name_parts, related, split, subject, weight
from annotate.types import Paper

LEAST_SIZE = 200
"""A smaller library is reckoned as one of so many papers: that all of a few have a word tells nothing."""
SHORTEST = 18.0
"""What the words of a title tell, at the least: one of few words is easily covered."""
_WEEK = (-3, 7)
"""Days after its paper that most news appears."""
_SAME_DAY = (0, 1)
"""Days after its paper that more than half of it does: when journals let the press go ahead, and the morning after."""
_NEAR_DAYS, _FAR_DAYS = 45, 300
_RAREST = 12.0
_MORE_AUTHORS = 3


class Rarity:
    """How little chance it is that a paper has a word: the logarithm of how many papers there are to one that has it.

    `counts` are the papers of a library of `size` that have a word (by column and word); None where that is not known,
    and words are as rare as in English.
    """

    def __init__(self, size: int, counts: Mapping[tuple[str, str], int] | None = None) -> None:
        self.size = max(size, LEAST_SIZE)
        self.counts = counts

    def of(self, column: str, word: str) -> float:
        """The rarity of a word in a column (title, authors, places or journal)."""
        if self.counts is None:
            return min(_RAREST, max(0.0, 2.3 * weight(word)))
        return math.log((self.size + 1) / (self.counts.get((column, word), 0) + 0.5))

    def has(self, column: str, word: str) -> bool:
        """Whether any paper has a word, as far as that is known."""
        return self.counts is None or (column, word) in self.counts

    def crowd(self) -> float:
        """How many times larger the library is than the smallest reckoned with, as a logarithm."""
        return math.log(self.size / LEAST_SIZE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a paper, and against it.

    Of the words of its title: `word` is what the most telling shared one says, `words` what the others do, `coverage`
    the share of the title that the article has, `aside` the share of what the article is about that the title lacks,
    `unsaid` how many words the article has in no form though there are others for them, `expected` how many the title
    of the right paper has. `animals` and `trial`: both are about such a study; `no_genes`: only the title is about
    genes. `person` and `people` are the author named best and the next, `leads`: that one is the first or the last of
    the authors; `strangers`: people are named, but no author; `elsewhere`: universities are named, but not the paper's;
    `other_journal`: another is. `day`, `week`, `near` and `far`: the article appeared on the paper's day or the next,
    in its week, about then, or long before or after.
    """

    expected: float
    word: float
    words: float
    coverage: float
    aside: float
    unsaid: float
    animals: float
    no_genes: float
    trial: float
    person: float
    people: float
    leads: float
    strangers: float
    institution: float
    elsewhere: float
    journal: float
    other_journal: float
    day: float
    week: float
    near: float
    far: float

    def score(self, crowd: float) -> float:
        """The linear score in a library so crowded, 0 where the paper is as likely as none of them."""
        none, weight, *others = _ordered_weights()
        spoken: float = sum(map(mul, others, _values(self)))
        return none + weight * crowd + spoken


AGAINST = frozenset(("expected", "aside", "unsaid", "no_genes", "strangers", "elsewhere", "other_journal", "far"))
"""The evidence that can only speak against a paper; all other only for it."""


_NAMES = tuple(item.name for item in fields(Evidence))
_values: Callable[[Evidence], tuple[float, ...]] = attrgetter(*_NAMES)


@cache
def weights() -> dict[str, float]:
    """The weights of "none", of the crowd and of each kind of evidence, in its order."""
    known = wordlist("papers/ranking")["weights"]
    return {key: float(known[key]) for key in ("none", "crowd", *_NAMES)}


@cache
def _ordered_weights() -> tuple[float, ...]:
    return tuple(weights().values())


def weigh(paper: Paper, found: Traces, rarity: Rarity) -> Evidence:
    """The evidence that an article reports a paper."""
    title = _title(paper.title)
    forms = {form for form, _ in title}
    units = _units([form for form, _ in title], found, rarity)
    told = sum(value for form, value in title if form in found.chances)
    authors = [_author(author, found, rarity) for author in paper.authors]
    people = sorted(filter(None, authors), reverse=True)
    institution = max((_place(words, found, rarity) for words in places(paper.affiliations)), default=0.0)
    journal, other = named_journal(paper, found)
    folded = frozenset(_folded(paper.title))
    animals, genes, trial = (kind_words(kind) for kind in ("animals", "genes", "trial"))
    days = _days(paper, found)
    return Evidence(
        expected=found.expected,
        word=units[0] if units else 0.0,
        words=sum(units[1:]),
        coverage=told / max(SHORTEST, sum(value for _, value in title)),
        aside=_aside(forms, found),
        unsaid=sum(form not in found.chances and bool(related(form)) for form in forms),
        animals=not folded.isdisjoint(animals) and found.names(animals),
        no_genes=not folded.isdisjoint(genes) and not found.names(genes),
        trial=not folded.isdisjoint(trial) and found.names(trial),
        person=people[0] if people else 0.0,
        people=sum(people[1 : 1 + _MORE_AUTHORS]),
        leads=bool(people) and people[0] in (authors[0], authors[-1]),
        strangers=bool(found.people) and bool(paper.authors) and not people,
        institution=institution,
        elsewhere=not institution and bool(found.universities) and bool(paper.affiliations),
        journal=journal * max((rarity.of("journal", word) for word in _journal_words(paper)), default=0.0),
        other_journal=other,
        day=days is not None and _SAME_DAY[0] <= days <= _SAME_DAY[1],
        week=days is not None and _WEEK[0] <= days <= _WEEK[1],
        near=days is not None and abs(days) <= _NEAR_DAYS,
        far=days is not None and abs(days) > _FAR_DAYS,
    )


def probabilities(scores: Sequence[float]) -> list[float]:
    """The probability of each candidate by its score; what lacks to 1 is that it is none of them."""
    top = max((0.0, *scores))
    shares = [math.exp(score - top) for score in scores]
    total = math.exp(-top) + sum(shares)
    return [share / total for share in shares]


@lru_cache(maxsize=4096)
def _title(title: str) -> tuple[tuple[str, float], ...]:
    """The subject stems of a title, in order, each once, with what they tell."""
    return tuple({form: weight(word.lower()) for word in split(title) if (form := subject(word)) is not None}.items())


@lru_cache(maxsize=4096)
def _folded(title: str) -> tuple[str, ...]:
    return tuple(map(fold, split(title)))


def _units(forms: Sequence[str], found: Traces, rarity: Rarity) -> list[float]:
    """What the shared words of a title say, the most telling first.

    Each by the chance that the right title has it, against the chance that any has it. Of words that follow one
    another in both (blood pressure) the most telling counts: they are one thing.
    """
    units: list[float] = []
    last = None
    for form in forms:
        if (chance := found.chances.get(form)) is None:
            last = None
            continue
        said = says(chance, rarity.of("title", form))
        if last is not None and (last, form) in found.neighbours:
            units[-1] = max(units[-1], said)
        else:
            units.append(said)
        last = form
    return sorted(units, reverse=True)


def says(chance: float, rarity: float) -> float:
    """What a shared word of a title says: its chance in the right title against that in any."""
    return max(0.0, math.log(chance / (1 - chance)) + rarity)


def _aside(forms: set[str], found: Traces) -> float:
    total = sum(chance for _, chance in found.chief)
    return sum(chance for form, chance in found.chief if form not in forms) / total if total else 0.0


def _author(author: str, found: Traces, rarity: Rarity) -> float:
    named = named_author(author, found)
    return named * rarity.of("authors", name_parts(author)[1][-1]) if named else 0.0


def _place(words: tuple[str, ...], found: Traces, rarity: Rarity) -> float:
    named = named_place(words, found)
    telling = (word for word in words if word not in listed("institutions"))
    return named * max(rarity.of("places", word) for word in telling) if named else 0.0


def _journal_words(paper: Paper) -> list[str]:
    return name_forms(paper.journal or next(iter(paper.journal_names), ""))


def _days(paper: Paper, found: Traces) -> int | None:
    """How many days after the paper the article appeared; None where a date is not known."""
    day = as_date(paper.published)
    return (found.published - day).days if day is not None and found.published is not None else None
