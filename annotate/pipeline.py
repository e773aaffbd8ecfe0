"""The whole flow: reference → Page → Article → Parsed → Reading → Report."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version

from annotate import __version__, artefacts, checks
from annotate.article import extract
from annotate.claims import scorecard, understand
from annotate.config import Settings
from annotate.language import ParseMemory, parse
from annotate.sources import read
from annotate.types import Page, Report
from annotate.vocabulary import open_vocabulary, user_terms

Progress = Callable[[str, float], None]


def annotate(reference: str, settings: Settings | None = None) -> Report:
    """Read and check the article that a reference (a path, or `-` for standard input) names.

    Raises SourceError or NotAnArticleError where it cannot be read, SettingsError where the settings are wrong.
    """
    return annotate_page(read(reference), settings)


def annotate_text(text: str, settings: Settings | None = None, *, reference: str = "text") -> Report:
    """Read and check a plain text. The first line is the headline."""
    body = text.encode("utf-8")
    return annotate_page(
        Page(reference, body, "text/plain", "utf-8", sha256=hashlib.sha256(body).hexdigest()), settings
    )


def annotate_page(
    page: Page,
    settings: Settings | None = None,
    *,
    memory: ParseMemory | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read and check a page that has been fetched already.

    Give the same `memory` for every version of a draft, and only the paragraphs that changed are parsed again; the
    report is the same. `progress` is told each stage as it begins, with the share of it that is done (0 to 1).
    """
    settings = settings or Settings()
    tell = progress or _say_nothing
    selected = checks.select(settings)
    tell("extract", 0.0)
    article = extract(page, max_characters=settings.max_characters)
    vocabulary = open_vocabulary(user_terms(settings.terms))
    tell("parse", 0.0)
    parsed = parse(
        article,
        pipeline=settings.pipeline,
        vocabulary=vocabulary,
        memory=memory,
        progress=lambda share: tell("parse", share),
    )
    tell("understand", 0.0)
    reading = understand(article, parsed)
    tell("check", 0.0)
    findings, left_alone = checks.run(reading, selected, settings)
    card = scorecard(reading, findings)
    return Report(reading, tuple(findings), tuple(left_alone), selected, card, versions(settings))


def _say_nothing(_stage: str, _share: float) -> None:
    pass


def versions(settings: Settings) -> dict[str, str]:
    """What made a report: the program, the pipeline, spaCy and every built artefact."""
    return dict(sorted({"pipeline": settings.pipeline, **artefacts.versions(), **_packages()}.items()))


@cache
def _packages() -> dict[str, str]:
    return {"annotate": __version__, "spacy": version("spacy"), "scispacy": version("scispacy")}
