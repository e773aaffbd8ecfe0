"""An audit as one HTML page: figures with their intervals, plots, examples with their annotated pages beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from annotate import checks
from annotate.errors import AnnotateError
from annotate.faces.audit import documents, plan, plots, review
from annotate.faces.audit.figures import FEW, Example, Figures, Group, figures
from annotate.faces.audit.run import open_tables
from annotate.faces.audit.storage import write_whole

TOLD = {
    "sample_size": "how many were studied",
    "control_group": "who they were compared with",
    "followup": "for how long",
    "harms": "harms",
    "cost": "cost",
    "availability": "availability",
    "alternatives": "alternatives",
    "funding_or_conflicts": "who paid, conflicts of interest",
    "independent_source": "an independent voice",
    "review_status": "where it appeared, whether reviewed",
    "limitations": "limitations",
    "absolute_numbers": "absolute numbers",
    "causation_caveat": "that it cannot show a cause",
    "species_stated": "which animals or cells",
}

_PLOTTED = 5
"""Groups of fewer stories are in the table only."""


@dataclass(frozen=True, slots=True)
class Linked:
    """An example with its annotated page, where its source could still be read."""

    example: Example
    page: str | None


def write_report(folder: Path, *, pages: bool = True) -> Path:
    """Write `report.html` into an audit's folder, and the annotated pages of its examples into `report/`.

    Raises AnnotateError where the audit is not finished.
    """
    manifest = plan.manifest_of(folder)
    with open_tables(folder) as connection:
        found = figures(connection)
        if not found.overview.stories:
            raise AnnotateError(f"{folder}: no article of this audit was checked; `errors` says why")
        judged = review.precision(folder)
    links = _pages(folder, (found.worst, found.best, found.copies)) if pages else {}
    write_whole(folder / "report.html", [_page(folder, manifest, found, judged, links).encode()])
    return folder / "report.html"


def _page(folder: Path, manifest: dict[str, Any], found: Figures, judged: Any, links: dict[str, str]) -> str:
    template, style = _template()
    told = [_renamed(group) for group in found.told if group.estimate.n]

    def linked(examples: Iterable[Example]) -> list[Linked]:
        return [Linked(example, links.get(example.article)) for example in examples]

    page: str = template.render(
        title=f"Audit of {found.overview.stories:,} stories",
        folder=folder.name,
        manifest=manifest,
        found=found,
        judged=judged,
        told=told,
        few=FEW,
        summaries={check.id: check.summary for check in checks.all_checks()},
        style=style,
        policy="default-src 'none'; style-src 'unsafe-inline'; img-src data:",  # the plots style themselves
        worst=linked(found.worst),
        best=linked(found.best),
        copies=linked(found.copies),
        plots={
            "checks": plots.dots(found.checks),
            "outlets": _drawn(found.outlets),
            "months": plots.months(found.months) if len(found.months) > 1 else "",
            "subjects": _drawn(found.subjects),
            "told": plots.dots(told, axis=plots.PERCENT),
            "headline": plots.pairs(found.headline, ("headline", "body")) if found.headline else "",
        },
    )
    return page


def _drawn(groups: Sequence[Group]) -> str:
    """The plot of several groups, without those of so few stories that their intervals would dwarf the others."""
    shown = [group for group in groups if group.estimate.n >= _PLOTTED]
    if len(groups) < 2:
        return ""
    return plots.dots(shown if len(shown) > 1 else groups)


def _renamed(group: Any) -> Any:
    from dataclasses import replace

    return replace(group, name=TOLD[group.name])


def _pages(folder: Path, examples: Sequence[Iterable[Example]]) -> dict[str, str]:
    """Annotated pages of the examples: article → link. What can no longer be read has none."""
    from annotate.pipeline import annotate_page
    from annotate.render import render

    wanted = {example.article for group in examples for example in group}
    settings = plan.job_of(plan.manifest_of(folder)).settings
    links = {}
    for article, named in sources_of(folder, wanted):
        try:
            page = str(render(annotate_page(documents.read(named).page, settings), "html"))
        except AnnotateError:
            continue
        write_whole(folder / "report" / f"{article}.html", [page.encode()])
        links[article] = f"report/{article}.html"
    return links


def sources_of(folder: Path, articles: Iterable[str]) -> Iterable[tuple[str, documents.Named]]:
    """Where articles were read from, in the order of the plan."""
    wanted = set(articles)
    shards = {article.rpartition("-")[0] for article in wanted}
    for shard in plan.read(folder):
        if shard.name in shards:
            for number, named in enumerate(shard.documents):
                if (key := f"{shard.name}-{number:04d}") in wanted:
                    yield key, named


@cache
def _template() -> tuple[Any, str]:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("annotate.faces.audit", "templates"), autoescape=True, trim_blocks=True,
        lstrip_blocks=True, undefined=StrictUndefined,
    )  # fmt: skip
    environment.filters["percent"] = lambda value: f"{value:.0%}"
    environment.filters["number"] = lambda value: f"{value:,}"
    style = files("annotate.faces.audit").joinpath("templates/report.css").read_text(encoding="utf-8")
    return environment.get_template("report.html.jinja"), style
