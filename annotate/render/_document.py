"""The page that an article was taken from, sanitised, with marks in its own DOM.

Marks are put into the page's source as noncharacters, which no page may hold, always inside one text node; the
sanitiser (nh3) reads and writes the page; then the noncharacters become elements. So nothing the page says can make
a mark, and everything but the marks is what the sanitiser leaves of the page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from annotate.types import Markup, Piece

# No scripts, styles, pictures, frames or forms. `main` would be a second one on our page.
TAGS: Final = frozenset(
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del "
    "details dfn div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i ins kbd "
    "legend li mark menu nav nobr ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table "
    "tbody td tfoot th thead time tr tt u ul var wbr".split()
)
REMOVED: Final = frozenset(
    "script style title noscript template svg math iframe object select textarea noembed noframes canvas video audio "
    "map datalist".split()
)
_ATTRIBUTES = {
    "*": {"class", "dir", "lang"}, "a": {"href"}, "ol": {"start"}, "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"}, "time": {"datetime"},
}  # fmt: skip
_LANDMARKS = ("nav", "header", "footer", "aside")
_OPEN, _CLOSE, _POINT, _STOP = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_SIGNS = re.compile("[\ufdd0-\ufdef]")
_MARKED = re.compile(f"{_OPEN}(?P<open>\\d+){_STOP}|{_CLOSE}(?P<close>\\d+){_STOP}|{_POINT}(?P<point>\\d+){_STOP}")
_TOKEN = re.compile(
    f"{_MARKED.pattern}|<(?P<end>/?)(?P<name>[a-z0-9]+)(?P<attributes>[^>]*)>|(?P<text>[^<{_OPEN}{_CLOSE}{_POINT}]+)"
)
_LEVEL = re.compile(r"h([1-6])")


@dataclass(frozen=True, slots=True)
class Mark:
    """Elements to put around `text[start:end]`; `after`, given whether it stands in a link, follows the last of them.

    An empty span is a point: only `after` is put there.
    """

    start: int
    end: int
    before: str = ""
    after: Callable[[bool], str] = lambda _: ""


def placed(pieces: Sequence[Piece], start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of source that `text[start:end]` was read from, in order."""
    found = [
        _within(piece, max(start, piece.start), min(end, piece.end))
        for piece in pieces
        if piece.start < end and start < piece.end
    ]
    return sorted(found)


def _within(piece: Piece, start: int, end: int) -> tuple[int, int]:
    if piece.end - piece.start != piece.source_end - piece.source_start:
        return piece.source_start, piece.source_end
    return piece.source_start + start - piece.start, piece.source_start + end - piece.start


def render(markup: Markup, marks: Sequence[Mark], base: str | None = None) -> str | None:
    """The page with its marks; None where a mark would be lost or would change anything else.

    Links are made full with `base`, the page's own address; without it, those that are not full lead nowhere.
    """
    source = _SIGNS.sub("\ufffd", markup.source)
    rest = "rest-" + hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()[:12]
    furniture = [(place, f' class="{rest}"') for place in markup.furniture]
    signs = list(_signs(markup, marks))
    marked = _sanitised(_inserted(source, [*furniture, *signs]), rest, base)
    bare, survived = _MARKED.subn("", marked)
    if survived != len(signs) or bare != _sanitised(_inserted(source, furniture), rest, base):
        return None
    return "".join(_finished(marked, rest, marks))


def _signs(markup: Markup, marks: Sequence[Mark]) -> Iterator[tuple[int, str]]:
    """(place in the source, sign); each mark covers one stretch of one text node."""
    for number, mark in enumerate(marks):
        stretches = list(_joined(markup.source, placed(markup.pieces, mark.start, max(mark.end, mark.start + 1))))
        if mark.end > mark.start:
            for start, end in stretches:
                yield start, f"{_OPEN}{number}{_STOP}"
                yield end, f"{_CLOSE}{number}{_STOP}"
        if stretches:
            yield stretches[-1][1] if mark.end > mark.start else stretches[0][0], f"{_POINT}{number}{_STOP}"


def _joined(source: str, stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches made one where no tag stands between them."""
    last: tuple[int, int] | None = None
    for start, end in stretches:
        if last and "<" not in source[last[1] : start]:
            last = last[0], end
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last


def _inserted(source: str, signs: Iterable[tuple[int, str]]) -> str:
    parts, position = [], 0
    # Stable: at one place, signs stay in the order in which they were given.
    for place, sign in sorted(signs, key=lambda item: item[0]):
        parts += [source[position:place], sign]
        position = place
    return "".join((*parts, source[position:]))


def _sanitised(source: str, rest: str, base: str | None) -> str:
    import nh3

    def kept(_: str, attribute: str, value: str) -> str | None:
        return value if attribute != "class" or value == rest else None

    return nh3.clean(
        source, tags=set(TAGS), clean_content_tags=set(REMOVED), attributes=_ATTRIBUTES, attribute_filter=kept,
        url_schemes={"http", "https"}, url_relative=("rewrite_with_base", base) if base else "deny",
        set_tag_attribute_values={name: {"role": "none"} for name in _LANDMARKS},
    )  # fmt: skip


def _finished(page: str, rest: str, marks: Sequence[Mark]) -> Iterator[str]:
    """The sanitised page with elements for signs, and with what a screen reader trips over smoothed.

    Links and headings that have lost their picture are taken out of reach; a heading says the level that follows from
    the one before.
    """
    link = False
    level = 2
    for token in _TOKEN.finditer(page):
        if token["open"]:
            yield marks[int(token["open"])].before
        elif token["close"]:
            yield "</mark>"
        elif token["point"]:
            yield marks[int(token["point"])].after(link)
        elif token["text"]:
            yield token["text"]
        else:
            name, attributes = token["name"], token["attributes"].replace(f'class="{rest}"', 'class="rest"')
            if name == "a":
                link = not token["end"]
            if not token["end"] and (name == "a" or _LEVEL.fullmatch(name)) and _is_empty(page, token.end(), name):
                attributes = ' aria-hidden="true"'
            elif not token["end"] and (heading := _LEVEL.fullmatch(name)) and 'class="rest"' not in attributes:
                if int(heading[1]) > level + 1:
                    attributes += f' aria-level="{level + 1}"'
                level = min(int(heading[1]), level + 1)
            yield f"<{token['end']}{name}{attributes}>"


def _is_empty(page: str, position: int, name: str) -> bool:
    """Whether an element that begins here holds no words."""
    end = page.find(f"</{name}>", position)
    return end - position < 2_000 and not re.sub(r"<[^>]*>|&nbsp;|\s", "", page[position:end])
