"""Sentences that lost words, run on into the next, or hold a quotation that never ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from annotate.artefacts import wordlist
from annotate.checks.names._words import tokens_by_start
from annotate.checks.text._glue import Fault, in_blocks, words
from annotate.types import Quotation, Reading, Suggestion

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_WEEKDAYS = frozenset(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
_MONTHS = frozenset("January February March April May June July August September October November December".split())
_LOST_VERB = re.compile(r"\b(a|an|the) (A|An|The)(?= [a-z])(?! (?:to|and|or|for|in|of|on|is|at) )")
_TWO_DETERMINERS = re.compile(
    r"(?<![\w'’-])(?:an? (?:the|these|his|their|our|its|of|is|was|were|are|and)"
    r"|the (?:an?|this|of|is|was|are|their|its|with|from|than|which|has|have|had|were))(?![\w'’/-])"
)
_NO_VERB = re.compile(r"\b([Aa]lthough|[Tt]hough|[Bb]ecause|[Ss]ince) ((?:[\w-]+ ){1,3}?)not (an?|the)\b")
_LOWER_START = re.compile(r"(?<=[a-z]{3}[.?!]) ([a-z]{2,})(?=[ ,])")
_BEFORE_OF = re.compile(r" of\b(?<=\S...)", re.IGNORECASE)
_CAPITAL = re.compile(r"[^\W\d_a-zß-ÿ](?<=[^\W\d_] .)")
_SHOWN = 5
"""Words of an unclosed quotation that are marked."""
_TEXT = ("paragraph", "quote")
"""The kinds of blocks that are made of sentences."""


def lost_words(reading: Reading) -> Iterator[Fault]:
    """Words that show that others are missing: "Asthma a A common disease", "tiny of genetic called"."""
    text = reading.article.text
    for match, block in in_blocks(reading, _LOST_VERB, _TEXT):
        start = text.rfind(". ", block.start, match.start()) + 2
        start = block.start if start < block.start + 2 else start
        subject = text[start : match.start()].split()
        if 1 <= len(subject) <= 3 and all(word.replace("-", "").isalpha() for word in subject):
            mended = f"{text[start : match.start()]}is {match[1]}"
            yield Fault(start, match.end(), "lost", "The verb is lost.", mended)
        else:
            if match[1].lower() == match[2].lower():
                yield Fault(match.start(), match.end(), "doubled", f"“{match[1]}” is written twice.", match[1])
    for match, _ in in_blocks(reading, _TWO_DETERMINERS, _TEXT):
        yield Fault(match.start(), match.end(), "lost", "A word is lost here, or one is too many.")
    for match, _ in in_blocks(reading, _NO_VERB, _TEXT):
        named = _words_of(reading, match.start(2), match.end(2))
        if named and named[-1].pos_ in ("NOUN", "PROPN") and all(token.pos_ in _NOMINAL for token in named):
            verb = "are" if named[-1].tag_ in ("NNS", "NNPS") else "is"
            message, mended = "The verb is lost.", f"{verb} not {match[3]}"
            yield Fault(match.end(2), match.end(), "lost", message, mended)


def harm_given(reading: Reading) -> Iterator[Fault]:
    """Patients who are given what their disease comes from: "took the pill plus the toxins that cause the illness"."""
    for match, _ in in_blocks(reading, _harm(), _TEXT):
        sentence = _sentence(reading, match.start())
        before = {token.lower_ for token in sentence if token.idx < match.start("agent")}
        meant = {token.lower_ for token in sentence} & words("meant")
        if before & words("given") and not meant and _follows(reading, match.end()) not in ("VERB", "AUX"):
            message = "As it stands, the patients were given what their disease comes from: words are lost or moved."
            yield Fault(match.start(), match.end(), "lost", message)


def _follows(reading: Reading, end: int) -> str:
    """The part of speech of the word after a position."""
    span = reading.doc.char_span(end - 1, end, alignment_mode="expand")
    return span[-1].nbor().pos_ if span is not None and span.end < len(reading.doc) else ""


@cache
def _harm() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?:{'|'.join(sorted(words('with')))}) )(?P<agent>(?:the|these|those|their|his|her) (?:[\w-]+ ){{1,3}}"
        rf"(?:that|which) (?:{'|'.join(sorted(words('harms')))})(?:e?s|d|ed)? "
        rf"(?:the|their|this|his|her) (?:own )?(?:{'|'.join(sorted(words('harmed')))})\b)"
    )


_NOMINAL = ("NOUN", "PROPN", "ADJ", "DET", "NUM")


def _words_of(reading: Reading, start: int, end: int) -> list[Token]:
    span = reading.doc.char_span(start, end, alignment_mode="contract")
    return [token for token in span if not token.is_space] if span is not None else []


def _sentence(reading: Reading, position: int) -> Span:
    span = reading.doc.char_span(position, position + 1, alignment_mode="expand")
    assert span is not None
    return span.sent


def lost_noun(reading: Reading) -> Iterator[Fault]:
    """An adjective with "of" or "called" where its noun should be."""
    doc, at = reading.doc, tokens_by_start(reading)
    for match, _ in in_blocks(reading, _BEFORE_OF, _TEXT):
        number = at.get(match.start() + 1, 0)
        if number < 2 or number + 1 >= len(doc):
            continue
        before, token = doc[number - 2], doc[number - 1]
        if token.tag_ != "JJ" or not token.is_lower or token.lower_.endswith("ing"):
            continue
        if token.lower_ not in words("before_of") and before.pos_ in ("VERB", "ADP"):
            yield Fault(token.idx, match.end(), "lost", f"A noun is lost after “{token.text}”.")


def strays(reading: Reading) -> Iterator[Fault]:
    """Capitals in the middle of a sentence, and sentences that start without one."""
    text = reading.article.text
    capitals = list(_stray_capitals(reading))
    for match, block in in_blocks(reading, _LOWER_START, _TEXT):
        start = match.start(1)
        near = [fault for fault in capitals if start <= fault.start <= min(start + 40, block.end)]
        if near:
            capitals = [fault for fault in capitals if fault not in near]
            yield _garbled_opening(text, start, near[-1])
        elif match[1] not in words("never_capital") and not text.endswith(_abbreviations(), 0, start - 1):
            yield _lower_start(reading, start, match.end(1))
    yield from capitals


@cache
def _abbreviations() -> tuple[str, ...]:
    return tuple(f"{short}." for short in sorted(words("abbreviations")))


def _garbled_opening(text: str, start: int, stray: Fault) -> Fault:
    message = "The sentence opens with scrambled words."
    lead = _lead_in().match(text, stray.start)
    if lead is None:
        return Fault(start, stray.end, "fragment", message)
    when = lead["when"] if lead["when"] in _WEEKDAYS else f"in {lead['when']}"
    return Fault(start, lead.end(), "fragment", message, f"In {words('news_nouns')[lead['noun'].lower()]} out {when}")


@cache
def _lead_in() -> re.Pattern[str]:
    """What says that a study is out, and when: "Findings In March"."""
    nouns = "|".join(noun.capitalize() for noun in words("news_nouns"))
    when = "|".join(sorted(_WEEKDAYS | _MONTHS))
    return re.compile(rf"(?P<noun>{nouns}) (?:(?:Out|Published|Released|On|In|From|By) )*(?P<when>{when})\b")


def _lower_start(reading: Reading, start: int, end: int) -> Fault:
    text, sentence = reading.article.text, _sentence(reading, start)
    if any(token.tag_ in ("VBZ", "VBP", "VBD", "MD") for token in sentence):
        mended = text[start].upper() + text[start + 1 : end]
        return Fault(start, end, "fragment", "The sentence starts without a capital: words may be lost.", mended)
    return Fault(start, end, "fragment", "A piece of a sentence stands alone: join it to the one before.")


def _stray_capitals(reading: Reading) -> Iterator[Fault]:
    doc, at = reading.doc, tokens_by_start(reading)
    for match, block in in_blocks(reading, _CAPITAL, _TEXT):
        number = at.get(match.start(), 0)
        if not number or number + 1 >= len(doc):
            continue
        before, token, after = doc[number - 1], doc[number], doc[number + 1]
        inside = before.idx >= block.start and after.idx + len(after) <= block.end
        lower = before.is_lower and before.is_alpha and before.lower_ not in ("the", "a", "an")
        if not inside or not lower or not match[0].isupper() or not token.is_alpha:
            continue
        end = token.idx + len(token)
        if token.text in words("strays") and after.is_lower and after.is_alpha and after.lower_ != "and":
            mended = token.text.lower()
            if before.pos_ in ("NOUN", "VERB", "ADV", "PRON") and token.lower_ in words("openers"):
                message, mended = "The full stop between two sentences is lost.", f"{before.text}. {token.text}"
                yield Fault(before.idx, end, "glued", message, mended)
            else:
                yield Fault(token.idx, end, "capital", "A capital inside the sentence: words may be lost.", mended)
        elif not token.is_upper and _is_stray_pair(token, after):
            high = after.idx + len(after) if after.text[0].isupper() else end
            mended = reading.article.text[token.idx : high].lower()
            yield Fault(token.idx, high, "capital", "Capitals inside the sentence: words may be lost.", mended)


def _is_stray_pair(token: Token, after: Token) -> bool:
    """A participle or a news noun in capitals before a small word: "Published In", "Research On"."""
    if after.lower_ not in ("in", "on", "by", "at", "from", "with") or not token.whitespace_:
        return False
    if after.i + 1 < len(token.doc) and after.nbor(1).text[0].isupper() and after.is_lower:
        return False  # the title of something
    noun = token.lower_ in words("news_nouns") and after.text[0].isupper()
    return noun or (token.lower_.endswith("ed") and len(token) > 5)


@cache
def _saying() -> str:
    verbs = wordlist("language/reporting")["verbs"]
    forms = {form for verb in verbs for form in (f"{verb}s", f"{verb}d" if verb.endswith("e") else f"{verb}ed")}
    return "|".join([*sorted(forms), "said", "wrote", "told"])


@cache
def _attribution() -> re.Pattern[str]:
    return re.compile(
        rf"[a-z][,.?!] (?:(?:{_saying()}) (?:he|she|they|(?:Drs?\.? |Prof\.? |Professor )?[A-Z][\w’'-]+)\b(?! that)"
        rf"|(?:he|she|(?:Drs?\.? |Prof\.? |Professor )?[A-Z][\w’'-]+) (?:{_saying()})\b)"
    )


def open_quotations(reading: Reading) -> Iterator[Fault]:
    """Quotations without an end that take in the words saying who speaks."""
    for quotation in reading.quotations:
        if quotation.closed or quotation.continues:
            continue
        text = reading.article.text[quotation.start : quotation.end]
        found = _attribution().search(text)
        if found is None:
            continue
        opening = re.match(rf"\W?(?:\S+\s+){{{_SHOWN - 1}}}[\w’'-]*", text)
        end = quotation.start + (opening.end() if opening else len(text))
        message = "The quotation is never closed: the reader cannot tell who speaks after it."
        yield Fault(quotation.start, end, "quotation", message, _closing(quotation, text, found.start() + 1))


def _closing(quotation: Quotation, text: str, comma: int) -> Suggestion:
    mark = "”" if text.startswith("“") else '"'
    at = quotation.start + comma
    return Suggestion(at, at + 1, text[comma] + mark)
