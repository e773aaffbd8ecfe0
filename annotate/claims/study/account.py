"""The article as an account of a study: its sentences, each with the frame it speaks in.

Most of what is said of "patients", "mice" or "funding" in a health story is about something else than the study
reported: studies before it, trials to come, the disease in general. The frame says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from annotate.patterns import Cues, Filed, Passages, pattern
from annotate.types import Article, BlockKind, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Span

Frame = Literal["told", "other", "planned"]


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence of the checked text. `frame`: told of this study (or of nothing in particular), of another study, or
    planned or wished for.
    """

    span: Span
    start: int
    end: int
    text: str
    index: int
    kind: BlockKind
    block: int
    passages: Passages

    @cached_property
    def frame(self) -> Frame:
        """What the sentence speaks of, by its own words."""
        if self.search(pattern("study/frames", "this_study")):
            return "told"
        if self.search(pattern("study/frames", "other_study")):
            return "other"
        if self.search(pattern("study/frames", "planned")):
            return "planned"
        return "told"

    @property
    def lead(self) -> bool:
        """In the headline, the standfirst or the first sentences."""
        return self.kind in ("headline", "standfirst") or self.index < 5

    def search(self, cues: Cues) -> re.Match[str] | None:
        """The first match in the sentence, with positions relative to it."""
        tried = self._tried(cues)
        return cues.search(self.text, tried) if tried else None

    def finditer(self, cues: Cues) -> list[re.Match[str]]:
        """The matches in the sentence, with positions relative to it."""
        tried = self._tried(cues)
        return cues.finditer(self.text, tried) if tried else []

    def may_hold(self, filed: Filed) -> bool:
        """Whether its words begin so that one of these patterns can match."""
        return self.index in self.passages.tried(filed)

    def _tried(self, cues: Cues) -> Sequence[int] | None:
        return self.passages.tried(cues.filed).get(self.index)


@dataclass(frozen=True, eq=False)
class Account:
    """The sentences of an article that are its text: no boilerplate, no bylines."""

    article: Article
    parsed: Parsed
    sentences: tuple[Sentence, ...]
    passages: Passages

    @cached_property
    def named(self) -> dict[int, list[Span]]:
        """The named entities of each sentence, by its index."""
        found: dict[int, list[Span]] = {}
        sentences = iter(self.sentences)
        sentence = next(sentences, None)
        for entity in self.parsed.doc.ents:
            while sentence is not None and sentence.end <= entity.start_char:
                sentence = next(sentences, None)
            if sentence is None:
                break
            if sentence.start <= entity.start_char:
                found.setdefault(sentence.index, []).append(entity)
        return found

    def told(self) -> Iterator[Sentence]:
        """The sentences that may speak of the study reported."""
        return (sentence for sentence in self.sentences if sentence.frame == "told")

    def matches(self, cues: Cues, *, told: bool = True) -> Iterator[tuple[Sentence, int, int]]:
        """Each sentence with a match, told of the study reported or any, and its first match's place in the article."""
        for index, tried in self.passages.tried(cues.filed).items():
            sentence = self.sentences[index]
            if (not told or sentence.frame == "told") and (match := cues.search(sentence.text, tried)):
                yield sentence, sentence.start + match.start(), sentence.start + match.end()

    def first(self, cues: Cues, *, told: bool = True) -> tuple[Sentence, int, int] | None:
        """The first sentence with a match, and the match's place in the article."""
        return next(self.matches(cues, told=told), None)


@lru_cache(maxsize=1)
def account(article: Article, parsed: Parsed) -> Account:
    """The account an article gives. The last one is kept: the study and the disclosures are read from the same."""
    found = _found(article, parsed)
    passages = Passages([text for _, _, text in found])
    sentences = (
        Sentence(span, span.start_char, span.end_char, text, index, article.blocks[number].kind, number, passages)
        for index, (number, span, text) in enumerate(found)
    )
    return Account(article, parsed, tuple(sentences), passages)


def _found(article: Article, parsed: Parsed) -> list[tuple[int, Span, str]]:
    """The sentences of the text, each with the number of its block."""
    blocks = [(number, block) for number, block in enumerate(article.blocks) if block.checked]
    spans = iter(parsed.doc.sents)
    span = next(spans, None)
    found: list[tuple[int, Span, str]] = []
    for number, block in blocks:
        while span is not None and span.end_char <= block.start:
            span = next(spans, None)
        while span is not None and span.start_char < block.end:
            text = article.text[span.start_char : span.end_char]
            if block.kind != "byline" and text.strip():
                found.append((number, span, text))
            span = next(spans, None)
    return found
