"""Hyping quotations, and what those who say them stand to gain.

A quotation hypes where a wording check would mark words in it; a speaker has a stake where a sentence that names him
says that he led the study, made or sells the thing, or speaks for a company (`models/wordlists/structure`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from annotate.artefacts import wordlist
from annotate.checks.phrases import phrases
from annotate.checks.wording import breakthrough, certainty, cure, emotive, superlative, total
from annotate.types import Evidence, Finding, GuardName, Quotation, Reading

_LIST = "structure/unchallenged"
# In the order of how much they claim.
_WORDING = (cure, breakthrough, superlative, certainty, total, emotive)
_GUARDS: tuple[GuardName, ...] = ("negated", "question", "hedged", "mention", "established", "other-topic", "answered")
_SEPARATE = re.compile(r"[^\W\d_][\w'’-]+")
_TITLES = frozenset(("dr", "prof", "professor", "sir", "mr", "mrs", "ms", "dame", "lord", "lady"))


@dataclass(frozen=True, slots=True)
class Hype:
    """Words that hype, the quotation they stand in, and the words that give the speaker's stake."""

    start: int
    end: int
    rank: int
    quotation: Quotation
    stake: Evidence


def hyped(reading: Reading) -> tuple[Hype, ...]:
    """The hyping words of people with a stake, in the order of the text; those that overlap are told once."""
    voices = [(quotation, stake) for quotation in reading.quotations if (stake := _stake(reading, quotation))]
    if not voices:
        return ()
    found: list[Hype] = []
    for start, end, rank in _hyping(reading):
        for quotation, stake in voices:
            if quotation.start <= start and end <= quotation.end:
                found.append(Hype(start, end, rank, quotation, stake))
    kept: list[Hype] = []
    for hype in sorted(found, key=lambda hype: (hype.rank, hype.start)):
        if not any(hype.start < other.end and other.start < hype.end for other in kept):
            kept.append(hype)
    return tuple(sorted(kept, key=lambda hype: hype.start))


def heard_from_outside(reading: Reading) -> bool:
    """Somebody without a stake comments in the article."""
    source = reading.disclosures.get("independent_source")
    if source is None or source.state != "present":
        return False
    named = reading.article.text[source.start or 0 : source.end or 0]
    inside = {q.speaker.split()[-1] for q in reading.quotations if q.speaker and _stake(reading, q)}
    return not any(surname in named.split() for surname in inside)


def _hyping(reading: Reading) -> Iterator[tuple[int, int, int]]:
    for rank, module in enumerate(_WORDING):
        for finding in module.find(reading):
            if not _excused(reading, finding):
                yield finding.start, finding.end, rank
    for hit in phrases(reading, _LIST):
        if not reading.context.guards(hit.start, hit.end, ("negated", "question", "answered")):
            yield hit.start, hit.end, len(_WORDING)


def _excused(reading: Reading, finding: Finding) -> bool:
    return bool(finding.why.applied) or bool(reading.context.guards(finding.start, finding.end, _GUARDS))


def _stake(reading: Reading, quotation: Quotation) -> Evidence | None:
    """What the speaker of a direct quotation stands to gain, with the words that say so."""
    if not quotation.direct or not quotation.speaker:
        return None
    names = [name for name in _SEPARATE.findall(quotation.speaker) if name.lower() not in _TITLES]
    if not names:
        return None
    surname, cues = re.compile(rf"\b{re.escape(names[-1])}\b"), _cues()
    for sentence in reading.doc.sents:
        if not surname.search(sentence.text):
            continue
        for match in cues.finditer(sentence.text):
            start = sentence.start_char + match.start()
            if not quotation.start <= start < quotation.end:
                return Evidence(f"{quotation.speaker} has a stake", start, start + len(match[0]))
    return None


@cache
def _cues() -> re.Pattern[str]:
    joined = "|".join(cue.replace(" ", r"\s+") for cue in wordlist(_LIST)["stake"]["cues"])
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)
