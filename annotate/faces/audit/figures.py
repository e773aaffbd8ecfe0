"""The figures of an audit, asked of its tables with DuckDB. Every story counts once, whoever carried it.

Findings are counted without the family `caveats`: what readers are not told is shown as the share of stories that do
tell it, among those where it applies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotate.faces.intervals import Estimate, rate, share
from annotate.types import DISCLOSURES

if TYPE_CHECKING:
    import duckdb

FEW = 30
"""A group of fewer stories is marked: its interval says more than its figure."""
_GROUPS = 25
_EXAMPLES = 8
_LONG_ENOUGH = 150
"""Words of a story that can be an example."""
_COUNTED = "family NOT IN ('caveats') AND check_id <> 'paper.not-found'"


@dataclass(frozen=True, slots=True)
class Group:
    """A figure for a check, an outlet, a month, a subject or a disclosure."""

    name: str
    estimate: Estimate
    count: int
    note: str = ""

    @property
    def few(self) -> bool:
        """Too few stories to go by."""
        return self.estimate.n < FEW


@dataclass(frozen=True, slots=True)
class Example:
    """A story worth a look."""

    article: str
    title: str
    outlet: str | None
    published: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What was audited."""

    articles: int
    stories: int
    words: int
    outlets: int
    months: tuple[str, str] | None
    errors: tuple[tuple[str, str, int], ...]
    """Status, reason and number."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a report shows."""

    overview: Overview
    overall: Estimate
    checks: tuple[Group, ...]
    affected: Mapping[str, Estimate]
    """Check → the share of stories with a finding of it."""
    outlets: tuple[Group, ...]
    months: tuple[Group, ...]
    subjects: tuple[Group, ...]
    told: tuple[Group, ...]
    headline: tuple[tuple[str, Estimate, Estimate], ...]
    """Family, findings per 1,000 words of headline and standfirst, and of body."""
    copies: tuple[Example, ...]
    worst: tuple[Example, ...]
    best: tuple[Example, ...]


def figures(connection: duckdb.DuckDBPyConnection) -> Figures:
    """The figures of the audit whose views `connection` has."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE counted AS
        SELECT s.article, s.outlets, s.month, s.subject, s.words, s.title, s.outlet, s.published, coalesce(f.n, 0) AS n
        FROM stories s LEFT JOIN (SELECT article, count(*) AS n FROM findings WHERE {_COUNTED} GROUP BY article) f
        USING (article) ORDER BY s.article"""  # noqa: S608 – constants of this module
    )
    checks = _by_check(connection)
    return Figures(
        overview=_overview(connection),
        overall=_overall(connection),
        checks=tuple(group for group, _ in checks),
        affected={group.name: affected for group, affected in checks},
        outlets=_grouped(connection, "unnest(outlets)", largest=True),
        months=_grouped(connection, "month", largest=False),
        subjects=_grouped(connection, "subject", largest=True),
        told=_told(connection),
        headline=_headline(connection),
        copies=_copies(connection),
        worst=_worst(connection),
        best=_best(connection),
    )


def _overview(connection: duckdb.DuckDBPyConnection) -> Overview:
    articles, outlets, first, last = _row(
        connection, "SELECT count(*), count(DISTINCT outlet), min(month), max(month) FROM articles"
    )
    stories, words = _row(connection, "SELECT count(*), coalesce(sum(words), 0) FROM counted")
    errors = connection.execute(
        "SELECT status, reason, count(*) FROM errors GROUP BY ALL ORDER BY status DESC, count(*) DESC, reason"
    ).fetchall()
    months = (str(first), str(last)) if first else None
    return Overview(int(articles), int(stories), int(words), int(outlets), months, tuple(errors))


def _overall(connection: duckdb.DuckDBPyConnection) -> Estimate:
    counts, words = _columns(connection, "SELECT n, words FROM counted")
    return rate(counts, words)


def _by_check(connection: duckdb.DuckDBPyConnection) -> list[tuple[Group, Estimate]]:
    articles, words = _columns(connection, "SELECT article, words FROM counted")
    place = {article: number for number, article in enumerate(articles)}
    found = connection.execute(
        f"""SELECT check_id, list(article ORDER BY article), list(n ORDER BY article), sum(n) AS total FROM
        (SELECT check_id, article, count(*) AS n FROM findings SEMI JOIN counted USING (article)
         WHERE {_COUNTED} GROUP BY check_id, article) GROUP BY check_id ORDER BY total DESC, check_id"""  # noqa: S608
    ).fetchall()
    quotes = _quotes(connection)
    groups = []
    for check, where, numbers, total in found:
        counts = [0] * len(words)
        for article, number in zip(where, numbers, strict=True):
            counts[place[article]] = number
        group = Group(check, rate(counts, words), int(total), note=", ".join(quotes.get(check, ())))
        groups.append((group, share(len(where), len(words))))
    return groups


