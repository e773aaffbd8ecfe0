r"""BibTeX → papers. Entries with a title; `@string` abbreviations are not expanded, LaTeX accents (`{\"o}`) are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from annotate.papers.identifiers import trials
from annotate.papers.records import _values as values
from annotate.types import Paper

_ENTRY = re.compile(r"@(\w+)\s*\{")
_FIELD = re.compile(r"\s*,?\s*([\w-]+)\s*=\s*")
_ACCENT = re.compile(r"\\([`'^\"~=.cvuHk])\s*\{?(\\?[A-Za-z])\}?")
_COMBINING = dict(
    zip("`'^\"~=.cvuHk", "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0327\u030c\u0306\u030b\u0328", strict=True)
)
_LETTERS = {
    r"\ss": "ß",
    r"\o": "ø",
    r"\O": "Ø",
    r"\l": "ł",
    r"\L": "Ł",
    r"\ae": "æ",
    r"\AE": "Æ",
    r"\aa": "å",
    r"\AA": "Å",
}
_SKIPPED = frozenset(("string", "comment", "preamble"))


def papers(text: str) -> Iterator[Paper]:
    """The papers of a file, in order. Raises ValueError where a value is not closed."""
    for match in _ENTRY.finditer(text):
        if match[1].lower() not in _SKIPPED:
            fields = _fields(text, match.end())
            if fields.get("title"):
                yield _paper(fields)


def _fields(text: str, at: int) -> dict[str, str]:
    """The fields of the entry whose brace opens before `at`."""
    found: dict[str, str] = {}
    comma = text.find(",", at)
    if comma < 0:
        return found
    at = comma
    while match := _FIELD.match(text, at):
        value, at = _value(text, match.end())
        found[match[1].lower()] = _unescaped(value)
    return found


def _value(text: str, at: int) -> tuple[str, int]:
    """A field's value (in braces, in quotation marks or bare) and where it ends."""
    if text[at : at + 1] in ("{", '"'):
        closing, depth = ("}" if text[at] == "{" else '"'), 0
        for position in range(at + 1, len(text)):
            character = text[position]
            if character == closing and depth == 0:
                return text[at + 1 : position], position + 1
            depth += (character == "{") - (character == "}")
        raise ValueError(f"line {text.count(chr(10), 0, at) + 1}: what opens here is not closed")
    match = re.compile(r"[^,}\s]*").match(text, at)
    assert match is not None
    return match[0], match.end()


def _unescaped(value: str) -> str:
    for command, letter in _LETTERS.items():
        value = re.sub(re.escape(command) + r"(?![A-Za-z])\s?", letter, value)
    value = _ACCENT.sub(lambda match: match[2].strip("\\") + _COMBINING[match[1]], value)
    return unicodedata.normalize("NFC", re.sub(r"\\([&%$#_])", r"\1", value).replace("{", "").replace("}", ""))


def _paper(fields: dict[str, str]) -> Paper:
    abstract = values.plain(fields.get("abstract")) or None
    name, others = values.journal([fields.get("journal") or fields.get("journaltitle") or ""])
    written = fields.get("date") or " ".join(filter(None, (fields.get("year"), fields.get("month"))))
    names = re.split(r"\s+and\s+", fields.get("author", ""))
    pmid = fields.get("pmid", "")
    return Paper(
        title=values.title(fields["title"]),
        pmid=pmid if pmid.isdigit() else None,
        doi=values.doi(fields.get("doi")) or values.doi(fields.get("url")),
        trials=trials(abstract or ""),
        journal=name,
        journal_names=others,
        published=values.date(written),
        authors=values.texts(values.author(name) for name in names if name != "others"),
        affiliations=values.texts([fields.get("affiliation")]),
        abstract=abstract,
    )
