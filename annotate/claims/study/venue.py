"""Where the study appeared: a journal and its name, a conference, a preprint."""

from __future__ import annotations

import re
from functools import cache

from annotate.artefacts import wordlist
from annotate.claims.study.account import Account, Sentence
from annotate.patterns import Cues, Filed, pattern, words
from annotate.types import Fact, Venue

_LIST = "study/venue"
_WORD = r"(?:[A-Z][\w’'‐-]*|&)"
_NAME = rf"{_WORD}(?:(?:,|:)?\s(?:(?:of|in|and|for|on|the|de)\s){{0,2}}{_WORD})*"
_DAY = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|"
    r"November|December|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Online|Today"
)
_TRAILING = re.compile(rf"[\s,:]+(?:on\s+)?(?:{_DAY})\b.*$|[\s,:]+(?:the|of|and|in|for|on|&)$|[’']s$", re.DOTALL)
_ISSUE = (
    r"(?:(?:the|its|this|(?:today|yesterday|\w+day|week|month)[’']s)\s+)?(?:[\w.,’'-]+\s+){0,5}?"
    r"(?:issue|edition|version|website|pages)\s+(?:of\s+)?(?:the\s+)?"
)
# "published … in X", "writing in X", "a study in X": X is a journal if it is known as one or its name says so.
_SIGN = re.compile(
    r"\b(?:publish(?:ed|es|ing)?|publication|appear(?:s|ed|ing)?|report(?:ed|s|ing)?|writ(?:e|es|ing|ten)|wrote|"
    r"describ(?:ed|es|ing)|detailed|released|printed|featured|outlined|stud(?:y|ies)|paper|research|findings|results|"
    r"review|trial|article|editorial|letter|out|available|today|week|team)\b"
    rf"(?:,?\s+(?!in\b|by\b)[\w’'-]+){{0,5}},?\s+(?:in|by|on)\s+(?:the\s+(?=[A-Z]))?(?:{_ISSUE})?(?P<name>{_NAME})"
)
_JOURNAL = re.compile(
    rf"\b(?:journals?|Journals?(?!,)|publication)(?:,|\s+called)?\s+[“\"‘'*_]?(?P<name>(?:The\s+)?{_NAME})"
)
_NAMES_JOURNAL = Filed(("journal|publication",))
_TITLE_WORDS = re.compile(
    r"\b(?:Journal|Annals|Archives|Proceedings|Letters|Acta|Frontiers|Bulletin|Transactions|Reviews?|Quarterly|"
    r"Perspectives)\b|\w+ology$|\bResearch$|Medicine$|Nursing$|Therapeutics$|Pharmacology|\bEpidemiology"
)
_NOT_JOURNAL = re.compile(
    r"Wall Street|National Journal|Ladies|Business|University|Institute|Hospital|Cent(?:er|re)|Department|School|"
    r"College|Street|Association of|Society|Foundation|Agency|Council|Committee|Federal|Reports$|Daily|Sunday|News\b|"
    r"^(?:The )?Journal$"
)


def read(account: Account) -> tuple[Fact[Venue] | None, Fact[str] | None]:
    """The venue of the study reported, and the journal's name."""
    if journal := _journal(account):
        return Fact("journal", journal.start, journal.end), journal
    if found := account.first(pattern(_LIST, "preprint"), told=False):
        return Fact("preprint", found[1], found[2]), None
    if found := account.first(pattern(_LIST, "conference")):
        return Fact("conference", found[1], found[2]), None
    return None, None


def _journal(account: Account) -> Fact[str] | None:
    for told in (True, False):
        for sentence in account.sentences:
            if (sentence.frame == "told") is told and (found := named_in(sentence)):
                return found
        # A study that is only said to be another's is taken where none is told of.
        if any(sentence.frame == "told" and _SIGN.search(sentence.text) for sentence in account.sentences[:3]):
            break
    return None


def named_in(sentence: Sentence) -> Fact[str] | None:
    """The journal that a sentence names."""
    match = _JOURNAL.search(sentence.text) if sentence.may_hold(_NAMES_JOURNAL) else None
    if match and (fact := _fact(sentence, match.start("name"), match["name"], known=True)):
        return fact
    if match := sentence.search(_known()):
        return _fact(sentence, match.start(), match[0], known=True)
    for match in _SIGN.finditer(sentence.text):
        name = _TRAILING.sub("", match["name"])
        known = _is_known(name)
        published = match[0].lower().startswith("publish") and not _is_place(sentence, match.start("name"))
        titled = (_TITLE_WORDS.search(name) or published) and len(name.split()) > 1
        if (known or titled) and (fact := _fact(sentence, match.start("name"), match["name"], known=known)):
            return fact
    return None


def _is_place(sentence: Sentence, offset: int) -> bool:
    start = sentence.start + offset
    places = ("GPE", "LOC", "NORP", "DATE")
    return any(
        entity.start_char <= start < entity.end_char and entity.label_ in places for entity in sentence.span.ents
    )


def _fact(sentence: Sentence, offset: int, name: str, *, known: bool) -> Fact[str] | None:
    while (shorter := _TRAILING.sub("", name)) != name:
        name = shorter
    if _is_known(first := name.partition(",")[0]):  # "Nature Genetics, British researchers …"
        name = first
    if len(name) < 2 or (_NOT_JOURNAL.search(name) and not (known and _is_known(name))):
        return None
    start = sentence.start + offset
    return Fact(re.sub(r"\s+", " ", name), start, start + len(name))


@cache
def _known() -> Cues:
    """Names that are a journal's wherever they stand."""
    return Cues((item for item in _listed() if item.lower() not in words(_LIST, "common")), fold=False)


@cache
def _any() -> Cues:
    return Cues(_listed(), fold=False)


def _listed() -> list[str]:
    return [str(item) for item in wordlist(_LIST)["journals"]]


def _is_known(name: str) -> bool:
    return _any().fullmatch(name.removeprefix("The "))
