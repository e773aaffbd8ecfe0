"""Normal forms of terms, shared by the compiler of the vocabulary and the linker.

Two strings that differ only in case, hyphens, plural, possessive, accents, Greek letters, British spelling or Roman
numerals have the same normal form: `Crohn’s diseases`, `crohn disease`; `TNF-α`, `TNFalpha`; `type II`, `type 2`.
A normal form is a sequence of words joined by single spaces. Letters and digits part, so that `CD-19` equals `CD19`.
"""

from __future__ import annotations

import re
import unicodedata

BREAK = "\n"
"""Stands where no term may run on: the end of a sentence or block, a bracket. Not the point of `E. coli`."""

_TOKEN = re.compile(
    r"([^\W\d_]+)(?:['’](?:s\b)?)?"
    r"|\d+(?:[.,]\d+)*"
    r"|,"
    r"|(?:(?<!\b[A-Z])\.|\.(?!\s?[a-z]))|[;:!?()\[\]{}…|•]|\n\s*\n|\s[–—]+\s|—|[“”\"]",
)
_POSSESSIVE = re.compile(r"['’]s?$")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ρ": "rho", "σ": "sigma", "τ": "tau", "ω": "omega",
}  # fmt: skip
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_IRREGULAR = {
    "diagnoses": "diagnosis", "metastases": "metastasis", "fibroses": "fibrosis", "stenoses": "stenosis",
    "thromboses": "thrombosis", "prostheses": "prosthesis", "neuroses": "neurosis", "psychoses": "psychosis",
    "scleroses": "sclerosis", "carcinomata": "carcinoma", "men": "man", "women": "woman", "children": "child",
    "mice": "mouse", "feet": "foot", "teeth": "tooth", "vertebrae": "vertebra", "bacteria": "bacterium",
    "viruses": "virus", "sinuses": "sinus", "fetuses": "fetus", "foetuses": "fetus", "uteruses": "uterus",
    "fibre": "fiber", "fibres": "fiber", "litre": "liter", "programme": "program", "ageing": "aging",
    "aneurism": "aneurysm", "orthopaedic": "orthopedic", "paediatric": "pediatric", "aluminium": "aluminum",
    "sulphate": "sulfate", "sulphur": "sulfur", "grey": "gray", "mould": "mold", "lymphoedema": "lymphedema",
    "leucocyte": "leukocyte", "leucocytes": "leukocyte", "leucopenia": "leukopenia",
}  # fmt: skip


def words(text: str) -> tuple[list[str], list[re.Match[str]]]:
    """The words of a text, in order: their normal forms, and where they stand (see `place`).

    The form is BREAK wherever no term may run on.
    """
    matches = list(_TOKEN.finditer(text))
    return [_FORMS[match[0]] for match in matches], matches


def place(match: re.Match[str]) -> tuple[int, int]:
    """Start and end of a word, without its possessive."""
    return match.span(match.lastindex or 0)


class _Forms(dict[str, str]):
    """Words as written → normal forms, computed when first asked for; emptied when it has grown too large."""

    def __missing__(self, surface: str) -> str:
        if len(self) > 300_000:
            self.clear()
        form = self[surface] = word_form(surface)
        return form


_FORMS = _Forms()


def word_form(surface: str) -> str:
    """The normal form of one word, number or mark."""
    if surface == "," or surface.isdigit():
        return surface
    if not surface[0].isalnum():
        return BREAK
    return _singular(_american(_plain(_POSSESSIVE.sub("", surface))))


def normal_form(term: str) -> str:
    """The normal form of a term; empty where nothing is left of it. Commas are kept (`diabetes , type 2`)."""
    return " ".join(form for form in words(term)[0] if form != BREAK)


def turned(form: str) -> str:
    """A normal form with the part behind the comma in front: `diabetes , type 2` → `type 2 diabetes`."""
    return " ".join(reversed(form.split(" , ")))


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    parts = (_GREEK.get(char, char) for char in word.lower())
    decomposed = unicodedata.normalize("NFKD", "".join(parts))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("ß", "ss")


def _american(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 5:
        return word
    if "ae" in word:
        word = word.replace("ae", "e")
    if "oe" in word and not word.endswith("oes"):
        word = word.replace("oe", "e")
    if word.endswith(("our", "ours", "oured")) and len(word) > 5:
        word = word.replace("our", "or")
    if "sulph" in word:
        word = word.replace("sulph", "sulf")
    for british, american in (("isation", "ization"), ("ising", "izing"), ("ised", "ized")):
        if british in word:
            word = word.replace(british, american)
    return word


def _singular(word: str) -> str:
    if word in _ROMAN:
        return _ROMAN[word]
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]
