"""The search for the paper of an article, in the places the settings name."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.config import Settings
from annotate.errors import PaperError
from annotate.papers.evidence import Evidence, probabilities, weigh
from annotate.papers.identifiers import Identifier, identifiers
from annotate.papers.library import Library, Term, default_path, library_of, library_of_file, open_library
from annotate.papers.traces import Traces, traces
from annotate.papers.words import split, subject, weight
from annotate.types import Article, Block, Paper, Reading

if TYPE_CHECKING:
    from annotate.papers.online import Question

CERTAIN = 0.99
"""The score of a paper that the article itself identifies, and the highest there is."""
MIN_PROBABILITY, LEAST, AHEAD = 0.4, 0.2, 3.0
"""How likely a paper must be; and how likely, and how much likelier than the next, in a library given."""
GIVEN = math.log(0.5 / 0.01)
"""What a library given for an article adds to the score: one paper in a hundred is missing there, where the weights
were fitted with one missing for two that are there."""
CANDIDATES = 60
PUBLISHED = 40_000_000
"""Papers that the public services know, about."""
LONGEST_ABSTRACT = 20_000
"""Characters of an abstract that are read; the longest of real ones have about 10,000."""
MAX_IDENTIFIERS = 4
"""Identifiers of an article that are looked up online."""
_MAX_PEOPLE, _MAX_WORDS = 4, 6


@dataclass(frozen=True, slots=True)
class Search:
    """What came of a search: the paper, if one was found, and what was searched (None: nothing)."""

    paper: Paper | None = None
    where: str | None = None


def find_paper(reading: Reading, settings: Settings, papers: tuple[Paper, ...] = ()) -> Search:
    """The paper that an article reports, from `papers` where given, else from where the settings say.

    Raises PaperError where a file, the library or a service cannot be read.
    """
    library, where = open_papers(settings, papers)
    if library is not None and len(library):
        given = bool(papers) or settings.papers not in ("local", "online")
        found = in_library(reading, library, given=given)
        where = f"{where} ({len(library):,} {'paper' if len(library) == 1 else 'papers'})"
        if found is not None or settings.papers != "online" or papers:
            return Search(found, where)
    if settings.papers == "online" and not papers:
        return Search(online(reading, settings), "the public services")
    return Search()


def lay_out(paper: Paper) -> Article:
    """A paper as an article: its title for a headline, then its abstract."""
    text, blocks = paper.title, [Block("headline", 0, len(paper.title))]
    if paper.abstract:
        start = len(text) + 2
        text = f"{text}\n\n{paper.abstract[:LONGEST_ABSTRACT]}"
        blocks.append(Block("paragraph", start, len(text)))
    return Article(paper.doi or paper.pmid or paper.title, text, tuple(blocks), title=paper.title, language="en")


def open_papers(settings: Settings, papers: tuple[Paper, ...] = ()) -> tuple[Library | None, str]:
    """The library that is searched (None: there is none) and what to call it. Raises PaperError."""
    if papers:
        return library_of(papers), "the papers given"
    if settings.papers == "off":
        return None, ""
    if settings.papers in ("local", "online"):
        return open_library(library_path(settings)), "the local library"
    path = Path(settings.papers)
    if not path.suffix and not path.is_file():
        raise PaperError(f"papers: off, local, online, or a file of paper records, not '{settings.papers}'")
    return library_of_file(path, path.stat().st_mtime_ns if path.is_file() else 0), path.name


def library_path(settings: Settings) -> Path:
    """Where the local library is kept."""
    return Path(settings.library).expanduser() if settings.library else default_path()


def online(reading: Reading, settings: Settings) -> Paper | None:
    """The paper that an article reports, asked of the public services; None where none is likely enough."""
    from annotate.papers.online import services

    known, found = services(settings.mail), traces(reading)
    names = identifiers(reading.article.text, reading.article.links)[:MAX_IDENTIFIERS]
    paper = identified([(paper, name) for name in names if (paper := known.find(name)) is not None], found)
    if paper is not None:
        return paper
    candidates = dict.fromkeys(paper for asked in questions(reading, found) for paper in known.search(asked))
    ranked = rank(list(candidates), found, size=PUBLISHED)
    return best(ranked, given=False)


def in_library(reading: Reading, library: Library, *, given: bool = False) -> Paper | None:
    """The paper of a library that an article reports; None where none is likely enough.

    A library that the user gives for these articles is likely to hold their papers; any other need not.
    """
    found = traces(reading)
    names = identifiers(reading.article.text, reading.article.links)
    paper = identified([(paper, name) for name in names for paper in library.find(name)], found)
    if paper is not None:
        return paper
    ranked = rank(library.search(query(found), CANDIDATES), found, size=len(library), given=given)
    return best(ranked, given=given)


def best(ranked: list[tuple[Paper, float, Evidence]], *, given: bool) -> Paper | None:
    """The first of some papers with how it was matched; None where it is not likely enough."""
    if not ranked or not _is_likely([share for _, share, _ in ranked], given=given):
        return None
    paper, probability, evidence = ranked[0]
    return replace(paper, matched_by=reasons(evidence), score=min(CERTAIN, round(probability, 3)))


def _is_likely(shares: list[float], *, given: bool) -> bool:
    """Whether the first of some papers is the one. In a library given for the article it need only stand out."""
    stands_out = given and shares[0] >= LEAST and (len(shares) < 2 or shares[0] >= AHEAD * shares[1])
    return shares[0] >= MIN_PROBABILITY or stands_out


def identified(named: list[tuple[Paper, Identifier]], found: Traces) -> Paper | None:
    """Of the papers that the identifiers of an article name, the one that fits it best, else the first."""
    if not named:
        return None
    paper, name = max(named, key=lambda item: weigh(item[0], found).score(len(named)))
    return replace(paper, matched_by=f"{name} in the article", score=CERTAIN)


def rank(papers: list[Paper], found: Traces, *, size: int, given: bool = False) -> list[tuple[Paper, float, Evidence]]:
    """Papers of a library of a size, with their probability and evidence, the likeliest first."""
    weighed = [(paper, weigh(paper, found)) for paper in papers]
    bonus = GIVEN if given else 0.0
    shares = probabilities([evidence.score(size) + bonus for _, evidence in weighed])
    ranked = [(paper, share, evidence) for (paper, evidence), share in zip(weighed, shares, strict=True)]
    return sorted(ranked, key=lambda item: -item[1])


def questions(reading: Reading, found: Traces) -> Iterator[Question]:
    """What to ask the services: by the people named in full, then by the journal; both with the rarest words."""
    from annotate.papers.online import Question

    text = reading.article.text
    people = dict.fromkeys(
        text[entity.start_char : entity.end_char]
        for entity in reading.doc.ents
        if entity.label_ == "PERSON" and 2 <= len(entity) <= 4
    )
    words = [word for word in split(text) if subject(word) in found.lead]
    rarest = sorted(dict.fromkeys(word.lower() for word in words), key=lambda word: -weight(word))[:_MAX_WORDS]
    journal = reading.study.journal.value if reading.study.journal else None
    if people and rarest:
        yield Question(tuple(people)[:_MAX_PEOPLE], tuple(rarest), None, reading.article.published)
    if journal and rarest:
        yield Question((), tuple(rarest), journal, reading.article.published)


def query(found: Traces) -> list[Term]:
    """The words to search by, and what each tells."""
    names = {word: weight(word) / 6 for word in found.places if len(word) > 1 and found.has_name(word)}
    subjects = {word: value / 6 * (1.5 if word in found.lead else 1.0) for word, value in found.subjects.items()}
    return [
        *(Term("title", word, value) for word, value in subjects.items()),
        *(Term("authors", word, 1.5 * value) for word, value in names.items()),
        *(Term("places", word, 0.5 * value) for word, value in names.items()),
        *(Term("journal", word, 0.5) for word in found.journal),
    ]


_REASONS = {
    "person": "author named", "journal": "journal", "institution": "institution", "subject": "subject words",
    "near": "date",
}  # fmt: skip


def reasons(evidence: Evidence) -> str:
    """The kinds of evidence that speak for a paper, in words."""
    strong = [said for key, said in _REASONS.items() if getattr(evidence, key) >= 0.4]
    return ", ".join(strong) or "subject words"
