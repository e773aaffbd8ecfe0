"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path

import click

settings_option = click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Settings file. [default: annotate.toml or pyproject.toml, from here upwards]",
)
