"""Article → Parsed: one spaCy Doc over the whole text, with abbreviations, entities and quotations.

`pipeline` loads and runs spaCy, `memory` keeps what it gave for blocks that stay the same, `sentences` mends its
boundaries, `quotations` finds who says what.
"""

from __future__ import annotations

from annotate.language.memory import ParseMemory
from annotate.language.pipeline import forget, parse, words_known

__all__ = ["ParseMemory", "forget", "parse", "words_known"]
