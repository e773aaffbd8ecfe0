"""A gene, protein, cell or technique whose symbol is garbled or at odds with the article's own.

What it flags: a symbol with letters or digits changed round against the article's other mentions ("CD91" in a story on
CD19), or against the one known symbol it could be ("GVPI" for GPVI, beside the word protein), a letter O for a nought
("CD2O"), a near miss of a famous one ("CRIPSR"), and the words of "T cell" turned round. Why it misleads: another
symbol is another gene; the reader who looks it up lands elsewhere. Write instead the symbol of the paper. It leaves
alone hyphens and blanks ("CD-19"), plus signs, and a second target that the article names on its own account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from annotate.checks.names._lexicon import frequency, vocabulary
from annotate.checks.names._symbols import Symbol, beside, counted, moves, swapped, symbols, table
from annotate.checks.names._usage import is_symbol
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="names.symbol",
    severity="warning",
    examples=(
        Example(
            "A marker of leukaemia\n\nThe cells carry CD19, a protein. Antibodies to CD19 kill them. "
            "Doctors gave anti-[[CD91]] cells to six children."
        ),
        Example("The drug blocks [[CD2O]], a protein on B cells."),
        Example("The team used [[CRIPSR]] to edit the gene."),
        Example("A new cancer drug\n\nEach got an infusion of engineered [[cells T]]. T cells kill tumours."),
        Example(
            "Cells carry CD19 and CD22. CD-19 and CD 19 are one protein; CD19+ cells have it, CD22+ cells too.",
            "forms in use, two targets",
        ),
        Example(
            "The flu strains H1N1 and H5N1 differ; IL-6 and IL-8 rose, and BRCA1 and BRCA2 were tested.",
            "different things of one pattern",
        ),
        Example("The NHS and NICE said the MHRA and the HSE agreed with the EMA and the WHO.", "agencies"),
    ),
)

_CELL = re.compile(r"\bcell(s?) ([TB])(?![\w-])(?! (?:cell|lymphocyte))")
_NOUGHT = re.compile(r"^[A-Z]{2,5}-?\d*O\d*$")
_EXPLAINED = re.compile(r"s?(?:, or | \()([a-z])")
MIN_TELLING = 4
"""Letters and digits: almost every shorter string is some gene's symbol."""


def find(reading: Reading) -> Iterator[Finding]:
    """Symbols with a better one near."""
    found = symbols(reading)
    counts = counted(found)
    for symbol in found:
        explained = _explain(reading, symbol, found, counts)
        if explained is not None:
            right, kind = explained
            yield CHECK.finding(
                symbol.start, symbol.end, f"“{symbol.text}” is probably “{right}”.",
                trigger=symbol.text, suggestion=right, signals={"kind": kind},
            )  # fmt: skip
    yield from _turned_cells(reading)


def _explain(
    reading: Reading, symbol: Symbol, found: tuple[Symbol, ...], counts: dict[str, int]
) -> tuple[str, str] | None:
    bare = symbol.bare
    if _NOUGHT.match(symbol.text) and _is_gene(symbol.text.replace("O", "0")) and not is_symbol(bare):
        return symbol.text.replace("O", "0"), "nought"
    if not any(char.isdigit() for char in bare) and not beside(reading, symbol) & set(table("context")["words"]):
        return None
    for other in found:
        oftener = counts[other.bare] > counts[bare] == 1 and (_is_gene(other.text) or not _is_gene(symbol.text))
        if oftener and swapped(bare, other.bare) and _is_written_alike(symbol, other):
            return other.text, "changed round"
    if _is_gene(symbol.text) or frequency(symbol.text) >= 2.5:
        return None
    famous = _famous(symbol.text)
    if famous is not None and counts[bare] <= 2:
        return famous, "near miss"
    if counts[bare] > 1 or len(bare) < MIN_TELLING or not symbol.text.isupper():
        return None
    if is_symbol(bare):
        return None
    if _is_spelt_out(reading, symbol, counts) or not beside(reading, symbol) & set(table("context")["words"]):
        return None
    start = symbol.text
    known = sorted(
        {moved for moved in moves(start) if _is_near(moved, start) and _is_gene(moved)},
        key=lambda moved: OSA.distance(start, moved),
    )
    if not known or (len(known) > 1 and OSA.distance(start, known[0]) == OSA.distance(start, known[1])):
        return None
    return known[0], "changed round"


def _is_near(moved: str, start: str) -> bool:
    """Whether a symbol keeps its first sign, its numbers and its hyphen; without a hyphen, only neighbours change."""
    if moved[0] != start[0] or re.sub(r"\D", "", moved) != re.sub(r"\D", "", start):
        return False
    return OSA.distance(moved, start) == 1 if "-" not in start else moved.find("-") == start.find("-")


def _is_spelt_out(reading: Reading, symbol: Symbol, counts: dict[str, int]) -> bool:
    """Whether the article defines the symbol, or uses its letters alone, as in "CIN" and "CIN1"."""
    letters = symbol.bare.rstrip("0123456789")
    if (counts[letters] and letters != symbol.bare) or symbol.bare in _defined(reading):
        return True
    text = reading.article.text
    around = (text[max(0, symbol.start - 90) : symbol.start], text[symbol.end : symbol.end + 90])
    explained = _EXPLAINED.match(around[1])
    if explained is not None and explained[1].upper() == symbol.bare[0]:
        return True
    return any(symbol.bare.lower() in "".join(re.findall(r"\b\w", part)).lower() for part in around)


def _is_written_alike(symbol: Symbol, other: Symbol) -> bool:
    digits = [char.isdigit() for char in symbol.bare]
    return any(digits) == any(char.isdigit() for char in other.bare) and (any(digits) or len(symbol.bare) >= 4)


@lru_cache(maxsize=16384)
def _is_gene(symbol: str) -> bool:
    return any(term.kind in ("gene", "protein") for term in vocabulary().lookup(symbol))


def _famous(symbol: str) -> str | None:
    """The famous symbol that this is a slip for: letters only, never another number."""
    for known in table("known")["symbols"]:
        shape, other = re.sub(r"\D", "", symbol), re.sub(r"\D", "", known)
        letters = _letters(symbol), _letters(known)
        near = len(letters[1]) >= 5 and 0 < OSA.distance(*letters) <= (2 if len(letters[1]) >= 8 else 1)
        if near and shape == other:
            return str(known)
    return None


def _letters(symbol: str) -> str:
    """The letters of a symbol, without the Greek one that it ends in."""
    return re.sub(r"(?<=..)(?:ALPHA|BETA|GAMMA|DELTA)$", "", re.sub(r"[\W\d]", "", symbol).upper())


def _defined(reading: Reading) -> frozenset[str]:
    return frozenset(re.sub(r"[^A-Z0-9]", "", item.short.upper()) for item in reading.abbreviations)


def _turned_cells(reading: Reading) -> Iterator[Finding]:
    text = reading.article.text
    for match in _CELL.finditer(text):
        block = reading.article.block_at(match.start())
        if block is None or not block.checked:
            continue
        if re.search(rf"\b{match[2]}[- ]cells?\b", text):
            right = f"{match[2]} cells" if match[1] or f"{match[2]} cells" in text else f"{match[2]} cell"
            yield CHECK.finding(
                match.start(), match.end(), f"“{match[0]}” has its words turned round: “{right}”.",
                trigger=match[0], suggestion=right, signals={"kind": "turned round"},
            )  # fmt: skip
