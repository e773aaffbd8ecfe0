"""Hyping quotations, and what those who say them stand to gain.

A quotation hypes where a wording check would mark words in it; a speaker has a stake where a sentence that names him
says that he led the study, made or sells the thing, or speaks for a company (`models/wordlists/structure`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from annotate.artefacts import wordlist
from annotate.checks.phrases import phrases
from annotate.checks.wording import breakthrough, certainty, cure, emotive, superlative, total
from annotate.patterns import Filed, stems, whole
from annotate.types import Evidence, Finding, GuardName, Quotation, Reading

_LIST = "structure/unchallenged"
# In the order of how much they claim.
_WORDING = (cure.find, breakthrough.find, superlative.find, certainty.find, total.find, emotive.of_the_result)
_GUARDS: tuple[GuardName, ...] = ("negated", "question", "hedged", "mention", "established", "other-topic", "answered")
_WORD = re.compile(r"[^\W\d_][\w'’-]+")
_TITLES = frozenset(("dr", "prof", "professor", "sir", "mr", "mrs", "ms", "dame", "lord", "lady"))


@dataclass(frozen=True, slots=True)
class Hype:
    """Words that hype, the quotation they stand in, and the words that give the speaker's stake."""

    start: int
    end: int
    rank: int
    quotation: Quotation
    stake: Evidence


@lru_cache(maxsize=1)  # two checks ask, one after the other
def hyped(reading: Reading) -> tuple[Hype, ...]:
    """The hyping words of people with a stake, in the order of the text; those that overlap are told once.

    None where somebody without a stake is heard anywhere in the article.
    """
    voices = _voices(reading)
    if not voices or _heard_from_outside(reading, voices):
        return ()
    found = [
        Hype(start, end, rank, quotation, stake)
        for start, end, rank in _hyping(reading, [quotation for quotation, _ in voices])
        for quotation, stake in voices
        if quotation.start <= start and end <= quotation.end
    ]
    kept: list[Hype] = []
    for hype in sorted(found, key=lambda hype: (hype.rank, hype.start)):
        if not any(hype.start < other.end and other.start < hype.end for other in kept):
            kept.append(hype)
    return tuple(sorted(kept, key=lambda hype: hype.start))


def _heard_from_outside(reading: Reading, voices: Sequence[tuple[Quotation, Evidence]]) -> bool:
    source = reading.disclosures.get("independent_source")
    if source is None or source.state != "present":
        return False
    named = reading.article.text[source.start or 0 : source.end or 0].split()
    return not any(surname(quotation) in named for quotation, _ in voices)


def _hyping(reading: Reading, quotations: Sequence[Quotation]) -> Iterator[tuple[int, int, int]]:
    """Where words in these quotations hype, and how much."""
    for rank, find in enumerate(_WORDING):
        for finding in find(reading):
            if _is_in(quotations, finding.start, finding.end) and not _excused(reading, finding):
                yield finding.start, finding.end, rank
    for hit in phrases(reading, _LIST):
        said = _is_in(quotations, hit.start, hit.end)
        if said and not reading.context.guards(hit.start, hit.end, ("negated", "question", "answered")):
            yield hit.start, hit.end, len(_WORDING)


def _is_in(quotations: Sequence[Quotation], start: int, end: int) -> bool:
    return any(quotation.start <= start and end <= quotation.end for quotation in quotations)


def _excused(reading: Reading, finding: Finding) -> bool:
    return bool(finding.why.applied) or bool(reading.context.guards(finding.start, finding.end, _GUARDS))


def _voices(reading: Reading) -> list[tuple[Quotation, Evidence]]:
    """The direct quotations of people with a stake, each with the words that give it."""
    spoken = [quotation for quotation in reading.quotations if quotation.direct and surname(quotation)]
    stakes = {name: _stake(reading, name) for name in dict.fromkeys(surname(one) for one in spoken)}
    return [(quotation, stake) for quotation in spoken if (stake := stakes[surname(quotation)])]


def surname(quotation: Quotation) -> str:
    """The last name of a quotation's speaker, empty where there is none."""
    names = [name for name in _WORD.findall(quotation.speaker or "") if name.lower() not in _TITLES]
    return names[-1] if names else ""


def _stake(reading: Reading, name: str) -> Evidence | None:
    """The words, outside quotations, that give somebody's stake in a sentence that names him."""
    for mention in re.finditer(rf"\b{re.escape(name)}\b", reading.article.text):
        sentence = reading.span(mention.start(), mention.end()).sent
        for match in _cues().finditer(sentence.text) if _filed().tried(stems(sentence.text)) else ():
            start = sentence.start_char + match.start()
            if not any(quotation.start <= start < quotation.end for quotation in reading.quotations):
                return Evidence("what the speaker has at stake", start, start + len(match[0]))
    return None


@cache
def _filed() -> Filed:
    return Filed(wordlist(_LIST)["stake"]["cues"])


@cache
def _cues() -> re.Pattern[str]:
    return whole(wordlist(_LIST)["stake"]["cues"])
