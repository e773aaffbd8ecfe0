"""What a guard looks at: words of an article and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from annotate.artefacts import wordlist
from annotate.patterns import joined
from annotate.types import Article, Block, Guard, GuardName, Parsed, Quotation, Study

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# Dependencies that carry a negation, a hedge or a question from a governor down to the words it governs.
_CARRIES = frozenset(
    "dobj obj attr pobj prep xcomp ccomp oprd acomp conj amod compound agent nsubj nsubjpass acl advmod npadvmod "
    "dative appos pcomp nmod poss advcl relcl nummod quantmod det".split()
)


@dataclass(frozen=True)
class Scene:
    """The words `span`, in their article."""

    article: Article
    parsed: Parsed
    study: Study
    span: Span

    @cached_property
    def sentence(self) -> Span:
        """The sentence the words stand in."""
        return self.span.root.sent

    @cached_property
    def block(self) -> Block | None:
        """The block they stand in."""
        return self.article.block_at(self.span.start_char)

    @cached_property
    def quotation(self) -> Quotation | None:
        """The quotation they stand in, if any."""
        at = self.span.start_char
        return next((q for q in self.parsed.quotations if q.start <= at and self.span.end_char <= q.end), None)

    @cached_property
    def before(self) -> str:
        """The sentence up to the words."""
        return self.article.text[self.sentence.start_char : self.span.start_char]

    @cached_property
    def after(self) -> str:
        """The sentence from the words on."""
        return self.article.text[self.span.end_char : self.sentence.end_char]

    def governors(self) -> Iterator[tuple[Token, Token]]:
        """(token, the governor it hangs on) from the words' head up to the sentence's root, while meaning carries."""
        token = self.span.root
        while token.head.i != token.i and token.dep_ in _CARRIES:
            yield token, token.head
            token = token.head

    def guard(self, name: GuardName, start: int, end: int) -> Guard:
        """A guard whose cue is `text[start:end]`."""
        return Guard(name, self.article.text[start:end], start, end)

    def by_token(self, name: GuardName, token: Token) -> Guard:
        """A guard whose cue is a token."""
        return self.guard(name, token.idx, token.idx + len(token))

    def search(self, name: GuardName, pattern: re.Pattern[str], *, start: int, end: int) -> Guard | None:
        """A guard where a pattern occurs in `text[start:end]`; the first occurrence is the cue."""
        found = pattern.search(self.article.text, start, end)
        return self.guard(name, found.start(), found.end()) if found else None

    def preceded(self, name: GuardName, key: str, *, within: int) -> Guard | None:
        """A guard where a cue of its list ends at the words, in the sentence and at most `within` characters before."""
        start = max(self.sentence.start_char, self.span.start_char - within)
        return self.search(name, cue_pattern(name, key, ends=True), start=start, end=self.span.start_char)

    def followed(self, name: GuardName, key: str) -> Guard | None:
        """A guard where a cue of its list begins at the end of the words, in the sentence."""
        pattern = cue_pattern(name, key)
        found = pattern.match(self.article.text, self.span.end_char, self.sentence.end_char)
        return self.guard(name, found.start(), found.end()) if found else None


@cache
def cues(guard: str, key: str) -> frozenset[str]:
    """Single words of a guard's list (`models/wordlists/guards/GUARD.toml`), folded."""
    return frozenset(wordlist(f"guards/{guard}")[key])


@cache
def cue_pattern(guard: str, key: str, *, ends: bool = False) -> re.Pattern[str]:
    """The patterns of a guard's list as one over whole words (see `annotate.patterns`).

    With `ends` it must reach the end of what is searched, give or take a mark.
    """
    patterns = joined(wordlist(f"guards/{guard.replace('-', '_')}")[key])
    start = "" if key == "after" else r"(?<!\w)"
    end = r"\W{0,2}\Z" if ends else r"(?!\w)"
    return re.compile(rf"{start}(?:{patterns}){end}", re.IGNORECASE)
