"""SARIF, Web Annotation, CSV and Parquet: valid, whole, and each finding at its words."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pyarrow import parquet

from annotate import Report
from annotate.errors import SettingsError
from annotate.render import format_module, render
from annotate.render._rows import COLUMNS
from annotate.render.sarif import document, part, part_error
from annotate.types import Evidence, Suggestion
from tests.conftest import CORPUS
from tests.render.reports import reports

SARIF = json.loads((Path(__file__).parent / "sarif" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))


def source_of(report: Report) -> str | None:
    """The text of the file that a report is on; None where it has no lines."""
    path = CORPUS / Path(report.reading.article.reference).name
    return path.read_text(encoding="utf-8") if path.is_file() else None


def log_of(*parts: dict[str, Any]) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(document(parts))
    jsonschema.Draft4Validator(SARIF, format_checker=jsonschema.FormatChecker()).validate(log)
    return log


def test_a_sarif_log_of_many_articles_keeps_the_official_schema() -> None:
    log = log_of(*(part(report) for report in reports()), part_error("gone file.txt", "gone file.txt: no such file"))
    (run,) = log["runs"]
    assert len(run["results"]) == sum(len(report.findings) for report in reports()) > 50
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"][0]["executionSuccessful"] is False
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["text"]
        assert result["partialFingerprints"]["annotateFinding/v1"]
    cure = next(rule for rule in rules if rule["id"] == "wording.cure")
    assert "Science Media Centre" in cure["help"]["markdown"]
    assert cure["defaultConfiguration"]["level"] == "warning"
    assert cure["shortDescription"]["text"].endswith("evidence.")


def test_sarif_regions_hold_the_words() -> None:
    seen = set()
    for report in reports():
        article, source = report.reading.article, source_of(report)
        for finding, result in zip(report.findings, log_of(part(report))["runs"][0]["results"], strict=True):
            physical = result["locations"][0]["physicalLocation"]
            assert "drafts/" in physical["artifactLocation"]["uri"]
            region = physical["region"]
            if source is None or "charOffset" not in region:
                assert region == {"startLine": 1}
                continue
            lines = source.split("\n")
            quote = article.text[finding.start : finding.end]
            offset = region["charOffset"]
            marked = source[offset : offset + region["charLength"]]
            assert lines[region["startLine"] - 1][region["startColumn"] - 1 :][:1] == marked[0]
            assert lines[region["endLine"] - 1][: region["endColumn"] - 1][-1:] == marked[-1]
            if article.media_type == "text/html":
                assert (marked[0], marked[-1]) == (quote[0], quote[-1])
            else:
                assert marked == quote
            seen.add(article.media_type)
    assert {"text/plain", "text/markdown", "text/html"} <= seen


def test_a_sarif_fix_and_related_places() -> None:
    report = next(report for report in reports() if report.findings and source_of(report) is not None)
    finding = report.findings[0]
    evidence = (Evidence("Seen here.", finding.start, finding.end), Evidence("Said by the paper."))
    suggestion = Suggestion(finding.start, finding.end, "may help")
    changed = replace(report, findings=(replace(finding, evidence=evidence, suggestion=suggestion),))
    (result,) = log_of(part(changed))["runs"][0]["results"]
    assert [item["message"]["text"] for item in result["relatedLocations"]] == ["Seen here."]
    (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"]["text"] == "may help"
    assert replacement["deletedRegion"]["charLength"] == finding.end - finding.start


def test_an_empty_sarif_log_is_valid() -> None:
    assert log_of()["runs"][0]["results"] == []


def test_a_web_annotation_finds_its_words_by_both_selectors() -> None:
    ids: list[str] = []
    for report in reports():
        text = report.reading.article.text
        collection = json.loads(render(report, "webannotation"))
        assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert collection["type"] == "AnnotationCollection"
        page = collection["first"]
        assert (page["type"], page["partOf"]) == ("AnnotationPage", collection["id"])
        assert collection["total"] == len(page["items"]) == len(report.findings)
        for finding, item in zip(report.findings, page["items"], strict=True):
            assert (item["type"], item["motivation"]) == ("Annotation", "assessing")
            assert item["body"][0]["value"] == finding.message
            quote, position = item["target"]["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
            assert text[: position["start"]].endswith(quote["prefix"])
            ids.append(item["id"])
    assert len(set(ids)) == len(ids) > 50


def test_csv_has_one_header_and_a_row_a_finding() -> None:
    module = format_module("csv")
    table = module.HEADER + "".join(str(render(report, "csv")) for report in reports())
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    findings = [(report, finding) for report in reports() for finding in report.findings]
    assert len(rows) == len(findings)
    for row, (report, finding) in zip(rows, findings, strict=True):
        assert list(row) == list(COLUMNS)
        quote = report.reading.article.text[finding.start : finding.end]
        assert row["quote"].removeprefix("'") == quote.removeprefix("'")
        assert (row["check"], int(row["start"])) == (finding.check, finding.start)


def test_csv_holds_no_formula() -> None:
    report = next(report for report in reports() if report.findings)
    article = replace(report.reading.article, text="=HYPERLINK(1) @x", title="+1")
    changed = replace(
        report,
        reading=replace(report.reading, article=article),
        findings=(replace(report.findings[0], start=0, end=13), replace(report.findings[0], start=14, end=16)),
    )
    rows = list(csv.reader(io.StringIO(str(render(changed, "csv")))))
    assert [row[8] for row in rows] == ["'=HYPERLINK(1)", "'@x"]
    assert rows[0][1] == "'+1"


def test_parquet_is_the_same_table() -> None:
    module = format_module("parquet")
    table = parquet.read_table(io.BytesIO(module.document([module.part(report) for report in reports()])))
    assert table.column_names == list(COLUMNS)
    assert table.num_rows == sum(len(report.findings) for report in reports())
    quotes = [report.reading.article.text[item.start : item.end] for report in reports() for item in report.findings]
    assert table.column("quote").to_pylist() == quotes
    assert parquet.read_table(io.BytesIO(module.document([]))).num_rows == 0


def test_parquet_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SettingsError, match=r"pip install 'annotate\[parquet\]'"):
        format_module("parquet").require()


def test_json_and_the_page_take_every_kind_of_article() -> None:
    schema = json.loads(files("annotate.render").joinpath("report.schema.json").read_text(encoding="utf-8"))
    for report in reports():
        jsonschema.Draft202012Validator(schema).validate(json.loads(str(render(report, "json"))))
        page = str(render(report, "html"))
        assert page.startswith("<!doctype html>")
        assert all(finding.check in page for finding in report.findings)
