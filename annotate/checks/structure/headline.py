"""A headline that claims more than the article supports.

What it flags: a headline that states an effect as a fact where the article tells of an observational study, of fewer
than a hundred people, of nobody to compare with or of evidence on the other side, or says "may" or "is linked to"
itself; and one that leaves out that the study was in animals or cells. Why it misleads: most readers see the headline
only, and those who read on remember it over the text. Write instead what the body says: "may ease", "is linked to", "in
mice", "in a small trial". It leaves alone headlines that hedge, ask or deny, that measure their claim themselves, and
those that the body bears out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from annotate.artefacts import wordlist
from annotate.checks.clauses import linked, softened
from annotate.checks.inference._cues import words
from annotate.checks.inference.nonhuman import in_species
from annotate.patterns import joined, whole
from annotate.types import (
    CAUSAL,
    CONDITIONAL,
    OBSERVATIONAL,
    Check,
    Claim,
    Evidence,
    Example,
    Finding,
    Reading,
    Suggestion,
)  # fmt: skip

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

CHECK = Check(
    id="structure.headline",
    severity="warning",
    guards=("negated", "question"),
    references=(
        "Sumner P et al. The association between exaggeration in health related science news and academic press "
        "releases. BMJ 2014;349:g7015",
        "Ecker UKH et al. The effects of subtle misinformation in news headlines. J Exp Psychol Appl 2014;20:323",
    ),
    examples=(
        Example(
            "[[Daily walks prevent gout]], study finds\n\nIn a cohort of 9,000 adults, those who walked every day were "
            "less likely to have gout ten years on. The researchers followed them from 1998."
        ),
        Example(
            "[[New gel heals burns]]\n\nA trial of 24 patients at a hospital in Porto tested the gel. Burns closed "
            "two days sooner than with a plain dressing."
        ),
        Example(
            "[[Turmeric shrinks brain tumours]]\n\nIn the study, 30 mice with brain tumours were given turmeric for a "
            "month. The tumours grew more slowly, the researchers found."
        ),
        Example(
            "[[Ginger tea relieves migraine]]\n\nGinger tea may relieve migraine, according to a trial in which 900 "
            "adults were randomly assigned to ginger or plain hot water."
        ),
        Example(
            "[[Zinc drops cure hiccups]]\n\nThe drops stopped the hiccups of 240 people within a minute, the team "
            "reported in a trial of the drops. But two earlier trials found no effect."
        ),
        Example("Daily walks may prevent gout\n\nIn a cohort of 9,000 adults, walkers had less gout.", "hedged"),
        Example("Do daily walks prevent gout?\n\nIn a cohort of 9,000 adults, walkers had less gout.", "question"),
        Example(
            "Turmeric shrinks brain tumours in mice\n\nIn the study, 30 mice were given turmeric for a month.",
            "the species is named",
        ),
        Example(
            "Virus causes wasting in lambs and babies\n\nHealth officials confirmed on Monday that the virus is the "
            "cause of the outbreak. A cohort study of 300 families was published last week.",
            "an authority has settled the cause",
        ),
        Example(
            "Statin cuts heart attacks\n\nIn a randomised trial of 9,000 adults, the statin reduced heart attacks from "
            "40 to 30 in every 1,000 people over five years.",
            "the body bears it out",
        ),
    ),
)
FEW = 100
_SURE = 0.6  # the model was trained on softened labels: its probabilities are low
_UNDISPUTED = 0.85
_CAN = re.compile(r"\b(?:can|will)\b", re.IGNORECASE)
_LEAD, _OPENING = 3, 6  # sentences
# Words of the headline that make a sentence of the body one about the same: fewer are enough in the lead.
_SHARED_IN_LEAD, _SHARED = 1, 2
_MODALS = frozenset(("may", "might", "could"))
_UNCONTROLLED = frozenset(("uncontrolled-trial", "case-report"))
_LIST = "structure/headline"
# A headline on work under way claims no result.
_UNDER_WAY = frozenset(("test", "propose", "study", "seek", "aim", "plan", "launch", "begin", "start", "ask", "explore",
                        "investigate", "examine", "try", "await", "call", "urge"))  # fmt: skip

_OBSERVED = "The study was observational: say “linked with” or “may”, not that one causes the other."
# Verbs of reporting that say more than that something was reported.
_PROVING = frozenset(("prove", "confirm", "establish", "demonstrate"))

Reason = tuple[str, Evidence]


def find(reading: Reading) -> Iterator[Finding]:
    """The headline's claim, where the article gives a reason that it is too strong."""
    for claim in reading.claims:
        if not reading.article.in_headline(claim.start):
            return
        if reading.span(claim.start, claim.end).root.lemma_.lower() in _UNDER_WAY:
            continue
        nonhuman = _nonhuman(reading, claim)
        reason = nonhuman or _too_strong(reading, claim)
        if reason is not None:
            message, evidence = reason
            start, end = claim.start, _end(reading, claim)
            headline, observed = reading.span(start, end), message == _OBSERVED
            yield CHECK.finding(
                start,
                end,
                message,
                trigger=reading.article.text[start:end],
                suggestion=in_species(reading, start, end) if nonhuman else _suggestion(headline, observed=observed),
                evidence=(evidence,),
                signals={"strength": claim.strength, "score": round(claim.score or 0.0, 2)},
            )
            return


