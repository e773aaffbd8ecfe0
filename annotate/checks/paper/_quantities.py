"""Figures with a unit, in articles and abstracts: their values, the statistic they are and what they are about.

An abstract writes "110 ± 32 days", "8 (12) months" and "a median (range) of …"; an article "17 months". Two figures are
compared only where they have the same unit and are about the same: both lengths of follow-up, or both told with the
same telling words beside them. A share that changed ("12% lower") is another unit than a share of people, and the
hazard ratio, relative risk or rate ratio of an abstract is one: 0.88 says "12% lower".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from annotate.artefacts import wordlist
from annotate.checks.numbers._figures import NUMBER, value_of
from annotate.types import Reading

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Unit = Literal["time", "percent", "change", "dose", "pressure", "weight", "points"]
Statistic = Literal["average", "extreme", ""]

_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.25}
_MILLIGRAMS = {"mg": 1.0, "milligram": 1.0, "g": 1000.0, "gram": 1000.0, "mcg": 0.001, "µg": 0.001, "microgram": 0.001}
_SPREAD = r"(?:\s?(?:±|\+/-)\s?[\d.]+|\s?\([^()]{1,40}\)|\s?\[[^\[\]]{1,40}\])?"
_QUANTITY = re.compile(
    rf"(?<![\w.,$£€–-])(?P<number>{NUMBER}){_SPREAD}[\s-]?"
    r"(?P<unit>%|per\s?cent\b|(?:minutes?|hours?|days?|weeks?|months?|years?|mg|milligrams?|mcg|µg|micrograms?|g|grams?|"
    r"mm\s?Hg|kg|kilograms?|kilos?|pounds?|lbs?|points?)\b)",
    re.IGNORECASE,
)
_KILOGRAMS = {"kg": 1.0, "kilogram": 1.0, "kilo": 1.0, "pound": 0.454, "lb": 0.454}
_RATIO = re.compile(
    r"\b(?:(?:hazard|risk|rate) ratio|relative risk|a?HR|RR|IRR)\b(?:[^.;()\d]|\((?:HR|RR|IRR)\)){0,25}?"
    r"(?P<ratio>\d\.\d+)",
)
_INTERVAL = re.compile(r"^\s?(?:CI\b|CrI\b|confidence|credible|uncertainty|percentile)", re.IGNORECASE)
_AGE = re.compile(r"^[\s-](?:old|of age)\b", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged?|ages)(?: of| between| from)?[^.;,]{0,25}$", re.IGNORECASE)
_AGO = re.compile(r"^\s(?:ago|earlier|later this|from now)\b", re.IGNORECASE)
_REACH = 18
"""Tokens on either side of a figure that may say what it is about."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure at `start:end` of a text: its value in days, percent or milligrams, and what it is about.

    `about` are the telling words around it. `followup` is 2 where its sentence says that it is how long people were
    followed, 1 where that was made out otherwise, else 0.
    """

    text: str
    start: int
    end: int
    unit: Unit
    value: float
    statistic: Statistic
    followup: int
    about: frozenset[str]
    sentence: str

    def same_value(self, other: Quantity) -> bool:
        """Whether two figures agree, as far as rounding and months of 30 or 31 days go."""
        larger = max(self.value, other.value)
        slack = 0.04 if self.unit == "time" else 0.01
        shares = ("percent", "change")
        if (
            self.unit in shares
            and other.unit in shares
            and abs(self.value - other.value) <= (0.5 if self.unit == other.unit == "percent" else 1.0)
        ):
            return True
        return self.unit == other.unit and abs(self.value - other.value) <= slack * larger + 1e-9


def quantities(reading: Reading) -> tuple[Quantity, ...]:
    """The figures with a unit of an article's (or an abstract's) checked text, in order; ages are left out."""
    found = (*_quantities(reading), *_ratios(reading))
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _quantities(reading: Reading) -> Iterator[Quantity]:
    text, followup = reading.article.text, reading.study.followup
    for block in reading.article.blocks:
        if block.kind in ("byline", "caption", "boilerplate", "table"):
            continue
        for match in _QUANTITY.finditer(text, block.start, block.end):
            sentence = reading.span(match.start(), match.end())[0].sent
            before = text[max(sentence.start_char, match.start() - 60) : match.start()]
            after = text[match.end() : min(sentence.end_char, match.end() + 12)]
            if _AGE.match(after) or _AGED.search(before) or _AGO.match(after) or _INTERVAL.match(after):
                continue
            if is_of_another_study(sentence.text):
                continue
            unit, size = _unit(match["unit"])
            if unit == "percent" and _is_change(before, text[match.end() : min(sentence.end_char, match.end() + 30)]):
                unit = "change"
            followed = followup is not None and followup.start < match.end() and match.start() < followup.end
            yield Quantity(
                text=match[0], start=match.start(), end=match.end(), unit=unit, value=value_of(match["number"]) * size,
                statistic=_statistic(before, after), followup=2 * bool(_followup().search(before)) or int(followed),
                about=_about(reading, sentence, match.start(), match.end()), sentence=sentence.text.strip(),
            )  # fmt: skip


def _ratios(reading: Reading) -> Iterator[Quantity]:
    """Ratios of risks or rates, as the change in percent that they say."""
    for match in _RATIO.finditer(reading.article.text):
        sentence = reading.span(match.start(), match.end())[0].sent
        yield Quantity(
            text=match[0], start=match.start(), end=match.end(), unit="change",
            value=round(abs(float(match["ratio"]) - 1) * 100, 1), statistic="", followup=0,
            about=telling_words(reading.doc[sentence.start : sentence.end]), sentence=sentence.text.strip(),
        )  # fmt: skip


def _is_change(before: str, after: str) -> bool:
    """Whether a share is how much something changed or differs."""
    if any(_cues("changed").fullmatch(word.strip(".,;")) for word in after.split()[:2]):
        return True
    return re.search(r"\bby\s(?:\w+\s){0,2}$", before) is not None and _cues("changing").search(before) is not None


def _unit(said: str) -> tuple[Unit, float]:
    word = said.lower()
    if word == "%" or word.startswith("per"):
        return "percent", 1.0
    if word.startswith("point"):
        return "points", 1.0
    if word.startswith("mm"):
        return "pressure", 1.0
    singular = word.rstrip("s") if len(word) > 2 else word
    if singular in _KILOGRAMS:
        return "weight", _KILOGRAMS[singular]
    return ("time", _DAYS[singular]) if singular in _DAYS else ("dose", _MILLIGRAMS[singular])


@cache
def _cues(key: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(wordlist('paper/quantities')[key])})\b", re.IGNORECASE)


def is_of_another_study(sentence: str) -> bool:
    """Whether a sentence tells of another study than the one reported."""
    return _cues("other_study").search(sentence) is not None


def _followup() -> re.Pattern[str]:
    return _cues("followup")


def _statistic(before: str, after: str) -> Statistic:
    """The statistic named beside a figure, in the same clause."""
    near = re.split(r"[,;:]\s", before)[-1]
    if _cues("extreme").search(near[-20:]):
        return "extreme"
    if _cues("average").search(f"{near} … {after}"):
        return "average"
    return "extreme" if _cues("extreme").search(near) else ""


def _about(reading: Reading, sentence: Span, start: int, end: int) -> frozenset[str]:
    figure = reading.span(start, end)
    low, high = max(sentence.start, figure.start - _REACH), min(sentence.end, figure.end + _REACH)
    return telling_words(token for token in reading.doc[low:high] if not figure.start <= token.i < figure.end)


def telling_words(tokens: Iterable[Token]) -> frozenset[str]:
    """What some tokens tell of a figure's subject."""
    return frozenset(term for token in tokens if (term := _term(token)) is not None)


def _term(token: Token) -> str | None:
    """What a token tells: a noun, an adjective or a verb that is not said of every study; "B cell" is one term."""
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB") or token.is_stop or not token.text[0].isalpha():
        return None
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN") and lemma.endswith("s") and not lemma.endswith(("ss", "is", "us")):
        lemma = lemma[:-1]  # the tagger takes a plural at the head of a sentence for a name
    before = token.nbor(-1) if token.i else None
    if before is not None and len(before.text) == 1 and before.text.isupper():
        return f"{before.lower_} {lemma}"
    return None if len(lemma) < 3 or lemma in _unspecific() else lemma


@cache
def _unspecific() -> frozenset[str]:
    return frozenset(wordlist("paper/quantities")["unspecific"])
