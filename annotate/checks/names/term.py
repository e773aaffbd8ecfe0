"""A disease, symptom, drug or other term garbled into something close.

What it flags: a word that is one or two letters, or one sound, away from a term that fits better: a term that the
article itself uses ("tamoxifin" in a story on tamoxifen), the word that makes a known term of its neighbours ("cystic
sclerosis" for "systemic sclerosis"), or a term related to the article's other diseases. Why it misleads: a reader who
looks the word up finds nothing, or another disease or drug. Write instead the term. It leaves alone British and
American spelling, plurals and derived forms, surnames, and words that have no better explanation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotate.artefacts import wordlist
from annotate.checks.names import person
from annotate.checks.names._candidates import MIN_SCORE, Explainer, Explanation
from annotate.checks.names._kinship import is_alien, is_real
from annotate.checks.names._people import people
from annotate.checks.names._usage import is_formed, is_known
from annotate.checks.names._words import Word, Words, parts_of_speech, words_of
from annotate.types import Check, Evidence, Example, Finding, Reading

CHECK = Check(
    id="names.term",
    severity="warning",
    examples=(
        Example(
            "Women took tamoxifen for five years. Half as many tumours came back with tamoxifen as without. "
            "The drug was safe, and [[tamoxifin]] costs little."
        ),
        Example("Her doctor found [[arterial fibrillation]] and gave her a blood thinner."),
        Example("The pill helps people with [[irritable vowel syndrome]]."),
        Example("Doctors treated [[psoriosis]] in both groups."),
        Example(
            "The oestrogen cream eased oedema; estrogen tablets did not. Tumours and tumors shrank.",
            "two spellings in use",
        ),
        Example("Allergy doctors saw allergic reactions in patients with allergies.", "inflections"),
        Example("Mr Sorafen of Leeds, a baker, took sorafenib for two years.", "a surname"),
        Example("The drug, glavotinib, is new. Glavotinib slowed the tumour.", "a new name, used throughout"),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """Words that a near term explains better."""
    words = words_of(reading)
    explainer = Explainer(reading, words)
    names, parts = _named(reading), parts_of_speech(reading)
    best: dict[int, Explanation] = {}
    for explanation in _explanations(explainer, words, names, parts):
        known = best.get(explanation.wrong.start)
        longer = known is not None and known.right == explanation.right and len(known.words) < len(explanation.words)
        if known is None or longer or explanation.rank > known.rank:
            best[explanation.wrong.start] = explanation
    told = [best[start] for start in sorted(best) if best[start].score >= MIN_SCORE]
    capitals = any(explanation.wrong.text[0].isupper() for explanation in told)
    people_told = tuple(person.find(reading)) if capitals else ()
    surnames = _surnames(reading) if capitals else ()
    for explanation in told:
        finding = _finding(reading, explanation)
        said = finding.suggestion is not None and finding.suggestion.replacement
        named = any(other.start < finding.end and finding.start < other.end for other in people_told)
        if named or explanation.wrong.start in surnames or said == reading.article.text[finding.start : finding.end]:
            continue
        yield finding


def _explanations(
    explainer: Explainer, words: Words, names: frozenset[int], parts: Mapping[int, str]
) -> Iterator[Explanation]:
    for at, word in enumerate(words.all):
        for size, places in explainer.windows(at):
            for explanation in explainer.from_slots(at, size, places):
                wrong = explanation.wrong
                named = wrong.start in names and not explanation.signals["here"]
                if _may_be_wrong(wrong, parts) and not named and not (wrong.capital and _in_title(words, at, size)):
                    yield explanation
        if word.capital or word.start in names or not _may_be_wrong(word, parts):
            continue
        if not is_known(word.form) and is_formed(word.form):
            continue
        yield from explainer.from_article(at)
        if not word.text.islower() or not is_alien(word) or word.frequency >= MAX_ALIEN or _is_part(words, at):
            continue
        if parts.get(word.start) != "ADJ" or not is_real(word):
            yield from explainer.from_vocabulary(at)


def _may_be_wrong(word: Word, parts: Mapping[int, str]) -> bool:
    if len(word.form) < MIN_LENGTH or not word.form.isalpha() or not word.text[1:].islower():
        return False
    if word.bracketed:
        return False
    return parts.get(word.start) not in _VERBAL or word.frequency < 1.0


def _is_part(words: Words, at: int) -> bool:
    """Whether a word makes a known one with the word before it, from which a hyphen parts it: "sacro-iliitis"."""
    before, word = words.all[at - 1], words.all[at]
    return at > 0 and word.joined and word.start - before.end == 1 and is_known(before.form + word.form)


def _in_title(words: Words, at: int, size: int) -> bool:
    """Whether capitals go on around a window: part of a longer name."""
    return any(word.capital for word in (*words.all[max(0, at - 1) : at], *words.all[at + size : at + size + 1]))


MIN_LENGTH = 5
MAX_ALIEN = 3.0
"""Zipf: a more frequent English word is taken for a garble only where the article or its neighbours say so."""


def _named(reading: Reading) -> frozenset[int]:
    """Starts of the words inside people's names."""
    return frozenset(
        token.idx for entity in reading.doc.ents if entity.label_ in ("PERSON", "NORP") for token in entity
    )


def _surnames(reading: Reading) -> frozenset[int]:
    """Starts of the surnames in a person's place, which `names.person` judges."""
    found = people(reading)
    mentions = (mention.start for mention in found.mentions if mention.strong)
    return frozenset((*mentions, *(full.start for full in found.full)))


_VERBAL = frozenset(("VERB", "AUX", "ADV"))


def _finding(reading: Reading, explanation: Explanation) -> Finding:
    first, last = explanation.words[0], explanation.words[-1]
    text = reading.article.text
    wrong = explanation.wrong
    right = _in_the_form_of(explanation.right, wrong)
    whole = text[first.start : wrong.start] + right + text[wrong.end : last.end]
    used = next((word for word in words_of(reading).all if word.form == explanation.right), None)
    evidence = (Evidence(f"“{used.text}” elsewhere", used.start, used.end),) if used else ()
    return CHECK.finding(
        first.start, last.end, f"“{text[first.start:last.end]}” is no usual term here: “{whole}” is close and fits.",
        trigger=text[first.start : last.end], suggestion=whole, evidence=evidence,
        signals={**explanation.signals, "score": round(explanation.score, 2)},
    )  # fmt: skip


def _in_the_form_of(right: str, wrong: Word) -> str:
    """The right word with the plural and the capital of the wrong one."""
    if wrong.form != wrong.text.lower() and wrong.text.lower().endswith("s") and not right.endswith("s"):
        right = right[:-1] + "ies" if right.endswith("y") and right[-2:-1] not in "aeiou" else right + "s"
    for american, british in wordlist("names/endings")["british"]:
        if british in wrong.text.lower() and british not in right:
            right = right.replace(american, british)
    return right.capitalize() if wrong.text[0].isupper() else right
