"""The pages' templates, with the words of the report's own page."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from annotate import __version__
from annotate.faces.web.view import REASONS

FORMATS = {
    "docx": "Word, with comments", "html": "Annotated page", "markdown": "Markdown", "json": "JSON",
    "jsonl": "JSON, one line", "sarif": "SARIF", "webannotation": "Web annotations", "table": "Table",
    "csv": "CSV, a row a finding", "parquet": "Parquet",
}  # fmt: skip
"""What a format is called in the menu."""
STATIC = Path(__file__).with_name("static")


@cache
def _environment() -> Environment:
    from annotate.render import _labels as labels

    environment = Environment(
        loader=PackageLoader("annotate.faces.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    globals_: dict[str, Any] = {
        "labels": labels,
        "REASONS": REASONS,
        "version": __version__,
        "static": static,
        "labels_of_formats": FORMATS,
        "pretty": lambda value: json.dumps(value, ensure_ascii=False, indent=2),
    }
    environment.globals.update(globals_)
    return environment


def template(name: str) -> Template:
    """A template by name, without its suffix."""
    return _environment().get_template(f"{name}.html.jinja")


@cache
def static(name: str) -> str:
    """The address of a file, which changes when its content does."""
    return f"/static/{name}?{hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"
