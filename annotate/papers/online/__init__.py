"""The public services that know papers, asked only where the user says so: Europe PMC, Crossref, PubMed.

`client` speaks HTTP, `services` knows what to ask each; the search for a paper and `annotate papers add` both
come in here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from annotate.config import Settings
from annotate.errors import PaperError
from annotate.papers.identifiers import Identifier
from annotate.papers.online.client import Client
from annotate.papers.online.services import Crossref, EuropePmc, PubMed, Question, Service
from annotate.types import Paper

__all__ = ["Question", "Services", "look_up", "services"]

_Found = TypeVar("_Found")


class Services:
    """The services, asked one after another: the next where one cannot answer, or does not know the paper."""

    def __init__(self, asked: Iterable[Service], notices: Crossref | None) -> None:
        self.asked = tuple(asked)
        self.notices = notices
        self._identified: dict[Identifier, Paper | None] = {}
        self._searched: dict[Question, tuple[Paper, ...]] = {}

    def find(self, name: Identifier) -> Paper | None:
        """The paper with an identifier; None where nobody knows it. A run asks once a paper.

        Raises PaperError where no service can be asked.
        """
        if name not in self._identified:
            able = [service for service in self.asked if name.scheme in service.schemes]
            paper = self._first(able, lambda service: service.find(name))
            self._identified[name] = self._with_notices(paper) if paper is not None else None
        return self._identified[name]

    def search(self, question: Question) -> tuple[Paper, ...]:
        """Papers that may answer a question; a run asks each question once. Raises PaperError as `find` does."""
        if question not in self._searched:
            self._searched[question] = tuple(self._first(self.asked, lambda service: service.search(question)) or ())
        return self._searched[question]

    @staticmethod
    def _first(asked: Iterable[Service], ask: Callable[[Service], _Found | None]) -> _Found | None:
        problems, answered = [], False
        for service in asked:
            try:
                found = ask(service)
            except PaperError as error:
                problems.append(str(error))
                continue
            answered = True
            if found:
                return found
        if not answered and problems:
            raise PaperError(f"papers cannot be looked up: {'; '.join(problems)} (--papers local needs no network)")
        return None

    def _with_notices(self, paper: Paper) -> Paper:
        """The paper with what Crossref knows became of it; as it is where Crossref cannot be asked."""
        if self.notices is None or paper.doi is None:
            return paper
        try:
            known = self.notices.find(Identifier("doi", paper.doi))
        except PaperError:
            return paper
        found = known.notices if known is not None else ()
        return replace(paper, notices=tuple(dict.fromkeys((*paper.notices, *found))))


@lru_cache(maxsize=2)
def services(mail: str) -> Services:
    """The public services, asked in the name of a mail address (empty: none)."""
    client = Client(mail)
    crossref = Crossref(client)
    return Services((EuropePmc(client), PubMed(client), crossref), notices=crossref)


def look_up(name: Identifier, settings: Settings) -> Paper:
    """The paper with an identifier, from the public services. Raises PaperError where there is none."""
    paper = services(settings.mail).find(name)
    if paper is None:
        raise PaperError(f"{name}: no service knows this paper")
    return paper
