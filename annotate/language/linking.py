"""Doc → entities: the vocabulary's terms in the text, each linked to its concept.

One pass over the words' normal forms finds the longest terms; each is then resolved or left alone:

- a symbol or acronym must be written as one, and needs support: a digit, an abbreviation that the article defines, its
  own full name elsewhere in the article, words like "gene" beside it, or a place on the list of those everybody knows;
- a single word that is also a verb or an adverb must be a noun there; none may be part of a person's, an
  organisation's or a journal's name;
- a short form that the article defines means what its long form means, everywhere, and nothing if that is not known;
- a phrase that names several diseases has the concepts of all, a gene that of the animal which the text is about.

What stays ambiguous is left unlinked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from annotate import artefacts
from annotate.language.coordination import with_shared_words
from annotate.language.families import with_members
from annotate.language.induced import with_inducers
from annotate.language.naming import Names
from annotate.language.species import with_species
from annotate.types import Abbreviation, Concept, Entity
from annotate.vocabulary import (
    HAND,
    KINDS,
    PREFERRED,
    RELATED,
    SYMBOL,
    VERB,
    Posting,
    Term,
    Vocabulary,
    frequency,
    open_vocabulary,
)
from annotate.vocabulary.normal_forms import BREAK, normal_form, place, word_form, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

LINKED_KINDS = ("disease", "symptom", "gene", "protein", "drug", "chemical", "cell", "therapy", "organism")
"""The kinds that are linked unless asked otherwise; the vocabulary also has anatomy and procedures."""

_EVERYDAY = 4.5
"""Zipf frequency of words so common that the same letters in capitals are that word."""
_LONGEST = 9
_ORDINARY = 3.2
"""Zipf frequency from which a word may be another part of speech than the term's; rarer ones are tagged badly."""
_GOES_ON = re.compile(r"-?\d")
"""What makes a symbol part of a longer one: HIF in HIF-2."""
_NUMBERED = re.compile(r"([A-Za-z]+)[- ]?\d")
_TITLED = re.compile(r"[A-Z][a-z]{2,4}")
"""A gene of mouse or rat, or its protein: Akt."""
_RARE = 3.0
"""Zipf frequency below which such a name is not taken for a word."""
_GENES = ("gene", "protein")
_BRACKETED = re.compile(r"\s?\(([A-Z][A-Za-z0-9-]{0,6}[A-Z0-9])[;,)]")
_NOUN_LIKE = {"NOUN", "PROPN", "ADJ", "X", ""}


class Candidate(NamedTuple):
    """A stretch of text whose normal form is in the vocabulary."""

    start: int
    end: int
    form: str
    postings: tuple[Posting, ...]
    single: bool


@dataclass(frozen=True, slots=True)
class _Lists:
    known: frozenset[str]
    organisations: frozenset[str]
    gene_context: frozenset[str]
    idioms: frozenset[str]
    idiom_starts: frozenset[tuple[str, ...]]


@cache
def _lists() -> _Lists:
    table = artefacts.wordlist("vocabulary/linking")
    idioms = frozenset(normal_form(phrase) for phrase in table["idioms"])
    return _Lists(
        known=frozenset(table["known_acronyms"]),
        organisations=frozenset(table["organisations"]),
        gene_context=frozenset(word_form(word) for word in table["gene_context"]),
        idioms=idioms,
        idiom_starts=frozenset(tuple(phrase.split()[:2]) for phrase in idioms),
    )


def link(
    doc: Doc,
    abbreviations: Sequence[Abbreviation] = (),
    *,
    vocabulary: Vocabulary | None = None,
    kinds: Collection[str] = LINKED_KINDS,
) -> tuple[Entity, ...]:
    """The entities of a text, in order, none overlapping. Offsets are code points of `doc.text`.

    `abbreviations` are the article's own short forms. Part of speech and named entities of the Doc are used where it
    has them. `kinds` limits what is linked.
    """
    vocabulary = vocabulary or open_vocabulary()
    text = doc.text
    wanted = frozenset(KINDS.index(kind) for kind in kinds)
    found = list(_candidates(text, vocabulary, wanted))
    defined = _definitions(abbreviations, vocabulary, wanted)
    _widen(defined, abbreviations, text, found, vocabulary)
    names = Names(doc, text)
    resolver = _Resolver(text, vocabulary, names, defined)
    settled = [(candidate, resolver.settle(candidate)) for candidate in found]
    resolver.supported.update(index for _, index in settled if index is not None)
    brackets = _in_brackets(text, settled, vocabulary, defined)
    entities: list[Entity] = []
    for candidate, index in settled:
        if index is None:
            index = resolver.support(candidate)
        if index is not None:
            entities.append(_entity(candidate, index, vocabulary))
    merged = _merged(entities, [*_spread(abbreviations, defined, vocabulary), *brackets])
    merged = with_inducers(with_shared_words(merged, text, vocabulary), text, vocabulary)
    return with_species(with_members(merged, text, vocabulary), text, vocabulary)


