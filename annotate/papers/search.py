"""The search for the paper of an article, in the places the settings name."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

from annotate.config import Settings
from annotate.papers.evidence import Evidence, probabilities, weigh
from annotate.papers.identifiers import Identifier, identifiers
from annotate.papers.library import Library, Term, default_path, library_of, library_of_file, open_library
from annotate.papers.traces import Traces, traces
from annotate.papers.words import weight
from annotate.types import Article, Block, Paper, Reading

CERTAIN = 0.99
"""The score of a paper that the article itself identifies."""
MIN_PROBABILITY = 0.5
GIVEN = math.log(0.5 / 0.02)
"""What a library given for an article adds to the score: one paper in fifty is missing there, where the weights were
fitted with one missing for two that are there."""
CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Search:
    """What came of a search: the paper, if one was found, and what was searched (None: nothing)."""

    paper: Paper | None = None
    where: str | None = None


def find_paper(reading: Reading, settings: Settings, papers: tuple[Paper, ...] = ()) -> Search:
    """The paper that an article reports, from `papers` where given, else from where the settings say.

    Raises PaperError where a file, the library or a service cannot be read.
    """
    library, where = _library(settings, papers)
    if library is not None and len(library):
        given = bool(papers) or settings.papers not in ("local", "online")
        found = in_library(reading, library, given=given)
        return Search(found, f"{where} ({len(library):,} {'paper' if len(library) == 1 else 'papers'})")
    return Search()


def lay_out(paper: Paper) -> Article:
    """A paper as an article: its title for a headline, then its abstract."""
    text, blocks = paper.title, [Block("headline", 0, len(paper.title))]
    if paper.abstract:
        start = len(text) + 2
        text = f"{text}\n\n{paper.abstract}"
        blocks.append(Block("paragraph", start, len(text)))
    return Article(paper.doi or paper.pmid or paper.title, text, tuple(blocks), title=paper.title, language="en")


def _library(settings: Settings, papers: tuple[Paper, ...]) -> tuple[Library | None, str]:
    if papers:
        return library_of(papers), "the papers given"
    if settings.papers == "off":
        return None, ""
    if settings.papers in ("local", "online"):
        return open_library(library_path(settings)), "the local library"
    path = Path(settings.papers)
    return library_of_file(path, path.stat().st_mtime_ns if path.is_file() else 0), path.name


def library_path(settings: Settings) -> Path:
    """Where the local library is kept."""
    return Path(settings.library).expanduser() if settings.library else default_path()


def in_library(reading: Reading, library: Library, *, given: bool = False) -> Paper | None:
    """The paper of a library that an article reports; None where none is likely enough.

    A library that the user gives for these articles is likely to hold their papers; any other need not.
    """
    found = traces(reading)
    for name in identifiers(reading.article.text, reading.article.links):
        if matches := library.find(name):
            return identified(matches, name, found)
    ranked = rank(library.search(query(found), CANDIDATES), found, size=len(library), given=given)
    if not ranked or ranked[0][1] < MIN_PROBABILITY:
        return None
    paper, probability, evidence = ranked[0]
    return replace(paper, matched_by=reasons(evidence), score=round(probability, 3))


def identified(papers: tuple[Paper, ...], name: Identifier, found: Traces) -> Paper:
    """The paper that an identifier of the article names; of several, such as of one trial, the one that fits best."""
    best = max(papers, key=lambda paper: weigh(paper, found).score(len(papers)))
    return replace(best, matched_by=f"{name} in the article", score=CERTAIN)


def rank(papers: list[Paper], found: Traces, *, size: int, given: bool = False) -> list[tuple[Paper, float, Evidence]]:
    """Papers of a library of a size, with their probability and evidence, the likeliest first."""
    weighed = [(paper, weigh(paper, found)) for paper in papers]
    bonus = GIVEN if given else 0.0
    shares = probabilities([evidence.score(size) + bonus for _, evidence in weighed])
    ranked = [(paper, share, evidence) for (paper, evidence), share in zip(weighed, shares, strict=True)]
    return sorted(ranked, key=lambda item: -item[1])


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
