"""RIS, as reference managers and publishers export it → papers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from annotate.papers.identifiers import trials
from annotate.papers.records import _values as values
from annotate.types import Paper

_LINE = re.compile(r"^([A-Z][A-Z0-9])  ?- ?(.*)$")


def papers(text: str) -> Iterator[Paper]:
    """The papers of a file, in order; records without a title are left out."""
    tags: dict[str, list[str]] = defaultdict(list)
    for line in (*text.splitlines(), "ER  - "):
        match = _LINE.match(line.strip("\r"))
        if match is None:
            continue
        if match[1] == "ER":
            if any(values.title(item) for item in (*tags["TI"], *tags["T1"])):
                yield _paper(tags)
            tags = defaultdict(list)
        else:
            tags[match[1]].append(match[2].strip())


def _paper(tags: dict[str, list[str]]) -> Paper:
    abstract = values.plain(" ".join(tags["AB"] or tags["N2"])) or None
    name, others = values.journal((*tags["T2"], *tags["JO"], *tags["JF"], *tags["JA"]))
    return Paper(
        title=values.title((tags["TI"] or tags["T1"])[0]),
        pmid=next(
            (value for tag in ("AN", "C7", "PM") for value in tags[tag] if re.fullmatch(r"\d{4,8}", value)), None
        ),
        doi=next((doi for tag in ("DO", "UR", "L3") for value in tags[tag] if (doi := values.doi(value))), None),
        trials=trials(abstract or ""),
        journal=name,
        journal_names=others,
        published=next(
            (date for tag in ("DA", "PY", "Y1") for value in tags[tag] if (date := values.date(value))), None
        ),
        authors=values.texts(values.author(value) for tag in ("AU", "A1") for value in tags[tag]),
        affiliations=values.texts(tags["AD"]),
        abstract=abstract,
    )