def _candidates(text: str, vocabulary: Vocabulary, wanted: frozenset[int]) -> Iterator[Candidate]:
    """The longest terms of the wanted kinds, left to right."""
    forms, matches = words(text)
    lists = _lists()
    idiom_starts, begins, linkable = lists.idiom_starts, vocabulary.begins, vocabulary.linkable
    forms.append(BREAK)
    skip = 0
    for position, pair in enumerate(pairwise(forms)):
        if skip:
            skip -= 1
            continue
        begin = begins[pair]
        if pair in idiom_starts and (length := _idiom(forms, position, lists.idioms)):
            skip = length - 1
        elif begin:
            form = pair[0]
            options = (form,) if begin == 1 else _options(forms, position, vocabulary)
            for option in options:
                postings = linkable(option, wanted)
                if not postings:
                    continue
                last = position + option.count(" ")
                start, end = place(matches[position])[0], place(matches[last])[1]
                if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum()):
                    continue
                if text[max(0, start - 4) : start].lower() in ("non-", "non‑"):
                    continue
                yield Candidate(start, end, option, postings, last == position)
                skip = last - position
                break


def _options(forms: list[str], position: int, vocabulary: Vocabulary) -> list[str]:
    """The forms in the vocabulary that begin at a word, longest first."""
    ahead = forms[position : position + _LONGEST]
    if BREAK in ahead:
        ahead = ahead[: ahead.index(BREAK)]
    joined = " ".join(ahead)
    size = len(joined)
    return [found for found in reversed(vocabulary.prefixes(joined)) if len(found) == size or joined[len(found)] == " "]


def _idiom(forms: list[str], position: int, idioms: frozenset[str]) -> int:
    for length in range(5, 1, -1):
        if " ".join(forms[position : position + length]) in idioms:
            return length
    return 0


def _definitions(
    abbreviations: Sequence[Abbreviation], vocabulary: Vocabulary, wanted: frozenset[int]
) -> dict[str, int | None]:
    """Short form → the concept its long form names; None where the article means something we do not know."""
    defined: dict[str, int | None] = {}
    for abbreviation in abbreviations:
        index = _named(abbreviation.long, vocabulary, wanted)
        own = [p for p in vocabulary.postings(normal_form(abbreviation.short)) if p.kind in wanted and p.flags & SYMBOL]
        fixed = {p.concept for p in own if p.flags & (PREFERRED | HAND)}
        if index is None and any(_shares_a_word(abbreviation.long, concept, vocabulary) for concept in sorted(fixed)):
            continue
        if index is not None and fixed and index not in fixed and abbreviation.short in _lists().known:
            index = None
        defined.setdefault(abbreviation.short, index)
    return defined


def _widen(
    defined: dict[str, int | None],
    abbreviations: Sequence[Abbreviation],
    text: str,
    found: Sequence[Candidate],
    vocabulary: Vocabulary,
) -> None:
    """Let a short form mean the whole term it stands behind where its long form is the end of one for another thing.

    In "familial Mediterranean fever (FMF)" the detector may see "Mediterranean fever", which is brucellosis.
    """
    ends = {candidate.end: candidate for candidate in found}
    for short, long in dict.fromkeys((abbreviation.short, abbreviation.long) for abbreviation in abbreviations):
        index = defined.get(short)
        start = text.find(f"{long} ({short}") if index is not None else -1
        candidate = ends.get(start + len(long)) if start >= 0 else None
        if index is None or candidate is None or candidate.start >= start:
            continue
        whole = _ranked(candidate.postings)[0].concept
        if not vocabulary.is_a(vocabulary.term_at(whole).id, vocabulary.term_at(index).id):
            defined[short] = whole


def _shares_a_word(long: str, concept: int, vocabulary: Vocabulary) -> bool:
    """Whether a long form that is no name of a concept could still be a way to put it."""
    term = vocabulary.term_at(concept)
    known = {word for name in (term.name, *term.synonyms) for word in normal_form(name).split()}
    return any(len(word) > 3 and word in known for word in normal_form(long).split())


def _named(long: str, vocabulary: Vocabulary, wanted: frozenset[int]) -> int | None:
    """The concept that a long form names, also where it leaves "disease" or "syndrome" out."""
    form = normal_form(long)
    endings = ("", " disease", " syndrome") if any(map(str.isupper, long)) else ("",)
    for name in (form + ending for ending in endings):
        if ranked := _ranked(tuple(p for p in vocabulary.postings(name) if p.kind in wanted)):
            return ranked[0].concept
    return None


