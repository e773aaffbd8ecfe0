"""The claims of an article: sentences that say something acts on, or goes with, health; and which is the main one.

A claim names an effect and something of health. The strength of a headline that does not hedge is read by the model,
and so is that of a main claim that an article on an observational study states as a fact; the rest is read from the
words, at next to no cost. The main claim is the headline where that claims something, else the first claim of the
opening that reports a finding.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from annotate.artefacts import wordlist
from annotate.claims.species import species_of
from annotate.claims.study.account import Sentence, account
from annotate.strength import strengths
from annotate.types import (
    CAUSAL,
    CONDITIONAL,
    CORRELATIONAL,
    NONE,
    OBSERVATIONAL,
    Article,
    BlockKind,
    Claim,
    Parsed,
    Quotation,
    Study,
    span_of,
    states_cause,
)  # fmt: skip

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_CLAIMING: frozenset[BlockKind] = frozenset(("headline", "standfirst", "subheading", "paragraph", "quote", "list"))
_MODALS = frozenset(("may", "might", "could", "would"))
_SOFTENERS = frozenset(
    ("appear", "seem", "suggest", "possible", "possibly", "potentially", "perhaps", "promise", "hope")
)
# Said after the claim, "…, a study suggests" only tells who said so.
_SOURCING = frozenset(("suggest",))
_MIN_WORDS = 3
_OPENING_SENTENCES = 6
_DEFINITE = frozenset(("the", "this", "these", "it"))
_LEAD = 8  # sentences …
_SPOKEN = 6  # … of so many words


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of an article in small letters, as they stand and as lemmas (blanks empty); where entities start."""

    lower: list[str]
    lemmas: list[str]
    entities: list[int]

    @classmethod
    def of(cls, parsed: Parsed) -> _Words:
        """Read from the arrays of the Doc: far cheaper than a Token for each."""
        lower, lemmas = (_strings(parsed.doc, attribute) for attribute in ("LOWER", "LEMMA"))
        return cls(lower, lemmas, sorted(entity.start for entity in parsed.entities))

    def hedges(self, at: int, head: Token) -> bool:
        """Whether the word there hedges a claim."""
        lemma = self.lemmas[at]
        return self.lower[at] in _MODALS or (lemma in _SOFTENERS and not (lemma in _SOURCING and at > head.i))


def _strings(doc: Doc, attribute: str) -> list[str]:
    ids, strings = doc.to_array(attribute).tolist(), doc.vocab.strings
    folded = {number: strings[number].strip().lower() for number in set(ids)}
    return [folded[number] for number in ids]


def find_claims(article: Article, parsed: Parsed, study: Study) -> tuple[Claim, ...]:
    """The claims in the order of the text; at most one is the main claim."""
    claims = list(_claims(article, parsed, study))
    observed = study.design is not None and study.design.value in OBSERVATIONAL
    main = _main(article, parsed, claims)
    while main is not None and observed and main.score is None and states_cause(article, main):
        read = _modelled(article, main, headline=False)
        claims = [read if claim is main else claim for claim in claims]
        claims = [claim for claim in claims if claim.strength > NONE]  # "the study was led by" claims nothing
        main = _main(article, parsed, claims)
    return tuple(replace(claim, main=claim is main) for claim in claims)


def _claims(article: Article, parsed: Parsed, study: Study) -> Iterator[Claim]:
    told = account(article, parsed)
    sentences = {sentence.start: sentence for sentence in told.sentences if sentence.kind in _CLAIMING}
    lead = _lead(told.told())
    words = _Words.of(parsed)
    for number, span in enumerate(parsed.doc.sents):
        if (sentence := sentences.get(span.start_char)) is None:
            continue
        headline = sentence.kind == "headline"
        claim = _read(sentence, number, words, parsed, study, headline=headline)
        if claim is None:
            continue
        claim = replace(claim, reported=headline or _is_reported(claim, sentence, words, lead))
        # Words that hedge or correlate are plain enough; the model is for what may state a cause.
        plain = claim.hedged or claim.strength == CORRELATIONAL
        if headline and not plain:
            claim = _modelled(article, claim, headline=True)
        if claim.strength > NONE:
            yield claim


