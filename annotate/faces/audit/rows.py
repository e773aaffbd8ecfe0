"""Report → rows of the audit's tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from annotate.artefacts import wordlist
from annotate.faces.audit.copies import signature
from annotate.faces.audit.documents import Document
from annotate.types import Article, Disclosure, Reading, Report
from annotate.vocabulary import open_vocabulary

Row = dict[str, Any]
_AROUND = 200
"""Characters of context kept on each side of a finding, for those who judge it."""
_WORD = re.compile(r"\w[\w’'-]*")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_HEADLINE_WEIGHT = 3
"""A disease in the headline counts as often as this many in the text."""


def of_report(article: str, source: str, document: Document, report: Report) -> Mapping[str, list[Row]]:
    """The rows of a checked article; `article` is its key in every table."""
    reading = report.reading
    text = reading.article.text
    rows: dict[str, list[Row]] = {
        "articles": [{"article": article, "source": source, **_article(document, reading)}],
        "findings": [
            {
                "article": article, "check_id": found.check, "family": found.check.partition(".")[0],
                "severity": found.severity, "place": _place(reading.article, found.start), "start": found.start,
                "end": found.end, "quote": text[found.start : found.end], "message": found.message,
                "trigger": found.why.trigger,
                "suggestion": found.suggestion.replacement if found.suggestion else None,
                "before": text[max(0, found.start - _AROUND) : found.start],
                "after": text[found.end : found.end + _AROUND],
            }
            for found in report.findings
        ],
        "disclosures": [_disclosure(article, text, item) for item in reading.disclosures.values()],
        "claims": [
            {
                "article": article, "text": text[claim.start : claim.end], "start": claim.start, "end": claim.end,
                "place": _place(reading.article, claim.start), "strength": claim.strength, "main": claim.main,
                "hedged": claim.hedged, "negated": claim.negated, "in_quote": claim.in_quote,
                "attributed_to": claim.attributed_to, "species": claim.species,
            }
            for claim in reading.claims
        ],
        "entities": [
            {
                "article": article, "text": text[entity.start : entity.end], "start": entity.start, "end": entity.end,
                "kind": entity.kind, "concept": entity.concept.id if entity.concept else None,
                "name": entity.concept.name if entity.concept else None,
                "vocabulary": entity.concept.vocabulary if entity.concept else None,
            }
            for entity in reading.entities
        ],
    }  # fmt: skip
    return rows


def of_failure(article: str, source: str, reference: str, status: str, reason: str, message: str) -> Row:
    """The row of an article that was skipped or failed."""
    return {
        "article": article, "reference": reference, "source": source, "status": status, "reason": reason,
        "message": message,
    }  # fmt: skip


def _article(document: Document, reading: Reading) -> Row:
    article, study = reading.article, reading.study
    published = document.published or article.published or document.page.fetched_at
    month = _MONTH.match(published or "")
    strengths = {"headline": 0, "body": 0}
    for claim in reading.claims:
        place = _place(article, claim.start)
        strengths[place] = max(strengths[place], claim.strength)
    words = {"headline": 0, "body": 0}
    for block in article.blocks:
        if block.checked:
            words[_place(article, block.start)] += len(_WORD.findall(article.text[block.start : block.end]))
    return {
        "reference": article.reference,
        "outlet": document.outlet or article.outlet or _host(article.reference),
        "published": published,
        "month": month[0] if month else None,
        "title": article.title or _first_line(article.text),
        "subject": _subject(reading),
        "words": sum(words.values()),
        "headline_words": words["headline"],
        "design": study.design.value if study.design else "unclear",
        "species": study.species.value if study.species else "none",
        "venue": study.venue.value if study.venue else "none",
        "n": study.n.value if study.n else None,
        "headline_strength": strengths["headline"],
        "body_strength": strengths["body"],
        "minhash": signature(article.text),
    }


def _disclosure(article: str, text: str, item: Disclosure) -> Row:
    told = text[item.start : item.end] if item.start is not None else None
    return {
        "article": article, "key": item.key, "state": item.state, "start": item.start, "end": item.end, "quote": told
    }  # fmt: skip


def _place(article: Article, position: int) -> str:
    """`headline` (with the standfirst) or `body`."""
    block = article.block_at(position)
    return "headline" if block is not None and block.kind in ("headline", "standfirst") else "body"


def _host(reference: str) -> str | None:
    host = urlsplit(reference).hostname if "://" in reference else None
    return host.removeprefix("www.") if host else None


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0][:200]


def _subject(reading: Reading) -> str | None:
    """What the article is about: the subject of the diseases it names most."""
    counts: Counter[str] = Counter()
    for entity in reading.entities:
        subject = _subject_of(entity.concept.id) if entity.concept and entity.kind == "disease" else None
        if subject is not None:
            headline = _place(reading.article, entity.start) == "headline"
            counts[subject] += _HEADLINE_WEIGHT if headline else 1
    return min(counts, key=lambda name: (-counts[name], name), default=None)


@lru_cache(maxsize=8192)
def _subject_of(concept: str) -> str | None:
    above = {concept, *open_vocabulary().ancestors(concept)}
    subjects = wordlist("audit/subjects")["subject"]
    return next((subject["name"] for subject in subjects if above.intersection(subject["roots"])), None)