def _ranked(postings: tuple[Posting, ...]) -> list[Posting]:
    """The likeliest first: by hand, preferred names, exact synonyms, then the order of KINDS."""
    return sorted(postings, key=lambda p: (not p.flags & HAND, not p.flags & PREFERRED, p.flags & RELATED, p.kind))


class _Resolver:
    """Decides what a candidate means in this article."""

    def __init__(self, text: str, vocabulary: Vocabulary, names: Names, defined: dict[str, int | None]) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.names = names
        self.defined = defined
        self.lists = _lists()
        self.supported: set[int] = {index for index in defined.values() if index is not None}
        self._families: dict[str, Term] | None = None

    def settle(self, candidate: Candidate) -> int | None:
        """The concept where the candidate alone tells it, None where it is wrong or needs support."""
        surface = self.text[candidate.start : candidate.end]
        if surface in self.defined:
            return self.defined[surface]
        if self._part_of_a_name(candidate, surface):
            return None
        ranked = [p for p in _ranked(candidate.postings) if self._written_alike(p, candidate, surface)]
        while ranked and not self._spelt(ranked[0], candidate, surface):
            ranked.pop(0)
        if not ranked:
            return None
        best = ranked[0]
        if best.flags & SYMBOL and not self._safe_symbol(candidate, surface, best):
            return None
        if len(ranked) > 1 and self._level(ranked[0]) == self._level(ranked[1]):
            return self._one_of(ranked)
        return best.concept

    def support(self, candidate: Candidate) -> int | None:
        """The concept that the rest of the article supports, for what could not be settled."""
        surface = self.text[candidate.start : candidate.end]
        if surface in self.defined or self._part_of_a_name(candidate, surface):
            return None
        alike = [p for p in candidate.postings if self._written_alike(p, candidate, surface)]
        supported = [p.concept for p in alike if p.concept in self.supported] or self._of_families(candidate, alike)
        return supported[0] if len(supported) == 1 else None

    def _of_families(self, candidate: Candidate, postings: Sequence[Posting]) -> list[int]:
        """The genes that belong to a family which the article names, unless the family bears the same name (TRK)."""
        genes = [p.concept for p in postings if KINDS[p.kind] == "gene"]
        if not genes:
            return []
        if self._families is None:
            named = (self.vocabulary.term_at(index) for index in self.supported)
            self._families = {term.id: term for term in named if term.kind == "protein"}
        families = self._families
        if not families:
            return []
        above = ((gene, self.vocabulary.ancestors(self.vocabulary.term_at(gene).id)) for gene in genes)
        found = ((gene, [families[key] for key in keys if key in families]) for gene, keys in above)
        return [gene for gene, own in found if any(not _opens_a_name(candidate.form, family) for family in own)]

    def _written_alike(self, posting: Posting, candidate: Candidate, surface: str) -> bool:
        if not posting.flags & SYMBOL:
            return not (candidate.single and len(surface) < 6 and surface.isupper() and len(candidate.form) <= 3)
        capitals = sum(char.isupper() for char in surface)
        if any(char.isdigit() for char in surface):
            head = surface.split()[0]
            if head != surface and not (head.isupper() and frequency(head) < _EVERYDAY):
                return posting.flags & HAND > 0
            return capitals > 0 or posting.flags & HAND > 0
        if _GOES_ON.match(self.text, candidate.end):
            return False
        if capitals == 1 and _TITLED.fullmatch(surface):
            return KINDS[posting.kind] in _GENES and frequency(surface) < _RARE
        return capitals > 1 and not self.names.shouted(candidate.start)

    def _spelt(self, posting: Posting, candidate: Candidate, surface: str) -> bool:
        """Whether a gene's symbol is this one: normal forms take the S of PARS2 for a plural's."""
        if not posting.flags & SYMBOL or KINDS[posting.kind] != "gene":
            return True
        term = self.vocabulary.term_at(posting.concept)
        same = (name for name in (term.name, *term.synonyms) if normal_form(name) == candidate.form)
        letters = _letters(surface)
        return any(_letters(name) == letters for name in same)

    def _safe_symbol(self, candidate: Candidate, surface: str, posting: Posting) -> bool:
        if posting.flags & HAND or surface in self.lists.known:
            return True
        if surface in self.lists.organisations or frequency(surface) > _EVERYDAY:
            return False
        kind = KINDS[posting.kind]
        if kind in _GENES:
            digit = any(char.isdigit() for char in surface)
            if digit and len(surface) > 3 and not posting.flags & RELATED:
                return True
            return self._beside(candidate) and len(surface) > 2
        return len(surface) > 4 and surface.isalpha() and not posting.flags & RELATED

    def _beside(self, candidate: Candidate) -> bool:
        before, _ = words(self.text[max(0, candidate.start - 25) : candidate.start])
        after, _ = words(self.text[candidate.end : candidate.end + 25])
        return any(form in self.lists.gene_context for form in (*before[-1:], *after[:2]))

    def _part_of_a_name(self, candidate: Candidate, surface: str) -> bool:
        if self.names.in_address(candidate.start):
            return True
        if surface[0].isupper() and self.names.covers(candidate.start, candidate.end, candidate.single):
            return True
        if not candidate.single or not surface.islower() or frequency(surface) < _ORDINARY:
            return False
        if not any(posting.flags & VERB for posting in candidate.postings):
            return False
        return self.names.part_of_speech(candidate.start, candidate.end) not in _NOUN_LIKE

    @staticmethod
    def _level(posting: Posting) -> tuple[int, int, int, int]:
        return posting.flags & HAND, posting.flags & PREFERRED, posting.flags & RELATED, posting.kind

    def _one_of(self, ranked: list[Posting]) -> int | None:
        """Of concepts that share a name: the one the article supports, else the broadest if the others are below it."""
        level = self._level(ranked[0])
        rivals = [p.concept for p in ranked if self._level(p) == level]
        supported = [index for index in rivals if index in self.supported]
        if len(supported) == 1:
            return supported[0]
        return _broadest(self.vocabulary, tuple(rivals))


