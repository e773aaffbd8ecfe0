"""Groups → plots: Vega-Lite, drawn as SVG here, so that a report loads nothing and needs no JavaScript.

Every mark has a tooltip and a label for screen readers; every plot has its table beside it in the report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from annotate.faces.audit.figures import FEW, Group
from annotate.faces.intervals import Estimate

_INK, _FAINT, _FEW, _OTHER = "#1f5a8a", "#9bb8d0", "#8c8c8c", "#c2571a"
_CONFIG = {
    "font": "DejaVu Sans, Helvetica, Arial, sans-serif", "background": None,
    "view": {"stroke": None}, "axis": {"labelFontSize": 11, "titleFontSize": 11, "grid": True, "gridColor": "#eee",
    "domain": False, "ticks": False, "labelLimit": 260, "labelPadding": 8, "labelOverlap": True,
    "titleFontWeight": "normal", "titleColor": "#555"},
    "legend": {"labelFontSize": 11, "title": None, "orient": "top"},
}  # fmt: skip
_MARK = re.compile(r'<(path|rect|circle|line)\b([^>]*?)\baria-label="([^"]*)"([^>]*?)(?:/>|></\1>)')
PER_WORDS, PERCENT = "findings per 1,000 words", "share of stories"


def dots(groups: Sequence[Group], *, axis: str = PER_WORDS) -> str:
    """A dot with its interval for each group, from top to bottom."""
    percent = axis == PERCENT
    rows = [_row(group.name, group.estimate, percent=percent) for group in groups]
    return _draw(_with_intervals(rows, axis, percent=percent), height=18 * len(rows))


def pairs(groups: Sequence[tuple[str, Estimate, Estimate]], names: tuple[str, str], *, axis: str = PER_WORDS) -> str:
    """Two dots with intervals for each group, told apart by colour and shape."""
    rows = [
        {**_row(name, estimate, percent=axis == PERCENT), "which": which}
        for name, *both in groups
        for which, estimate in zip(names, both, strict=True)
    ]
    specification = _with_intervals(rows, axis, percent=axis == PERCENT)
    for layer in specification["layer"]:
        layer["encoding"]["color"] = {
            "field": "which", "type": "nominal", "scale": {"domain": list(names), "range": [_OTHER, _INK]},
        }  # fmt: skip
        layer["encoding"]["yOffset"] = {"field": "which", "type": "nominal", "sort": list(names)}
    specification["layer"][1]["encoding"]["shape"] = {
        "field": "which", "type": "nominal", "scale": {"domain": list(names), "range": ["diamond", "circle"]},
    }  # fmt: skip
    return _draw(specification, height=36 * len(groups))


def months(groups: Sequence[Group]) -> str:
    """A line over the months with its interval as a band; the dot of a month with few stories is grey."""
    held = {group.name: _row(group.name, group.estimate) for group in groups}
    nothing = {"value": None, "low": None, "high": None, "label": "", "few": True}  # breaks the line
    rows = [held.get(month) or {"name": month, **nothing} for month in _all_months(min(held), max(held))]
    x = {"field": "name", "type": "temporal", "title": None, "axis": {"format": "%b %Y", "labelOverlap": True}}
    band: dict[str, Any] = {
        "mark": {"type": "area", "opacity": 0.25, "color": _INK, "aria": False},
        "encoding": {
            "x": x,
            "y": {"field": "low", "type": "quantitative", "title": PER_WORDS},
            "y2": {"field": "high"},
        },
    }
    line: dict[str, Any] = {
        "mark": {"type": "line", "color": _INK, "aria": False},
        "encoding": {"x": x, "y": {"field": "value", "type": "quantitative"}},
    }
    points: dict[str, Any] = {
        "transform": [{"filter": "datum.value !== null"}],
        "mark": {"type": "point", "filled": True, "size": 45, "opacity": 1},
        "encoding": {**line["encoding"], "description": {"field": "label"}, "color": _colour()},
    }
    return _draw({"data": {"values": rows}, "layer": [band, line, points]}, height=220)


def _all_months(first: str, last: str) -> list[str]:
    """Months from the first to the last, such as 2024-11."""
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(start, end + 1)]


def _row(name: str, estimate: Estimate, *, percent: bool = False) -> dict[str, Any]:
    shown = [f"{value:.0%}" if percent else f"{value:.2f}" for value in (estimate.value, estimate.low, estimate.high)]
    label = f"{name}: {shown[0]} (95 % interval {shown[1]} to {shown[2]}; {estimate.n:,} stories)"
    return {
        "name": name, "value": estimate.value, "low": estimate.low, "high": estimate.high, "label": label,
        "few": estimate.n < FEW,
    }  # fmt: skip


def _with_intervals(rows: list[dict[str, Any]], axis: str, *, percent: bool) -> dict[str, Any]:
    y = {"field": "name", "type": "nominal", "sort": None, "title": None}
    scale = {"domain": [0, 1]} if percent else {"zero": True}
    shape = {"format": "%" if percent else "~f", "tickCount": 6}
    return {
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.55, "aria": False},
                "encoding": {
                    "y": y, "x": {"field": "low", "type": "quantitative", "title": axis, "scale": scale, "axis": shape},
                    "x2": {"field": "high"}, "color": _colour(),
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
                "encoding": {
                    "y": y, "x": {"field": "value", "type": "quantitative"}, "color": _colour(),
                    "description": {"field": "label"},
                },
            },
        ],
    }  # fmt: skip


def _colour() -> dict[str, Any]:
    return {"condition": {"test": "datum.few", "value": _FEW}, "value": _INK}


def _draw(specification: dict[str, Any], *, height: int) -> str:
    """SVG, with a tooltip in every mark that has a label."""
    import vl_convert

    whole = {"width": 520, "height": max(height, 40), "config": _CONFIG, **specification}
    svg: str = vl_convert.vegalite_to_svg(json.dumps(whole))
    return _MARK.sub(r'<\1\2aria-label="\3"\4><title>\3</title></\1>', svg)
