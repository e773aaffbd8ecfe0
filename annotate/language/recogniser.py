"""The names in chosen sentences, by a spaCy pipeline's own entity recogniser.

spaCy's greedy decoder takes a step a word and asks for Python's lock at each feature. Here, with its weights and rules
(BILUO, Ratinov & Roth 2009) and so with the same names, NumPy scores all words at once as if no name were open there,
and follows those that begin one to its end, all together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from annotate.language.embedding import Stretch

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Array = np.ndarray[Any, Any]
_BEGINS, _INSIDE, _OUTSIDE = 3, 1, 2
"""spaCy's ENT_IOB."""


@cache
def own_recogniser(nlp: Language) -> Recogniser | None:
    """The pipeline's `ner` where it reads words by itself and as spaCy's default does; else None."""
    if "ner" not in nlp.pipe_names:
        return None
    ner: Any = nlp.get_pipe("ner")
    if getattr(ner, "cfg", {}).get("beam_width") != 1 or not hasattr(ner, "move_names"):
        return None
    listens = any(node.name == "tok2vec-listener" for node in ner.model.walk())
    plain = ner.model.attrs.get("has_upper") and ner.model.get_ref("lower").get_dim("nF") == 3
    return Recogniser(ner) if plain and not listens else None


class Recogniser:
    """Names of sentences, each read by itself."""

    def __init__(self, ner: Any) -> None:
        model = ner.model
        self._read, self._lower = model.get_ref("tok2vec"), model.get_ref("lower")
        upper = model.get_ref("upper")
        self._weights, self._bias = upper.get_param("W").T, upper.get_param("b")
        names = [ner.moves.get_class_name(number) for number in range(ner.moves.n_moves)]
        self._labels = np.array([ner.vocab.strings[name[2:]] for name in names], dtype=np.uint64)
        # A move without a label only blocks others, in training.
        allowed = np.array([name == "O" or len(name) > 2 for name in names])
        allowed[[number for number in model.attrs["unseen_classes"] if number < len(names)]] = False
        kinds = np.array([name[0] for name in names])
        self._begins, self._one_word, self._outside = (allowed & (kinds == kind) for kind in "BUO")
        places = {name: number for number, name in enumerate(names)}
        self._go_on, self._end = (np.array([places.get(f"{kind}-{name[2:]}", 0) for name in names]) for kind in "IL")

    def names(self, doc: Doc, sentences: Sequence[tuple[int, int]]) -> list[Array]:
        """For each sentence, half-open in tokens, ENT_IOB and ENT_TYPE of its tokens, shape (tokens, 2), uint64."""
        if not sentences:
            return []
        lengths = [end - start for start, end in sentences]
        bounds = np.cumsum(lengths)
        last = np.zeros(bounds[-1], dtype=bool)
        last[bounds - 1] = True
        is_space = np.array([token.is_space for token in doc])
        spaces = np.concatenate([is_space[start:end] for start, end in sentences])
        # Row 0 stands for "no such word"; of each word there are the features of its three roles in a state: the word
        # itself, the first of the open name, and the last so far.
        features = self._lower.predict(self._read.predict([Stretch(doc, start, end) for start, end in sentences]))
        word, opening, closing = features[1:, 0], features[:, 1], features[:, 2]

        free = np.where(last[:, None], self._one_word, self._one_word | self._begins)
        free = np.where(spaces[:, None], False, free) | self._outside
        moves = np.where(free, self._scores(word + opening[0] + closing[0]), -np.inf).argmax(axis=1)
        ends = self._ends(moves, last, word, opening[1:], closing[1:])
        found = np.zeros((len(last), 2), dtype=np.uint64)
        found[:, 0] = _OUTSIDE
        after = 0
        for start in np.flatnonzero(~self._outside[moves]).tolist():
            if start >= after:
                after = ends[start] + 1
                found[start:after] = _INSIDE, self._labels[moves[start]]
                found[start, 0] = _BEGINS
        return np.split(found, bounds[:-1])

    def _ends(self, moves: Array, last: Array, word: Array, opening: Array, closing: Array) -> Array:
        """The last word of the name that each word would begin."""
        ends = np.arange(len(moves))
        starts = np.flatnonzero(self._begins[moves])
        at = starts + 1
        while len(starts):
            scores = self._scores(word[at] + opening[starts] + closing[at - 1])
            rows, move = np.arange(len(starts)), moves[starts]
            ended = last[at] | (scores[rows, self._end[move]] > scores[rows, self._go_on[move]])
            ends[starts[ended]] = at[ended]
            starts, at = starts[~ended], at[~ended] + 1
        return ends

    def _scores(self, summed: Array) -> Array:
        """The score of each move in states whose features add up to these, shape (states, hidden, pieces)."""
        hidden = (summed + self._lower.get_param("b")).max(axis=2)
        scores: Array = (hidden @ self._weights + self._bias)[:, : len(self._labels)]
        return scores
