"""How many people or animals the study reported had.

Every number that counts participants is a candidate; the signs around it are weighed: a verb or a noun of studying, a
total ("of the 406", "in all"), on the other side other studies, prevalence, parts of the sample, outcomes and arms. The
best candidate answers if the signs for it are strong enough; else the study's size is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotate.claims.cues import pattern, words
from annotate.claims.study.account import Account, Sentence
from annotate.claims.study.numbers import Number, in_words, numbers
from annotate.types import Fact

if TYPE_CHECKING:
    from spacy.tokens import Token

ANSWER = 3.0
TOLD = 1.0
_LIST = "study/participants"
_COMPOUND = re.compile(
    r"(?<![\w,.-])(\d{1,3}(?:,\d{3})+|\d+|[a-z]+)[-‐‑ ](?:patient|person|participant|subject|woman|man|child|volunteer|people)s?"
    r"(?:[-‐‑\s][\w-]+){0,3}[\s](?:study|trial|survey|analysis|cohort|test|experiment)\b",
    re.IGNORECASE,
)
_GROUPS = re.compile(
    r"\b(?P<groups>two|three|four|five|six|seven|eight|\d)\s+groups\s+of\s+(?P<size>\w+)\s+(?P<noun>[\w-]+)", re.IGNORECASE
)
_N_EQUALS = re.compile(r"\bn\s?=\s?(\d[\d,]*)", re.IGNORECASE)
_RATE = re.compile(r"(?:\b(?:per|every|each|for every|out of(?: every)?|one in|in (?:every|each)|1 in)\s*|\b(?:in|of) )$", re.IGNORECASE)
_ONE_IN = re.compile(r"(?:\b(?:per|every|each)|\b(?:one|two|three|four|five|six|seven|eight|nine|\d+) (?:out of|in)(?: every| each)?)\s*$", re.IGNORECASE)
_HEDGE = re.compile(r"(?:more than|over|nearly|almost|about|around|some|roughly|approximately|up to|at least|close to|fewer than|less than|under|an estimated|as many as|only|just)\s+$", re.IGNORECASE)
_PART_AFTER = re.compile(r"^\s*(?:of (?:them|these|those|the|whom|which|his|her|our|their)\b|others?\b|more\b|times\b|% )", re.IGNORECASE)
_PART_BEFORE = re.compile(r"\b(?:another|the other|the remaining|other|of whom|of which|of these|of those|of them|including|among them|additional|a further|subset of|top|first|next|last)\s+$", re.IGNORECASE)
_TOTAL_BEFORE = re.compile(r"\b(?:a total of|in total|in all|altogether|of the|among the|of all|all|the|total of|combined|overall|sample of|group of|cohort of|set of|population of)\s+$", re.IGNORECASE)
_NONSTUDY_KIND = ("subheading", "caption")
_WALK = frozenset(("ADJ", "NOUN", "PROPN", "NUM", "PART", "CCONJ", "ADV"))


@dataclass(frozen=True, slots=True)
class Count:
    """A number of participants in the text, with the weight of the signs that it is the study's size."""

    value: int
    start: int
    end: int
    noun: str
    kind: str
    score: float
    sentence: int
    exact: bool
    told: bool


def read(account: Account) -> Fact[int] | None:
    """The study's size, where the article says it."""
    counts = counted(account)
    best = max(counts, key=lambda count: (count.score, count.exact, -count.start), default=None)
    if best is None or best.score < ANSWER:
        return None
    return Fact(best.value, best.start, best.end)


def counted(account: Account) -> list[Count]:
    """Every count of participants, in order, weighed."""
    found = [count for sentence in account.sentences for count in _in_sentence(sentence)]
    return _weigh_together(found)


def _in_sentence(sentence: Sentence) -> Iterator[Count]:
    text = sentence.text
    if not any(character.isdigit() for character in text) and not _SPELT.search(text):
        return
    taken: list[tuple[int, int]] = []
    for count in _patterned(sentence):
        taken.append((count.start, count.end))
        yield count
    plain = []
    for number in numbers(text):
        start = sentence.start + number.start
        if any(low <= start < high for low, high in taken) or number.value != int(number.value) or number.value < 1:
            continue
        if (head := _participants(sentence, number)) is not None:
            plain.append(_count(sentence, number, *head))
    yield from plain
    yield from _sums(sentence, plain)


