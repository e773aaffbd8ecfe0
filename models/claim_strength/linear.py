"""A linear model over word and character n-grams: one of the teachers of the encoder."""

from __future__ import annotations

import re
from html import unescape

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

GENRE_WEIGHT = 0.7


class Linear:
    """Logistic regression over tf–idf of words (1–3), of characters within words (2–5), and the genre."""

    def __init__(self, texts: list[str], genres: list[str], labels: np.ndarray) -> None:
        """Fit to labels 0–3."""
        self.genres = sorted(set(genres))
        self.words = TfidfVectorizer(
            tokenizer=_words, token_pattern=None, lowercase=False, ngram_range=(1, 3), min_df=2, sublinear_tf=True
        )
        self.characters = TfidfVectorizer(
            analyzer="char_wb", lowercase=False, ngram_range=(2, 5), min_df=3, sublinear_tf=True
        )
        plain = [_plain(text) for text in texts]
        self.words.fit(plain)
        self.characters.fit(plain)
        self.model = LogisticRegression(C=2, max_iter=300).fit(self._features(texts, genres), labels)

    def probabilities(self, texts: list[str], genres: list[str]) -> np.ndarray:
        """(sentences, 4)"""
        return self.model.predict_proba(self._features(texts, genres))

    def _features(self, texts: list[str], genres: list[str]) -> csr_matrix:
        plain = [_plain(text) for text in texts]
        told = GENRE_WEIGHT * np.array([[genre == name for name in self.genres] for genre in genres])
        return hstack([self.words.transform(plain), self.characters.transform(plain), csr_matrix(told)]).tocsr()


def _plain(text: str) -> str:
    """Lower case, straight apostrophes, every number 0."""
    text = re.sub("[‘’]", "'", " ".join(unescape(text).lower().split()))
    return re.sub(r"\d+([.,]\d+)*", "0", text)


def _words(text: str) -> list[str]:
    return ["<s>", *re.findall(r"[a-z]+|0|[^\w\s]", text), "</s>"]
