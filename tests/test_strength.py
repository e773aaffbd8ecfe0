import subprocess
import sys

import pytest

from annotate.strength import BODY, HEADLINE, LONGEST, encode, probabilities, read_vocabulary, strengths

SENTENCES = {
    "The trial was run at three hospitals in Norway.": 0,
    "Researchers will now recruit more volunteers.": 0,
    "Eating walnuts was associated with fewer heart attacks.": 1,
    "People who napped were 20 per cent more likely to develop diabetes.": 1,
    "Eating walnuts might protect against heart attacks.": 2,
    "The vaccine could prevent relapses in some patients.": 2,
    "Eating walnuts prevents heart attacks.": 3,
    "The new drug halved the number of seizures.": 3,
}


@pytest.fixture(scope="module")
def vocabulary():
    pieces = ["[CLS]", "[SEP]", "[UNK]", f"[{BODY}]", f"[{HEADLINE}]", "walnut", "##s", "cafe", "$", "5", "."]
    return read_vocabulary(pieces)


@pytest.mark.parametrize(("text", "strength"), SENTENCES.items())
def test_tells_strengths_apart(text, strength):
    assert strengths([text], headline=[False])[0][0] == strength


def test_probability_is_that_of_the_strength():
    for text, title in ((text, title) for text in SENTENCES for title in (False, True)):
        ((strength, probability),) = strengths([text], headline=[title])
        row = probabilities(text, HEADLINE if title else BODY)
        assert sum(row) == pytest.approx(1, abs=1e-5)
        assert probability == max(row) == row[strength]


def test_a_sentence_gets_the_same_answer_in_any_company():
    together = strengths(list(SENTENCES), headline=[False] * len(SENTENCES))
    probabilities.cache_clear()
    alone = [strengths([text], headline=[False])[0] for text in reversed(SENTENCES)]
    assert together == alone[::-1]


def test_a_headline_is_read_as_one():
    text = "Walnuts 'slash' risk of heart attack"
    assert probabilities(text, HEADLINE) != probabilities(text, BODY)


def test_nothing_to_read():
    assert strengths([], headline=[]) == []
    assert strengths([""], headline=[False])[0][0] == 0


def test_every_sentence_needs_its_flag():
    with pytest.raises(ValueError, match="zip"):
        strengths(["Walnuts prevent heart attacks."], headline=[])


def test_very_long_and_odd_text_is_read():
    texts = ["walnuts " * 5000, "w" * 5000, "\x00\u200b", "核桃", "💊" * 300, "&lt;b&gt; &amp; &#163;5"]
    assert len(strengths(texts, headline=[False] * len(texts))) == len(texts)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Walnuts.", ["walnut", "##s", "."]),
        ("CAFÉ walnuts", ["cafe", "walnut", "##s"]),
        ("$5", ["$", "5"]),
        ("&#36;5\u00ad", ["$", "5"]),
        ("almonds walnut", ["[UNK]", "walnut"]),
    ],
)
def test_word_pieces(text, pieces, vocabulary):
    expected = ["[CLS]", f"[{BODY}]", *pieces, "[SEP]"]
    assert encode(text, BODY, vocabulary) == [vocabulary[piece] for piece in expected]


def test_word_pieces_stop_somewhere(vocabulary):
    assert len(encode("walnut " * 1000, HEADLINE, vocabulary)) == LONGEST + 3


def test_import_loads_no_model():
    code = "import sys, annotate.strength; sys.exit('onnxruntime' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
