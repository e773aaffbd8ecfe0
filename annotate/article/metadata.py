"""What a page says of itself: JSON-LD (schema.org), Open Graph, meta and link elements, in that order.

Only the elements that can say it are given to BeautifulSoup: parsing the whole page would take ten times as long.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from annotate.article.scanning import Scan

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
    soup = _head(scanned)
    meta: dict[str, str] = {}
    for tag in soup.find_all("meta", content=True):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        if content := _clean(str(tag["content"])):
            meta.setdefault(str(name).lower(), content)

    def first(*names: str) -> str | None:
        return next((meta[name] for name in names if name in meta), None)

    def attribute(selector: str, name: str) -> str | None:
        return next((str(tag[name]) for tag in soup.select(selector) if tag.get(name)), None)

    data = _linked_data(soup)
    outlet = _name(data.get("publisher")) or first("og:site_name", "application-name")
    addresses = (attribute("link[rel~=canonical i]", "href"), first("og:url"), _text(data.get("url")))
    title = _clean(soup.title.get_text()) if soup.title else None
    language = attribute("html", "lang") or attribute("html", "xml:lang") or first("og:locale") or ""
    url = next((place for place in addresses if place and _HTTP.match(place)), None)
    return Metadata(
        title=_text(data.get("headline")) or _without(first("og:title", "twitter:title") or title, outlet),
        description=_text(data.get("description")) or first("og:description", "description", "twitter:description"),
        byline=_authors(data.get("author")) or _person(first(*_AUTHOR)),
        published=_text(data.get("datePublished")) or first(*_DATE) or _clean(attribute("time", "datetime")),
        outlet=first("og:site_name") or outlet or _site(url),
        language=language.replace("_", "-").partition("-")[0].lower() or None,
        url=url,
        free=str(data.get("isAccessibleForFree", True)).lower() != "false",
    )


def _head(scanned: Scan) -> BeautifulSoup:
    """The elements of a page that tell something of it, wherever they stand."""
    single = (
        f"<{element.name} {element.attributes}>"
        for element in scanned.elements
        if element.name in ("html", "meta", "link", "time")
    )
    filled = (
        f"<{element.name} {element.attributes}>{content}</{element.name}>"
        for element, content in ((scanned.elements[index], content) for index, content in scanned.raw)
        if element.name == "title" or (element.name == "script" and "ld+json" in element.attributes)
    )
    return BeautifulSoup("".join((*filled, *single)), "html.parser")


def _site(url: str | None) -> str | None:
    """The site's name, as its address has it."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _linked_data(soup: BeautifulSoup) -> Mapping[str, Any]:
    """The first article among the page's JSON-LD."""
    for script in soup.find_all("script"):
        content = script.get_text()
        try:
            loaded = json.loads(content.strip().strip(";"), strict=False) if len(content) < _MAX_JSON else None
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
