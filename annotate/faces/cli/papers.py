"""`annotate papers add|list|export`"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotate.config import Settings, load
from annotate.errors import PaperError
from annotate.faces.cli.options import settings_option

if TYPE_CHECKING:
    from annotate.types import Paper


@click.group()
def papers() -> None:
    """Keep the papers that articles report, on this machine.

    The library is in your data folder; ANNOTATE_LIBRARY or the setting `library` puts it elsewhere.
    """


@papers.command()
@click.argument("what", metavar="FILE|PMID|DOI…", nargs=-1, required=True)
@settings_option
def add(what: tuple[str, ...], settings_file: Path | None) -> None:
    """Add papers: from files (.jsonl, .json, .nbib, .ris, .bib), or from the public services by PMID or DOI.

    A paper that is there already is replaced. Only a PMID or DOI is looked up on the network.
    """
    from annotate.papers.library import add_to
    from annotate.papers.search import library_path

    settings = load(file=settings_file)
    path = library_path(settings)
    found = [paper for item in what for paper in _read(item, settings)]  # all are read before any is kept
    count = add_to(path, found)
    for paper in found[:10]:
        click.echo(_line(paper))
    click.echo(f"{count:,} {'paper' if count == 1 else 'papers'} added to {path}", err=True)


def _read(item: str, settings: Settings) -> Iterator[Paper]:
    from annotate.papers.identifiers import parse
    from annotate.papers.records import SUFFIXES, read_records

    path = Path(item)
    name = parse(item)
    if path.suffix.lower() in SUFFIXES and (path.exists() or name is None):
        yield from read_records(path)
        return
    if name is None:
        raise PaperError(f"{item}: neither a PMID, a DOI nor a file ({', '.join(SUFFIXES)})")
    from annotate.papers.online import look_up

    yield look_up(name, settings)


@papers.command("list")
@click.option("--format", "format_name", type=click.Choice(("text", "jsonl")), default="text", show_default=True)
@settings_option
def list_(format_name: str, settings_file: Path | None) -> None:
    """List the papers of the library, a line each."""
    for paper in _kept(load(file=settings_file)):
        click.echo(_record(paper) if format_name == "jsonl" else _line(paper))


@papers.command()
@click.argument("output", metavar="FILE.jsonl", type=click.Path(path_type=Path, dir_okay=False))
@settings_option
def export(output: Path, settings_file: Path | None) -> None:
    """Write the library to a file that `add` and `check --papers` read; - for standard output."""
    lines = [_record(paper) for paper in _kept(load(file=settings_file))]
    text = "".join(f"{line}\n" for line in lines)
    if str(output) == "-":
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise PaperError(f"{output}: cannot be written: {(error.strerror or str(error)).lower()}") from None
    click.echo(f"{len(lines):,} {'paper' if len(lines) == 1 else 'papers'} written to {output}", err=True)


def _kept(settings: Settings) -> Iterator[Paper]:
    from annotate.papers.library import open_library
    from annotate.papers.search import library_path

    path = library_path(settings)
    library = open_library(path)
    if library is None:
        click.echo(f"no library yet at {path}; `annotate papers add` makes it", err=True)
        return
    yield from library


def _record(paper: Paper) -> str:
    from annotate.papers.records.own import record

    return json.dumps(record(paper), ensure_ascii=False)


def _line(paper: Paper) -> str:
    name = f"PMID {paper.pmid}" if paper.pmid else f"doi:{paper.doi}" if paper.doi else "-"
    said = ", ".join(filter(None, (paper.journal, (paper.published or "")[:4])))
    flag = "".join(f" [{notice}]" for notice in paper.notices)
    return f"{name:<14}  {paper.title}{f' ({said})' if said else ''}{flag}"
