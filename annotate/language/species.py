"""Whose genes a text is about: of people, of mice or of rats.

Health news and abstracts write "IL-6" for the gene of any animal. The words for animals and people, strains and cell
lines tell whose it is: an animal bred without a gene tells most, the opening sentence and the gene's own more than the
rest; mice that carry human tumours, and talk of tumour cells, tell of human genes. Mouse and rat symbols are written
with one capital, human ones in capitals. A species named right before the gene settles it, and where the article gives
a short form there, that of the short form everywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from annotate import artefacts
from annotate.types import Entity
from annotate.vocabulary import Vocabulary

_ANIMALS = re.compile(r"\b(?:[Mm](?i:ice|ouse|urine)|[Rr](?i:ats?))\b")
_WORD_BEFORE = re.compile(r"[\w/+-]+[ -]$")
_BRED = re.compile(r"knock|null|transgenic|deficient|[-+]/-|mutant|wild", re.IGNORECASE)
_CARRIERS = re.compile(r"nude|scid|athymic|xenograft|immuno(?:deficient|compromised)|anti|nsg", re.IGNORECASE)
_BESIDE = re.compile(r"\b(humans?|mouse|murine|rats?)[ -](?:[\w-]+ )?$", re.IGNORECASE)
_DELETED = re.compile(r"-/-|\(\+/-\)|f/f\b|flox/flox|-KO\b")
"""A gene taken out, as geneticists of mice write it."""
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z(\[])|\n")
_SPECIES = {"mice": "mouse", "mouse": "mouse", "murine": "mouse", "rat": "rat", "rats": "rat"}
_HUMAN, _MOUSE, _RAT = "human", "mouse", "rat"
_GENES = ("gene", "protein")
_WEIGHT_OF_SENTENCE, _WEIGHT_OF_CASE = 2, 3
_SYMBOLS = 3
"""So many symbols written as those of mice are tell that a text that names no people is about mice."""


class Cue(NamedTuple):
    """A word that tells of a species, and how much."""

    position: int
    species: str
    weight: int


@dataclass(frozen=True, slots=True)
class _Lists:
    people: re.Pattern[str]
    lines: re.Pattern[str]


@cache
def _lists() -> _Lists:
    table = artefacts.wordlist("vocabulary/species")

    def names(species: str) -> str:
        longest_first = sorted(table[f"{species}_lines"], key=len, reverse=True)
        patterns = (re.escape(name).replace(r"\-", "-?") for name in longest_first)
        return f"(?P<{species}>{'|'.join(patterns)})"

    lines = "|".join(map(names, (_HUMAN, _MOUSE, _RAT)))
    initials = "".join(sorted({name[0] for species in (_HUMAN, _MOUSE, _RAT) for name in table[f"{species}_lines"]}))
    return _Lists(
        people=re.compile(rf"\b(?:{'|'.join(table['people'])})\b", re.IGNORECASE),
        lines=re.compile(rf"\b(?=[{initials}])(?<!-)(?:{lines})(?!\w)"),
    )


def with_species(entities: Sequence[Entity], text: str, vocabulary: Vocabulary) -> tuple[Entity, ...]:
    """The entities, genes of mouse and rat with the id of that animal's gene."""
    if not any(entity.kind in _GENES for entity in entities):
        return tuple(entities)
    symbols = {text[entity.start : entity.end] for entity in entities if _as_in_mice(entity, text)}
    account = _Account(text, len(symbols))
    if not account.animals:
        return tuple(entities)
    told = dict(_told_with_short_form(entities, text))
    return tuple(_of_species(entity, text, account, told, vocabulary) for entity in entities)


def _told_with_short_form(entities: Sequence[Entity], text: str) -> Iterator[tuple[str, str]]:
    """Short form → the species named before its long form: human liver-type fatty acid binding protein (L-FABP)."""
    for long, short in pairwise(entities):
        if long.concept == short.concept and text[long.end : short.start] == " (" and (name := _beside(long, text)):
            yield text[short.start : short.end], name


def _beside(entity: Entity, text: str) -> str | None:
    """The species named right before a gene."""
    match = _BESIDE.search(text, max(0, entity.start - 24), entity.start)
    return _SPECIES.get(match[1].lower(), _HUMAN) if match else None


class _Account:
    """The cues of one text, summed up."""

    def __init__(self, text: str, symbols: int) -> None:
        self._cues = tuple(_animals(text))
        self._ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        opening = self._ends[0] if self._ends else 0
        if any(cue.species != _HUMAN for cue in self._cues):
            self._cues += tuple(Cue(match.start(), _HUMAN, 1) for match in _lists().people.finditer(text))
        elif symbols >= _SYMBOLS and not _lists().people.search(text):
            self._cues += (Cue(len(text), _MOUSE, 3 * symbols),)
        self.votes: Counter[str] = Counter()
        for cue in self._cues:
            self.votes[cue.species] += cue.weight * (2 if cue.position < opening else 1)
        self.animals = bool(self.votes[_MOUSE] or self.votes[_RAT])
        self.animal = _MOUSE if self.votes[_MOUSE] >= self.votes[_RAT] else _RAT

    def species(self, position: int, *, as_in_mice: bool) -> str:
        """The species of a gene named at a position."""
        number = bisect_right(self._ends, position)
        start = self._ends[number - 1] if number else 0
        end = self._ends[number] if number < len(self._ends) else position + 1000
        votes = self.votes.copy()
        for cue in self._cues:
            if start <= cue.position < end:
                votes[cue.species] += _WEIGHT_OF_SENTENCE * cue.weight
        if as_in_mice:
            votes[self.animal] += _WEIGHT_OF_CASE
        return max((_HUMAN, _MOUSE, _RAT), key=lambda name: votes[name])


def _animals(text: str) -> Iterator[Cue]:
    """Animals that do not carry human tumours, strains and cell lines, genes taken out."""
    for match in _ANIMALS.finditer(text):
        word = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
        before = word[0] if word else ""
        if not _CARRIERS.search(before):
            yield Cue(match.start(), _SPECIES[match[0].lower()], 4 if _BRED.search(before) else 2)
    for match in _lists().lines.finditer(text):
        yield Cue(match.start(), match.lastgroup or _HUMAN, 2)
    for match in _DELETED.finditer(text):
        yield Cue(match.start(), _MOUSE, 1)


def _as_in_mice(entity: Entity, text: str) -> bool:
    """Whether a gene is called by its symbol, written with one capital: Trp53, Cdc25a."""
    if entity.kind != "gene" or entity.concept is None:
        return False
    surface, symbol = (name.replace("-", "") for name in (text[entity.start : entity.end], entity.concept.name))
    return surface == symbol.capitalize() != symbol


def _of_species(
    entity: Entity, text: str, account: _Account, told: Mapping[str, str], vocabulary: Vocabulary
) -> Entity:
    if entity.kind not in _GENES or entity.concept is None:
        return entity
    name = (
        _beside(entity, text)
        or told.get(text[entity.start : entity.end])
        or account.species(entity.start, as_in_mice=_as_in_mice(entity, text))
    )
    if name == _HUMAN:
        return entity
    if entity.members:
        return replace(entity, species=name)
    term = vocabulary.concept(entity.concept.id)
    orthologue = dict(term.orthologues).get(name) if term else None
    return replace(entity, species=name, orthologue=orthologue) if orthologue else entity
