"""The command line. One module a command; each imports what it needs when it runs, so that `--help` is immediate."""

from __future__ import annotations

import os
import sys

import click

from annotate import __version__
from annotate.errors import AnnotateError
from annotate.faces.cli.check import check
from annotate.faces.cli.checks import checks, explain
from annotate.faces.cli.vocabulary import vocabulary

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="annotate")
def cli() -> None:
    """Check health news: find overstated claims, garbled names and what the reader is not told."""


cli.add_command(check)
cli.add_command(checks)
cli.add_command(explain)
cli.add_command(vocabulary)


def main() -> None:
    """Run the command line; errors meant for the user are one line and exit status 2."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # fastest for one article; read when NumPy loads
    try:
        cli(standalone_mode=True)
    except AnnotateError as error:
        click.echo(f"annotate: {error}", err=True)
        sys.exit(2)
