"""Identifiers of papers and trials: found in text and links, and brought to one form.

A DOI is written in small letters; an arXiv number is the DOI that arXiv registers for it; a PMID is digits; a trial is
its registry number without blanks. A paper that has none of them is known by its title and year, in the library only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

Scheme = Literal["doi", "pmid", "trial", "title"]

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>?#&|”’]+", re.IGNORECASE)
_DOI_TAIL = re.compile(
    r"(?:[.,;:]|/(?:full|abstract|pdf|epdf|fulltext|meta|html)|\.(?:full|abstract)?(?:\.pdf)?)$", re.IGNORECASE
)
_PREPRINT_VERSION = re.compile(r"^(10\.1101/[\d.]+)v\d+.*$")
_PMID_LINK = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|europepmc\.org/(?:article|abstract)/med)/(?:\?term=)?(\d{4,8})\b",
    re.IGNORECASE,
)
_PMID_TEXT = re.compile(r"\b(?:PMID|PubMed ID)[:#\s]{1,3}(\d{4,8})\b", re.IGNORECASE)
_ARXIV = re.compile(r"\b(?:arxiv\.org/(?:abs|pdf)/|arXiv:\s?)(\d{4}\.\d{4,5})", re.IGNORECASE)
_TRIAL = re.compile(r"\b(NCT\s?\d{8}|ISRCTN\s?\d{8}|ACTRN\s?\d{14}|ChiCTR-?\w{0,4}-?\d{8,12})\b", re.IGNORECASE)
# Publishers whose addresses hold the end of a DOI only.
_ADDRESSES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"nature\.com/articles/(s\d{5}-\d{3}-\d{4,5}-[\dxyz]|n[a-z]+\.\d{4}\.\d+|nature\d{5})", re.IGNORECASE
        ),
        "10.1038/",
    ),
    (re.compile(r"bmj\.com/content/\d+/(bmj[.-][a-z0-9-]+)", re.IGNORECASE), "10.1136/"),
    (re.compile(r"elifesciences\.org/articles/(\d{5,6})", re.IGNORECASE), "10.7554/elife."),
    (re.compile(r"peerj\.com/articles/(\d+)", re.IGNORECASE), "10.7717/peerj."),
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """The name of a paper or trial in a scheme."""

    scheme: Scheme
    value: str

    def __str__(self) -> str:
        """As people write it."""
        return f"{self.scheme.upper()} {self.value}" if self.scheme != "trial" else self.value


def doi(text: str) -> str | None:
    """The DOI in a text or address, in small letters; None where there is none."""
    return next((found.value for found in _dois(text)), None)


def trials(text: str) -> tuple[str, ...]:
    """The registration numbers of trials in a text, in order, each once."""
    return tuple(dict.fromkeys(_trial(match[1]) for match in _TRIAL.finditer(text)))


def parse(text: str) -> Identifier | None:
    """What a user typed as an identifier: `36109639`, `PMID 36109639`, `doi:10.…`, an address, `NCT…`."""
    stripped = text.strip()
    if re.fullmatch(r"(?:pmid[:\s]*)?\d{4,8}", stripped, re.IGNORECASE):
        return Identifier("pmid", re.sub(r"\D", "", stripped))
    return next(_identifiers(stripped), None)


def identifiers(text: str, links: Iterable[str] = ()) -> tuple[Identifier, ...]:
    """Every identifier in an article, those of links first, each once."""
    found = [item for link in links for item in _identifiers(_unwrapped(link))]
    return tuple(dict.fromkeys((*found, *_identifiers(text))))


def _unwrapped(link: str) -> str:
    """A link with its escapes undone, twice, so that an address in another's query string is read too."""
    return unquote(unquote(link[:4000]))


def _identifiers(text: str) -> Iterator[Identifier]:
    yield from _dois(text)
    for pattern in (_PMID_LINK, _PMID_TEXT):
        for match in pattern.finditer(text):
            yield Identifier("pmid", match[1])
    for match in _TRIAL.finditer(text):
        yield Identifier("trial", _trial(match[1]))


def _dois(text: str) -> Iterator[Identifier]:
    if "10." in text:
        for match in _DOI.finditer(text):
            yield Identifier("doi", _trimmed(match[0]))
    for match in _ARXIV.finditer(text):
        yield Identifier("doi", f"10.48550/arxiv.{match[1]}")
    for pattern, prefix in _ADDRESSES if ".com/" in text or ".org/" in text else ():
        for match in pattern.finditer(text):
            yield Identifier("doi", prefix + match[1].lower().replace("bmj-", "bmj."))


def _trimmed(text: str) -> str:
    """A DOI without what follows it in a sentence or an address."""
    value = text.lower()
    while (shorter := _DOI_TAIL.sub("", value)) != value:
        value = shorter
    while value.endswith((")", "]", "}", "/")) and not (value.endswith(")") and value.count("(") >= value.count(")")):
        value = value[:-1]
    return _PREPRINT_VERSION.sub(r"\1", value)


def _trial(text: str) -> str:
    return re.sub(r"\s", "", text).upper()
