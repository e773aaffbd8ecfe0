"""What a disclosure is read from: the account, the study's facts, the subject and the claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotate.artefacts import wordlist
from annotate.claims.study.account import Account, Sentence
from annotate.claims.study.subject import Subject
from annotate.patterns import Cues, pattern
from annotate.types import Claim, Disclosure, Fact, Study

GIVEN = frozenset(("rct", "uncontrolled-trial", "animal", "cell"))


@dataclass(frozen=True)
class Telling:
    """An article, as the disclosures read it."""

    account: Account
    study: Study
    subject: Subject
    claims: tuple[Claim, ...]

    @property
    def lifeless(self) -> bool:
        """What was studied were neither people nor animals nor cells, but devices, say, or websites."""
        return self.study.species is not None and self.study.species.value == "none"

    @property
    def offered(self) -> bool:
        """A treatment or a test, by its words or because the researchers gave it."""
        return self.subject.kind in ("treatment", "test") or self.design in GIVEN

    @property
    def design(self) -> str:
        """The study's design, `unclear` where the article does not say."""
        return self.study.design.value if self.study.design else "unclear"


def told(key: str, found: tuple[Sentence, int, int] | Fact[object] | None) -> Disclosure:
    """Present with the words found, absent without."""
    if found is None:
        return Disclosure(key, "absent")
    start, end = (found.start, found.end) if isinstance(found, Fact) else found[1:]
    return Disclosure(key, "present", start, end)


def first(
    sentences: Iterable[Sentence], cues: Cues, *, without: Cues | None = None
) -> tuple[Sentence, int, int] | None:
    """The first match in sentences, passing over those that `without` excuses."""
    for sentence in sentences:
        match = sentence.search(cues)
        if match and not (without and sentence.search(without)):
            return sentence, sentence.start + match.start(), sentence.start + match.end()
    return None


def weighed(telling: Telling, name: str, key: str) -> tuple[Sentence, int, int] | None:
    """The first strong sign of a list, else the first of its weak signs where two sentences hold one.

    `KEY_weak` are the weak signs; a sentence that holds one of `KEY_not` speaks of something else.
    """
    lists = wordlist(name)
    without = pattern(name, f"{key}_not") if f"{key}_not" in lists else None
    sentences = [sentence for sentence in telling.account.sentences if sentence.kind != "headline"]
    if (found := first(sentences, pattern(name, key), without=without)) is not None:
        return found
    if f"{key}_weak" not in lists:
        return None
    weak = [
        place
        for sentence in sentences
        if (place := first((sentence,), pattern(name, f"{key}_weak"), without=without)) is not None
    ]
    return weak[0] if len(weak) > 1 else None
