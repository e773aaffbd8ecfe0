"""What was read, and the article found in it: text in typed blocks, with its place in the source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from annotate.types.labels import BlockKind


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as they were read, with where they came from."""

    reference: str
    body: bytes
    media_type: str
    encoding: str | None = None
    fetched_at: str | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text with one role in the article."""

    kind: BlockKind
    start: int
    end: int
    anchor: str | None = None

    @property
    def checked(self) -> bool:
        """Boilerplate (comment forms, photo credits, repeats) is shown but never checked."""
        return self.kind != "boilerplate"


@dataclass(frozen=True, slots=True)
class Suppression:
    """An inline comment in the draft: `annotate-ignore CHECK: reason`, good for `start:end`."""

    check: str
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """`Article.text[start:end]` was read from `Markup.source[source_start:source_end]`.

    Where both are equally long they are the same characters; otherwise the source has a reference such as `&amp;`.
    """

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Markup:
    """The page that an article was taken from, and where in its source the text stands.

    Pieces are in order, in the text and in the source; text that no piece covers (space between blocks, a headline
    known only from the metadata) is not on the page. `furniture` are offsets in the source just after the tag names
    of elements that hold nothing of the article.
    """

    source: str
    pieces: tuple[Piece, ...]
    furniture: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WordFile:
    """The Word file that an article was taken from.

    `part` is the name of its main document in the archive `package`, `markup` that part's XML with the text's places;
    `notes` place the text of each footnote at the element that refers to it.
    """

    package: bytes
    part: str
    markup: Markup
    notes: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """The text of an article and what is known about it.

    `url` is the canonical address; `notice` a line on what is missing from it, such as the part behind a paywall;
    `markup` the page, or `word` the Word file, where marks can be put back in it. `masks` are stretches of the text
    that are signs and not words, such as the address of a link in a Markdown draft.
    """

    reference: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    links: tuple[str, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    url: str | None = None
    notice: str | None = None
    markup: Markup | None = None
    word: WordFile | None = None
    media_type: str = "text/plain"
    masks: tuple[tuple[int, int], ...] = ()

    def __hash__(self) -> int:
        return hash((self.reference, self.text))  # not of each block: many caches ask for it

    @property
    def prose(self) -> str:
        """The text with blanks for what is masked, every position the same."""
        parts: list[str] = []
        last = 0
        for start, end in self.masks:
            parts.extend((self.text[last:start], " " * (end - start)))
            last = end
        return "".join((*parts, self.text[last:]))

    @property
    def headline(self) -> Block | None:
        """The block of the headline, or None where the article has none."""
        return next((block for block in self.blocks if block.kind == "headline"), None)

    def in_headline(self, position: int) -> bool:
        """Whether a position is in a headline."""
        block = self.block_at(position)
        return block is not None and block.kind == "headline"

    def block_at(self, position: int) -> Block | None:
        """The block that holds a position, or None between blocks."""
        at = bisect_right(self.blocks, position, key=lambda block: block.start) - 1
        return self.blocks[at] if at >= 0 and position < self.blocks[at].end else None
