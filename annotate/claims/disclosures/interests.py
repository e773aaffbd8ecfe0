"""funding-or-conflicts and independent-source: who paid, and who comments without a stake.

An independent source is a named person who is said to be outside the study, who speaks for a body that comments on
others' work, or whose affiliation is none of the study's, where the study's own people are told by name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotate.claims.disclosures.scene import Place, Telling, first, told
from annotate.claims.study.account import Account, Sentence
from annotate.patterns import pattern
from annotate.types import Disclosure

if TYPE_CHECKING:
    from spacy.tokens import Span

_LIST = "disclosures/interests"
_REACH = 130  # characters from a name to the words that say who it is
_GENERIC = frozenset(
    "university the of college school medicine medical center centre hospital institute department and for health "
    "research in national clinic".split()
)


def funding(telling: Telling) -> Disclosure:
    """Who paid for the study, or what its authors stand to gain, or that they declare nothing."""
    return told(
        "funding_or_conflicts",
        first(telling.account, pattern(_LIST, "funding"), pattern(_LIST, "funding_not")),
    )


def independent_source(telling: Telling) -> Disclosure:
    """A named person outside the study who comments on it."""
    account = telling.account
    found = first(account, pattern(_LIST, "independent"), pattern(_LIST, "independent_not"))
    return told("independent_source", found or _editorialist(account) or _outsider(account))


def _editorialist(account: Account) -> Place | None:
    """Somebody named who writes beside the study."""
    for sentence, _, _ in account.matches(pattern(_LIST, "editorials"), told=False):
        if people := _people(account, sentence):
            return sentence, people[0].start_char, people[0].end_char
    return None


def _outsider(account: Account) -> Place | None:
    """The first who speaks, is introduced with a body or a place, and is not of the study."""
    introduced = _introductions(account)
    team = {name for name, (_, around) in introduced.items() if pattern(_LIST, "of_the_study").search(around)}
    bodies = _bodies_of_the_study(account) if team else set()
    for name, (place, around) in introduced.items():
        if name in team:
            continue
        speaks_for = pattern(_LIST, "commenting_bodies").search(around)
        if speaks_for and any(word[0].isupper() for word in speaks_for[0].split()):
            return place
        own = _bodies(account, place[0])
        if team and own and not any(_same(one, other) for one in own for other in bodies):
            return place
    return None


def _bodies_of_the_study(account: Account) -> set[str]:
    """The bodies named where somebody is said to be of the study."""
    sentences = (sentence for sentence, _, _ in account.matches(pattern(_LIST, "of_the_study"), told=False))
    return {body for sentence in sentences for body in _bodies(account, sentence)}


def _introductions(account: Account) -> dict[str, tuple[Place, str]]:
    """Surname of everybody who speaks → where they are first named in full, and the words around."""
    speaking = {
        quotation.speaker.split()[-1]
        for quotation in account.parsed.quotations
        if quotation.speaker and quotation.speaker[0].isupper()
    }
    found: dict[str, tuple[Place, str]] = {}
    for sentence in account.sentences:
        for person in _people(account, sentence):
            surname = person.text.split()[-1]
            if surname in found or len(person.text.split()) < 2 or not (surname in speaking or _speaks(person)):
                continue
            low, high = person.start_char - sentence.start, person.end_char - sentence.start
            around = sentence.text[max(0, low - _REACH) : high + _REACH]
            found[surname] = (sentence, person.start_char, person.end_char), around
    return found


def _speaks(person: Span) -> bool:
    return person.root.dep_ == "nsubj" and person.root.head.lemma_.lower() in ("say", "add", "comment", "call", "tell")


def _people(account: Account, sentence: Sentence) -> list[Span]:
    return [entity for entity in account.named.get(sentence.index, ()) if entity.label_ == "PERSON"]


def _bodies(account: Account, sentence: Sentence) -> set[str]:
    return {entity.text for entity in account.named.get(sentence.index, ()) if entity.label_ in ("ORG", "FAC", "GPE")}


def _same(one: str, other: str) -> bool:
    """They share a word that is not a generic one: "Harvard" and "Harvard Medical School"."""
    first_words, other_words = (
        {word for word in re.findall(r"\w+", name.lower()) if word not in _GENERIC} for name in (one, other)
    )
    return bool(first_words & other_words) or not first_words
