"""Copies of one story: near-duplicates by MinHash (Broder 1997), over runs of five words.

Workers sign each article; `find_copies` brings together, with DuckDB, those that share a band of their signatures,
and keeps the pairs whose signatures agree enough. What it holds in memory are the candidates, not the articles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pyarrow

PERMUTATIONS, BANDS = 64, 16
_RUN = 5
_ALIKE = 0.7
"""Share of the runs of words that two copies have in common, at least (estimated)."""
_WORD = re.compile(r"\w+")


def signature(text: str) -> bytes:
    """The MinHash of a text: 64 numbers of 32 bits. Texts of fewer words than a run have an empty one."""
    from datasketch import MinHash

    words = _WORD.findall(text.lower())
    runs = {" ".join(words[start : start + _RUN]).encode() for start in range(len(words) - _RUN + 1)}
    if not runs:
        return b""
    hashed = MinHash(num_perm=PERMUTATIONS, seed=1)
    hashed.update_batch(sorted(runs))
    return bytes(hashed.hashvalues.astype("<u4").tobytes())


def find_copies(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Write `copies.parquet`, (article, cluster) of the articles that have copies; returns the number of clusters.

    `connection` has the view `articles` of the audit in `folder`. A cluster is named by its earliest article: by date,
    then by key.
    """
    import pyarrow
    from pyarrow import parquet

    from annotate.faces.audit.storage import write_whole

    groups = _joined(_alike_pairs(connection, folder))
    first = _earliest(connection, [article for group in groups for article in group])
    rows = sorted((article, min(group, key=first.__getitem__)) for group in groups for article in group)
    columns = pyarrow.schema([("article", pyarrow.string()), ("cluster", pyarrow.string())])
    table = pyarrow.Table.from_pylist([{"article": article, "cluster": name} for article, name in rows], schema=columns)
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    write_whole(folder / "copies.parquet", [sink.getvalue().to_pybytes()])
    return len(groups)


def _alike_pairs(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[tuple[str, str]]:
    """Pairs of articles that share a band and enough of their signatures."""
    from pyarrow import parquet

    connection.execute("CREATE OR REPLACE TEMP TABLE bands (article VARCHAR, band UTINYINT, content UBIGINT)")
    for part in sorted((folder / "articles").glob("part-*.parquet")):
        cut = _bands(parquet.read_table(part, columns=["article", "minhash"]))
        connection.register("cut", cut)
        connection.execute("INSERT INTO bands SELECT * FROM cut")
        connection.unregister("cut")
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE candidates AS
        SELECT DISTINCT first, article AS other
        FROM (SELECT article, min(article) OVER (PARTITION BY band, content) AS first FROM bands)
        WHERE first <> article"""
    )
    pairs = connection.execute(
        """SELECT first, other, a.minhash, b.minhash FROM candidates
        JOIN articles a ON a.article = first JOIN articles b ON b.article = other ORDER BY first, other"""
    )
    alike = []
    while row := pairs.fetchone():
        if _agreement(row[2], row[3]) >= _ALIKE:
            alike.append((row[0], row[1]))
    return alike


def _bands(signed: pyarrow.Table) -> pyarrow.Table:
    """Articles and signatures → articles, bands and what is in them."""
    import numpy as np
    import pyarrow

    held = [row for row in signed.to_pylist() if row["minhash"]]
    signatures = np.frombuffer(b"".join(row["minhash"] for row in held), "<u4").astype(np.uint64)
    per_band = PERMUTATIONS // BANDS
    numbers = signatures.reshape(-1, BANDS, per_band)
    content = np.zeros((len(held), BANDS), np.uint64)
    for place in range(per_band):  # a hash of the band's numbers; wrong agreements are found out by the comparison
        content = (content ^ numbers[:, :, place]) * np.uint64(0x9E3779B97F4A7C15)
    articles = np.repeat(np.array([row["article"] for row in held], dtype=object), BANDS)
    bands = np.tile(np.arange(BANDS, dtype=np.uint8), len(held))
    columns = pyarrow.schema([("article", pyarrow.string()), ("band", pyarrow.uint8()), ("content", pyarrow.uint64())])
    return pyarrow.Table.from_arrays(
        [
            pyarrow.array(column, kind.type)
            for column, kind in zip((articles, bands, content.ravel()), columns, strict=True)
        ],
        schema=columns,
    )


def _agreement(one: bytes, other: bytes) -> float:
    import numpy as np

    first: np.ndarray[Any, Any] = np.frombuffer(one, "<u4")
    return float((first == np.frombuffer(other, "<u4")).mean())


def _joined(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The groups that pairs join, each sorted."""
    leader: dict[str, str] = {}

    def find(article: str) -> str:
        while leader.setdefault(article, article) != article:
            leader[article] = article = leader[leader[article]]
        return article

    for one, other in pairs:
        first, second = sorted((find(one), find(other)))
        leader[second] = first
    groups = defaultdict(list)
    for article in sorted(leader):
        groups[find(article)].append(article)
    return list(groups.values())


def _earliest(connection: duckdb.DuckDBPyConnection, articles: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Article → what it is ordered by: its date (none: last), then its key."""
    rows = connection.execute(
        "SELECT article, coalesce(published, '~') FROM articles WHERE article IN (SELECT unnest(?))", [list(articles)]
    ).fetchall()
    return {article: (published, article) for article, published in rows}