_SPELT = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozen|hundred|thousand|million)\b",
    re.IGNORECASE,
)


def _patterned(sentence: Sentence) -> Iterator[Count]:
    """Sizes said in forms of their own: "a 1,212-patient study", "three groups of five rabbits", "n = 12"."""
    base = 0.0 if sentence.frame == "told" else -5.0
    for match in _COMPOUND.finditer(sentence.text):
        word = match[1].replace(",", "")
        value = int(word) if word.isdigit() else in_words(word)
        if value > 1:
            yield Count(
                value, sentence.start + match.start(), sentence.start + match.end(), "patient", "people", base + 5, sentence.index,
                True, sentence.frame == "told",
            )  # fmt: skip
    for match in _GROUPS.finditer(sentence.text):
        kind = _kind(match["noun"].lower().rstrip("s"), match["noun"].lower())
        size = int(match["size"]) if match["size"].isdigit() else in_words(match["size"])
        groups = int(match["groups"]) if match["groups"].isdigit() else in_words(match["groups"])
        if kind and size > 1:
            yield Count(
                groups * size, sentence.start + match.start(), sentence.start + match.end(), match["noun"].lower(), kind, base + 5,
                sentence.index, True, sentence.frame == "told",
            )  # fmt: skip
    for match in _N_EQUALS.finditer(sentence.text):
        value = int(match[1].replace(",", ""))
        yield Count(value, sentence.start + match.start(), sentence.start + match.end(), "n", "people", base + 2, sentence.index, True, sentence.frame == "told")


def _kind(lemma: str, word: str) -> str | None:
    for key in ("enrolled", "people", "animals", "things"):
        if lemma in words(_LIST, key) or word in words(_LIST, key):
            return key
    return None


def _participants(sentence: Sentence, number: Number) -> tuple[Token, str] | None:
    """The noun that a number counts, walking right over its modifiers, and its kind."""
    doc = sentence.span.doc
    span = doc.char_span(sentence.start + number.start, sentence.start + number.end, alignment_mode="expand")
    if span is None:
        return None
    best: tuple[Token, str] | None = None
    open_head: Token | None = None
    for token in doc[span.end : min(span.end + 9, sentence.span.end)]:
        lower = token.lower_
        if token.pos_ == "PUNCT" and lower not in ("-", ",", "’", "'", "\"", "“", "”", "/"):
            break
        if token.pos_ not in _WALK and token.pos_ != "PUNCT" and token.tag_ not in ("VBN", "VBG", "VBD", "JJ") and lower not in ("'s", "’s", "to"):
            break
        if token.pos_ == "CCONJ" and best is not None:
            break
        if token.pos_ == "PUNCT" and best is not None:
            break
        kind = _kind(token.lemma_.lower(), lower)
        if kind and (token.tag_ in ("NNS", "NNPS") or lower in ("people", "fish", "sheep", "offspring") or (token.pos_ == "NOUN" and number.value == 1)):
            best = (token, kind)
        elif best is not None and token.pos_ in ("NOUN", "PROPN") and token.tag_ in ("NN", "NNP"):
            continue
        elif best is not None and token.tag_ in ("NNS", "NNPS") and not kind:
            best = None  # "200 patient records" counts records
            break
        if token.tag_ == "NNS":
            open_head = open_head or token
    if best is None and open_head is not None and any(child.i in range(span.start, span.end) for child in open_head.children):
        return open_head, "open"
    return best


def _count(sentence: Sentence, number: Number, head: Token, kind: str) -> Count:
    start = sentence.start + number.start
    before, after = sentence.text[: number.start], sentence.text[head.idx + len(head) - sentence.start :]
    score = {"enrolled": 1.5, "people": 0.5, "animals": 1.0, "things": -0.5, "open": -1.5}[kind]
    score += _frame_weight(sentence)
    score += _verb_weight(sentence, head, kind)
    score += _phrase_weight(before, after, number)
    return Count(
        value=int(number.value), start=start, end=head.idx + len(head), noun=head.lemma_.lower(), kind=kind, score=score,
        sentence=sentence.index, exact=number.exact and not _HEDGE.search(before), told=sentence.frame == "told",
    )  # fmt: skip


