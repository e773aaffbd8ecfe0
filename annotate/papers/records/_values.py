"""What every format needs: plain text, dates, names, DOIs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from html import unescape
from typing import Any

from annotate.papers.identifiers import doi as find_doi
from annotate.types import Notice
from annotate.vocabulary import journals

_INLINE = re.compile(
    r"</?(?:jats:)?(?:i|b|u|em|strong|italic|bold|sub|sup|sc|span|inf)(?:\s[^<>]{0,200})?>", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_HEADING = re.compile(r"<(h\d|jats:title|title)>\s*([^<]{2,60}?)[:.]?\s*</\1>", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"\b(\d{4})(?:[-/ ](\d{1,2}|[A-Za-z]{3,9})(?:[-/ ](\d{1,2}))?)?")
_INITIALS_LAST = re.compile(r"^(?P<surname>[^\s,].*?)\s+(?P<initials>[A-Z](?:[-.]?[A-Z]){0,3}\.?)$")
_SMALL = frozenset(("of", "and", "the", "in", "for", "on", "de", "la"))
_ACRONYMS = frozenset(("bmj", "jama", "plos", "bmc", "ieee", "acs", "embo"))
_CUT_SHORT = re.compile(r"[.:()\[\]]")
"""A name with such marks is an abbreviation, or says more than the title."""
_NOTICES: tuple[tuple[str, Notice], ...] = (
    ("retract", "retraction"), ("withdraw", "retraction"), ("removal", "retraction"),
    ("concern", "expression of concern"), ("correct", "correction"), ("corrigend", "correction"),
    ("errat", "correction"),
)  # fmt: skip


def plain(value: Any) -> str:
    """A value as text without markup and double blanks; headings of an abstract as "RESULTS: …"."""
    if not isinstance(value, str):
        return ""
    text = _HEADING.sub(lambda match: f" {match[2].upper()}: ", value)
    return re.sub(r"\s+", " ", unescape(_TAG.sub(" ", _INLINE.sub("", text)))).strip()


def title(value: Any) -> str:
    """A title as text, without the stop or the brackets of a translated one."""
    text = plain(value[0] if isinstance(value, list) and value else value)
    return re.sub(r"^\[(.*)\]$", r"\1", text.rstrip("."))


def date(value: Any) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD from "2022 Sep 15", "2022-9", [[2022, 9, 15]]; None where there is no year."""
    if isinstance(value, list):
        parts = value[0] if value and isinstance(value[0], list) else value
        value = "-".join(str(part) for part in parts if part is not None)
    match = _DATE.search(value) if isinstance(value, str) else None
    if match is None or not 1500 < int(match[1]) < 2200:
        return None
    year, month, day = match[1], _month(match[2]), match[3]
    if month is None:
        return year
    return f"{year}-{month:02d}-{int(day):02d}" if day and 1 <= int(day) <= 31 else f"{year}-{month:02d}"


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    return next((number for number, name in enumerate(_MONTHS, 1) if text.lower().startswith(name)), None)


def author(value: str) -> str:
    """An author as given name and surname: "Mackensen, Andreas", "Mackensen A" → "A Mackensen"."""
    text = plain(value).strip(" .;")
    if "," in text:
        surname, _, given = text.partition(",")
        return f"{given.strip()} {surname.strip()}".strip()
    match = _INITIALS_LAST.match(text)
    return f"{match['initials'].replace('.', '')} {match['surname']}" if match else text


def texts(values: Iterable[Any]) -> tuple[str, ...]:
    """The values that are text, plain, each once, without empty ones."""
    return tuple(dict.fromkeys(text for value in values if (text := plain(value))))


def doi(value: Any) -> str | None:
    """A DOI in the form we keep, from a bare one or an address."""
    return find_doi(value) if isinstance(value, str) else None


def notices(values: Iterable[str]) -> tuple[Notice, ...]:
    """What publication types or updates say became of a paper. A notice is not itself retracted."""
    found = [
        notice
        for value in values
        for cue, notice in _NOTICES
        if cue in value.lower() and not value.lower().startswith(("retraction of", "retraction notice"))
    ]
    return tuple(dict.fromkeys(found))


def journal(names: Iterable[str]) -> tuple[str | None, tuple[str, ...]]:
    """A journal's title and its other names. A title known to the vocabulary is written as it is there.

    Of several known titles ("genetics" among those of Nature Genetics) the one that most of the names mean is right.
    """
    given = texts(names)
    if not given:
        return None, ()
    votes = Counter(title for name in given if (title := _titles().get(_key(name))))
    if votes:
        chosen = votes.most_common(1)[0][0]
    elif given[0].islower():
        whole = [name for name in given if not _CUT_SHORT.search(name.rstrip("."))]
        chosen = _capitalised(max(whole or given, key=lambda name: len(name.rstrip("."))).rstrip("."))
    else:
        chosen = given[0]
    return chosen, tuple(name for name in given if name != chosen)


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold().removeprefix("the ")).strip()


def _capitalised(name: str) -> str:
    return " ".join(
        word if word in _SMALL and at else word.upper() if word in _ACRONYMS else word[:1].upper() + word[1:]
        for at, word in enumerate(name.split())
    )


@cache
def _titles() -> dict[str, str]:
    """Every known title and abbreviation → the title."""
    found: dict[str, str] = {}
    for item in journals():
        for name in (item.name, *item.others):
            found.setdefault(_key(name), item.name)
    return found