def _read(
    sentence: Sentence, number: int, words: _Words, parsed: Parsed, study: Study, *, headline: bool
) -> Claim | None:
    """The claim that a sentence's words make; None where they make none, of strength 0 in a headline."""
    span = sentence.span
    lemmas = words.lemmas[span.start : span.end]
    effect, link = _effect(span, lemmas, "causal"), _effect(span, lemmas, "correlational")
    if not (headline or _is_about_health(sentence, lemmas, words)) or len({*lemmas} - {""}) < _MIN_WORDS:
        effect = link = None
    if effect is None and link is None and not headline:
        return None
    head = effect or link or span.root
    hedged = any(words.hedges(at, head) for at in range(span.start, span.end))
    quotation = _quotation(head.idx, parsed.quotations)
    return Claim(
        start=sentence.start,
        end=sentence.start + len(sentence.text.rstrip()),
        sentence=number,
        strength=_strength(effect, link, hedged=hedged),
        hedged=hedged,
        negated=any(child.dep_ == "neg" for child in head.children),
        attributed_to=quotation.speaker if quotation else None,
        in_quote=quotation is not None,
        species=species_of(sentence, lemmas) or (study.species.value if study.species else "human"),
    )


def _lead(told: Iterable[Sentence]) -> int:
    """Where the lead ends. Bylines, dates and links to share are not sentences of it."""
    spoken = (sentence for sentence in told if len(sentence.text.split()) >= _SPOKEN)
    return max((sentence.end for sentence in islice(spoken, _LEAD)), default=0)


def _is_reported(claim: Claim, sentence: Sentence, words: _Words, lead: int) -> bool:
    """Told as a finding: in the lead, by a verb of reporting, by somebody, or of a thing that the reader knows by now.

    And not of other work or of plans.
    """
    if sentence.frame != "told":
        return False
    span, reporting = sentence.span, _words("reporting")
    return (
        claim.start < lead
        or claim.in_quote
        or words.lower[span.start] in _DEFINITE
        or any(words.lemmas[at] in reporting and span.doc[at].pos_ == "VERB" for at in range(span.start, span.end))
    )


def _strength(effect: Token | None, link: Token | None, *, hedged: bool) -> int:
    if effect is None and link is None:
        return NONE
    if effect is None or (link is not None and link.i < effect.i):
        return CORRELATIONAL
    return CONDITIONAL if hedged else CAUSAL


def _modelled(article: Article, claim: Claim, *, headline: bool) -> Claim:
    """The claim with the strength that the model gives it; its words' own where the model sees none in a headline."""
    ((strength, score),) = strengths([article.text[claim.start : claim.end]], headline=[headline])
    return claim if headline and strength == NONE else replace(claim, strength=strength, score=score)


def _effect(span: Span, lemmas: Sequence[str], key: str) -> Token | None:
    """The first word of a list, of the words as they stand first in the sentence."""
    places = sorted(lemmas.index(lemma) for lemma in _words(key).intersection(lemmas))
    return next((span[at] for at in places if span[at].pos_ in ("VERB", "NOUN", "ADJ", "PROPN")), None)


def _is_about_health(sentence: Sentence, lemmas: Sequence[str], words: _Words) -> bool:
    if not _words("health").isdisjoint(lemmas):
        return True
    at = bisect_left(words.entities, sentence.start)
    return at < len(words.entities) and words.entities[at] < sentence.end


def _quotation(position: int, quotations: Sequence[Quotation]) -> Quotation | None:
    return next((item for item in quotations if item.direct and item.start <= position < item.end), None)


def _main(article: Article, parsed: Parsed, claims: Sequence[Claim]) -> Claim | None:
    headline = article.headline
    if headline is not None:
        for claim in claims:
            if headline.start <= claim.start < headline.end and not _defines(parsed, claim):
                return claim
    opening = [claim for claim in claims if not claim.in_quote and not _defines(parsed, claim)][:_OPENING_SENTENCES]
    return max(opening, key=lambda claim: _weight(article, claim), default=claims[0] if claims else None)


def _defines(parsed: Parsed, claim: Claim) -> bool:
    """A sentence of the form "gout is a disease" says what something is, not what was found."""
    root = span_of(parsed.doc, claim.start, claim.end).root
    noun = next((child for child in root.rights if child.dep_ == "attr"), None)
    return root.lemma_ == "be" and noun is not None and any(child.lower_ in ("a", "an") for child in noun.lefts)


def _weight(article: Article, claim: Claim) -> tuple[bool, int]:
    """A sentence that reports a finding carries the main claim; of two, the earlier."""
    words = article.text[claim.start : claim.end].lower().split()
    return (not _words("reporting").isdisjoint(words), -claim.start)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(wordlist("claims/effects")[key])
