"""Part of speech and lemma, by a pipeline's own attribute ruler and lemmatizer, computed once each.

They depend on word, tag and dependency alone. And the rules name few words (pronouns, auxiliaries, contractions …): for
all others they give the same by tag and dependency, so that of a new word only the lemma is left to find.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.symbols import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.tokens import Doc

from annotate.language.rows import RowMemory, Rows

if TYPE_CHECKING:
    from spacy.language import Language

PIPES = ("attribute_ruler", "lemmatizer")
_ANY_WORD = "\N{WHITE SQUARE}"
"""Stands for the words that no rule names."""


def add_morphology(nlp: Language, doc: Doc) -> None:
    """Set part of speech and lemma of each token of a parsed Doc."""
    if len(doc):
        doc.from_array([POS, LEMMA], _morphology(nlp).known.of(doc.to_array([ORTH, TAG, DEP])))  # type: ignore[arg-type]


def forget() -> None:
    """Drop what was learnt."""
    _morphology.cache_clear()


@cache
def _morphology(nlp: Language) -> _Morphology:
    return _Morphology(nlp)


class _Morphology:
    """Rows of word, tag and dependency → part of speech and lemma."""

    def __init__(self, nlp: Language) -> None:
        self.vocab = nlp.vocab
        pipes: list[Any] = [nlp.get_pipe(name) if name in nlp.pipe_names else None for name in PIPES]
        self.ruler, self.lemmatizer = pipes
        _index_by_hash(self.lemmatizer)
        self.named = words_named(self.ruler.patterns if self.ruler is not None else [])
        self.any_word = self.vocab.strings.add(_ANY_WORD)
        self.known = RowMemory(self._learn)
        self.ruled = RowMemory(self._rule)

    def _learn(self, rows: Rows) -> Rows:
        ruled = rows.copy()
        ruled[[not self._is_named(orth) for orth in rows[:, 0].tolist()], 0] = self.any_word
        doc = self._doc(rows)
        doc.from_array([POS, MORPH, LEMMA], self.ruled.of(ruled))  # type: ignore[arg-type]
        if self.lemmatizer is not None:
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", message=r"\[W108\]")  # spaces have no part of speech
                self.lemmatizer(doc)
        return doc.to_array([POS, LEMMA])

    def _rule(self, rows: Rows) -> Rows:
        """Part of speech, morphology and lemma as the rules give them."""
        # A gap after each word, so that no rule over several words takes strangers for neighbours.
        doc = self._doc(np.repeat(rows, 2, axis=0) * np.array([[1], [0]] * len(rows), dtype=np.uint64))
        if self.ruler is not None:
            self.ruler(doc)
        return doc.to_array([POS, MORPH, LEMMA])[::2]

    def _is_named(self, orth: int) -> bool:
        word = self.vocab[orth]
        return self.named is None or word.is_space or self.named.search(word.lower_) is not None

    def _doc(self, rows: Rows) -> Doc:
        doc = Doc(self.vocab, words=[self.vocab.strings[orth] or _ANY_WORD for orth in rows[:, 0].tolist()])
        return doc.from_array([TAG, DEP], rows[:, 1:])  # type: ignore[arg-type]


def _index_by_hash(lemmatizer: Any) -> None:
    """Make sets of a rule lemmatizer's lists of known words: it asks of each form whether it is in one."""
    lookups = getattr(lemmatizer, "lookups", None)
    if lookups is not None and lookups.has_table("lemma_index"):
        table = lookups.get_table("lemma_index")
        for part_of_speech, known in list(table.items()):
            table[part_of_speech] = frozenset(known)


def words_named(rules: Sequence[dict[str, Any]]) -> re.Pattern[str] | None:
    """What matches the words, in lower case, that rules of an attribute ruler name; None where they look otherwise.

    Rules over several words are left out: here each word is alone.
    """
    named: list[str] = []
    tokens = [token for rule in rules for pattern in rule["patterns"] if len(pattern) == 1 for token in pattern]
    for token in tokens:
        wanted = token.get("LOWER", {"IN": []})
        wanted = wanted if isinstance(wanted, dict) else {"IN": [wanted]}
        if not token.keys() <= {"TAG", "DEP", "LOWER", "IS_SPACE"} or not wanted.keys() <= {"IN", "REGEX"}:
            return None
        named += [rf"^{re.escape(word)}$" for word in wanted.get("IN", ())]
        named += [wanted["REGEX"]] if "REGEX" in wanted else []
    return re.compile("|".join(sorted(set(named))) or "(?!)")