def _nonhuman(reading: Reading, claim: Claim) -> Reason | None:
    species = reading.study.species
    if species is None or species.value not in ("animal", "cell") or claim.strength < CONDITIONAL:
        return None
    if _said(reading, "species", claim) or _said(reading, "promised", claim):
        return None
    told = "animals" if species.value == "animal" else "cells in a laboratory"
    return f"Say it in the headline: the study was in {told}.", Evidence("the species", species.start, species.end)


def _too_strong(reading: Reading, claim: Claim) -> Reason | None:
    study = reading.study
    makes = _said(reading, "makes", claim)  # "makes … more likely" is no mere likelihood
    stated = not claim.hedged and (makes or (claim.strength == CAUSAL and (claim.score or 0.0) >= _SURE))
    promised = not claim.hedged and claim.strength == CONDITIONAL and _says(reading, _CAN, claim)
    if not (stated or promised) or _measured(reading, claim) or _settled(reading):
        return None
    observed = study.design is not None and study.design.value in OBSERVATIONAL
    if study.design is not None and observed and not claim.negated and not _said(reading, "comparison", claim):
        evidence = Evidence("an observational study", study.design.start, study.design.end)
        return _OBSERVED, evidence
    return _unsupported(reading, claim) if stated else None


def _unsupported(reading: Reading, claim: Claim) -> Reason | None:
    """What the body says that the headline's fact does not bear: few people, no control, doubt, the other side."""
    study = reading.study
    if study.n is not None and study.n.value < FEW and (study.species is None or study.species.value == "human"):
        evidence = Evidence("the size of the study", study.n.start, study.n.end)
        return f"Stated as a fact from {study.n.value} people: hedge it, or say “small trial”.", evidence
    if study.design is not None and study.design.value in _UNCONTROLLED:
        evidence = Evidence("the design", study.design.start, study.design.end)
        return "Stated as a fact, but nobody was compared with the patients: hedge it.", evidence
    if hedge := _hedged_in_body(reading, claim):
        return "The article itself is less sure: say “may” in the headline too.", hedge
    if (claim.score or 0.0) >= _UNDISPUTED and (dispute := _disputed(reading)):
        return "The article tells of evidence on the other side: hedge the headline.", dispute
    return None


def _hedged_in_body(reading: Reading, claim: Claim) -> Evidence | None:
    """A sentence of the opening, in the article's own voice, that tells the same as possible or as a link only."""
    told = _content(reading.span(claim.start, claim.end))
    linked = None
    for number, sentence in enumerate(_opening(reading)):
        shared = len(told & _content(sentence))
        if shared < (_SHARED_IN_LEAD if number < _LEAD else _SHARED):
            continue
        if hedge := _hedge(sentence):
            return hedge
        own = [other for other in reading.claims if sentence.start_char <= other.start < sentence.end_char]
        if shared >= _SHARED and any(other.strength == CAUSAL for other in own):
            return None  # the body says it outright before it says it softly
        if linked is None and shared >= _SHARED:
            linked = _evidence(sentence, "links")
    return linked


