"""Report → text in a format.

One module a format, found by walking: `html`, `json`, `jsonl`, `table`. Each has `MEDIA_TYPE`, `SUFFIX` and
`render(report)`; formats whose documents can follow one another in one stream say so with `STREAMS = True`.
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


def render(report: Report, name: str = "html") -> str:
    """A report in a format."""
    return str(format_module(name).render(report))