def _frame_weight(sentence: Sentence) -> float:
    weight = {"told": 0.0, "other": -4.0, "planned": -4.0}[sentence.frame]
    if sentence.kind in _NONSTUDY_KIND:
        weight -= 1
    if pattern("study/sample_size", "prevalence").search(sentence.text):
        weight -= 3
    return weight


def _verb_weight(sentence: Sentence, head: Token, kind: str) -> float:
    """What is said of the participants: that they were studied, or what became of them."""
    token, weight, crossed = head, 0.0, 0
    while token.head.i != token.i and crossed < 6:
        parent = token.head
        lemma = parent.lemma_.lower()
        if token.dep_ in ("nsubj",) and lemma in words(_LIST, "became") and lemma not in ("have",):
            weight -= 2.0
            break
        if parent.pos_ in ("VERB", "AUX") and lemma in words(_LIST, "studied"):
            return weight + (2.5 if kind != "open" else 3.5)
        if parent.pos_ in ("NOUN", "PROPN") and token.dep_ in ("prep", "pobj") and lemma in words(_LIST, "studies"):
            return weight + 2.5
        if parent.pos_ == "VERB" and parent.dep_ not in ("acl", "relcl", "advcl", "xcomp", "pcomp", "conj", "ccomp", "ROOT"):
            break
        token, crossed = parent, crossed + 1
    for child in head.children:
        if child.dep_ in ("relcl", "acl") and child.lemma_.lower() in words(_LIST, "studied"):
            weight += 1.5
            break
    return weight


def _phrase_weight(before: str, after: str, number: Number) -> float:
    weight = 0.0
    if _ONE_IN.search(before):
        return -6.0
    if re.search(r"\bper\s*$|\bfor every\s*$|\bevery\s*$", before, re.IGNORECASE):
        return -6.0
    bare = _HEDGE.sub("", before)
    if _PART_BEFORE.search(bare) or _PART_AFTER.search(after):
        weight -= 2.0
    elif _TOTAL_BEFORE.search(bare):
        weight += 1.0
    if pattern("study/sample_size", "sampled").search(before[-80:]):
        weight += 2.0
    if pattern("study/sample_size", "sampled_after").match(after.lstrip(" ,")):
        weight += 1.5
    if re.match(r"\s*(?:a|per|each|every) (?:year|day|month|week)\b|\s*(?:annually|worldwide|globally|nationwide)", after, re.IGNORECASE):
        weight -= 3.0
    if number.value == 1:
        weight -= 3.0
    elif number.value <= 4:
        weight -= 1.0
    if number.value >= 3_000_000:
        weight -= 2.0
    return weight


def _sums(sentence: Sentence, counts: list[Count]) -> Iterator[Count]:
    """Two arms told side by side: "20 patients with one disease and 14 women with another"."""
    for first, second in zip(counts, counts[1:], strict=False):
        between = sentence.text[first.end - sentence.start : second.start - sentence.start]
        if min(first.score, second.score) < 1.5 or first.kind == "open" or second.kind == "open" or len(between) > 130:
            continue
        if pattern("study/sample_size", "joins").search(between) and not pattern("study/sample_size", "parts").search(between):
            yield replace(
                first, value=first.value + second.value, end=second.end, score=max(first.score, second.score) + 0.6,
                exact=first.exact and second.exact,
            )  # fmt: skip


def _weigh_together(counts: list[Count]) -> list[Count]:
    """Repeated sizes support each other; an exact figure is preferred to its own rounding; totals to their parts."""
    weighed = []
    for count in counts:
        score = count.score
        others = [other for other in counts if other is not count and other.told and count.told]
        if any(other.value == count.value and other.start != count.start for other in others):
            score += 0.7
        rounded = [other for other in others if _rounds(other, count)]
        if rounded and count.score > -2:
            score = max(score, max(other.score for other in rounded)) + 0.5
        if count.value > 20 and any(
            first.value + second.value == count.value for first in others for second in others if first.start < second.start
        ):
            score += 1.5
        weighed.append(replace(count, score=score))
    return weighed


def _rounds(rough: Count, exact: Count) -> bool:
    """`rough` ("more than 7,500") says `exact` (7,580) in round figures."""
    if rough.value == exact.value or exact.value < 100 or (exact.value % 100 == 0 and rough.value % 1000):
        return False
    return not rough.exact and abs(rough.value - exact.value) <= 0.04 * exact.value
