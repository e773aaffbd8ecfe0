"""JSON: one object, in the shape of `report.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from annotate.types import (
    Claim,
    Comparison,
    Concept,
    Disclosure,
    Entity,
    Fact,
    Finding,
    Guard,
    LeftAlone,
    Paper,
    Report,
    Study,
)

MEDIA_TYPE = "application/json"
SUFFIX = ".json"
STREAMS = False
SCHEMA_VERSION = 1


def render(report: Report) -> str:
    """The report as indented JSON."""
    return json.dumps(as_dict(report), ensure_ascii=False, indent=2) + "\n"


def as_dict(report: Report) -> dict[str, Any]:
    """The report as plain values; spans are half-open code points of `text`."""
    reading = report.reading
    text = reading.article.text
    return {
        "schema": SCHEMA_VERSION,
        "reference": reading.article.reference,
        "title": reading.article.title,
        "text": text,
        "blocks": [{"kind": block.kind, "start": block.start, "end": block.end} for block in reading.article.blocks],
        "entities": [_entity(entity) for entity in reading.entities],
        "claims": [_claim(claim) for claim in reading.claims],
        "study": _study(reading.study),
        "scorecard": asdict(report.scorecard),
        "disclosures": {key: _disclosure(item) for key, item in reading.disclosures.items()},
        "paper": _paper(reading.paper, report.comparisons) if reading.paper else None,
        "findings": [_finding(finding, text) for finding in report.findings],
        "left_alone": [_left_alone(item, text) for item in report.left_alone],
        "versions": dict(report.versions),
    }


def _entity(entity: Entity) -> dict[str, Any]:
    concept = entity.concept
    return {
        "start": entity.start,
        "end": entity.end,
        "kind": entity.kind,
        "id": concept.id if concept else None,
        "name": concept.name if concept else None,
        "vocabulary": concept.vocabulary if concept else None,
        "score": round(entity.score, 3),
        **{key: _concepts(getattr(entity, key)) for key in ("also", "members") if getattr(entity, key)},
        **{key: getattr(entity, key) for key in ("species", "orthologue") if getattr(entity, key)},
    }


def _concepts(concepts: tuple[Concept, ...]) -> list[dict[str, str]]:
    return [{"id": concept.id, "name": concept.name} for concept in concepts]


def _claim(claim: Claim) -> dict[str, Any]:
    fields = ("start", "end", "strength", "hedged", "negated", "attributed_to", "in_quote", "species", "main")
    return {field: getattr(claim, field) for field in fields}


def _study(study: Study) -> dict[str, Any]:
    unsaid = {"design": "unclear", "species": "none", "venue": "none"}
    fields = ("design", "species", "n", "followup", "control", "venue", "journal")
    facts: dict[str, Fact[Any] | None] = {field: getattr(study, field) for field in fields}
    return {
        **{field: fact.value if fact else unsaid.get(field) for field, fact in facts.items()},
        "spans": {field: {"start": fact.start, "end": fact.end} for field, fact in facts.items() if fact},
    }


def _disclosure(disclosure: Disclosure) -> dict[str, Any]:
    return {"state": disclosure.state, "start": disclosure.start, "end": disclosure.end}


def _paper(paper: Paper, comparisons: tuple[Comparison, ...]) -> dict[str, Any]:
    fields = ("pmid", "doi", "title", "journal", "published", "n", "conclusion", "strength", "matched_by", "score")
    return {
        **{field: getattr(paper, field) for field in fields},
        "authors": list(paper.authors),
        "notices": list(paper.notices),
        "comparisons": [asdict(comparison) for comparison in comparisons],
    }


def _guard(guard: Guard) -> dict[str, Any]:
    return {"guard": guard.name, "cue": guard.cue, "start": guard.start, "end": guard.end}


def _finding(finding: Finding, text: str) -> dict[str, Any]:
    signals: Mapping[str, float | int | str] = finding.why.signals
    return {
        "check": finding.check,
        "start": finding.start,
        "end": finding.end,
        "quote": text[finding.start : finding.end],
        "severity": finding.severity,
        "message": finding.message,
        "why": {
            "trigger": finding.why.trigger,
            "weighed": list(finding.why.weighed),
            "applied": [_guard(guard) for guard in finding.why.applied],
            "signals": dict(signals),
        },
        "suggestion": asdict(finding.suggestion) if finding.suggestion else None,
        "evidence": [asdict(evidence) for evidence in finding.evidence],
    }


def _left_alone(item: LeftAlone, text: str) -> dict[str, Any]:
    return {
        "check": item.check,
        "start": item.start,
        "end": item.end,
        "quote": text[item.start : item.end],
        **_guard_of(item.guard),
    }


def _guard_of(guard: Guard) -> dict[str, Any]:
    return {"guard": guard.name, "cue": guard.cue}
