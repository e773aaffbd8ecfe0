"""The command line. One module a command, imported when the command is called, so that `--help` is immediate."""

from __future__ import annotations

import difflib
import gc
import os
import sys
from importlib import import_module

import click

from annotate import __version__
from annotate.errors import AnnotateError

__all__ = ["main"]

_COMMANDS = {  # name → the module that holds a command of that name (with _ for -), and what help says of it
    "audit": ("annotate.faces.cli.audit", "Check many articles, from a folder to a crawl, and report."),
    "baseline": ("annotate.faces.cli.baseline", "Write down what is known, so that only new findings are reported."),
    "check": ("annotate.faces.cli.check", "Check articles."),
    "checks": ("annotate.faces.cli.checks", "List the checks, a line each."),
    "explain": ("annotate.faces.cli.checks", "Say what a check flags, why, and what it leaves alone."),
    "papers": ("annotate.faces.cli.papers", "Keep the papers that articles report: add, list, export."),
    "lsp": ("annotate.faces.cli.lsp", "Speak the Language Server Protocol, for editors' own programs."),
    "serve": ("annotate.faces.cli.serve", "Open the editors' page and the REST API."),
    "vocabulary": ("annotate.faces.cli.vocabulary", "Ask the vocabulary of diseases, genes, drugs and so on."),
}


class _Lazy(click.Group):
    """A group that imports a command's module only when the command is called or completed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 – click's form
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), cmd_name.replace("-", "_"))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            if near := difflib.get_close_matches(name, _COMMANDS, n=1):
                ctx.fail(f"no command is called '{name}'; did you mean '{near[0]}'?")
            if "." in name or "/" in name:
                ctx.fail(f"no command is called '{name}'; to check an article: annotate check {name}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="annotate")
def cli() -> None:
    """Check health news: find overstated claims, garbled names and what the reader is not told."""


def main() -> None:
    """Run the command line; errors meant for the user are one line and exit status 2."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # fastest for one article; read when NumPy loads
    gc.set_threshold(20_000, 50, 50)  # models are loaded to stay: no rubbish to look for in them
    try:
        cli(standalone_mode=True)
    except AnnotateError as error:
        click.echo(f"annotate: {error}", err=True)
        sys.exit(2)
