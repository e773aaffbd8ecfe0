"""An answer of Crossref's REST API (a work, or a search), or CSL-JSON, → papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotate.papers.identifiers import trials
from annotate.papers.records import _values as values
from annotate.types import Paper

_DATES = ("published-online", "published", "issued", "published-print", "posted", "created")


def papers(answer: Mapping[str, Any]) -> Iterator[Paper]:
    """The papers of an answer, in order; works without a title are left out."""
    message = answer.get("message", answer)
    works = message.get("items", [message]) if isinstance(message, dict) else ()
    for work in works or ():
        if isinstance(work, dict) and values.title(work.get("title")):
            yield _paper(work)


def _paper(work: Mapping[str, Any]) -> Paper:
    people = [person for person in work.get("author") or () if isinstance(person, dict)]
    updates = [str(item.get("type", "")) for item in work.get("updated-by") or () if isinstance(item, dict)]
    name, others = values.journal((*_listed(work.get("container-title")), *_listed(work.get("short-container-title"))))
    abstract = values.plain(work.get("abstract")) or None
    heading = values.title(work["title"])
    dates = (values.date((work.get(key) or {}).get("date-parts") or work.get(key)) for key in _DATES)
    return Paper(
        title=heading,
        pmid=str(work["PMID"]) if work.get("PMID") else None,
        doi=values.doi(work.get("DOI")),
        trials=trials(abstract or ""),
        journal=name,
        journal_names=others,
        published=next((date for date in dates if date), None),
        authors=values.texts(_author(person) for person in people),
        affiliations=values.texts(
            place.get("name") if isinstance(place, dict) else place
            for person in people
            for place in person.get("affiliation") or ()
        ),
        abstract=abstract,
        publication_types=values.texts([work.get("type")]),
        # A publisher marks a retracted work also in its title.
        notices=values.notices((*updates, "retracted" if heading.upper().startswith("RETRACTED") else "")),
    )


def _author(person: Mapping[str, Any]) -> str:
    if person.get("family"):
        return f"{person.get('given') or ''} {person['family']}".strip()
    return str(person.get("name") or person.get("literal") or "")


def _listed(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items if isinstance(item, str))
