"""Counts of people, animals and things in the text: "406 people", "a 1,212-patient study", "n = 12"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotate.claims.study.account import Sentence
from annotate.claims.study.numbers import NUMBERED, Number, in_words, numbers
from annotate.patterns import Filed, ending, words

if TYPE_CHECKING:
    from spacy.tokens import Token

PARTICIPANTS = "study/participants"
FORM_WEIGHT = 5.0  # a form that only a study's size takes
_REACH = 9  # tokens from a number to the noun it counts

_ONE = r"(?:patient|person|participant|subject|woman|man|child|volunteer|people)s?"
_STUDY = r"(?:study|trial|survey|analysis|cohort|test|experiment)"
_AGE = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)"
_AGE_RANGE = rf"{_AGE}(?:-|\s)*(?:(?:to|and|or|-|–)(?:-|\s)*{_AGE}(?:-|\s)*)?years?[-\s]olds?"
_COMPOUND = re.compile(
    rf"(?<![\w,.-])(?P<size>\d{{1,3}}(?:,\d{{3}})+|\d+|[a-z]+)[-‐‑ ]{_ONE}(?:[-‐‑\s][\w-]+){{0,3}}\s{_STUDY}\b",
    re.IGNORECASE,
)
_NAMES_STUDY = Filed(("stud|tria|surv|anal|coho|test|expe",))
_GROUPS = re.compile(
    r"\b(?P<groups>two|three|four|five|six|seven|eight|\d) groups of (?P<size>\w+)\s(?P<noun>[\w-]+)", re.IGNORECASE
)
_NAMES_GROUPS = Filed(("groups of",))
_AGES = re.compile(rf"(?<![\w,.-])(?:(?P<size>\d[\d,]*|[a-z]+)\s+)??{_AGE_RANGE}\b", re.IGNORECASE)
_NAMES_AGES = Filed(("old",))
_N_EQUALS = re.compile(r"\bn\s?=\s?(?P<size>\d[\d,]*)", re.IGNORECASE)
_WALKED = frozenset(("ADJ", "NOUN", "PROPN", "NUM", "PART", "CCONJ", "ADV"))
_WALKED_TAGS = frozenset(("VBN", "VBG", "VBD", "JJ"))
_WALKED_WORDS = frozenset(("'s", "’s", "to", "-", ",", "’", "'", '"', "“", "”", "/"))
_OPENING = frozenset("\"“‘'")
_PLURAL = frozenset(("NNS", "NNPS"))
_SHOWS = frozenset(("show", "find", "suggest", "report", "claim", "conclude"))
_ALWAYS_PLURAL = frozenset(("people", "sheep", "offspring"))


@dataclass(frozen=True, slots=True)
class Count:
    """A number of participants in the text, with the weight of the signs that it is the study's size.

    `kind`: enrolled (participants), people, animals, things, or open (a noun that no list holds). `noun` is a lemma.
    """

    value: int
    start: int
    end: int
    noun: str
    kind: str
    score: float
    sentence: int
    exact: bool
    told: bool
    head: int | None = None


def in_forms(sentence: Sentence) -> Iterator[Count]:
    """Counts said in forms of their own."""
    text = sentence.text
    compounds = list(_COMPOUND.finditer(text)) if sentence.may_hold(_NAMES_STUDY) else []
    for match in compounds:
        yield from _form(sentence, match, _value(match["size"]), "patient", "people", FORM_WEIGHT)
    if len(compounds) > 1:  # "a 940-patient study and a 310-patient study"
        values = [_value(match["size"]) for match in compounds]
        first, last = sentence.start + compounds[0].start(), sentence.start + compounds[-1].end()
        if min(values) > 1:
            yield _count(sentence, sum(values), first, last, "patient", "people", FORM_WEIGHT + 0.5)
    for match in _GROUPS.finditer(text) if sentence.may_hold(_NAMES_GROUPS) else ():
        word = match["noun"].lower()
        if kind := kind_of(word.rstrip("s"), word):
            yield from _form(sentence, match, _value(match["groups"]) * _value(match["size"]), word, kind, FORM_WEIGHT)
    for match in _N_EQUALS.finditer(text) if "=" in text else ():
        yield from _form(sentence, match, _value(match["size"]), "participant", "people", FORM_WEIGHT - 3)
    for match in _AGES.finditer(text) if sentence.may_hold(_NAMES_AGES) else ():
        if match["size"] and _value(match["size"]) > 1:
            yield from _form(sentence, match, _value(match["size"]), "child", "people", FORM_WEIGHT - 3)
        yield _count(sentence, 0, sentence.start + match.start(), sentence.start + match.end(), "age", "open", -9.0)


def in_phrases(sentence: Sentence, taken: list[tuple[int, int]]) -> Iterator[tuple[Number, Count]]:
    """Numbers with the noun they count, as far as it can take part in a study; not those inside `taken`."""
    for number in numbers(sentence.text) if sentence.may_hold(NUMBERED) else ():
        start = sentence.start + number.start
        if number.value < 1 or number.value % 1 or any(low <= start < high for low, high in taken):
            continue
        if (found := _noun(sentence, number)) is not None:
            head, kind = found
            rough = ending("study/sample_size", "rough").search(sentence.text[max(0, number.start - 30) : number.start])
            yield number, Count(
                value=int(number.value), start=start, end=head.idx + len(head), noun=head.lemma_.lower(), kind=kind,
                score=0.0, sentence=sentence.index, exact=number.exact and not rough, told=sentence.frame == "told",
                head=head.i,
            )  # fmt: skip


def kind_of(lemma: str, word: str) -> str | None:
    """Which list of participants holds a noun."""
    for key in ("enrolled", "people", "animals", "things"):
        if lemma in words(PARTICIPANTS, key) or word in words(PARTICIPANTS, key):
            return key
    return None


def _form(sentence: Sentence, match: re.Match[str], value: int, noun: str, kind: str, weight: float) -> Iterator[Count]:
    if value > 1:
        yield _count(
            sentence, value, sentence.start + match.start(), sentence.start + match.end(), noun, kind, weight
        )  # fmt: skip


def _count(sentence: Sentence, value: int, start: int, end: int, noun: str, kind: str, weight: float) -> Count:
    told = sentence.frame == "told"
    score = weight if told else weight - FORM_WEIGHT
    return Count(value, start, end, noun, kind, score, sentence.index, exact=True, told=told)


def _value(word: str) -> int:
    digits = word.replace(",", "")
    return int(digits) if digits.isdigit() else in_words(word)


def _noun(sentence: Sentence, number: Number) -> tuple[Token, str] | None:
    """The noun that a number counts, walking right over its modifiers, and its kind."""
    doc = sentence.span.doc
    span = doc.char_span(sentence.start + number.start, sentence.start + number.end, alignment_mode="expand")
    if span is None or _is_year(sentence, number):
        return None
    found: tuple[Token, str] | None = None
    for token in doc[span.end : min(span.end + _REACH, sentence.span.end)]:
        if found is not None:
            if token.tag_ in _PLURAL and not kind_of(token.lemma_.lower(), token.lower_):
                # "200 patient records" counts records; "a study of 200 women shows" is misread
                return None if token.lemma_.lower() not in _SHOWS else found
            if token.tag_ not in ("NN", "NNP"):
                break
            continue
        if not _is_walked(token, first=token.i == span.end):
            break
        kind = kind_of(token.lemma_.lower(), token.lower_)
        if kind and _is_counted(token, number):
            found = token, kind
        elif token.tag_ == "NNS" and not kind and token.dep_ != "compound":
            counts = any(child.i in range(span.start, span.end) for child in token.children)
            return (token, "open") if counts and token.lemma_.lower() not in words(PARTICIPANTS, "never") else None
    return found


def _is_year(sentence: Sentence, number: Number) -> bool:
    before = sentence.text[max(0, number.start - 12) : number.start]
    return 1900 <= number.value <= 2050 and bool(ending("study/sample_size", "before_year").search(before))


def _is_walked(token: Token, *, first: bool) -> bool:
    if token.pos_ == "PUNCT":
        return token.lower_ in (_OPENING if first else _WALKED_WORDS)
    return token.pos_ in _WALKED or token.tag_ in _WALKED_TAGS or token.lower_ in _WALKED_WORDS


def _is_counted(token: Token, number: Number) -> bool:
    return (
        token.tag_ in _PLURAL or token.lower_ in _ALWAYS_PLURAL or (token.pos_ == "NOUN" and number.value == 1)
    )  # fmt: skip
