"""A finding or treatment put above all others without support.

What it flags: unlike any other, unprecedented, nothing compares, the most powerful ever, is the best way, the world's
first, the only one in the world; and what researchers did "for the first time" when nobody is named who says so.
Why it misleads: rank among treatments can only come from comparing them, and a first is rarely checked; both sell.
Write instead what it was compared with, or whose claim it is: "the first, the company says". It leaves alone
first-line, first author, firsts of a person's life, approvals, what a study shows for the first time, one of many,
hedges and denials.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from annotate.artefacts import wordlist
from annotate.checks.clauses import answered_in
from annotate.checks.phrases import Hit, phrases
from annotate.types import Check, Example, Finding, Guard, Reading

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

CHECK = Check(
    id="wording.superlative",
    severity="warning",
    guards=("question", "hedged", "mention", "established", "other-topic", "answered", "quoted"),
    references=(
        "Abola MV, Prasad V. The use of superlatives in cancer research. JAMA Oncol 2016;2:139. "
        "doi:10.1001/jamaoncol.2015.3931",
        "Vinkers CH, Tijdink JK, Otte WM. Use of positive and negative words in scientific PubMed abstracts between "
        "1974 and 2014. BMJ 2015;351:h6467. doi:10.1136/bmj.h6467",
    ),
    examples=(
        Example("The patch is [[unlike any other treatment on the market]], said its inventor, Dr Lena Falk."),
        Example("Cold showers [[are the best way]] to prevent colds, a study of 60 students has found."),
        Example("Doctors have, [[for the first time]], regrown a human knee with stem cells."),
        Example("The clinic offers the [[world's first cure]] for tinnitus."),
        Example("[[The first study]] of the gel in babies has raised questions about the older creams."),
        Example("Metformin is the first-line treatment for type 2 diabetes.", "mention"),
        Example("The study shows for the first time that the gene is active in the liver.", "what a study is for"),
        Example("For the first time in years she could climb the stairs to her clinic.", "a person's own first"),
        Example("The test is one of the most accurate ever, doctors say.", "one of many"),
        Example("The drug could be the world's first treatment for the disease.", "hedged"),
        Example("The best way to prevent flu is to be vaccinated.", "advice, not a rank in the news"),
    ),
)

_VOUCHED = re.compile(
    r"\b(?:says?|said|according to|claims?|claimed|believes?|announced|told|wrote|writes|reports?|reported|added)\b",
    re.IGNORECASE,
)
_REGULATOR = re.compile(
    r"\b(?:FDA|F\.D\.A\.|regulators?|EMA|NICE|agency|approv\w+|licen[sc]\w+|government|Administration|guidelines?)\b"
)


def find(reading: Reading) -> Iterator[Finding]:
    """Ranks and firsts."""
    for hit in phrases(reading, "wording/superlative"):
        span = reading.span(hit.start, hit.end)
        if hit.kind == "achieved" and not _achieved(span):
            continue
        guards = hit.guards
        if hit.kind != "nothing":  # its denial is the claim
            guards += reading.context.guards(hit.start, hit.end, ("negated",))
        if hit.kind in ("first", "achieved") and (voucher := _vouched(reading, hit, span)):
            guards = (*guards, voucher)
        yield CHECK.finding(
            hit.start,
            hit.end,
            "Say who says that it is the first, or leave it out."
            if hit.kind in ("first", "achieved")
            else "Say what it was compared with, and by how much it was better.",
            trigger=hit.text,
            guards=guards,
        )


def _achieved(span: Span) -> bool:
    """Researchers did something, rather than found something out."""
    verb = _verb(span.root)
    while verb.dep_ in ("xcomp", "aux"):
        verb = verb.head
    if verb.lemma_.lower() in _words("findings"):
        return False
    clause = (verb, *(child for child in verb.children if child.dep_ == "aux"))
    subjects = [child.lemma_.lower() for token in clause for child in token.children if child.dep_ == "nsubj"]
    return any(subject in _words("researchers") for subject in subjects)


def _verb(token: Token) -> Token:
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token


def _vouched(reading: Reading, hit: Hit, span: Span) -> Guard | None:
    """Somebody is named who says so, or it is a regulator's act; a headline vouches for nothing."""
    regulated = answered_in(span.sent, _REGULATOR)
    if regulated is not None or reading.article.in_headline(hit.start):
        return regulated
    return answered_in(span.sent, _VOUCHED)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(wordlist("wording/superlative")[key])
