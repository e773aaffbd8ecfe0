"""What an article says of its topic as a fact: "the drops halt glaucoma", "sitting less can ward off diabetes".

A statement is a clause whose subject is what the headline and the main claim are about, or what was done for it, and
whose verb or predicate says what that does for health (`models/wordlists/inference/statements.toml`). Most sentences
with such a verb are none: they explain a mechanism, tell of other work, or say what a company does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from annotate.checks.clauses import softened, verb_phrase
from annotate.checks.inference._cues import cues, words
from annotate.types import BlockKind, Claim, Reading, Suggestion

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_BODY: frozenset[BlockKind] = frozenset(("standfirst", "subheading", "paragraph", "quote", "list"))
_SUBJECTS = frozenset(("nsubj", "csubj"))
_CLAUSES = frozenset(("ROOT", "ccomp", "conj", "parataxis"))
_ILLNESS = frozenset(("disease", "symptom", "organism"))
_OBJECTS = frozenset(("dobj", "obj", "prep", "xcomp", "ccomp"))
_NEAR = 6  # tokens
_FINITE = ("VBZ", "VBP", "VBD")
_PRONOUNS = frozenset(("it", "this"))

# "affects one in five" tells how common a thing is.
_PREVALENCE = re.compile(
    r"affect\w*\s+(?:\w+\s+){0,3}?(?:\d|one|two|half|nearly|almost|about|around|more than|up to|an estimated|millions|"
    r"people|thousands|many|most|few|extremely|\\w+ few)",
    re.IGNORECASE,
)

# "…, a study of nurses shows", where the parser takes it for a part of the phrase.
_SAYS_WHO = re.compile(
    r",\s+(?:(?:an?|the|new|this)\s+(?:\S+\s+){0,3}?(?:study|trial|research|survey|report|team)|says?|said|according|"
    r"researchers|scientists|research)\b",
    re.IGNORECASE,
)

Tense = Literal["present", "can", "will", "should", "past", "may"]
_MODALS: dict[str, Tense] = {"can": "can", "will": "will", "'ll": "will", "’ll": "will", "should": "should"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause that says what the topic does; `start:end` are the words to mark, the subject left out."""

    claim: Claim
    sentence: Span
    verb: Token
    subject: Token
    tense: Tense
    start: int
    end: int

    @property
    def harmful(self) -> bool:
        """Told of harm, which is no claim that something works."""
        return self.verb.lemma_.lower() in words("statements", "harms")

    @property
    def general(self) -> bool:
        """Told of patients at large and not of those who took part."""
        return self.tense != "past"


@lru_cache(maxsize=2)  # several checks ask, one after the other
def statements(reading: Reading, *, hedged: bool = False) -> tuple[Statement, ...]:
    """The statements of an article's body, in order, at most one a sentence; those with a hedge only if asked for."""
    topic = topic_of(reading)
    claims = (claim for claim in reading.claims if claim.reported and (hedged or not claim.hedged))
    found = (_statement(reading, claim, topic) for claim in claims)
    return tuple(statement for statement in found if statement is not None)


def repeats_headline(reading: Reading, start: int, end: int) -> bool:
    """The same words stand in the headline, which is the business of `structure.headline`."""
    text = reading.article.text
    return any(text[start:end] in text[block.start : block.end] for block in reading.article.blocks[:1])


def _denied(verb: Token) -> bool:
    return any(child.dep_ == "neg" for child in verb.children)


def near(reading: Reading, sentence: Span, topic: frozenset[str]) -> tuple[int, int] | None:
    """The words of effect that follow soon after a word of the topic, where the parser lost the clause."""
    for token in sentence:
        verb = {token.lemma_.lower(), token.lower_.removesuffix("s")} & words("statements", "effects")
        mistaken = token.tag_ == "JJ" and token.lower_ not in verb  # "sharpens" is no adjective
        if not verb or not (_is_finite(token) or mistaken) or token.dep_ in ("relcl", "acl") or _denied(token):
            continue
        ahead = sentence.doc[max(sentence.start, token.i - _NEAR) : token.i]
        said = {word.lemma_.lower() for word in ahead}
        if (
            topic.isdisjoint(said)
            or not said.isdisjoint(words("statements", "biology"))
            or any(_is_illness(w, reading) for w in ahead)
        ):
            continue
        if not _PREVALENCE.match(sentence.doc[token.i : sentence.end].text):
            end = token.head.right_edge if token.dep_ == "compound" else _phrase(token)[-1]
            while end.i + 1 < sentence.end and end.nbor().pos_ in ("NOUN", "ADJ", "PROPN", "PART", "VERB"):
                end = end.nbor()
            return (_start(token), end.idx + len(end)) if end.i > token.i else None
    return None


