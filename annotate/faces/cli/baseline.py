"""`annotate baseline REFERENCE…`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from annotate.config import load
from annotate.errors import AnnotateError
from annotate.faces.cli.known import Baseline, Known, known
from annotate.faces.cli.options import settings_option
from annotate.faces.cli.running import reports


@click.command()
@click.argument("references", metavar="REFERENCE…", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("annotate-baseline.json"),
    show_default=True,
    metavar="FILE",
    help="The baseline.",
)
@click.option("--accept", is_flag=True, help="Take new findings in too.")
@click.option("--select", multiple=True, metavar="CHECK", help="Run only this check or family; may be repeated.")
@click.option("--disable", multiple=True, metavar="CHECK", help="Leave this check or family out; may be repeated.")
@settings_option
def baseline(
    references: tuple[str, ...],
    output: Path,
    accept: bool,
    select: tuple[str, ...],
    disable: tuple[str, ...],
    settings_file: Path | None,
) -> None:
    """Write down the findings of articles, so that `annotate check --baseline` reports new ones only.

    The first time all are written. After that it is a ratchet: findings that are gone are struck out, and new ones are
    taken in only with --accept. Articles that are not named, or cannot be read, keep their lines.

    Exit status: 0 nothing new (or accepted), 1 new findings, 2 an input or a setting is wrong.
    """
    settings = load(file=settings_file, select=select or None, disable=disable or None)
    from annotate import checks, sources

    selected = {check.id for check in checks.select(settings)}
    first = not output.exists()
    before = Baseline() if first else Baseline.load(output)
    found: list[Known] = []
    read: set[str] = set()
    failed = False
    for reference, report in reports(list(sources.expand(references)), settings):
        if isinstance(report, AnnotateError):
            failed = True
            click.echo(f"annotate: {report}", err=True)
        else:
            read.add(reference)
            found.extend(known(report))
    new = [item for item in found if item.fingerprint not in before.fingerprints]
    seen = {item.fingerprint for item in found}
    kept = [
        item
        for item in before.findings
        if item.fingerprint not in seen and (item.check not in selected or _may_stand(item, read))
    ]
    gone = len(before.fingerprints - seen - {item.fingerprint for item in kept})
    taken = found if first or accept else [item for item in found if item.fingerprint in before.fingerprints]
    Baseline((*kept, *taken)).save(output)
    told = f"{output}: {len(kept) + len(taken)} known, {gone} gone"
    if not new or first:
        click.echo(told)
    elif accept:
        click.echo(f"{told}, {len(new)} new, accepted")
    else:
        click.echo(f"{told}, {len(new)} new and not taken in; --accept does")
        for item in new:
            click.echo(f"  {item.reference}: {item.check} “{item.quote}”")
    sys.exit(2 if failed else 1 if new and not (first or accept) else 0)


def _may_stand(item: Known, read: set[str]) -> bool:
    """A known finding that was not met may still stand in an article that was not read, if that is there."""
    return item.reference not in read and ("://" in item.reference or Path(item.reference).exists())