def _hedge(sentence: Span) -> Evidence | None:
    """The words that make a sentence's effect a possible one; not those on what may follow from it."""
    for token in sentence:
        follows = token.head.lemma_.lower() in _words("consequences")
        if token.tag_ == "MD" and token.text in _MODALS and token.dep_ == "aux" and not follows:
            return Evidence("what the body says", token.idx, token.idx + len(token))
    return _evidence(sentence, "hedges")


def _evidence(sentence: Span, key: str) -> Evidence | None:
    found = _pattern(key).search(sentence.text)
    if found is None:
        return None
    start = sentence.start_char + found.start()
    return Evidence("what the body says", start, start + len(found[0]))


def _opening(reading: Reading) -> Iterator[Span]:
    """The first sentences of the body outside quotations."""
    number = 0
    for sentence in reading.doc.sents:
        block = reading.article.block_at(sentence.start_char)
        if block is None or block.kind not in ("paragraph", "standfirst") or not sentence.text.strip():
            continue
        if any(item.direct and item.start <= sentence.start_char < item.end for item in reading.quotations):
            continue
        number += 1
        if number > _OPENING:
            return
        yield sentence


def _content(span: Span) -> frozenset[str]:
    """The lemmas that carry the meaning."""
    return frozenset(
        token.lemma_.lower()
        for token in span
        if token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ") and not token.is_stop and len(token) > 2
    )


def _settled(reading: Reading) -> bool:
    return any(_pattern("settled").search(sentence.text) for sentence in _opening(reading))


def _disputed(reading: Reading) -> Evidence | None:
    for block in reading.article.blocks:
        if block.kind in ("paragraph", "quote"):
            found = _pattern("disputed").search(reading.article.text, block.start, block.end)
            if found:
                return Evidence("evidence on the other side", found.start(), found.end())
    return None


def _said(reading: Reading, key: str, claim: Claim) -> bool:
    return _says(reading, _pattern(key), claim)


def _measured(reading: Reading, claim: Claim) -> bool:
    return _said(reading, "measured", claim) or _said(reading, "promised", claim)


def _says(reading: Reading, pattern: re.Pattern[str], claim: Claim) -> bool:
    return pattern.search(reading.article.text, claim.start, claim.end) is not None


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(wordlist(_LIST)[key])


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return whole(wordlist(_LIST)[key])


@cache
def _says_who() -> re.Pattern[str]:
    return re.compile(rf"(?:[,;:–—-]\s*|\s)(?:{joined(wordlist(_LIST)['said'])})\W*$", re.IGNORECASE)


def _end(reading: Reading, claim: Claim) -> int:
    """The claim without "…, study finds" at its end."""
    match = _says_who().search(reading.article.text[claim.start : claim.end])
    return claim.start + match.start() if match and match.start() > 10 else claim.end


def _suggestion(headline: Span, *, observed: bool) -> Suggestion | None:
    """The claim as a link, after an observational study and where that reads well, else with "may".

    Where the headline says who found it, what was found is softened: "Scientists report that it may ease …".
    """
    root = headline.root
    if root.lemma_.lower() not in words("statements", "finds"):
        return _softer(root, observed=observed)
    verb = next((child for child in root.children if child.dep_ == "ccomp"), None)
    edit = _softer(verb, observed=observed) if verb is not None else None
    if edit is None or verb is None or verb.i < root.i or root.lemma_.lower() not in _PROVING:
        return edit
    if root.tag_ != "VBP" or root.is_title:
        return None
    between = headline.doc.text[root.idx + len(root) : edit.start]
    return Suggestion(root.idx, edit.end, f"report{between}{edit.replacement}")


def _softer(verb: Token, *, observed: bool) -> Suggestion | None:
    link = linked(verb, past=False) if observed else None
    edit = softened(verb)
    return link or (Suggestion(*edit) if edit and verb.pos_ == "VERB" else None)
