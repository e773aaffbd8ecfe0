"""Records of papers that do not exist, put together from parts of real ones: look-alikes to tell the real ones from.

A title is the first part of one and the second of another; authors are drawn one by one from all; affiliation, journal
and date each come from some paper. Declared synthetic: for measuring only, never shipped.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from annotate.types import Paper


def distractors(papers: Sequence[Paper], count: int, seed: int = 8) -> Iterator[Paper]:
    """`count` recombined records; the same for the same seed."""
    draw = random.Random(seed)
    authors = [author for paper in papers for author in paper.authors]
    for number in range(count):
        first, second, place, journal, day = (draw.choice(papers) for _ in range(5))
        yield Paper(
            title=f"{_halves(first.title)[0]} {_halves(second.title)[1]}",
            pmid=str(90_000_000 + number),
            journal=journal.journal,
            journal_names=journal.journal_names,
            published=day.published,
            authors=tuple(draw.sample(authors, draw.choice((2, 3, 4, 5, 6, 8, 12)))),
            affiliations=place.affiliations,
        )


def _halves(title: str) -> tuple[str, str]:
    """A title before and from its colon, or its middle word."""
    if match := re.search(r"[:?.] ", title):
        return title[: match.start() + 1], title[match.end() :]
    words = title.split()
    return " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])
