"""Article → Parsed: one spaCy Doc over the whole text, with abbreviations, entities and quotations.

`pipeline` loads and runs spaCy, `sentences` mends its boundaries, `quotations` finds who says what.
"""

from __future__ import annotations

from annotate.language.pipeline import parse

__all__ = ["parse"]
