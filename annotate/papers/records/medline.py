"""PubMed's MEDLINE format (`.nbib`; `efetch` with `rettype=medline`) → papers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from annotate.papers.identifiers import trials
from annotate.papers.records import _values as values
from annotate.types import Paper

_LINE = re.compile(r"^([A-Z][A-Z0-9]{1,3}) *- ?(.*)$")
_NOTICES = {"RIN": "retraction", "ECI": "expression of concern", "EIN": "correction", "CIN": ""}


def papers(text: str) -> Iterator[Paper]:
    """The papers of a file, in order; records without a title are left out."""
    for record in re.split(r"\n(?:[ \t]*\n)+|\n(?=PMID *- )", text.replace("\r\n", "\n")):
        tags = _tags(record)
        if values.title(" ".join(tags.get("TI", ()))):
            yield _paper(tags)


def _tags(record: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    last = ""
    for line in record.splitlines():
        match = _LINE.match(line)
        if match:
            last = match[1]
            found[last].append(match[2].strip())
        elif last and line.strip():
            found[last][-1] += " " + line.strip()
    return found


def _paper(tags: dict[str, list[str]]) -> Paper:
    abstract = values.plain(" ".join(tags.get("AB", ()))) or None
    name, others = values.journal((*tags.get("JT", ()), *tags.get("TA", ())))
    names = tags.get("FAU") or tags.get("AU") or ()
    dates = (*(item for item in tags.get("DEP", ())), *tags.get("DP", ()))
    said = (*tags.get("PT", ()), *(notice for tag, notice in _NOTICES.items() if tags.get(tag)))
    registered = (*tags.get("SI", ()), abstract or "")
    return Paper(
        title=values.title(" ".join(tags["TI"])),
        pmid=next(iter(tags.get("PMID", ())), None),
        doi=next((doi for value in (*tags.get("LID", ()), *tags.get("AID", ())) if (doi := values.doi(value))), None),
        trials=trials(" ".join(registered)),
        journal=name,
        journal_names=others,
        published=next((date for value in dates if (date := values.date(_spaced(value)))), None),
        authors=values.texts((*(values.author(name) for name in names), *tags.get("CN", ()))),
        affiliations=values.texts(tags.get("AD", ())),
        abstract=abstract,
        publication_types=values.texts(tags.get("PT", ())),
        notices=values.notices(said),
    )


def _spaced(value: str) -> str:
    """A date of eight digits with its parts apart: 20220915."""
    return re.sub(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", value)
