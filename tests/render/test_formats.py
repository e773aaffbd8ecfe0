"""Every format: valid, whole, escaped."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import jsonschema
import pytest

from annotate import Report, annotate_text
from annotate.checks import all_checks
from annotate.errors import SettingsError
from annotate.render import formats, render
from annotate.render.jsonl import render_error
from annotate.types import Check, Finding, Why
from tests.conftest import CORPUS, report_of

SCHEMA = json.loads(files("annotate.render").joinpath("report.schema.json").read_text(encoding="utf-8"))


def corpus_reports() -> list[Report]:
    return [report_of(path.read_text(encoding="utf-8")) for path in sorted(CORPUS.glob("*.txt"))]


def test_json_keeps_its_schema_on_the_whole_corpus() -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for report in corpus_reports():
        document = json.loads(render(report, "json"))
        validator.validate(document)
        text = document["text"]
        assert all(text[item["start"] : item["end"]] == item["quote"] for item in document["findings"])


def test_jsonl_is_the_same_object_on_one_line(showcase: Report) -> None:
    line = render(showcase, "jsonl")
    assert line.count("\n") == 1
    assert json.loads(line) == json.loads(render(showcase, "json"))


def test_an_error_has_its_line_too() -> None:
    line = json.loads(render_error("gone.txt", "gone.txt: no such file"))
    jsonschema.Draft202012Validator(SCHEMA).validate(line)
    assert line["error"] == "gone.txt: no such file"


def test_table_has_a_line_for_each_finding(showcase: Report) -> None:
    head, study, *lines = render(showcase, "table").splitlines()
    assert study.strip() == showcase.scorecard.summary
    assert showcase.reading.article.title is not None
    assert showcase.reading.article.title in head
    assert len(lines) == len(showcase.findings)
    article = showcase.reading.article.text.split("\n")
    for line, finding in zip(lines, showcase.findings, strict=True):
        row, column = map(int, line.split()[0].split(":"))
        quote = showcase.reading.article.text[finding.start : finding.end].split("\n")[0]
        assert article[row - 1][column - 1 :].startswith(quote)


def test_the_same_text_gives_the_same_bytes(showcase: Report) -> None:
    again = annotate_text(showcase.reading.article.text)
    for name in formats():
        assert render(again, name) == render(replace(showcase), name)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(SettingsError, match="the formats are"):
        render(report_of("A headline\n\nA text."), "pdf")


class _Text(HTMLParser):
    """The words inside the article element, without the numbers and the notes; and every mark's text."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = self.skipped = 0
        self.words: list[str] = []
        self.marks: dict[str, str] = {}
        self.current: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "article":
            self.inside = 1
        elif tag in ("sup", "details"):
            self.skipped += 1
        elif tag == "mark":
            self.current = (values["data-notes"] or "").split()

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.inside = 0
        elif tag in ("sup", "details"):
            self.skipped -= 1
        elif tag == "mark":
            self.current = []

    def handle_data(self, data: str) -> None:
        if self.inside and not self.skipped:
            self.words.append(data)
            for number in self.current:
                self.marks[number] = self.marks.get(number, "") + data


def parsed(report: Report) -> _Text:
    parser = _Text()
    parser.feed(render(report, "html"))
    return parser


def test_html_without_its_marks_is_the_article() -> None:
    for report in corpus_reports():
        article = report.reading.article
        blocks = "".join(article.text[block.start : block.end] for block in article.blocks)
        assert "".join("".join(parsed(report).words).split()) == "".join(blocks.split())


def test_html_marks_exactly_the_words(showcase: Report) -> None:
    marks = parsed(showcase).marks
    assert showcase.findings
    for number, finding in enumerate(showcase.findings, 1):
        assert marks[str(number)] == showcase.reading.article.text[finding.start : finding.end]


def test_overlapping_findings_are_each_shown_whole() -> None:
    report = report_of("A headline\n\nOne two three four five six.")
    text = report.reading.article.text
    spans = [("One two three", "names.one"), ("two three four five", "text.two"), ("three", "wording.three")]
    findings = tuple(
        Finding(check, text.index(words), text.index(words) + len(words), "warning", "?", Why(words))
        for words, check in spans
    )
    checks = tuple(Check(check, "warning", (), doc="A check.") for _, check in spans)
    marks = parsed(replace(report, findings=findings, checks=checks)).marks
    assert [marks[str(number)] for number in (1, 2, 3)] == [words for words, _ in spans]


def test_everything_from_the_article_is_escaped() -> None:
    text = (
        "<script>alert('a cure')</script> & \"more\"\n\n"
        "<img src=x onerror=alert(1)> A miracle drug cured </mark></article> all six patients, said Amara Obi."
    )
    page = render(annotate_text(text), "html")
    assert page.count("<script>") == 1  # the page's own
    assert "<img" not in page
    assert "&lt;script&gt;alert(" in page
    assert "&lt;/mark&gt;" in page


def test_html_loads_nothing_from_elsewhere(showcase: Report) -> None:
    page = html.unescape(render(showcase, "html"))
    assert "default-src 'none'" in page
    for attribute in ('src="', "url(", "@import", "<link"):
        assert attribute not in page


def test_every_family_and_guard_has_its_words() -> None:
    from typing import get_args

    from annotate.render import _labels as labels
    from annotate.types import DISCLOSURES, GuardName

    assert {check.family for check in all_checks()} <= set(labels.FAMILIES)
    assert set(get_args(GuardName)) == set(labels.GUARDS)
    assert set(DISCLOSURES) == set(labels.DISCLOSURES)
