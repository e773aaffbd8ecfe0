"""An answer of Europe PMC's REST search (`format=json`, `resultType=core`) → papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotate.papers.identifiers import trials
from annotate.papers.records import _values as values
from annotate.types import Paper


def papers(answer: Mapping[str, Any]) -> Iterator[Paper]:
    """The papers of an answer, in order; results without a title are left out."""
    for result in _at(answer, "resultList", "result") or ():
        if isinstance(result, dict) and values.title(result.get("title")):
            yield _paper(result)


def _paper(result: Mapping[str, Any]) -> Paper:
    journal = _at(result, "journalInfo", "journal") or {}
    kinds = values.texts(_at(result, "pubTypeList", "pubType") or ())
    changes = (str(item.get("type", "")) for item in _at(result, "commentCorrectionList", "commentCorrection") or ())
    name, others = values.journal(
        str(journal.get(key) or "") for key in ("title", "medlineAbbreviation", "isoabbreviation")
    )
    abstract = values.plain(result.get("abstractText")) or None
    people = _at(result, "authorList", "author") or ()
    return Paper(
        title=values.title(result["title"]),
        pmid=str(result["pmid"]) if result.get("pmid") else None,
        doi=values.doi(result.get("doi")),
        trials=trials(abstract or ""),
        journal=name,
        journal_names=others,
        published=values.date(result.get("firstPublicationDate")) or values.date(str(result.get("pubYear") or "")),
        authors=values.texts(_author(person) for person in people) or _authors(result),
        affiliations=values.texts(place for person in people for place in _places(person))
        or values.texts([result.get("affiliation")]),
        abstract=abstract,
        publication_types=kinds,
        # "Retraction in" stands in the retracted paper, "Retraction of" in the notice.
        notices=values.notices(
            (*kinds, *(change for change in changes if change.lower().endswith((" in", "concern"))))
        ),
    )


def _author(person: Mapping[str, Any]) -> str:
    if person.get("collectiveName"):
        return values.plain(person["collectiveName"])
    given, surname = person.get("firstName") or person.get("initials"), person.get("lastName")
    return f"{given or ''} {surname}".strip() if surname else values.author(str(person.get("fullName") or ""))


def _authors(result: Mapping[str, Any]) -> tuple[str, ...]:
    return values.texts(values.author(name) for name in str(result.get("authorString") or "").rstrip(".").split(", "))


def _places(person: Mapping[str, Any]) -> Iterator[Any]:
    for item in _at(person, "authorAffiliationDetailsList", "authorAffiliation") or ():
        yield item.get("affiliation") if isinstance(item, dict) else None


def _at(value: Any, *keys: str) -> Any:
    """What stands under keys, None where one is missing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
