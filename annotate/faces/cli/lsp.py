"""`annotate lsp`"""

from __future__ import annotations

from pathlib import Path

import click

from annotate.errors import SettingsError


@click.command()
@click.option("--stdio", is_flag=True, hidden=True, help="What it does anyway; some editors say so.")
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Settings file. [default: annotate.toml or pyproject.toml, from the draft upwards]",
)
def lsp(stdio: bool, settings_file: Path | None) -> None:
    """Speak the Language Server Protocol on standard input and output, for editors such as VS Code or Neovim."""
    del stdio
    try:
        from annotate.faces.lsp.server import create_server
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"the language server needs more packages ({error.name}): pip install 'annotate[lsp]'"
        ) from None
    create_server(settings_file).start_io()
