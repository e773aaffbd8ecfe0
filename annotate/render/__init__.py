"""Report → a document in a format.

One module a format, found by walking. Each has `MEDIA_TYPE`, `SUFFIX` and `render(report)`, which gives str, or bytes
where `BINARY` is true. How several articles go together in one document, a module says with one of

- `STREAMS = True`: documents follow one another as they come, after `HEADER` if there is one (jsonl, csv, table);
- `part(report)` and `document(parts)`: one document is made of what is kept of each (sarif, parquet).
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType

from annotate.errors import SettingsError
from annotate.types import Report

__all__ = ["format_module", "formats", "render"]


def formats() -> tuple[str, ...]:
    """The names of the formats."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")))


def format_module(name: str) -> ModuleType:
    """The module of a format. Raises SettingsError where there is none."""
    if name not in formats():
        raise SettingsError(f"no format is called '{name}'; the formats are {', '.join(formats())}")
    return import_module(f"{__name__}.{name}")


def render(report: Report, name: str = "html") -> str | bytes:
    """A report in a format: str, or bytes for `docx` and `parquet`."""
    document: str | bytes = format_module(name).render(report)
    return document
