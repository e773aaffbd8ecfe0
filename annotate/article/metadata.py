"""What a page says of itself: JSON-LD (schema.org), Open Graph, meta and link elements, in that order."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotate.article.scanning import Scan, attributes

_ARTICLE = re.compile(r"Article$|^(?:BlogPosting|Report|Review|MedicalWebPage|WebPage)$")
_AUTHOR = ("author", "article:author", "dc.creator", "byl", "parsely-author")
_DATE = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "parsely-pub-date", "pubdate")
_SPACE = re.compile(r"\s+")
_TAGS = re.compile(r"<[^>]*>")
_HTTP = re.compile(r"https?://\S+$", re.IGNORECASE)
_MAX_JSON = 2_000_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """None where the page does not say. `free` is false where the page says that readers must pay."""

    title: str | None = None
    description: str | None = None
    byline: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    free: bool = True


def read(scanned: Scan) -> Metadata:
    """The metadata of a page."""
    meta: dict[str, str] = {}
    canonical = language = time = None
    for element in scanned.elements:
        if element.name not in ("meta", "link", "html", "time"):
            continue
        found = attributes(element.attributes)
        if element.name == "meta" and (content := _clean(found.get("content"))):
            name = found.get("property") or found.get("name") or found.get("itemprop") or ""
            meta.setdefault(name.lower(), content)
        elif element.name == "link" and "canonical" in found.get("rel", "").lower().split():
            canonical = canonical or found.get("href")
        elif element.name == "html":
            language = language or found.get("lang") or found.get("xml:lang")
        elif element.name == "time":
            time = time or found.get("datetime")

    def first(*names: str) -> str | None:
        return next((meta[name] for name in names if name in meta), None)

    data = _linked_data(scanned)
    outlet = _name(data.get("publisher")) or first("og:site_name", "application-name")
    addresses = (canonical, first("og:url"), _text(data.get("url")))
    title = next((_clean(html.unescape(text)) for index, text in scanned.raw if _is(scanned, index, "title")), None)
    return Metadata(
        title=_text(data.get("headline")) or _without(first("og:title", "twitter:title") or title, outlet),
        description=_text(data.get("description")) or first("og:description", "description", "twitter:description"),
        byline=_authors(data.get("author")) or _person(first(*_AUTHOR)),
        published=_text(data.get("datePublished")) or first(*_DATE) or _clean(time),
        outlet=first("og:site_name") or outlet,
        language=(language or first("og:locale") or "").replace("_", "-").partition("-")[0].lower() or None,
        url=next((url for url in addresses if url and _HTTP.match(url)), None),
        free=str(data.get("isAccessibleForFree", True)).lower() != "false",
    )


def _is(scanned: Scan, index: int, name: str) -> bool:
    return scanned.elements[index].name == name


def _linked_data(scanned: Scan) -> Mapping[str, Any]:
    """The first article among the page's JSON-LD."""
    for index, content in scanned.raw:
        kind = scanned.elements[index].attributes
        if _is(scanned, index, "script") and "ld+json" in kind and len(content) < _MAX_JSON:
            try:
                loaded = json.loads(content.strip().strip(";"), strict=False)
            except (ValueError, RecursionError):
                continue
            for item in _items(loaded):
                kinds = item.get("@type")
                names = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(name, str) and _ARTICLE.search(name) for name in names) and "headline" in item:
                    return item
    return {}


def _items(loaded: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > 4:
        return
    if isinstance(loaded, list):
        for item in loaded[:200]:
            yield from _items(item, depth + 1)
    elif isinstance(loaded, dict):
        yield loaded
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _items(loaded.get(key), depth + 1)


def _clean(value: str | None) -> str | None:
    return _SPACE.sub(" ", value).strip() or None if value else None


def _text(value: Any) -> str | None:
    """A string of JSON-LD, which may hold references and tags."""
    return _clean(_TAGS.sub(" ", html.unescape(value))) if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _person(value: str | None) -> str | None:
    return None if value is None or _HTTP.match(value) else value


def _authors(value: Any) -> str | None:
    people = value if isinstance(value, list) else [value]
    names = [name for person in people if (name := _person(_name(person)))]
    return ", ".join(dict.fromkeys(names)) or None


def _without(title: str | None, outlet: str | None) -> str | None:
    """A title without the outlet's name after a bar or dash."""
    if not title or not outlet:
        return title
    head, mark, tail = (re.match(r"(.+)\s([|\-–—:»])\s+(.+)$", title) or re.match(r"(.*)()()$", title)).groups()  # type: ignore[union-attr]
    return head if mark and tail.casefold() in (outlet.casefold(), f"the {outlet}".casefold()) else title