def _quotes(connection: duckdb.DuckDBPyConnection, most: int = 4) -> dict[str, tuple[str, ...]]:
    """The words a check marked most often, where any came twice."""
    rows = connection.execute(
        f"""WITH marked AS (
          SELECT check_id, lower(trim(trigger)) AS words, count(*) AS n FROM findings SEMI JOIN counted USING (article)
          WHERE {_COUNTED} AND length(trigger) BETWEEN 2 AND 40 GROUP BY ALL HAVING count(*) > 1
        )
        SELECT check_id, words, n FROM marked
        QUALIFY row_number() OVER (PARTITION BY check_id ORDER BY n DESC, words) <= ?
        ORDER BY check_id, n DESC, words""",  # noqa: S608
        [most],
    ).fetchall()
    found: dict[str, tuple[str, ...]] = {}
    for check, words, n in rows:
        found[check] = (*found.get(check, ()), f"{words} ({n})")
    return found


def _grouped(connection: duckdb.DuckDBPyConnection, key: str, *, largest: bool) -> tuple[Group, ...]:
    """Findings per 1,000 words in each group; the largest groups first, or all in the order of their names."""
    order = "count(*) DESC, name LIMIT ?" if largest else "name DESC LIMIT ?"
    rows = connection.execute(
        f"""SELECT name, list(n ORDER BY article), list(words ORDER BY article), sum(n)
        FROM (SELECT {key} AS name, article, n, words FROM counted) WHERE name IS NOT NULL
        GROUP BY name ORDER BY {order}""",  # noqa: S608
        [_GROUPS if largest else 120],
    ).fetchall()
    groups = tuple(Group(str(name), rate(counts, words), int(total)) for name, counts, words, total in rows)
    return groups if largest else groups[::-1]


def _told(connection: duckdb.DuckDBPyConnection) -> tuple[Group, ...]:
    rows = connection.execute(
        """SELECT key, count(*) FILTER (state = 'present'), count(*) FILTER (state <> 'n/a')
        FROM disclosures SEMI JOIN counted USING (article) GROUP BY key"""
    ).fetchall()
    found = {key: (int(present), int(applies)) for key, present, applies in rows}
    return tuple(Group(key, share(*found.get(key, (0, 0))), found.get(key, (0, 0))[0]) for key in DISCLOSURES)


def _headline(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, Estimate, Estimate], ...]:
    families = [row[0] for row in connection.execute(
        f"SELECT DISTINCT family FROM findings WHERE {_COUNTED} AND family NOT IN ('structure', 'paper') ORDER BY 1"  # noqa: S608
    ).fetchall()]  # fmt: skip
    return tuple(
        (family, _of_place(connection, family, "headline"), _of_place(connection, family, "body"))
        for family in families
    )


def _of_place(connection: duckdb.DuckDBPyConnection, family: str, place: str) -> Estimate:
    length = "s.headline_words" if place == "headline" else "s.words - s.headline_words"
    counts, words = _columns(
        connection,
        f"""SELECT count(f.article), {length} FROM stories s LEFT JOIN findings f
        ON f.article = s.article AND f.family = ? AND f.place = ?
        WHERE {length} > 0 GROUP BY s.article, s.words, s.headline_words ORDER BY s.article""",  # noqa: S608
        [family, place],
    )
    return rate(counts, words)


def _copies(connection: duckdb.DuckDBPyConnection) -> tuple[Example, ...]:
    return _examples(
        connection,
        """SELECT article, title, outlet, published,
        copies || ' copies: ' || array_to_string(outlets, ', ')
        FROM stories WHERE copies > 1 ORDER BY copies DESC, article LIMIT ?""",
    )


def _worst(connection: duckdb.DuckDBPyConnection) -> tuple[Example, ...]:
    return _examples(
        connection,
        f"""SELECT article, title, outlet, published, n || ' findings in ' || words || ' words'
        FROM counted WHERE words >= {_LONG_ENOUGH} AND n > 1
        ORDER BY n * 1.0 / words DESC, article LIMIT ?""",  # noqa: S608
    )


def _best(connection: duckdb.DuckDBPyConnection) -> tuple[Example, ...]:
    return _examples(
        connection,
        f"""SELECT article, title, outlet, published, told || ' of ' || applies || ' things told'
        FROM counted JOIN (SELECT article, count(*) FILTER (state = 'present') AS told,
                           count(*) FILTER (state <> 'n/a') AS applies FROM disclosures GROUP BY article)
        USING (article) WHERE words >= {_LONG_ENOUGH} AND applies >= 8 AND n = 0
        ORDER BY told * 1.0 / applies DESC, told DESC, article LIMIT ?""",  # noqa: S608
    )


def _examples(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Example, ...]:
    return tuple(Example(*row) for row in connection.execute(query, [_EXAMPLES]).fetchall())


def _row(connection: duckdb.DuckDBPyConnection, query: str) -> Sequence[Any]:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row


def _columns(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any] = ()) -> tuple[Any, Any]:
    """The two columns of a query."""
    rows = connection.execute(query, list(values)).fetchall()
    return [row[0] for row in rows], [row[1] for row in rows]
