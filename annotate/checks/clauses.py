"""Pieces of a sentence that checks mark, or that answer what they would mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotate.types import Guard, Suggestion

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_ENDS = frozenset(("advcl", "cc", "conj", "parataxis", "ccomp"))
_CAUSATIVE = frozenset(("make", "help", "let", "keep"))  # their clause belongs to them: "makes nurses gain weight"


def verb_phrase(verb: Token, start: int | None = None) -> Span:
    """A verb and what it governs, up to a point or a further clause; from token `start` where given."""
    end = verb.i + 1
    for child in verb.rights:
        if child.is_punct or child.dep_ in _ENDS - ({"ccomp"} if verb.lemma_ in _CAUSATIVE else set()):
            break
        end = child.right_edge.i + 1
    return verb.doc[verb.i if start is None else start : end]


def softened(verb: Token) -> tuple[int, int, str] | None:
    """`(start, end, "may …")` for a verb in the simple present or past; None for other forms."""
    plain = not any(child.dep_ in ("aux", "auxpass", "neg") for child in verb.lefts)
    misread = verb.tag_ == "VB" and any(child.dep_ == "nsubj" for child in verb.lefts)  # "that pills ease pain"
    if not (verb.tag_ in ("VBZ", "VBP", "VBD") or misread) or not plain:
        return None
    lemma = "be" if verb.lower_ in ("is", "are", "was", "were") else verb.lemma_
    said = f"may {lemma}"
    return verb.idx, verb.idx + len(verb), said.title() if verb.is_title else said


_VOWEL = re.compile(r"(?!eu|uni|use|usu|one\b)[aeiou]|hour|heir|honest", re.IGNORECASE)
_CHANGES = {
    **dict.fromkeys(("reduce", "cut", "lower", "decrease", "slash"), "lower"),
    **dict.fromkeys(("raise", "increase", "boost"), "higher"),
}
_CHANCES = frozenset(("risk", "chance", "rate", "odds"))
_BY = re.compile(r"by (?:(?:about|around|nearly|almost|more than|up to) )?(\d[\d.]*) ?(%|per ?cent)$", re.IGNORECASE)


def linked(verb: Token, *, past: bool) -> Suggestion | None:
    """“Cuts the risk of stroke by 20%” → “is linked with a 20% lower risk of stroke”, where that reads well."""
    change = _CHANGES.get(verb.lemma_.lower())
    risk = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    if change is None or risk is None or risk.lemma_.lower() not in _CHANCES or verb.is_title:
        return None
    if verb.tag_ not in ("VBZ", "VBP", "VBD") or risk.left_edge.i != verb.i + 1:
        return None
    beyond = next((child for child in verb.rights if child.i > risk.right_edge.i and child.lower_ == "by"), None)
    by = beyond or next((child for child in risk.subtree if child.lower_ == "by" and child.i > risk.i), None)
    measure = _BY.match(verb.doc[by.i : by.right_edge.i + 1].text) if by is not None else None
    if by is not None and measure is None:
        return None
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    plural = subject is not None and subject.tag_ in ("NNS", "NNPS")
    many = verb.tag_ == "VBP" or (verb.tag_ == "VBD" and plural)
    said = ("were" if many else "was") if past else ("are" if many else "is")
    size = f"{measure[1]}{'%' if measure[2] == '%' else ' per cent'} " if measure else ""
    article = "" if risk.tag_ == "NNS" else "an " if re.match(r"8|1[18](?!\d)", size) else "a "
    own = [child.text for child in risk.lefts if child.dep_ not in ("det", "poss")]
    words = " ".join([f"{said} linked with {article}{size}{change}", *own, risk.text])
    if by is None:
        return Suggestion(verb.idx, risk.idx + len(risk), words)
    rest = verb.doc[risk.i + 1 : by.i].text
    return Suggestion(verb.idx, by.right_edge.idx + len(by.right_edge), f"{words} {rest}".rstrip())


def without(span: Span) -> Suggestion | None:
    """Words left out before what they describe: “a revolutionary pill” → “a pill”, “a landmark idea” → “an idea”.

    None where they stand at an end of their phrase, or are joined to other words.
    """
    doc, start, end = span.doc, span.start, span.end
    if end >= span.sent.end or not doc[end].is_alpha or doc[end].pos_ in ("CCONJ", "ADP", "PUNCT"):
        return None
    ahead = doc[start - 1] if start > span.sent.start else None
    if ahead is not None and (ahead.pos_ == "CCONJ" or ahead.text == ","):
        return None
    following, begin, words = doc[end], doc[start].idx, doc[end].text
    if ahead is not None and ahead.lower_ in ("a", "an"):
        article = "an" if _VOWEL.match(words) else "a"
        begin, words = ahead.idx, f"{article.capitalize() if ahead.is_title else article} {words}"
    elif doc[start].text[0].isupper() and (ahead is None or not ahead.is_alpha):
        words = words[0].upper() + words[1:]
    return Suggestion(begin, following.idx + len(following), words)


def answered_in(sentence: Span, pattern: re.Pattern[str]) -> Guard | None:
    """The words of a sentence that answer it, by a check's own pattern."""
    found = pattern.search(sentence.text)
    if found is None:
        return None
    start = sentence.start_char + found.start()
    return Guard("answered", found[0], start, start + len(found[0]))
