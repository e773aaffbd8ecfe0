"""The claims of an article: sentences that say something acts on, or goes with, health; and which is the main one.

A claim names an effect and something of health. Its strength is read from its words; the main claim is the headline
where that claims something, else the first claim of the standfirst or of the opening paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from annotate.artefacts import wordlist
from annotate.claims.species import species_of
from annotate.types import Article, BlockKind, Claim, Parsed, Quotation, Study

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_CLAIMING: frozenset[BlockKind] = frozenset(("headline", "standfirst", "paragraph", "quote", "list"))
_MODALS = frozenset(("may", "might", "could", "would"))
_SOFTENERS = frozenset(
    ("appear", "seem", "suggest", "possible", "possibly", "potentially", "perhaps", "promise", "hope")
)
_MIN_WORDS = 3
_OPENING_SENTENCES = 6


def find_claims(article: Article, parsed: Parsed, study: Study) -> tuple[Claim, ...]:
    """The claims in the order of the text; at most one is the main claim."""
    claims = list(_claims(article, parsed, study))
    main = _main(article, claims)
    return tuple(replace(claim, main=claim is main) for claim in claims)


def _claims(article: Article, parsed: Parsed, study: Study) -> Iterator[Claim]:
    blocks = [block for block in article.blocks if block.kind in _CLAIMING]
    number = at = 0
    for number, sentence in enumerate(parsed.doc.sents):
        while at < len(blocks) and blocks[at].end <= sentence.start_char:
            at += 1
        if at == len(blocks):
            return
        if sentence.start_char < blocks[at].start:
            continue
        claim = _read(sentence, number, parsed, study)
        if claim is not None:
            yield claim


def _read(sentence: Span, number: int, parsed: Parsed, study: Study) -> Claim | None:
    lemmas = {token.lemma_.lower(): token for token in reversed(list(sentence)) if not token.is_space}
    if len(lemmas) < _MIN_WORDS or not _is_about_health(sentence, lemmas, parsed):
        return None
    effect = _effect(lemmas, _words("causal"))
    link = _effect(lemmas, _words("correlational"))
    if effect is None and link is None:
        return None
    hedged = any(token.lower_ in _MODALS or token.lemma_.lower() in _SOFTENERS for token in sentence)
    strength = 1 if link is not None and (effect is None or link.i < effect.i) else 2 if hedged else 3
    head = effect or link
    assert head is not None
    start, end = sentence.start_char, sentence.start_char + len(sentence.text.rstrip())
    quotation = _quotation(head.idx, parsed.quotations)
    return Claim(
        start=start,
        end=end,
        sentence=number,
        strength=strength,
        hedged=hedged,
        negated=any(child.dep_ == "neg" for child in head.children),
        attributed_to=quotation.speaker if quotation else None,
        in_quote=quotation is not None,
        species=species_of(sentence) or (study.species.value if study.species else "human"),
    )


def _effect(lemmas: dict[str, Token], words: frozenset[str]) -> Token | None:
    found = [
        token for lemma, token in lemmas.items() if lemma in words and token.pos_ in ("VERB", "NOUN", "ADJ", "PROPN")
    ]
    return min(found, key=lambda token: token.i, default=None)


def _is_about_health(sentence: Span, lemmas: dict[str, Token], parsed: Parsed) -> bool:
    if not _words("health").isdisjoint(lemmas):
        return True
    return any(sentence.start_char <= entity.start < sentence.end_char for entity in parsed.entities)


def _quotation(position: int, quotations: Sequence[Quotation]) -> Quotation | None:
    return next((item for item in quotations if item.direct and item.start <= position < item.end), None)


def _main(article: Article, claims: Sequence[Claim]) -> Claim | None:
    headline = next((block for block in article.blocks if block.kind == "headline"), None)
    if headline is not None:
        for claim in claims:
            if headline.start <= claim.start < headline.end:
                return claim
    opening = [claim for claim in claims if not claim.in_quote][:_OPENING_SENTENCES]
    return max(opening, key=lambda claim: _weight(article, claim), default=claims[0] if claims else None)


def _weight(article: Article, claim: Claim) -> tuple[bool, int]:
    """A sentence that reports a finding carries the main claim; of two, the earlier."""
    words = article.text[claim.start : claim.end].lower().split()
    return (not _words("reporting").isdisjoint(words), -claim.start)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(wordlist("claims/effects")[key])
