"""How many people or animals the study reported had.

Every count of participants is a candidate; the signs around it are weighed: a verb or a noun of studying, a total ("of
the 406", "in all"); on the other side other studies, prevalence, parts of the sample, outcomes and arms. The best
candidate answers if the signs for it are strong enough; else the study's size is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from annotate.claims.study.account import Account, Sentence
from annotate.claims.study.counts import PARTICIPANTS, Count, in_forms, in_phrases
from annotate.patterns import beginning, ending, pattern, words
from annotate.types import Design, Fact

ANSWER = 2.5
TOLD = 1.0
_ALONE = 0.5
_STATISTICS = 10_000  # above it a count with no sign of a study is how common something is
_TAKE_PART = frozenset(("enrolled", "people", "animals"))
_SIGNS = "study/sample_size"
_STUDIED = 2.5
_BY_KIND = {"enrolled": 1.5, "people": 0.5, "animals": 1.0, "things": -0.5, "open": -1.5}
_CARRIES = frozenset(("acl", "relcl", "advcl", "xcomp", "pcomp", "conj", "ccomp", "ROOT"))
_MAX_STEPS = 9
_MAX_BETWEEN_ARMS = 130


def best(counts: Sequence[Count]) -> Count | None:
    """The count that is the study's size: by the signs for it, or as the only count of people or animals told."""
    count = max(counts, key=lambda count: (count.score, count.exact, -count.start), default=None)
    if count is None or count.score >= ANSWER:
        return count
    values = {other.value for other in counts if other.told and other.kind in _TAKE_PART and other.score > -_ALONE}
    alone = len(values) == 1 and count.kind in _TAKE_PART and count.told and count.exact and count.value <= _STATISTICS
    return count if alone and count.score >= _ALONE else None


def as_fact(count: Count | None) -> Fact[int] | None:
    """A count as the study's fact."""
    return Fact(count.value, count.start, count.end) if count is not None else None


def of_one(design: Fact[Design] | None) -> Fact[int] | None:
    """A case report that gives no number is of one."""
    return Fact(1, design.start, design.end) if design is not None and design.value == "case-report" else None


@lru_cache(maxsize=1)
def counted(account: Account) -> tuple[Count, ...]:
    """Every count of participants, in order, weighed. The last are kept: the disclosures ask for them too."""
    return tuple(_weigh_together([count for sentence in account.sentences for count in _in_sentence(sentence)]))


def _in_sentence(sentence: Sentence) -> Iterator[Count]:
    forms = [
        replace(form, score=form.score + _sampled(sentence, form.start - sentence.start)) for form in in_forms(sentence)
    ]
    yield from forms
    plain = []
    for number, count in in_phrases(sentence, [(form.start, form.end) for form in forms]):
        signs = _said_of(sentence, count) + _said_around(sentence, count, number.start)
        score = _BY_KIND[count.kind] + signs + _frame(sentence, studied=signs >= 2)
        plain.append(replace(count, score=score))
    yield from plain
    yield from _sums(sentence, plain)


def _frame(sentence: Sentence, *, studied: bool) -> float:
    weight = {"told": 0.0, "other": -5.0, "planned": -5.0}[sentence.frame]
    if sentence.kind in ("subheading", "caption"):
        weight -= 1
    if sentence.search(pattern(_SIGNS, "prevalence")):
        weight -= 0.5 if studied else 3
    return weight


def _said_of(sentence: Sentence, count: Count) -> float:
    """What the grammar says of the participants: that they were studied, or what became of them."""
    assert count.head is not None
    token = head = sentence.span.doc[count.head]
    for _ in range(_MAX_STEPS):
        parent = token.head
        if parent.i == token.i:
            break
        lemma = parent.lemma_.lower()
        if token.dep_ == "nsubj" and lemma in words(PARTICIPANTS, "became"):
            return -2.0
        if parent.pos_ in ("VERB", "AUX") and lemma in words(PARTICIPANTS, "studied"):
            if count.kind != "open":
                return _STUDIED
            return 4.0 if lemma in words(PARTICIPANTS, "takes_objects") and count.value >= 5 else 0.0
        of_study = parent.pos_ in ("NOUN", "PROPN") and token.dep_ in ("prep", "pobj")
        if count.kind != "open" and of_study and lemma in words(PARTICIPANTS, "studies"):
            return _STUDIED
        if parent.pos_ == "VERB" and parent.dep_ not in _CARRIES:
            break
        token = parent
    clauses = (child for child in head.children if child.dep_ in ("relcl", "acl"))
    return 1.5 if any(clause.lemma_.lower() in words(PARTICIPANTS, "studied") for clause in clauses) else 0.0


