"""A claim-checking annotator for health news.

    import annotate
    report = annotate.annotate("draft.txt")
    for finding in report.findings:
        print(finding.check, finding.message)

Everything here is loaded on first use, so that `import annotate` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotate.config import Settings
    from annotate.errors import AnnotateError
    from annotate.pipeline import annotate, annotate_text
    from annotate.types import Article, Check, Claim, Entity, Finding, Reading, Report

__version__ = "0.1.0"
__all__ = [
    "AnnotateError", "Article", "Check", "Claim", "Entity", "Finding", "Reading", "Report", "Settings",
    "annotate", "annotate_text",
]  # fmt: skip

_HOMES = {
    "AnnotateError": "annotate.errors",
    "Settings": "annotate.config",
    "annotate": "annotate.pipeline",
    "annotate_text": "annotate.pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'annotate' has no attribute {name!r}")
    value = getattr(import_module(_HOMES.get(name, "annotate.types")), name)
    globals()[name] = value
    return value
