"""Proof or a certain future claimed from one study or from early evidence.

What it flags: proves, conclusive, definitive evidence, settles the debate, guarantees, beyond doubt; what a finding
"will" do – save lives, end a disease, spare patients something; and how a treatment works, told as seen. Why it
misleads: a single study shows or suggests, it does not prove, and most early promise is not borne out; readers who are
told that a thing is proved will not expect the next study to disagree. Write instead "found", "suggests", "may", and
what has to happen before anybody benefits. It leaves alone denials ("cannot prove"), questions, conditions, "proved
fatal", "proof of concept", what many earlier studies showed, and dates on which something ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from annotate.checks.inference._cues import words
from annotate.checks.inference._statements import softened_statement, statements
from annotate.checks.phrases import Hit, phrases
from annotate.types import Check, Example, Finding, Guard, Reading, Suggestion

if TYPE_CHECKING:
    from spacy.tokens import Token

CHECK = Check(
    id="wording.certainty",
    severity="warning",
    guards=("question", "hedged", "mention", "established", "other-topic", "answered", "quoted"),
    references=(
        "Schwitzer G. Seven words you shouldn't use in medical news. HealthNewsReview.org",
        "Science Media Centre. 10 best practice guidelines for reporting science and health stories, 2012",
        "Ioannidis JPA. Contradicted and initially stronger effects in highly cited clinical research. "
        "JAMA 2005;294:218. doi:10.1001/jama.294.2.218",
    ),
    examples=(
        Example("A survey of 300 nurses [[proves]] that night shifts ruin the heart, the authors said."),
        Example("The capsule is [[clinically proven]] to sharpen the memory, according to the label."),
        Example("“This vaccine [[will save millions of lives]],” said Dr Ines Caro, who invented it."),
        Example("Cherries ease gout, a new study [[proves]]. It asked 90 people what they ate."),
        Example("The trial has shown [[conclusively]] that walking eases knee pain."),
        Example(
            "A cap against migraine\n\nThe cap was tried by 40 women with migraine.\n\n"
            "The cap [[will prevent attacks]], its maker says."
        ),
        Example("The study cannot prove that coffee is the reason.", "negated"),
        Example("In two patients the infection proved fatal.", "the verb of turning out"),
        Example("The work is a proof of concept, the team said.", "mention"),
        Example("If larger trials succeed, the patch will save lives.", "a condition"),
        Example("The trial of the drug will end in March.", "a date"),
        Example("Earlier studies have proven that statins prevent heart attacks.", "established"),
    ),
)

_PROOF_NOUN = re.compile(
    r"(?:(?:conclusive|definitive|irrefutable|undeniable|unequivocal|incontrovertible|indisputable|final) )?"
    r"(?:proof|(?<=\w )evidence)( that)?",
    re.IGNORECASE,
)
_FORMS = {"VBZ": "s", "VBP": "", "VBD": "ed"}
_PEOPLE = frozenset(("scientist", "researcher", "doctor", "expert", "team", "author", "they", "we", "he", "she", "i"))
_PROOF = "One study does not prove: say what it found or suggests."
_ADVICE = {
    "future": "Say what is expected, by whom and on what condition.",
    "mechanism": "Say whether anybody saw this happen, or who thinks so.",
}
_WILL = re.compile(r"\bwill\b|[’']ll\b", re.IGNORECASE)
# What a thing turns out to be is no claim of proof, but for the absolutes among them.
_ABSOLUTE = frozenset(("accurate", "certain", "foolproof", "infallible", "perfect"))
_CLAUSES = frozenset(("ccomp", "dobj", "obj"))


def find(reading: Reading) -> Iterator[Finding]:
    """Words of proof, and futures told as certain."""
    hits = list(phrases(reading, "wording/certainty"))
    yield from _forecasts(reading, hits)
    for hit in hits:
        verb = _verb(reading, hit)
        if hit.kind == "prove" and not _claims_proof(verb):
            continue
        guards = hit.guards
        if hit.kind != "undoubted":  # "no doubt" is no denial
            guards += reading.context.guards(hit.start, hit.end, ("negated",))
        if hit.kind == "future" and (condition := _condition(verb)):
            guards = (*guards, condition)
        yield CHECK.finding(
            hit.start, hit.end, _ADVICE.get(hit.kind, _PROOF), trigger=hit.text, guards=guards,
            suggestion=_softer(hit, verb),
        )  # fmt: skip


def _forecasts(reading: Reading, hits: Sequence[Hit]) -> Iterator[Finding]:
    """What the thing reported "will" do for health: "the test will spare thousands an operation"."""
    if not _WILL.search(reading.article.text):
        return
    for statement in statements(reading):
        start, end = statement.start, statement.end
        helps = statement.verb.lemma_ == "help"  # "will help doctors decide" promises little
        if statement.tense != "will" or helps or any(hit.start < end and start < hit.end for hit in hits):
            continue
        condition = _condition(statement.verb)
        guards = reading.context.guards(start, end, ("negated", "hedged")) + ((condition,) if condition else ())
        yield CHECK.finding(
            start, end, _ADVICE["future"], trigger=reading.article.text[start:end], guards=guards,
            suggestion=softened_statement(statement),
        )  # fmt: skip


def _verb(reading: Reading, hit: Hit) -> Token:
    span = reading.span(hit.start, hit.end)
    return next((token for token in span if token.lemma_.lower() == "prove"), span.root)


def _claims_proof(verb: Token) -> bool:
    """Whether something is said to be proved: "it proves that …"; not "it proved useful".

    Nor what is attempted, wanted or only supposed: "to prove", "may prove", "proving it is hard".
    """
    auxiliaries = {child.lemma_.lower() for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if verb.tag_ == "VBG" and "be" not in auxiliaries:
        return False
    if verb.tag_ not in ("VBD", "VBN", "VBZ", "VBG") and not (verb.tag_ == "VBP" and verb.pos_ == "VERB"):
        return False
    below = list(verb.children)
    complements = [child for child in below if child.dep_ in ("acomp", "oprd", "attr", "xcomp")]
    if complements:
        return any(token.lower_ in _ABSOLUTE for child in complements for token in child.subtree)
    if any(child.dep_ in _CLAUSES and child.i > verb.i for child in below):
        return True
    # "…, a new study proves", "Study proves coffee is good", whatever the parser made of the clause
    subject = _prover(verb)
    return subject is not None and not auxiliaries and verb.tag_ in ("VBZ", "VBP", "VBD")


def _prover(verb: Token) -> Token | None:
    """The study or the researchers said to prove, right before the verb."""
    ahead = verb.nbor(-1) if verb.i > verb.sent.start else None
    return ahead if ahead is not None and ahead.lemma_.lower() in words("statements", "sources") else None


def _softer(hit: Hit, verb: Token) -> Suggestion | None:
    """What a study "suggests" or researchers "report", "evidence" in the place of proof, "could" in that of "will"."""
    if hit.kind == "future" and hit.text.lower().startswith("will "):
        return Suggestion(hit.start, hit.start + len("will"), "could")
    if hit.kind == "prove" and verb.idx == hit.start and verb.tag_ in _FORMS:
        subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None) or _prover(verb)
        if subject is None or any(child.dep_ in ("aux", "auxpass", "neg") for child in verb.lefts):
            return None
        people = subject.ent_type_ == "PERSON" or subject.lemma_.lower() in _PEOPLE
        said = ("report" if people else "suggest") + _FORMS[verb.tag_]
        return Suggestion(hit.start, hit.end, said.capitalize() if verb.is_title else said)
    if hit.kind == "proof" and (proof := _PROOF_NOUN.fullmatch(hit.text)):
        return Suggestion(hit.start, hit.end, f"evidence{proof[1] or ''}")
    return None


def _condition(verb: Token) -> Guard | None:
    """The word that makes the sentence a condition."""
    for token in verb.sent:
        if token.lower_ in ("if", "unless", "once", "provided"):
            return Guard("question", token.text, token.idx, token.idx + len(token))
    return None
