"""Our own records: one JSON object a paper.

`title` is required; `pmid`, `doi`, `date`, `authors` (given name and surname), `affiliation` (or a list,
`affiliations`), `journal`, `journal_names`, `abstract`, `trials`, `publication_types` and `notices` may be given.
Other keys are ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotate.errors import PaperError
from annotate.papers.identifiers import trials
from annotate.papers.records import _values as values
from annotate.types import Paper


def paper(record: Mapping[str, Any], where: str) -> Paper:
    """The paper in a record. Raises PaperError where a value has the wrong kind."""
    abstract = values.plain(record.get("abstract")) or None
    journal, others = values.journal((*_list(record, "journal", where), *_list(record, "journal_names", where)))
    kinds = values.texts(_list(record, "publication_types", where))
    said = (*_list(record, "notices", where), *kinds)
    if record.get("retracted") is True:
        said = ("retraction", *said)
    return Paper(
        title=values.title(record["title"]),
        pmid=str(record["pmid"]).strip() if record.get("pmid") else None,
        doi=values.doi(record.get("doi")),
        trials=trials(" ".join((*_list(record, "trials", where), abstract or ""))),
        journal=journal,
        journal_names=others,
        published=values.date(record.get("date") or record.get("published")),
        authors=values.texts(values.author(name) for name in _list(record, "authors", where)),
        affiliations=values.texts((*_list(record, "affiliation", where), *_list(record, "affiliations", where))),
        abstract=abstract,
        publication_types=kinds,
        notices=values.notices(said),
    )


def record(paper: Paper) -> dict[str, Any]:
    """A paper as a record that `paper` reads; empty values are left out."""
    found: dict[str, Any] = {
        "pmid": paper.pmid, "doi": paper.doi, "title": paper.title, "date": paper.published, "journal": paper.journal,
        "journal_names": list(paper.journal_names), "authors": list(paper.authors),
        "affiliations": list(paper.affiliations), "abstract": paper.abstract, "trials": list(paper.trials),
        "publication_types": list(paper.publication_types), "notices": list(paper.notices),
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _list(record: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = record.get(key)
    if value is None or value == "":
        return ()
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str) for item in items):
        raise PaperError(f"{where}: '{key}' must be text or a list of texts")
    return tuple(items)
