"""Suggestions: each can be put in place as it stands."""

from __future__ import annotations

import pytest

from annotate import annotate_text
from annotate.config import Settings

COHORT = "Researchers followed 4,000 nurses for ten years."


def put_in_place(text: str, check: str) -> list[str]:
    """The first line of the text with each suggestion of a check put in place, or "" for none."""
    found = annotate_text(text, Settings(select=(check,))).findings
    line = []
    for finding in found:
        edit = finding.suggestion
        mended = text[: edit.start] + edit.replacement + text[edit.end :] if edit else ""
        line.append(mended.splitlines()[0] if mended else "")
    return line


@pytest.mark.parametrize(
    ("check", "headline", "mended", "body"),
    [
        (
            "structure.headline",
            "Scientists prove cherries ease gout",
            "Scientists report cherries may ease gout",
            COHORT,
        ),
        ("structure.headline", "Cherries ease gout, study proves", "Cherries may ease gout, study proves", COHORT),
        ("structure.headline", "Cherries relieve gout, say doctors", "Cherries may relieve gout, say doctors", COHORT),
        (
            "structure.headline",
            "Cherries cut the risk of gout by 20%, study finds",
            "Cherries are linked with a 20% lower risk of gout, study finds",
            COHORT,
        ),
        (
            "structure.headline",
            "Cherry extract relieves gout, study finds",
            "Cherry extract relieves gout in mice, study finds",
            "The team gave the extract to 24 mice with gout for a month. The mice moved more.",
        ),
        ("wording.certainty", "Cherries ease gout, study proves", "Cherries ease gout, study suggests", COHORT),
        (
            "wording.certainty",
            "Doctors prove that cherries ease gout",
            "Doctors report that cherries ease gout",
            COHORT,
        ),
        ("wording.certainty", "Cherry pill will save lives", "Cherry pill could save lives", COHORT),
        (
            "wording.certainty",
            "Study is proof that cherries ease gout",
            "Study is evidence that cherries ease gout",
            "",
        ),
        ("wording.breakthrough", "Game-changing gout pill eases pain", "Gout pill eases pain", COHORT),
        ("wording.breakthrough", "A revolutionary antibody eases gout", "An antibody eases gout", COHORT),
        ("wording.breakthrough", "Gout drug is a breakthrough, doctors say", "", COHORT),
        ("wording.total", "Gout was completely cleared by the pill", "Gout was cleared by the pill", ""),
        ("wording.emotive", "Pill eases a devastating disease", "Pill eases a disease", COHORT),
    ],
)
def test_the_text_reads_well_with_the_suggestion(check: str, headline: str, mended: str, body: str) -> None:
    assert put_in_place(f"{headline}\n\n{body}", check) == [mended]


def test_nobodys_words_are_put_otherwise() -> None:
    text = f"Cherries and gout\n\n{COHORT}\n\n“This revolutionary pill will save lives,” said Dr Ida Moe, who led it."
    findings = annotate_text(text, Settings(select=("wording",))).findings
    assert {finding.check for finding in findings} >= {"wording.breakthrough", "wording.certainty"}
    assert all(finding.suggestion is None for finding in findings)
