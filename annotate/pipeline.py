"""The whole flow: reference → Page → Article → Parsed → Reading (with its Paper) → Report."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.metadata import version

from annotate import __version__, artefacts, checks
from annotate.article import extract
from annotate.claims import conclusion, scorecard, told, understand
from annotate.config import Settings
from annotate.language import ParseMemory, parse
from annotate.papers import find_paper, lay_out
from annotate.sources import read
from annotate.types import Article, Page, Paper, Reading, Report
from annotate.vocabulary import open_vocabulary, user_terms

Progress = Callable[[str, float], None]


def annotate(reference: str, settings: Settings | None = None) -> Report:
    """Read and check the article that a reference (a path, or `-` for standard input) names.

    Raises SourceError or NotAnArticleError where it cannot be read, SettingsError where the settings are wrong.
    """
    return annotate_page(read(reference), settings)


def annotate_text(
    text: str, settings: Settings | None = None, *, reference: str = "text", papers: tuple[Paper, ...] = ()
) -> Report:
    """Read and check a plain text. The first line is the headline. `papers` as in `annotate_page`."""
    body = text.encode("utf-8")
    page = Page(reference, body, "text/plain", "utf-8", sha256=hashlib.sha256(body).hexdigest())
    return annotate_page(page, settings, papers=papers)


def annotate_page(
    page: Page,
    settings: Settings | None = None,
    *,
    papers: tuple[Paper, ...] = (),
    memory: ParseMemory | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read and check a page that has been fetched already.

    The study it reports is looked for among `papers`; where none are given, where the settings say.

    Give the same `memory` for every version of a draft, and only the paragraphs that changed are parsed again; the
    report is the same. `progress` is told each stage as it begins, with the share of it that is done (0 to 1).
    """
    settings = settings or Settings()
    tell = progress or _say_nothing
    checks.select(settings)  # a wrong setting is said before anything is read
    tell("extract", 0.0)
    article = extract(page, max_characters=settings.max_characters)
    return annotate_article(article, settings, papers=papers, memory=memory, progress=tell)


def annotate_article(
    article: Article,
    settings: Settings,
    *,
    papers: tuple[Paper, ...] = (),
    memory: ParseMemory | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check an article that has been taken from its page already; otherwise as `annotate_page`."""
    tell = progress or _say_nothing
    selected = checks.select(settings)
    vocabulary = open_vocabulary(user_terms(settings.terms))
    addresses = tuple(article.text[start:end] for start, end in article.masks)
    words = replace(article, text=article.prose, links=(*article.links, *addresses))
    tell("parse", 0.0)
    parsed = parse(
        words,
        pipeline=settings.pipeline,
        linker=settings.linker,
        vocabulary=vocabulary,
        memory=memory,
        progress=lambda share: tell("parse", share),
    )
    tell("understand", 0.0)
    reading = with_paper(understand(words, parsed), settings, papers)
    tell("check", 0.0)
    findings, left_alone = checks.run(reading, selected, settings)
    card = scorecard(reading, findings)
    compared = checks.compare(reading)
    reading = replace(reading, article=article)
    return Report(reading, tuple(findings), tuple(left_alone), selected, card, versions(settings), compared)


def with_paper(reading: Reading, settings: Settings, papers: tuple[Paper, ...] = ()) -> Reading:
    """The reading with the paper that the article reports, where one is found, and its abstract read like an article.

    Of a paper that is only likely the abstract is left out: statements are not held against it.

    Raises PaperError where the library, a file of papers or a service cannot be read.
    """
    found = find_paper(reading, settings, papers)
    if found.paper is None or not found.paper.certain:
        return replace(reading, paper=found.paper, searched=found.where)
    article = lay_out(found.paper)
    abstract = understand(article, parse(article, pipeline=settings.pipeline, vocabulary=open_vocabulary()))
    said, strength = conclusion(abstract) or (None, None)
    n = abstract.study.n.value if abstract.study.n and found.paper.abstract else None
    paper = replace(found.paper, n=n, conclusion=said, strength=strength)
    return replace(reading, paper=paper, abstract=abstract, told=told(reading), searched=found.where)


def _say_nothing(_stage: str, _share: float) -> None:
    pass


def versions(settings: Settings) -> dict[str, str]:
    """What made a report: the program, the pipeline, spaCy and every built artefact."""
    return dict(sorted({"pipeline": settings.pipeline, **artefacts.versions(), **_packages()}.items()))


@cache
def _packages() -> dict[str, str]:
    return {"annotate": __version__, "spacy": version("spacy"), "scispacy": version("scispacy")}