def in_passing(reading: Reading, sentence: Span, topic: frozenset[str]) -> tuple[int, int] | None:
    """What is said of something one does, or after a comma: "sitting less cuts …", "few sleep well, which harms …"."""
    for verb in sentence:
        if (
            verb.pos_ not in ("VERB", "AUX")
            or not _acts(verb)
            or _denied(verb)
            or _tense(verb) in (None, "may", "will")
        ):
            continue
        subject = next((child for child in verb.lefts if child.dep_ in _SUBJECTS), None)
        if subject is None:
            continue
        if verb.dep_ in _CLAUSES:
            told = subject.tag_ == "VBG" and subject.i < verb.i
        elif verb.dep_ == "relcl" and subject.lower_ == "which" and subject.i and subject.nbor(-1).text == ",":
            noun = verb.head
            said = {word.lemma_.lower() for word in (noun, *noun.lefts)}
            own = said.isdisjoint(words("statements", "biology")) and not _is_illness(noun, reading)
            told = own and not topic.isdisjoint(said)
        else:
            told = False
        if not told:
            continue
        phrase = _phrase(verb)
        said_by = _SAYS_WHO.search(phrase.text)
        end = phrase.start_char + said_by.start() if said_by else phrase.end_char
        rest = sentence.text[end - sentence.start_char :]
        if verb.dep_ != "relcl" or _SAYS_WHO.match(rest) or not rest.strip(" .”’\"'"):
            return _start(verb), end  # not what only says which: "a bypass, which shrinks the stomach, helped"
    return None


def softened_statement(statement: Statement) -> Suggestion | None:
    """The verb with "may" before it, or in place of "can" or "will"."""
    can = next((child for child in statement.verb.lefts if child.lower_ in ("can", "will")), None)
    if can is not None:
        return Suggestion(can.idx, can.idx + len(can), "may")
    edit = softened(statement.verb)
    return Suggestion(*edit) if edit else None


def before(sentence: Span) -> Span | None:
    """The sentence before, past the blank between paragraphs."""
    start = sentence.start
    while start and (previous := sentence.doc[start - 1].sent):
        if previous.text.strip():
            return previous
        start = previous.start
    return None


@lru_cache(maxsize=1)
def topic_of(reading: Reading) -> frozenset[str]:
    """The lemmas of the words that headline, standfirst and main claim speak of as doing something.

    What stands after the verb is what is done – a disease, a risk – and no subject of a statement on the topic.
    """
    spans = [(block.start, block.end) for block in reading.article.blocks if block.kind in ("headline", "standfirst")]
    spans += [(claim.start, claim.end) for claim in reading.claims if claim.main]
    spans += [(claim.start, claim.end) for claim in reading.claims if claim.reported and not claim.main][:1]
    return frozenset(
        token.lemma_.lower()
        for start, end in spans
        for token in reading.span(start, end)
        if token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ")
        and len(token) > 2
        and token.lemma_.lower() not in words("statements", "bland")
    )


def _statement(reading: Reading, claim: Claim, topic: frozenset[str]) -> Statement | None:
    block = reading.article.block_at(claim.start)
    if block is None or block.kind not in _BODY:
        return None
    sentence = reading.span(claim.start, claim.end)
    for token in sentence:
        if token.pos_ not in ("VERB", "AUX") or token.dep_ not in _CLAUSES or not _acts(token):
            continue
        if token.is_title and token.i > sentence.start:
            continue  # in the title of a paper
        subject, tense = _subject(token), _tense(token)
        if subject is None or tense is None or _is_illness(subject, reading):
            continue
        if not _is_topical(subject, topic, found=_is_found(token)):
            continue
        phrase = _phrase(token)
        if not any(word.lower_ in ("potential", "potentially") for word in phrase):
            said = _SAYS_WHO.search(phrase.text)
            end = phrase.start_char + said.start() if said else phrase.end_char
            return Statement(claim, sentence, token, subject, tense, _start(token), end)
    return None


def _start(verb: Token) -> int:
    """Where a verb begins, its auxiliaries with it."""
    return min((child.idx for child in verb.lefts if child.dep_ in ("aux", "auxpass")), default=verb.idx)


def _phrase(verb: Token) -> Span:
    """A verb and what it governs; what is joined to it too where they share the object: "slow or reverse"."""
    joined = next((child for child in verb.rights if child.dep_ == "conj" and child.i <= verb.i + 3), None)
    if joined is not None and not any(child.dep_ in _OBJECTS for child in verb.rights):
        return verb.doc[verb.i : verb_phrase(joined).end]
    return verb_phrase(verb)


