"""A general statement about patients from fewer than thirty people.

What it flags: a sentence that says, in general and as a fact, what a treatment does for patients, or that they need
nothing more, where the study reported had fewer than thirty people and the sentence does not say so. Why it misleads:
with five people, an effect that helps half of all patients would show in every one of them one time in thirty; chance
and selection can do the rest. Write instead the number into the sentence: "the five patients needed no other
treatment". It leaves alone sentences that give the number, past-tense reports of what happened in the study, hedged
statements, denials, questions and background.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from annotate.artefacts import wordlist
from annotate.checks.clauses import verb_phrase
from annotate.types import Check, Evidence, Example, Finding, Reading

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

CHECK = Check(
    id="inference.small-sample",
    severity="warning",
    guards=("question", "hedged", "established", "answered", "quoted"),
    references=(
        "Button KS et al. Power failure: why small sample size undermines the reliability of neuroscience. "
        "Nat Rev Neurosci 2013;14:365. doi:10.1038/nrn3475",
    ),
    examples=(
        Example(
            "Doctors in Oslo treated eight patients with severe psoriasis.\n\n"
            "The eight had clear skin a month later. As a result, [[patients no longer need creams]]."
        ),
        Example(
            "The trial enrolled 12 women with endometriosis.\n\n"
            "The implant [[relieves the pain of endometriosis]], the team said."
        ),
        Example(
            "A small study of nine men with gout tested the powder.\n\n"
            "The powder [[prevents attacks in people with gout]]."
        ),
        Example("The trial enrolled 12 women with endometriosis.\n\nThe implant may relieve the pain.", "hedged"),
        Example(
            "The trial enrolled 12 women.\n\nIn these 12 women the implant relieves the pain.", "the number is there"
        ),
        Example("The trial enrolled 1,200 women with endometriosis.\n\nThe implant relieves the pain.", "not small"),
        Example("Doctors treated eight patients.\n\nTheir symptoms improved within a month.", "what happened to them"),
    ),
)
SMALL = 30
_BODY = ("standfirst", "paragraph", "quote", "list")


def find(reading: Reading) -> Iterator[Finding]:
    """General statements in the present tense, in an article on a study of few."""
    n = reading.study.n
    if n is None or n.value >= SMALL or (reading.study.species and reading.study.species.value == "animal"):
        return
    noun = "person" if n.value == 1 else "people"
    for sentence in reading.doc.sents:
        block = reading.article.block_at(sentence.start_char)
        if block is None or block.kind not in _BODY:  # headlines are the business of structure.headline
            continue
        statement = None if _says_number(sentence) else _general(sentence)
        if statement is not None:
            yield CHECK.finding(
                statement.start_char,
                statement.end_char,
                f"Put the number in: the study had {n.value} {noun}, too few to say this of patients in general.",
                trigger=statement.root.text,
                evidence=(Evidence("the size of the study", n.start, n.end),),
                signals={"n": n.value},
            )


def _says_number(sentence: Span) -> bool:
    return any(token.like_num or token.ent_type_ == "CARDINAL" for token in sentence)


def _general(sentence: Span) -> Span | None:
    """What a treatment does, or what patients need no more, said in the present tense."""
    for token in sentence:
        if token.pos_ != "VERB" or any(child.tag_ == "MD" for child in token.lefts):
            continue
        present = token.tag_ in ("VBZ", "VBP") or any(child.lower_ in ("do", "does") for child in token.lefts)
        if not present:
            continue
        subject = next((child for child in token.lefts if child.dep_ == "nsubj"), None)
        if subject is None or subject.tag_ == "WDT":
            continue
        if token.lemma_ in _words("needs") and subject.lemma_.lower() in _words("patients") and _denied(token):
            return verb_phrase(token, subject.left_edge.i)
        if token.lemma_ in _words("effects") and subject.lemma_.lower() not in _words("patients"):
            return verb_phrase(token)
    return None


def _denied(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ == "longer" for child in verb.lefts)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(wordlist("inference/general")[key])
