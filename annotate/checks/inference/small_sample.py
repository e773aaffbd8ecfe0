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
from typing import TYPE_CHECKING

from annotate.checks.clauses import verb_phrase
from annotate.checks.inference._cues import words
from annotate.checks.inference._statements import Statement, repeats_headline, softened_statement, statements
from annotate.types import Check, Evidence, Example, Finding, Guard, Reading

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
    n, species, stage = reading.study.n, reading.study.species, reading.study.stage
    if n is None or n.value >= SMALL or (species is not None and species.value in ("animal", "cell")):
        return
    noun = "person" if n.value == 1 else "people"
    # A phase 1 trial or a pilot is told as such by `inference.early`.
    found = {} if stage is not None else {one.claim.start: one for one in statements(reading) if _is_general(one)}
    for sentence in reading.doc.sents:
        block = reading.article.block_at(sentence.start_char)
        if block is None or block.kind not in _BODY or _says_number(sentence):
            continue  # headlines are the business of structure.headline
        statement, needless = found.get(sentence.start_char), _needless(sentence)
        guards: tuple[Guard, ...] = ()
        if needless is not None:  # a denial by its nature
            phrase = needless.start_char, needless.end_char
        elif statement is not None:
            phrase = statement.start, statement.end
            guards = reading.context.guards(*phrase, ("negated",))
        else:
            continue
        if not repeats_headline(reading, *phrase):
            yield CHECK.finding(
                *phrase,
                f"Put the number in: the study had {n.value} {noun}, too few to say this of patients in general.",
                trigger=reading.article.text[slice(*phrase)],
                suggestion=softened_statement(statement) if statement and needless is None else None,
                evidence=(Evidence("the size of the study", n.start, n.end),),
                guards=guards,
                signals={"n": n.value},
            )


def _is_general(statement: Statement) -> bool:
    return statement.tense in ("present", "can") and not statement.harmful


def _says_number(sentence: Span) -> bool:
    return any(token.like_num or token.ent_type_ == "CARDINAL" for token in sentence)


def _needless(sentence: Span) -> Span | None:
    """What patients are said to need no more, or that they can give up."""
    for token in sentence:
        needs = token.lemma_ in words("general", "needs") and _denied(token) and _is_present(token)
        if token.pos_ != "VERB" or not (needs or token.lemma_ in words("general", "freed")):
            continue
        subject = next((child for child in token.lefts if child.dep_ == "nsubj"), None)
        if subject is None or subject.lemma_.lower() not in words("general", "patients"):
            continue
        modals = [child.lower_ for child in token.lefts if child.tag_ == "MD"]
        if modals == ([] if needs else ["can"]):
            return verb_phrase(token, subject.left_edge.i)
    return None


def _is_present(verb: Token) -> bool:
    return verb.tag_ in ("VBZ", "VBP") or any(child.lower_ in ("do", "does") for child in verb.lefts)


def _denied(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ == "longer" for child in verb.lefts)