def _opens_a_name(form: str, family: Term) -> bool:
    return any(f"{normal_form(name)} ".startswith(f"{form} ") for name in (family.name, *family.synonyms))


def _letters(symbol: str) -> int:
    """How many letters a symbol has before its first number, if it has one."""
    match = _NUMBERED.match(symbol)
    return len(match[1]) if match else 0


def _broadest(vocabulary: Vocabulary, rivals: tuple[int, ...]) -> int | None:
    terms = sorted((vocabulary.term_at(index).information, index) for index in rivals)
    top = vocabulary.term_at(terms[0][1])
    if all(vocabulary.is_a(vocabulary.term_at(index).id, top.id) for _, index in terms[1:]):
        return terms[0][1]
    return terms[0][1] if top.kind in ("disease", "symptom", "drug") else None


def _entity(candidate: Candidate, index: int, vocabulary: Vocabulary) -> Entity:
    flags = next((posting.flags for posting in candidate.postings if posting.concept == index), 0)
    score = 1.0 if flags & (PREFERRED | HAND) else 0.9 if not flags & (SYMBOL | RELATED) else 0.8
    return _linked(candidate.start, candidate.end, index, score, vocabulary)


def _linked(start: int, end: int, index: int, score: float, vocabulary: Vocabulary) -> Entity:
    term = vocabulary.term_at(index)
    return Entity(start, end, term.kind, Concept(term.id, term.name, term.vocabulary), score)


def _spread(
    abbreviations: Sequence[Abbreviation], defined: Mapping[str, int | None], vocabulary: Vocabulary
) -> Iterator[Entity]:
    """A short form that the article defines, wherever it stands."""
    for abbreviation in abbreviations:
        index = defined.get(abbreviation.short)
        if index is not None:
            yield _linked(abbreviation.start, abbreviation.end, index, 0.95, vocabulary)


def _in_brackets(
    text: str,
    settled: Sequence[tuple[Candidate, int | None]],
    vocabulary: Vocabulary,
    defined: Mapping[str, int | None],
) -> Iterator[Entity]:
    """Short forms in brackets right after a linked name, everywhere in the text: `ataxia-telangiectasia (A-T)`.

    For those the detector misses. Their letters must stand in that order in one of the concept's names, and they must
    not be a symbol with a meaning of its own.
    """
    found: dict[str, int] = {}
    for candidate, index in settled:
        if index is None or " " not in candidate.form or not (match := _BRACKETED.match(text, candidate.end)):
            continue
        short = match[1]
        own = {p.concept for p in vocabulary.postings(normal_form(short)) if p.flags & (PREFERRED | HAND)}
        if short in defined or (own and index not in own):
            continue
        term = vocabulary.term_at(index)
        names = (text[candidate.start : candidate.end], term.name, *term.synonyms)
        if any(_abbreviates(short, name) for name in names):
            found.setdefault(short, index)
    for short, index in found.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w-])", text):
            yield _linked(match.start(), match.end(), index, 0.9, vocabulary)


def _abbreviates(short: str, name: str) -> bool:
    letters = [char.lower() for char in short if char.isalnum()]
    if sorted(letters) == sorted(word[0].lower() for word in re.findall(r"\w+", name)):
        return True
    rest = iter(name.lower())
    return name[:1].lower() == letters[0] and all(letter in rest for letter in letters)


def _merged(entities: list[Entity], others: Sequence[Entity]) -> tuple[Entity, ...]:
    taken = entities[:]
    for entity in others:
        if all(entity.end <= known.start or known.end <= entity.start for known in taken):
            taken.append(entity)
    return tuple(sorted(taken, key=lambda entity: entity.start))
