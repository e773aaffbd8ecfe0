"""The search for the paper of an article, in the places the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.config import Settings
from annotate.errors import PaperError
from annotate.papers.evidence import Evidence, Rarity, probabilities, weigh
from annotate.papers.identifiers import Identifier, identifiers
from annotate.papers.library import Library, default_path, library_of, library_of_file, open_library
from annotate.papers.retrieval import candidates
from annotate.papers.traces import Traces, traces
from annotate.papers.words import split, subject, weight
from annotate.types import Article, Block, Paper, Reading

if TYPE_CHECKING:
    from annotate.papers.online import Question

CERTAIN = 0.99
"""The score of a paper that the article itself identifies, and the highest there is."""
MIN_PROBABILITY = 0.5
GIVEN = 1.2
"""What a library given for an article adds to the score: its paper is taken to be there in seven cases of eight,
where the weights were fitted with one missing for two that are there."""
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
    papers = dict.fromkeys(paper for asked in questions(reading, found) for paper in known.search(asked))
    ranked = rank(list(papers), found, Rarity(PUBLISHED))
    return best(ranked)


def in_library(reading: Reading, library: Library, *, given: bool = False) -> Paper | None:
    """The paper of a library that an article reports; None where none is likely enough.

    A library that the user gives for these articles is likely to hold their papers; any other need not.
    """
    found = traces(reading)
    names = identifiers(reading.article.text, reading.article.links)
    paper = identified([(paper, name) for name in names for paper in library.find(name)], found)
    if paper is not None:
        return paper
    papers, rarity = candidates(found, library)
    ranked = rank(papers, found, rarity, given=given)
    return best(ranked)


def best(ranked: list[tuple[Paper, float, Evidence]]) -> Paper | None:
    """The first of some papers with how it was matched; None where it is not likely enough."""
    if not ranked or ranked[0][1] < MIN_PROBABILITY:
        return None
    paper, probability, evidence = ranked[0]
    return replace(paper, matched_by=reasons(evidence), score=min(CERTAIN, round(probability, 3)))


def identified(named: list[tuple[Paper, Identifier]], found: Traces) -> Paper | None:
    """Of the papers that the identifiers of an article name, the one that fits it best, else the first."""
    if not named:
        return None
    rarity = Rarity(PUBLISHED)
    paper, name = max(named, key=lambda item: weigh(item[0], found, rarity).score(0.0))
    return replace(paper, matched_by=f"{name} in the article", score=CERTAIN)


def rank(
    papers: list[Paper], found: Traces, rarity: Rarity, *, given: bool = False
) -> list[tuple[Paper, float, Evidence]]:
    """Papers with their probability and evidence, the likeliest first."""
    weighed = [(paper, weigh(paper, found, rarity)) for paper in papers]
    bonus = GIVEN if given else 0.0
    shares = probabilities([evidence.score(rarity.crowd()) + bonus for _, evidence in weighed])
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


_REASONS = {
    "person": ("author named", 2.0), "journal": ("journal", 0.5), "institution": ("institution", 1.0),
    "coverage": ("subject words", 0.4), "week": ("date", 1.0),
}  # fmt: skip


def reasons(evidence: Evidence) -> str:
    """The kinds of evidence that speak for a paper, in words."""
    strong = [said for key, (said, least) in _REASONS.items() if getattr(evidence, key) >= least]
    return ", ".join(strong) or "subject words"
