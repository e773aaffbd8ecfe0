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
        ("They all slept. but if Study On Monday, the team wrote that naps help.", "In a study out Monday"),
        ("They all slept. when Findings In March, the team wrote that naps help.", "In findings out in March"),
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


@pytest.mark.parametrize(
    "sentence",
    [
        "The women were infused with stem cells [[together with the toxins that cause their illness]] and got well.",
        "The men took the tablets [[plus the proteins that drive the cancer]] and felt better.",
        "The nurses say the boys [[received the antibodies that attack their joints]] twice a week.",
        "The mice were given the bacteria that cause the disease.",
        "The women were given a vaccine along with the proteins that trigger the disease.",
        "The women were given a drug against the virus and the antibodies that attack their joints.",
        "The men were given the tablets and the proteins that drive the cancer vanished.",
        "The men got well, and the proteins that drive the cancer were gone.",
    ],
)
def test_nobody_is_given_what_harms(sentence: str) -> None:
    text = f"A trial\n\n{sentence.replace('[[', '').replace(']]', '')}"
    marked = sentence.partition("[[")[2].partition("]]")[0]
    findings = annotate_text(text, Settings(select=("text.corrupted",))).findings
    assert [text[finding.start : finding.end] for finding in findings] == ([marked] if marked else [])
