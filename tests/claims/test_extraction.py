"""Claims, their attributes and the main one."""

from __future__ import annotations

from annotate.types import Claim
from tests.conftest import reading_of

TEXT = (
    "Zinc cuts infections, study finds\n\nBy Orla Quinn\n\n"
    "A trial in Cork gave zinc to 40 adults. Zinc shortened colds by a day in them, the team reports.\n\n"
    "“Zinc may protect older people from infections,” said Amara Obi, who led it. "
    "Eating oysters was linked to fewer infections.\n\n"
    "In mice, the metal reduced inflammation. The weather was fine."
)


def claims() -> dict[str, Claim]:
    reading = reading_of(TEXT)
    return {reading.article.text[claim.start : claim.end]: claim for claim in reading.claims}


def test_the_headline_is_the_main_claim() -> None:
    (main,) = [text for text, claim in claims().items() if claim.main]
    assert main == "Zinc cuts infections, study finds"


def test_hedges_quotations_and_species_are_read() -> None:
    found = {text.split()[0]: claim for text, claim in claims().items()}
    quoted = found["“Zinc"]
    assert quoted.hedged
    assert quoted.in_quote
    assert quoted.attributed_to is not None
    assert quoted.attributed_to.endswith("Amara Obi")
    assert found["In"].species == "animal"


def test_correlation_is_weaker_than_cause() -> None:
    found = {text.split()[0]: claim for text, claim in claims().items()}
    assert found["Eating"].strength == 1


def test_a_sentence_without_health_or_effect_is_no_claim() -> None:
    assert not any(text.startswith("The weather") for text in claims())


def test_an_article_without_claims_has_no_main_claim() -> None:
    assert not any(claim.main for claim in reading_of("A quiet day in town\n\nThe mayor opened a bridge.").claims)