def _said_around(sentence: Sentence, count: Count, at: int) -> float:
    """What the words just before and after say; `at` is the number's place in the sentence."""
    before, after = sentence.text[max(0, at - 90) : at], sentence.text[count.end - sentence.start :]
    if ending(_SIGNS, "rate").search(before):
        return -6.0
    weight = 0.0
    bare = ending(_SIGNS, "rough").sub("", before)
    if beginning(_SIGNS, "each").match(after):
        weight -= 4.0
    if ending(_SIGNS, "part_before").search(bare) or beginning(_SIGNS, "part_after").match(after):
        weight -= 2.0
    elif ending(_SIGNS, "total").search(bare):
        weight += 1.0
    weight += _sampled(sentence, at)
    if beginning(_SIGNS, "sampled_after").match(after.lstrip(",")):
        weight += 1.5
    if beginning(_SIGNS, "everywhere").match(after):
        weight -= 3.0
    return weight + _by_size(count.value)


def _sampled(sentence: Sentence, at: int) -> float:
    """Just before there is a verb or a noun of studying, whatever the grammar."""
    return 2.0 if pattern(_SIGNS, "sampled").search(sentence.text[max(0, at - 80) : at]) else 0.0


def _by_size(value: int) -> float:
    """One or two people are told as a story, millions as statistics."""
    if value < 5:
        return -3.0 if value < 3 else -1.5
    return -2.0 if value >= 3_000_000 else 0.0


def _sums(sentence: Sentence, counts: list[Count]) -> Iterator[Count]:
    """Two arms told side by side: "20 patients with one disease and 14 women with another"."""
    compares = "compar" in sentence.text.lower()
    for first, second in pairwise(counts):
        between = sentence.text[first.end - sentence.start : second.start - sentence.start]
        if max(first.score, second.score) < ANSWER or min(first.score, second.score) < 0:
            continue
        if "open" in (first.kind, second.kind) or len(between) > _MAX_BETWEEN_ARMS:
            continue
        joined = ending(_SIGNS, "joins" if compares else "joins_always").search(between)
        if joined and not pattern(_SIGNS, "parts").search(between):
            yield replace(
                first,
                value=first.value + second.value,
                end=second.end,
                score=max(first.score, second.score) + 0.6,
                exact=first.exact and second.exact,
            )


def _weigh_together(counts: list[Count]) -> list[Count]:
    """The first size told and one told twice are supported; an exact figure is preferred to its own rounding."""
    first = next((count for count in counts if count.told and count.score >= ANSWER), None)
    counts = [replace(count, score=count.score + 0.6) if count is first else count for count in counts]
    told = [count for count in counts if count.told]
    weighed = []
    for count in counts:
        score = count.score
        others = [other for other in told if other is not count and count.told]
        if any(other.value == count.value and other.start != count.start for other in others):
            score += 0.7
        rounded = [other.score for other in others if _rounds(other, count)]
        if rounded and count.score > -2:
            score = max(score, *rounded) + 0.5
        values = {other.value for other in others}
        if count.value > 20 and any(count.value - value in values - {value} for value in values):
            score += 1.5
        weighed.append(replace(count, score=score))
    return weighed


def _rounds(rough: Count, exact: Count) -> bool:
    """`rough` ("more than 7,500") says `exact` (7,580) in round figures."""
    if exact.value < 100 or _zeros(rough.value) <= _zeros(exact.value):
        return False
    return abs(rough.value - exact.value) <= 0.04 * exact.value


def _zeros(value: int) -> int:
    digits = str(value)
    return len(digits) - len(digits.rstrip("0"))
