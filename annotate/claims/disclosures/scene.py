"""What a disclosure is read from: the account, the study's facts, the subject and the claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from annotate.artefacts import wordlist
from annotate.claims.study.account import Account, Sentence
from annotate.claims.study.subject import Subject
from annotate.patterns import Cues, pattern
from annotate.types import Claim, Disclosure, Fact, Study

Place = tuple[Sentence, int, int]
"""Words in a sentence, with their place in the article."""
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


def told(key: str, found: Place | Fact[object] | None) -> Disclosure:
    """Present with the words found, absent without."""
    if found is None:
        return Disclosure(key, "absent")
    start, end = (found.start, found.end) if isinstance(found, Fact) else found[1:]
    return Disclosure(key, "present", start, end)


def unexcused(account: Account, cues: Cues, without: Cues | None = None) -> Iterator[Place]:
    """The first match in each sentence, passing over those sentences that `without` excuses."""
    return (
        place for place in account.matches(cues, told=False) if without is None or place[0].search(without) is None
    )  # fmt: skip


def first(account: Account, cues: Cues, without: Cues | None = None) -> Place | None:
    """The first match that `without` does not excuse."""
    return next(unexcused(account, cues, without), None)


def weighed(telling: Telling, name: str, key: str) -> Place | None:
    """The first strong sign of a list, else the first of its weak signs where two sentences hold one.

    `KEY_weak` are the weak signs; a sentence that holds one of `KEY_not` speaks of something else.
    """
    lists = wordlist(name)
    without = pattern(name, f"{key}_not") if f"{key}_not" in lists else None

    def signs(key: str) -> Iterator[Place]:
        return (
            place
            for place in unexcused(telling.account, pattern(name, key), without)
            if place[0].kind != "headline"
        )  # fmt: skip

    if (found := next(signs(key), None)) is not None:
        return found
    weak = list(islice(signs(f"{key}_weak"), 2)) if f"{key}_weak" in lists else []
    return weak[0] if len(weak) > 1 else None
