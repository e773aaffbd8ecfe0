"""Whether marks come back on the page itself: sentences of extracted articles, marked and looked for in the DOM.

    python corpus/placement.py FOLDER [--marks N] [--seed N]

FOLDER is that of corpus/extraction.py. On each page N sentences chosen at random are marked; the rendered article is
read by an independent parser (Lexbor), which says whether each mark covers exactly its words, whether the text outside
is that of the page, and whether the elements without the marks are those of the page read by the same parser. The
page's own side is made there by dropping what is never shown, unwrapping what the view leaves out (forms, `main`,
pictures) and leaving attributes aside.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from annotate.render import _document
from annotate.types import Article
from corpus.extraction import extracted, read

_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*[\"”’')\]]*")
_UNSEEN = str.maketrans("", "", "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\x00")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--marks", type=int, default=25)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    names = sorted(json.loads((args.folder / "ground-truth.json").read_text(encoding="utf-8")))
    exact = marked = hidden = same_text = same_elements = rendered = pages = 0
    for name in names:
        article = extracted(read(args.folder / "html" / f"{name}.html.gz"))
        if article is None or article.markup is None:
            continue
        pages += 1
        spans = sentences(article)
        chosen = sorted(chance.sample(spans, min(args.marks, len(spans))))
        marked += len(chosen)
        marks = [_document.Mark(start, end, f'<mark data-notes="{i}">') for i, (start, end) in enumerate(chosen)]
        page = _document.render(article.markup, marks)
        if page is None:
            print(f"{name}: not rendered in its own markup")
            continue
        rendered += 1
        found = highlighted(page, len(chosen))
        for (start, end), text in zip(chosen, found, strict=True):
            exact += plain(article.text[start:end]) == text
            if plain(article.text[start:end]) != text:
                print(f"{name}: {text!r} for {plain(article.text[start:end])!r}")
        hidden += len(chosen) - len(visible(page))
        ours, theirs = list(nodes(page)), list(nodes(article.markup.source))
        same_text += text_of(ours) == text_of(theirs)
        if ours == theirs:
            same_elements += 1
        else:
            print(f"{name}: {difference(ours, theirs)}")
    print(f"sentences found again exactly: {exact} of {marked} ({exact / marked:.2%})")
    print(f"of them folded away with the furniture: {hidden}")
    print(f"pages rendered in their own markup: {rendered} of {pages}; text the page's: {same_text}")
    print(f"elements without the marks the page's: {same_elements} of {pages} ({same_elements / pages:.2%})")


def sentences(article: Article) -> list[tuple[int, int]]:
    """Spans that a finding can mark and that have a place on the page."""
    assert article.markup is not None
    spans = []
    for block in article.blocks:
        if block.checked and _document.placed(article.markup.pieces, block.start, block.end):
            for match in _SENTENCE.finditer(article.text, block.start, block.end):
                if match[0].strip():
                    lead = len(match[0]) - len(match[0].lstrip())
                    spans.append((match.start() + lead, match.start() + len(match[0].rstrip())))
    return spans


def plain(text: str) -> str:
    return " ".join(text.translate(_UNSEEN).split())


def highlighted(page: str, count: int) -> list[str]:
    """The words under each mark, in one string."""
    from selectolax.lexbor import LexborHTMLParser

    parts: list[str] = [""] * count
    breaks = 0
    seen = [0] * count
    body = LexborHTMLParser(page).body
    for node in body.traverse() if body is not None else ():
        if node.tag == "br":
            breaks += 1
        elif node.tag == "mark" and "data-notes" in node.attributes:
            number = int(node.attributes["data-notes"] or 0)
            parts[number] += " " * (breaks > seen[number]) + node.text()  # a line break is a space of the text
            seen[number] = breaks
    return [plain(part) for part in parts]


def visible(page: str) -> set[str]:
    """The marks that no part of stands in the furniture."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(page)
    shown, folded = (
        {node.attributes["data-notes"] or "" for node in tree.css(selector)}
        for selector in ("mark[data-notes]", ".rest mark[data-notes]")
    )
    return shown - folded


def nodes(source: str) -> Iterator[str]:
    """Start and end tags, and text without white space, of the body as it is shown."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(source).body
    if body is not None:
        yield from joined(walk(body))


def walk(node: Any) -> Iterator[str]:
    for child in node.iter(include_text=True):
        tag = child.tag
        if tag == "-text":
            yield child.text(deep=False)
        elif tag in _document.REMOVED or tag.startswith(("-", "!", "_")):
            continue
        elif tag in _document.TAGS and not (tag == "mark" and "data-notes" in child.attributes):
            yield f"<{tag}>"
            yield from walk(child)
            yield f"</{tag}>"
        else:
            yield from walk(child)


def joined(items: Iterator[str]) -> Iterator[str]:
    text = ""
    for item in items:
        if item.startswith("<") and item.endswith(">"):
            if squeezed := "".join(text.split()):
                yield squeezed
            text = ""
            yield item
        else:
            text += item
    if squeezed := "".join(text.split()):
        yield squeezed


def text_of(items: Sequence[str]) -> str:
    return "".join(item for item in items if not item.startswith("<"))


def difference(ours: Sequence[str], theirs: Sequence[str]) -> str:
    place = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    return f"{list(ours[place - 2 : place + 3])} for {list(theirs[place - 2 : place + 3])}"


if __name__ == "__main__":
    main()
