"""The fourteen disclosures, read from articles of our own."""

from __future__ import annotations

import pytest

from annotate import annotate_text
from annotate.config import Settings
from annotate.types import DISCLOSURES, Disclosure

HEADLINE = "New tablet eases hay fever, trial finds"
PLAIN = "The tablet was compared with nothing that we know of."


def disclosures(*paragraphs: str) -> dict[str, Disclosure]:
    reading = annotate_text("\n\n".join(paragraphs), Settings(select=("caveats",))).reading
    text = reading.article.text
    for item in reading.disclosures.values():
        if item.state == "present":
            assert item.start is not None
            assert item.end is not None
            assert text[item.start : item.end].strip()
        else:
            assert item.start is None
    return dict(reading.disclosures)


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("sample_size", "The trial had 66 participants."),
        ("control_group", "Half of them took a dummy pill."),
        ("followup", "They took it for eight weeks."),
        ("harms", "Drowsiness was the main side effect."),
        ("harms", "No adverse events were recorded."),
        ("cost", "A pack costs £9."),
        ("cost", "The maker has not said what the price will be."),
        ("availability", "It is not yet approved in Britain."),
        ("alternatives", "Nasal sprays and other treatments help most people."),
        ("alternatives", "Drugs such as cetirizine calm the sneezing."),
        ("alternatives", "Antihistamines help, too."),
        ("alternatives", "Few drugs have been found for it."),
        ("funding_or_conflicts", "The trial was funded by the maker."),
        ("funding_or_conflicts", "The authors declared no conflicts of interest."),
        ("independent_source", "Lena Moss, an allergist in Bath who was not involved, was wary."),
        ("review_status", "The results appear in the journal Allergy."),
        ("review_status", "The results have not been peer reviewed."),
        ("limitations", "The sample was small."),
        ("limitations", "The study cannot prove that the tablet works."),
        ("absolute_numbers", "Of 33 patients who took it, 20 were better, compared with 11 of 33 others."),
    ],
)
def test_present(key: str, sentence: str) -> None:
    assert disclosures(HEADLINE, PLAIN, sentence)[key].state == "present"


@pytest.mark.parametrize("key", ["harms", "cost", "funding_or_conflicts", "independent_source", "limitations"])
def test_absent(key: str) -> None:
    assert disclosures(HEADLINE, "The trial had 66 participants, half of whom took a placebo.")[key].state == "absent"


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("harms", "Older drugs for hay fever have side effects such as drowsiness."),
        ("harms", "It cut the risk of death from asthma."),
        ("availability", "The paper is available at the website of the journal."),
        ("availability", "She teaches at the School of Pharmacy."),
        ("availability", "The study offers the best look yet at sneezing."),
        ("cost", "The university won a grant of $4 million."),
        ("sample_size", "Some 13 million people in Britain have hay fever."),
        ("absolute_numbers", "The tablet cut symptoms by 40 per cent."),
        ("independent_source", "“It works,” said Ada Finch, who led the study."),
    ],
)
def test_said_of_something_else(key: str, sentence: str) -> None:
    assert disclosures(HEADLINE, sentence)[key].state == "absent"


def test_what_does_not_apply() -> None:
    found = disclosures(
        "Traffic noise is linked to poor sleep", "The survey of 700 tenants asked about sleep. Respondents slept badly."
    )
    for key in ("harms", "cost", "availability", "alternatives", "followup", "species_stated"):
        assert found[key].state == "n/a"
    assert found["causation_caveat"].state == "absent"


def test_a_trial_needs_no_causation_caveat() -> None:
    found = disclosures(HEADLINE, "The 66 participants were randomly assigned to the tablet or a placebo.")
    assert found["causation_caveat"].state == "n/a"


def test_animals_are_named_or_not() -> None:
    named = disclosures("Compound heals spinal cords", "It was given to 18 rats. The rats walked again within a month.")
    assert named["species_stated"].state == "present"


def test_no_health_claim_no_disclosures() -> None:
    found = disclosures("Council repaints the bridge", "Work began on Monday. The colour will be green.")
    assert list(found) == list(DISCLOSURES)
    assert {item.state for item in found.values()} == {"n/a"}
