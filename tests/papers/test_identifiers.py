"""Identifiers in text and links."""

from __future__ import annotations

import pytest

from annotate.papers.identifiers import Identifier, doi, identifiers, parse, trials


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("See doi:10.1038/s41591-022-02017-5.", "doi", "10.1038/s41591-022-02017-5"),
        ("(https://doi.org/10.1016/S0140-6736(24)02600-X)", "doi", "10.1016/s0140-6736(24)02600-x"),
        ("https://www.nature.com/articles/s41591-022-02017-5", "doi", "10.1038/s41591-022-02017-5"),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0033693&x=1", "doi",
         "10.1371/journal.pone.0033693"),
        ("https://www.nejm.org/doi/full/10.1056/NEJMoa2107017", "doi", "10.1056/nejmoa2107017"),
        ("https://www.medrxiv.org/content/10.1101/2021.01.02.20248998v2.full.pdf", "doi",
         "10.1101/2021.01.02.20248998"),
        ("arXiv:2107.06751 [cs]", "doi", "10.48550/arxiv.2107.06751"),
        ("https://www.bmj.com/content/349/bmj.g7015", "doi", "10.1136/bmj.g7015"),
        ("https://pubmed.ncbi.nlm.nih.gov/36109639/", "pmid", "36109639"),
        ("https://europepmc.org/article/MED/36109639", "pmid", "36109639"),
        ("PMID: 36109639", "pmid", "36109639"),
        ("registered as NCT 04567890.", "trial", "NCT04567890"),
    ],
)  # fmt: skip
def test_each_form_is_read(text: str, scheme: str, value: str) -> None:
    assert [(item.scheme, item.value) for item in identifiers(text)] == [(scheme, value)]


def test_links_come_first_also_behind_a_redirect() -> None:
    link = "https://example.org/out?to=https%3A%2F%2Fdoi.org%2F10.5555%252Fabc"
    found = identifiers("The older study is 10.5555/xyz.", [link])
    assert [item.value for item in found] == ["10.5555/abc", "10.5555/xyz"]


@pytest.mark.parametrize("text", ["version 10.2/3 of it", "in 2019, 36109639 people", "call 0800 10.10", ""])
def test_other_numbers_are_none(text: str) -> None:
    assert identifiers(text) == ()


def test_what_a_user_types() -> None:
    assert parse("36109639") == Identifier("pmid", "36109639")
    assert parse(" pmid:36109639 ") == Identifier("pmid", "36109639")
    assert parse("doi:10.5555/ABC") == Identifier("doi", "10.5555/abc")
    assert parse("a draft") is None
    assert doi("no number") is None
    assert trials("NCT04567890, NCT04567890 and isrctn 12345678") == ("NCT04567890", "ISRCTN12345678")
