"""Articles checked one after another, with a bar for who waits and one line for what fails."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

import click

from annotate.config import Settings
from annotate.errors import AnnotateError, SettingsError, SourceError
from annotate.types import Report


def reports(items: Sequence[str | SourceError], settings: Settings) -> Iterator[tuple[str, Report | AnnotateError]]:
    """(reference, report) in order, or the error in the report's place. Raises SettingsError, which ends a run."""
    with click.progressbar(
        items, label="checking", file=sys.stderr, hidden=len(items) < 2 or not sys.stderr.isatty()
    ) as bar:
        for item in bar:
            reference = item if isinstance(item, str) else item.reference
            try:
                yield reference, _checked(item, settings)
            except SettingsError:
                raise
            except AnnotateError as error:
                yield reference, error


def _checked(item: str | SourceError, settings: Settings) -> Report:
    if isinstance(item, SourceError):
        raise item
    from annotate.pipeline import annotate

    try:
        return annotate(item, settings)
    except (AnnotateError, KeyboardInterrupt):
        raise
    except Exception as error:
        if os.environ.get("ANNOTATE_DEBUG"):
            raise
        said = f"{type(error).__name__}: {error}".partition("\n")[0]
        raise AnnotateError(
            f"{item}: a fault in annotate ({said}); ANNOTATE_DEBUG=1 shows where; please report it"
        ) from error
