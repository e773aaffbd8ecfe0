"""`annotate check REFERENCE…`"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from annotate.config import Settings, load
from annotate.errors import AnnotateError, SettingsError, SourceError
from annotate.faces.cli.known import Baseline
from annotate.faces.cli.options import settings_option
from annotate.faces.cli.output import Output
from annotate.faces.cli.running import reports
from annotate.render import format_module, formats
from annotate.types import SEVERITIES, Severity


@click.command()
@click.argument("references", metavar="REFERENCE…", nargs=-1, required=True)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(formats()),
    help="Output format. [default: by the suffix of -o; html with --open; else table]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write to this file; to this folder for several articles.",
)
@click.option("--open", "open_page", is_flag=True, help="Open the annotated page in the browser.")
@click.option(
    "--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 at this severity or above. [default: warning]"
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Leave out the findings that this file knows; see `annotate baseline`.",
)
@click.option("--select", multiple=True, metavar="CHECK", help="Run only this check or family; may be repeated.")
@click.option("--disable", multiple=True, metavar="CHECK", help="Leave this check or family out; may be repeated.")
@click.option(
    "--papers",
    metavar="off|local|online|FILE",
    help="Where the study reported is looked for; FILE holds paper records. [default: local]",
)
@click.option("--pipeline", metavar="NAME", help="The spaCy pipeline: a package or a path. [default: en_core_web_sm]")
@settings_option
def check(
    references: tuple[str, ...],
    format_name: str | None,
    output: Path | None,
    open_page: bool,
    fail_on: str | None,
    baseline: Path | None,
    select: tuple[str, ...],
    disable: tuple[str, ...],
    papers: str | None,
    pipeline: str | None,
    settings_file: Path | None,
) -> None:
    """Check articles: URLs, text, Markdown, Word, HTML, PDF or mail files, folders of them, or - for standard input.

    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 an input or a setting is wrong (the other inputs are
    checked all the same).
    """
    settings = load(
        file=settings_file, fail_on=fail_on, select=select or None, disable=disable or None, papers=papers,
        pipeline=pipeline,
    )  # fmt: skip
    from annotate import checks, sources
    from annotate.papers import open_papers

    checks.select(settings)  # a wrong name is said before anything is read
    open_papers(settings)  # and so is a file of papers that cannot be read
    known = Baseline.load(baseline) if baseline else None
    items = list(sources.expand(references))
    sink = Output(
        format_name or _guess_format(output, open_page),
        output,
        open_page=open_page,
        count=len(items),
        articles=(item for item in items if isinstance(item, str)),
    )
    try:
        status = _run(items, settings, sink, known)
    except BaseException:
        sink.abandon()
        raise
    sink.close()
    sys.exit(status)


def _run(items: Sequence[str | SourceError], settings: Settings, sink: Output, known: Baseline | None) -> int:
    """Check the articles one after another, none kept; the exit status."""
    failed = found = False
    for reference, report in reports(items, settings):
        if isinstance(report, AnnotateError):
            failed = True
            sink.fail(reference, report)
            continue
        if known is not None:
            report = known.without_known(report)
        found |= any(_reaches(finding.severity, settings.fail_on) for finding in report.findings)
        sink.write(report)
    if known is not None and known.left_out:
        click.echo(f"{known.left_out} known findings left out (--baseline)", err=True)
    return 2 if failed else 1 if found else 0


def _reaches(severity: Severity, threshold: Severity) -> bool:
    return SEVERITIES.index(severity) >= SEVERITIES.index(threshold)


def _guess_format(output: Path | None, open_page: bool) -> str:
    """By the suffix of the file to write; a page for the browser and for a folder; else a table."""
    if open_page or (output and (output.is_dir() or not output.suffix)):
        return "html"
    if output is None:
        return "table"
    suffixes = {format_module(name).SUFFIX: name for name in formats()} | {".htm": "html"}
    if output.suffix.lower() not in suffixes:
        raise SettingsError(f"-o {output}: no format has this suffix; say which with --format ({', '.join(formats())})")
    return suffixes[output.suffix.lower()]
