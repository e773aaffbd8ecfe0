"""Corrupted text: what is mended, and how."""

from __future__ import annotations

import pytest

from annotate import annotate_text
from annotate.config import Settings


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("The boys ran for an hourThe girls swam.", "hour. The"),
        ("They were treated inBoston last year.", "in Boston"),
        ("The dogs had treatmentwith a drug.", "treatment with"),
        ("The drug was safe.Nobody fell ill.", "safe. Nobody"),
        ("He took of of it.", "of"),
        ("Gout a A painful disease.", "Gout is a"),
        ("The t\u0430blet works.", "tablet"),
    ],
)
def test_mends(text: str, mended: str) -> None:
    findings = annotate_text(text, Settings(select=("text.corrupted",))).findings
    assert [finding.suggestion.replacement for finding in findings if finding.suggestion] == [mended]


def test_an_open_quotation_is_closed_before_its_attribution() -> None:
    text = "Drops\n\n“The children slept all night, said Dr Amari. “We were surprised.”"
    finding = annotate_text(text, Settings(select=("text.corrupted",))).findings[0]
    assert finding.suggestion is not None
    fixed = text[: finding.suggestion.start] + finding.suggestion.replacement + text[finding.suggestion.end :]
    assert "all night,” said Dr Amari" in fixed
