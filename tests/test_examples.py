"""Every check's examples, through the real pipeline."""

from __future__ import annotations

import re

import pytest

from annotate import annotate_text
from annotate.checks import all_checks
from annotate.config import Settings
from annotate.types import Check, Example

MARK = re.compile(r"\[\[|\]\]")


def marked(text: str) -> tuple[str, list[str]]:
    """An example's plain text and the words it marks."""
    return MARK.sub("", text), re.findall(r"\[\[(.*?)\]\]", text, re.DOTALL)


@pytest.mark.parametrize(
    ("check", "example"),
    [
        pytest.param(check, example, id=f"{check.id}-{number}")
        for check in all_checks()
        for number, example in enumerate(check.examples, 1)
    ],
)
def test_flags_exactly_what_the_example_marks(check: Check, example: Example) -> None:
    text, wanted = marked(example.text)
    report = annotate_text(text, Settings(select=(check.id,), papers="off"), papers=example.papers)
    quotes = [text[finding.start : finding.end] for finding in report.findings]
    assert quotes == wanted, [(item.guard.name, item.guard.cue) for item in report.left_alone]
