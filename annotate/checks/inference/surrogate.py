"""A marker told as if it were the outcome.

What it flags: a statement that a disease is prevented, slowed or beaten, where all that the article says was measured
is a marker – a level in the blood, a scan, a count of cells; and a change of a marker told in one breath with what it
is taken to mean. Why it misleads: drugs that mended a marker have left patients no better off, or worse. Write instead
what was measured: "lowered blood sugar for two hours". It leaves alone articles that report what happened to people –
illness, symptoms, deaths –, hedges, denials and questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotate.checks.inference._cues import cues, words
from annotate.checks.inference._statements import repeats_headline
from annotate.types import BlockKind, Check, Claim, Evidence, Example, Finding, Reading

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

CHECK = Check(
    id="inference.surrogate",
    severity="warning",
    guards=("negated", "question", "hedged", "established", "answered", "quoted"),
    references=(
        "Schwitzer G. Ten criteria for reviewing health news. HealthNewsReview.org, 2006–2018",
        "Informed Health Choices Group. Key concepts for assessing claims about treatment effects",
    ),
    examples=(
        Example(
            "A new infusion for lupus\n\nThe infusion was given to 44 women with lupus for three months.\n\n"
            "Their antibodies fell to nearly nothing, [[so lupus is beaten]], the clinic said."
        ),
        Example(
            "Walnuts at breakfast\n\nA handful of walnuts at breakfast [[can prevent heart disease]], "
            "new research shows.\n\nThe 62 volunteers ate walnuts for four weeks, and their cholesterol levels fell "
            "by 6 per cent. The researchers also measured triglycerides in the blood, which were lower."
        ),
        Example(
            "Rooibos and diabetes\n\nA cup of rooibos a day [[prevents type 2 diabetes]], a study found.\n\n"
            "In the study, 55 students drank it for a week. Their blood sugar rose less after a meal. "
            "Their insulin levels were lower too."
        ),
        Example(
            "Walnuts at breakfast\n\nA handful of walnuts at breakfast lowers cholesterol, new research shows.\n\n"
            "The 62 volunteers ate walnuts for four weeks, and their cholesterol levels fell by 6 per cent.",
            "the marker named as such",
        ),
        Example(
            "Walnuts at breakfast\n\nWalnuts at breakfast prevent heart attacks, the trial shows.\n\n"
            "The 6,200 volunteers were followed for five years. Their cholesterol fell, and 31 had heart attacks, "
            "against 58 of those who ate none.",
            "a clinical outcome is given",
        ),
        Example(
            "Rooibos and diabetes\n\nA cup of rooibos a day may prevent type 2 diabetes, a study suggests.\n\n"
            "In the study, 55 students drank it for a week. Their blood sugar rose less after a meal. "
            "Their insulin levels were lower too.",
            "hedged",
        ),
    ),
)
_BODY: frozenset[BlockKind] = frozenset(("standfirst", "subheading", "paragraph", "quote", "list"))
_RISKS = frozenset(("risk", "threat", "onset", "chance", "progression", "development", "danger"))
_DENIALS = frozenset(("no", "not", "n't", "n’t", "without", "whether", "never", "nobody", "none"))


def find(reading: Reading) -> Iterator[Finding]:
    """Leaps in one sentence; and promises, in an article whose only results are markers."""
    marker: tuple[int, int] | None = None
    promising: bool | None = None  # whether markers are all that was measured, read at the first promise
    for claim in reading.claims:
        block = reading.article.block_at(claim.start)
        if block is None or block.kind not in _BODY:
            continue
        phrase = _leap(reading, claim)
        if phrase is None and promising is not False and not claim.hedged and claim.reported:
            phrase = _promise(reading, reading.span(claim.start, claim.end))
            if phrase is not None and promising is None:
                marker = next(_measured(reading), None)
                promising = marker is not None and not _has_outcome(reading)
            phrase = phrase if promising else None
        if phrase is not None and not repeats_headline(reading, *phrase):
            yield CHECK.finding(
                *phrase,
                "Say what was measured: a marker changed, and nobody counted illness, symptoms or deaths.",
                trigger=reading.article.text[slice(*phrase)],
                evidence=(Evidence("what was measured", *marker),) if marker else (),
            )


def _measured(reading: Reading) -> Iterator[tuple[int, int]]:
    """The markers whose change the article tells of, the first of each sentence."""
    for sentence in _sentences(reading):
        marker = cues("surrogate", "markers").search(sentence.text)
        if marker and cues("surrogate", "changes").search(sentence.text):
            yield sentence.start_char + marker.start(), sentence.start_char + marker.end()


def _has_outcome(reading: Reading) -> bool:
    """Whether the article tells how people fared, in figures or in the past tense; not that nothing is known of it."""
    for sentence in _sentences(reading):
        outcome = cues("surrogate", "outcomes").search(sentence.text)
        told = outcome and any(token.tag_ == "VBD" or token.like_num for token in sentence)
        if told and not any(token.lower_ in _DENIALS for token in sentence):
            return True
    return False


def _sentences(reading: Reading) -> Iterator[Span]:
    for sentence in reading.doc.sents:
        block = reading.article.block_at(sentence.start_char)
        if block is not None and block.kind in _BODY:
            yield sentence


def _leap(reading: Reading, claim: Claim) -> tuple[int, int] | None:
    """What a change of a marker is said to mean: "antibodies fell, so lupus is beaten"."""
    text = reading.article.text
    if not cues("surrogate", "leaps").search(text, claim.start, claim.end):
        return None
    marker = cues("surrogate", "markers").search(text, claim.start, claim.end)
    change = marker and cues("surrogate", "changes").search(text, claim.start, claim.end)
    if not marker or not change:
        return None
    leap = cues("surrogate", "leaps").search(text, max(marker.end(), change.end()), claim.end)
    beaten = leap and cues("surrogate", "beaten").search(text, leap.end(), claim.end)
    return (leap.start(), beaten.end()) if leap and beaten else None


def _promise(reading: Reading, sentence: Span) -> tuple[int, int] | None:
    """What is said to be done to a disease, as a fact or with "can"."""
    for token in sentence:
        if token.pos_ != "VERB" or token.lemma_.lower() not in words("surrogate", "verbs") or not _is_stated(token):
            continue
        diseases = [node for node in _done_to(token) if _is_disease(reading, node)]
        if diseases and not cues("surrogate", "markers").search(_text(token, diseases)):
            start = min([token.idx, *(child.idx for child in token.lefts if child.dep_ in ("aux", "auxpass"))])
            end = max([token.idx + len(token), *(node.right_edge.idx + len(node.right_edge) for node in diseases)])
            return min(start, *(node.left_edge.idx for node in diseases)), end
    return None


def _is_stated(verb: Token) -> bool:
    """In the present tense, or with "can"; not under another modal, nor what somebody wants to do."""
    modals = [child.lower_ for child in verb.lefts if child.tag_ == "MD"]
    passive = any(child.dep_ == "auxpass" for child in verb.lefts)
    return modals == ["can"] or (not modals and (verb.tag_ in ("VBZ", "VBP") or (passive and verb.tag_ == "VBN")))


def _done_to(verb: Token) -> list[Token]:
    """The object, what it is protected against, or the subject of a passive."""
    found = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    prepositions = [child for child in verb.rights if child.lower_ in ("against", "from", "off")]
    return found + [inner for node in prepositions for inner in node.rights if inner.dep_ == "pobj"]


def _is_disease(reading: Reading, node: Token) -> bool:
    """A disease, or the risk of one."""
    inner = [token for token in node.subtree if token.dep_ == "pobj"] if node.lemma_ in _RISKS else []
    return any(
        entity.kind == "disease" and entity.start <= token.idx < entity.end
        for entity in reading.entities
        for token in (node, *inner)
    )


def _text(verb: Token, nodes: list[Token]) -> str:
    last = max([verb.i, *(node.right_edge.i for node in nodes)])
    return str(verb.doc[verb.i : last + 1].text)