def _is_finite(verb: Token) -> bool:
    """In the present tense, or after "can"."""
    can = any(child.lower_ == "can" for child in verb.lefts)
    return verb.tag_ in ("VBZ", "VBP") or (verb.tag_ == "VB" and can)


def _acts(verb: Token) -> bool:
    """Whether a verb says that something is done for or against health."""
    lemma = verb.lemma_.lower()
    rest = verb.doc[verb.i : verb.sent.end].text
    after = verb.doc[verb.i + 1 : verb.sent.end].text
    if lemma in words("statements", "effects"):
        joined = [child for child in verb.rights if child.dep_ == "conj" and child.i <= verb.i + 3]
        governs = any(child.dep_ in _OBJECTS for node in (verb, *joined) for child in node.rights)
        return governs and not _PREVALENCE.match(rest)
    return lemma in words("statements", "carriers") and cues("statements", "predicates").match(after) is not None


def _subject(verb: Token) -> Token | None:
    """The subject of a verb, or of the verb it is joined to."""
    for node in (verb, *verb.ancestors):
        subject = next((child for child in node.lefts if child.dep_ in _SUBJECTS), None)
        if subject is not None:
            if subject.tag_ in _FINITE:  # "the pill regrows lost hair", read as "(the pill regrows) lost hair"
                return next((child for child in subject.lefts if child.dep_ == "compound"), None)
            lost = node is not verb and subject.lemma_.lower() in words("statements", "sources")
            return _gerund(node, verb) if lost else subject
        if node.dep_ != "conj":
            return None
    return None


def _gerund(finding: Token, verb: Token) -> Token | None:
    """The subject that the parser took for another finding: "the study found getting up early lowers …"."""
    inner = (child for child in finding.rights if child.i < verb.i and child.tag_ == "VBG")
    return next(inner, None)


def _tense(verb: Token) -> Tense | None:
    """When, or None under a hedge or where it is asked how."""
    if any(child.lower_ == "how" for child in verb.lefts):
        return None
    helpers = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass")]
    modals = [child.lower_ for child in helpers if child.tag_ == "MD"]
    if modals:
        return _MODALS.get(modals[0], "may")
    finite = helpers[0] if helpers else verb
    if finite.tag_ in ("VBZ", "VBP"):
        return "present"
    return "past" if finite.tag_ == "VBD" else None


def _is_illness(subject: Token, reading: Reading) -> bool:
    """What a disease does is background."""
    return any(entity.kind in _ILLNESS and entity.start <= subject.idx < entity.end for entity in reading.entities)


def _is_found(verb: Token) -> bool:
    """What a study found is its topic, whatever the headline says."""
    source = next((child for child in verb.head.children if child.dep_ == "nsubj"), None)
    finds = verb.head.lemma_ in words("statements", "finds") and verb.dep_ in ("ccomp", "conj")
    if not finds or source is None or source.lemma_.lower() not in words("statements", "sources"):
        return False
    # "Recent research shows" is most often background, "the study", "a new study" and "researchers" are not.
    return source.tag_ != "NN" or any(child.dep_ in ("det", "poss") for child in source.lefts)


def _is_topical(subject: Token, topic: frozenset[str], *, found: bool) -> bool:
    said = {token.lemma_.lower() for token in subject.subtree}
    if subject.lower_ in _PRONOUNS and len(said) == 1:
        previous = before(subject.sent)
        return previous is not None and any(t.lemma_.lower() in topic for t in previous if t.dep_ in _SUBJECTS)
    if subject.tag_ == "VBG":
        return found or not topic.isdisjoint(said)  # what one does: "sitting less", "working at night"
    if subject.lemma_.lower() in words("statements", "parts") or not said.isdisjoint(words("statements", "biology")):
        return False
    people = subject.lemma_.lower() in words("statements", "people") or subject.ent_type_ == "PERSON"
    if people and not _takes_part(subject):
        return False
    return people or found or not topic.isdisjoint(said) or _is_the_treatment(subject)


def _takes_part(subject: Token) -> bool:
    """People who eat nuts: the exposure is in the clause."""
    return any(child.dep_ == "relcl" for child in subject.rights)


def _is_the_treatment(subject: Token) -> bool:
    """Told as “the drug”, “this technique”, by itself or beside its name."""
    nouns = [subject, *(child for child in subject.rights if child.dep_ == "appos")]
    return any(
        noun.lemma_.lower() in words("statements", "treatments")
        and any(child.lower_ in ("the", "this", "these") for child in noun.lefts)
        for noun in nouns
    )
