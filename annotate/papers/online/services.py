"""What to ask each service, and how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from urllib.parse import quote

from annotate.papers.identifiers import Identifier, Scheme
from annotate.papers.online.client import Client
from annotate.papers.records import crossref, europepmc, medline
from annotate.papers.traces import as_date
from annotate.types import Paper

_RESULTS = "25"
_BEFORE, _AFTER = timedelta(days=150), timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Question:
    """What a paper is searched by: people (given name and surname), a journal, subject words, the article's day."""

    people: tuple[str, ...]
    words: tuple[str, ...]
    journal: str | None = None
    published: str | None = None


class Service(Protocol):
    """A public service that knows papers. Both methods raise PaperError where it cannot be asked."""

    @property
    def schemes(self) -> tuple[Scheme, ...]:
        """The kinds of identifiers that it knows."""
        ...

    def find(self, name: Identifier) -> Paper | None:
        """The paper with an identifier; None where the service does not know it."""
        ...

    def search(self, question: Question) -> tuple[Paper, ...]:
        """Papers that may answer a question."""
        ...


@dataclass(frozen=True, slots=True)
class EuropePmc:
    """Europe PMC's REST API (europepmc.org/RestfulWebService)."""

    client: Client
    schemes: tuple[Scheme, ...] = ("doi", "pmid", "trial")
    base: str = "https://www.ebi.ac.uk/europepmc/webservices/rest"

    def find(self, name: Identifier) -> Paper | None:
        """The paper with a DOI or PMID; of those that name a trial, the first."""
        asked = {"doi": f'DOI:"{name.value}"', "pmid": f"EXT_ID:{name.value} AND SRC:MED", "trial": f'"{name.value}"'}
        found = self._ask(asked[name.scheme])
        if name.scheme == "trial":
            return found[0] if found else None
        return next((paper for paper in found if name.value in (paper.doi, paper.pmid)), None)

    def search(self, question: Question) -> tuple[Paper, ...]:
        """Papers by any of the people on any of the subjects, within months of the article."""
        people = " OR ".join(f'AUTH:"{_surname_first(person)}"' for person in question.people)
        words = " OR ".join(_escaped(word) for word in question.words)
        journal = f'JOURNAL:"{_escaped(question.journal)}"' if question.journal else ""
        parts = [f"({part})" for part in (people or journal, words) if part]
        day = as_date(question.published)
        if day is not None:
            parts.append(f"FIRST_PDATE:[{day - _BEFORE} TO {day + _AFTER}]")
        return self._ask(" AND ".join(parts)) if len(parts) > 1 else ()

    def _ask(self, query: str) -> tuple[Paper, ...]:
        params = {"query": query, "format": "json", "resultType": "core", "pageSize": _RESULTS}
        if self.client.mail:
            params["email"] = self.client.mail
        return tuple(europepmc.papers(self.client.json(f"{self.base}/search", params) or {}))


@dataclass(frozen=True, slots=True)
class Crossref:
    """Crossref's REST API (api.crossref.org)."""

    client: Client
    schemes: tuple[Scheme, ...] = ("doi",)
    base: str = "https://api.crossref.org"

    def find(self, name: Identifier) -> Paper | None:
        """The work with a DOI."""
        answer = self.client.json(f"{self.base}/works/{quote(name.value, safe='')}", self._params())
        return next(crossref.papers(answer), None) if answer else None

    def search(self, question: Question) -> tuple[Paper, ...]:
        """Works whose description has the people and the words."""
        params = {**self._params(), "rows": _RESULTS, "query.bibliographic": " ".join(question.words)}
        if question.people:
            params["query.author"] = " ".join(question.people)
        if question.journal:
            params["query.container-title"] = question.journal
        return tuple(crossref.papers(self.client.json(f"{self.base}/works", params) or {}))

    def _params(self) -> dict[str, str]:
        return {"mailto": self.client.mail} if self.client.mail else {}


@dataclass(frozen=True, slots=True)
class PubMed:
    """NCBI's E-utilities (eutils.ncbi.nlm.nih.gov)."""

    client: Client
    schemes: tuple[Scheme, ...] = ("doi", "pmid", "trial")
    base: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"

    def find(self, name: Identifier) -> Paper | None:
        """The paper with a PMID, or the first with a DOI or a trial's number."""
        if name.scheme == "pmid":
            return next(iter(self._fetch([name.value])), None)
        field = "[doi]" if name.scheme == "doi" else "[si]"
        return next(iter(self._fetch(self._ids(f"{name.value}{field}"))), None)

    def search(self, question: Question) -> tuple[Paper, ...]:
        """Papers by any of the people, or in the journal, on any of the subjects."""
        people = " OR ".join(f"{_surname_first(person)}[au]" for person in question.people)
        journal = f'"{_escaped(question.journal)}"[journal]' if question.journal else ""
        words = " OR ".join(f"{_escaped(word)}[tiab]" for word in question.words)
        parts = [f"({part})" for part in (people or journal, words) if part]
        return self._fetch(self._ids(" AND ".join(parts))) if len(parts) > 1 else ()

    def _ids(self, term: str) -> list[str]:
        params = {**self._params(), "term": term, "retmode": "json", "retmax": _RESULTS}
        answer = self.client.json(f"{self.base}/esearch.fcgi", params) or {}
        result = answer.get("esearchresult")
        found = result.get("idlist") if isinstance(result, dict) else None
        return [str(item) for item in found] if isinstance(found, list) else []

    def _fetch(self, ids: list[str]) -> tuple[Paper, ...]:
        if not ids:
            return ()
        params = {**self._params(), "id": ",".join(ids), "rettype": "medline", "retmode": "text"}
        return tuple(medline.papers(self.client.text(f"{self.base}/efetch.fcgi", params) or ""))

    def _params(self) -> dict[str, str]:
        said = {"db": "pubmed", "tool": "annotate"}
        return {**said, "email": self.client.mail} if self.client.mail else said


def _surname_first(person: str) -> str:
    """A name as both services index authors: "Ada Example" → "Example A"."""
    words = re.sub(r"[^\w\s'’-]", "", person).split()
    return f"{words[-1]} {words[0][0]}" if len(words) > 1 else " ".join(words)


def _escaped(text: str) -> str:
    return re.sub(r"[^\w\s-]", " ", text).strip()
