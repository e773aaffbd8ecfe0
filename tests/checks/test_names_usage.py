"""Words in use, and words made from them, are no slips."""

from __future__ import annotations

import pytest

from annotate import annotate_text
from annotate.checks.names._kinship import are_siblings
from annotate.checks.names._usage import go_together, is_formed, is_known, is_symbol
from annotate.config import Settings


@pytest.mark.parametrize("word", ["noninvasive", "hemizygous", "reoccurrence", "photocoagulation", "univariate"])
def test_rare_words_that_lists_have_are_known(word: str) -> None:
    assert is_known(word)


@pytest.mark.parametrize("word", ["osteoblastogenesis", "ferritinemia", "necrosing", "misregulation", "cardiorenal"])
def test_words_made_of_known_ones_by_rule_are_formed(word: str) -> None:
    assert is_formed(word)


@pytest.mark.parametrize("word", ["psoriosis", "tamoxifin", "diagnositc", "ultrasuond", "fibromalgia", "cogenital"])
def test_misspellings_are_neither(word: str) -> None:
    assert not is_known(word)
    assert not is_formed(word)


def test_pairs_and_symbols_in_use() -> None:
    assert go_together("renal", "impairment")
    assert not go_together("kidney", "disappointment")
    assert is_symbol("SSCP")
    assert is_symbol("MDCK")


def test_words_of_one_making_are_siblings() -> None:
    assert are_siblings("cystectomy", "mastectomy")
    assert are_siblings("univariate", "multivariate")
    assert not are_siblings("infraction", "infarction")
    assert not are_siblings("morality", "mortality")


@pytest.mark.parametrize(
    "sentence",
    [
        "The surgeons compared radical cystectomy with radiotherapy in forty men.",
        "Dr Hale of Leeds said that Fiona's cancer had come back, and Fiona took part in a trial on brain cancer.",
        "Both groups ate an isocaloric diet and had normal insulinemia after meals.",
        "The scan shows apoptosing cells in the retina, and apoptosis is what the drug prevents.",
        "Metastatic breast cancer and systolic hypertension were reasons to leave the study.",
        "“[S]tatins help,” the authors wrote of statins, and statins are cheap.",
    ],
)
def test_rare_but_real_words_are_left_alone(sentence: str) -> None:
    report = annotate_text(f"A study of care\n\n{sentence}", Settings(select=("names.term",)))
    assert [finding.why.trigger for finding in report.findings] == []


def test_a_form_that_the_article_itself_does_not_use_in_a_term_is_told() -> None:
    text = (
        "A mask and the lungs\n\nForty women with acute respiratory distress syndrome wore the mask. Nurses asked how "
        "they slept. In the women with acute respiration distress syndrome sleep got better."
    )
    findings = annotate_text(text, Settings(select=("names.term",))).findings
    assert [finding.suggestion.replacement for finding in findings if finding.suggestion] == [
        "acute respiratory distress syndrome"
    ]
