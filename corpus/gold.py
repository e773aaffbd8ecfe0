"""Fill in the offsets of the gold annotations: `python corpus/gold.py`.

Golds are written by quote: `"quote"` copied from the article and, where those words stand there more than once,
`"occurrence"` (1 is the first). This script adds `"start"` and `"end"`, half-open code points of the article's text,
for `.txt` articles, whose text is the file's own. Articles in other formats keep quotes only, since their text is what
the program extracts; here they are just looked up in what a browser would show. Running it twice changes nothing.

With `--check` nothing is written. Exit status 1: a quote is not in its article, is ambiguous, or (with `--check`) its
offsets are missing or stale.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).resolve().parent
SPANS = ("findings", "traps", "boilerplate", "entities")
"""The keys of a gold that hold lists of quotes."""


class GoldError(ValueError):
    """A gold annotation that does not fit its article."""


class _Visible(HTMLParser):
    """Collects the words that a browser would show; blocks are separated by line breaks."""

    HIDDEN = frozenset({"head", "script", "style"})
    INLINE = frozenset({"a", "abbr", "b", "cite", "em", "i", "mark", "span", "strong", "sub", "sup"})

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's signature
        self._hidden += tag in self.HIDDEN
        if tag not in self.INLINE:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in self.HIDDEN
        if tag not in self.INLINE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data)


def article_path(gold: dict[str, Any], corpus: Path = CORPUS) -> Path:
    """The article that a gold annotates."""
    return corpus / "articles" / str(gold["reference"])


def article_text(path: Path) -> str:
    """The text that quotes are looked up in: the file's own or, for a page, what a browser would show."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".html":
        return text
    visible = _Visible()
    visible.feed(text)
    return "".join(visible.pieces)


def occurrences(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place of a quote; a space in the quote matches any run of white space."""
    pattern = r"\s+".join(re.escape(part) for part in quote.split())
    return [match.span(1) for match in re.finditer(f"(?=({pattern}))", text)]


def locate(text: str, span: dict[str, Any]) -> tuple[int, int]:
    """Where an annotated quote stands in a text. Raises GoldError where it does not, or could be in several places."""
    places = occurrences(text, span["quote"])
    if not places:
        raise GoldError(f"not in the article: {span['quote']!r}")
    if "occurrence" not in span and len(places) > 1:
        raise GoldError(f"stands there {len(places)} times, so say which 'occurrence': {span['quote']!r}")
    wanted: int = span.get("occurrence", 1)
    if not 1 <= wanted <= len(places):
        raise GoldError(f"stands there {len(places)} times, not {wanted}: {span['quote']!r}")
    return places[wanted - 1]


def load(corpus: Path = CORPUS) -> list[tuple[Path, dict[str, Any]]]:
    """Every gold with its file, in the order of the file names."""
    return [(path, json.loads(path.read_text(encoding="utf-8"))) for path in sorted((corpus / "gold").glob("*.json"))]


def filled(gold: dict[str, Any], corpus: Path = CORPUS) -> dict[str, Any]:
    """The gold with the offsets that its article gives it. Raises GoldError."""
    path = article_path(gold, corpus)
    text = article_text(path)
    spans = {key: [_filled(span, text, offsets=path.suffix == ".txt") for span in gold[key]] for key in SPANS}
    return {**gold, **spans}


def _filled(span: dict[str, Any], text: str, *, offsets: bool) -> dict[str, Any]:
    start, end = locate(text, span)
    rest = {key: value for key, value in span.items() if key not in ("check", "start", "end")}
    check = {"check": span["check"]} if "check" in span else {}
    return {**check, **({"start": start, "end": end} if offsets else {}), **rest}


def dump(gold: dict[str, Any]) -> str:
    """A gold as it is written to its file: one annotation a line, so that a change shows as one line."""
    return "".join(_lines(gold))


def _lines(gold: dict[str, Any]) -> Iterator[str]:
    yield "{\n"
    for index, (key, value) in enumerate(gold.items()):
        yield f' "{key}": '
        if isinstance(value, list) and value:
            yield "[\n" + ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in value) + "\n ]"
        else:
            yield json.dumps(value, ensure_ascii=False)
        yield ",\n" if index < len(gold) - 1 else "\n"
    yield "}\n"


def main(arguments: list[str] | None = None) -> int:
    """Fill in or check all golds; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file would change")
    options = parser.parse_args(arguments)
    faults = 0
    for path, gold in load():
        try:
            text = dump(filled(gold))
        except GoldError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            faults += 1
            continue
        if text == path.read_text(encoding="utf-8"):
            continue
        if options.check:
            print(f"{path.name}: offsets missing or stale; run python corpus/gold.py", file=sys.stderr)
            faults += 1
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{path.name}: written")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
