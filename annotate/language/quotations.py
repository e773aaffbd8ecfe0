"""Quotations and who says them.

Marks are paired inside a block; a paragraph that opens a quotation and leaves it open continues in the next one when
that opens again, as newspapers do. The speaker is the subject of a reporting verb beside the quotation ("said Dr Ito",
"according to …"), else the speaker of its neighbours in the paragraph; a pronoun stands for the last person named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Span, Token

from annotate.artefacts import wordlist
from annotate.types import Article, Block, Quotation

_DOUBLE = re.compile(r"[“”„\"]")
_SINGLE = re.compile(r"(?:(?<=[\s(\[—–:“\"])|^)[‘'](?=\w)(.{1,240}?)(?<=[\w.,!?%)])[’'](?=$|[\s.,;:!?)\]—–”\"])")
_PRONOUNS = frozenset(("he", "she", "they", "who"))
_MIN_SPEECH_WORDS = 6


@dataclass(frozen=True, slots=True)
class _Marks:
    start: int
    end: int
    closed: bool
    continues: bool


def find(article: Article, doc: Doc) -> tuple[Quotation, ...]:
    """The quotations of an article in order, marks included; none inside another."""
    found: list[Quotation] = []
    blocks = [block for block in article.blocks if block.checked]
    people = [entity for entity in doc.ents if entity.label_ == "PERSON"]
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        spoken = [_with_speaker(doc, marks, block, people) for marks in _pairs(article.text, block, following)]
        found.extend(_share_speakers(spoken, found, continues=_continues(article.text, block, found)))
    return tuple(found)


def _pairs(text: str, block: Block, following: Block | None) -> Iterator[_Marks]:
    doubles = list(_double_pairs(text, block, following))
    covered = [(marks.start, marks.end) for marks in doubles]
    for match in _SINGLE.finditer(text[block.start : block.end]):
        start, end = block.start + match.start(), block.start + match.end()
        if not any(low < end and start < high for low, high in covered):
            doubles.append(_Marks(start, end, closed=True, continues=False))
    yield from sorted(doubles, key=lambda marks: marks.start)


def _double_pairs(text: str, block: Block, following: Block | None) -> Iterator[_Marks]:
    opened: int | None = None
    for match in _DOUBLE.finditer(text, block.start, block.end):
        mark, at = match[0], match.start()
        if mark == '"' and opened is None and at and text[at - 1].isdigit() and at > block.start:
            continue  # inches
        opens = mark in "“„" or (mark == '"' and opened is None)
        if opens:
            if opened is not None:
                yield _Marks(opened, at, closed=False, continues=False)
            opened = at
        elif opened is not None:
            yield _Marks(opened, at + 1, closed=True, continues=False)
            opened = None
    if opened is not None:
        continues = following is not None and text[following.start] in '“"'
        yield _Marks(opened, block.end, closed=False, continues=continues)


@cache
def _reporting_verbs() -> frozenset[str]:
    return frozenset(wordlist("language/reporting")["verbs"])


def _with_speaker(doc: Doc, marks: _Marks, block: Block, people: Sequence[Span]) -> Quotation:
    span = doc.char_span(marks.start, marks.end, alignment_mode="expand")
    quotation = Quotation(
        marks.start, marks.end, direct=False, closed=marks.closed or marks.continues, continues=marks.continues
    )
    if span is None:
        return quotation
    words = sum(token.is_alpha for token in span)
    speaker = _speaker(doc, span, marks, block)
    speech = words >= _MIN_SPEECH_WORDS or (speaker is not None and words > 2)
    quotation = replace(quotation, direct=speech)
    if speaker is None:
        return quotation
    return _named(quotation, speaker, people)


def _named(quotation: Quotation, speaker: Span, people: Sequence[Span]) -> Quotation:
    if speaker.text.lower() in _PRONOUNS:
        before = [person for person in people if person.end <= speaker.start]
        if not before:
            return replace(
                quotation, speaker=speaker.text, speaker_start=speaker.start_char, speaker_end=speaker.end_char
            )
        speaker = before[-1]
    return replace(quotation, speaker=speaker.text, speaker_start=speaker.start_char, speaker_end=speaker.end_char)


def _speaker(doc: Doc, span: Span, marks: _Marks, block: Block) -> Span | None:
    """The subject of the reporting verb nearest to the quotation, outside it, in its own or a touching sentence."""
    window = _window(doc, span, block)
    verbs = _reporting_verbs()
    outside = [token for token in window if not marks.start <= token.idx < marks.end]
    candidates = [
        token
        for token in outside
        if (token.lemma_.lower() in verbs or token.lower_ == "according") and token.pos_ in _REPORTS
    ]
    candidates.sort(key=lambda token: min(abs(token.i - span.start), abs(token.i - span.end)))
    for verb in candidates:
        subject = _subject(verb, marks)
        if subject is not None:
            return subject
    return None


def _window(doc: Doc, span: Span, block: Block) -> Span:
    start = span.sent.start
    end = doc[span.end - 1].sent.end
    # A quotation that fills its sentence is attributed in the next: “…?” asked Dr Ito.
    if end < len(doc) and end - span.end <= 1 and doc[end].idx < block.end:
        following = doc[end].sent
        if following[0].text[:1].islower():
            end = following.end
    return doc[start:end]


def _subject(verb: Token, marks: _Marks) -> Span | None:
    if verb.lower_ == "according":
        objects = [child for to in verb.children if to.lower_ == "to" for child in to.children if child.dep_ == "pobj"]
    else:
        objects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "agent")]
    for head in objects:
        if marks.start <= head.idx < marks.end:
            continue
        return _noun_phrase(head)
    return None


def _noun_phrase(head: Token) -> Span:
    """A subject without the clauses and appositions that hang on it."""
    left = min([head.i, *(child.left_edge.i for child in head.lefts if child.dep_ in _INNER)])
    return head.doc[left : head.i + 1]


_REPORTS = frozenset(("VERB", "NOUN", "ADP"))
_INNER = frozenset(("compound", "amod", "det", "poss", "nmod", "nummod", "flat"))


def _share_speakers(
    spoken: Sequence[Quotation], before: Sequence[Quotation], *, continues: bool
) -> Iterator[Quotation]:
    known = next((quotation for quotation in spoken if quotation.speaker), None)
    if known is None and continues:
        known = before[-1]
    for quotation in spoken:
        if quotation.speaker is None and quotation.direct and known is not None:
            quotation = replace(
                quotation, speaker=known.speaker, speaker_start=known.speaker_start, speaker_end=known.speaker_end
            )
        elif quotation.speaker:
            known = quotation
        yield quotation


def _continues(text: str, block: Block, before: Sequence[Quotation]) -> bool:
    return bool(before) and before[-1].speaker is not None and text[block.start] in '“"'
