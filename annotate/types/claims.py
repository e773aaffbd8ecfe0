"""What the article says: its claims, the study as it tells it, the paper; and the Reading of all this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from annotate.types.documents import Article
from annotate.types.labels import CAUSAL, Design, GuardName, Notice, Species, State, Venue
from annotate.types.language import Abbreviation, Entity, Quotation, span_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Guard:
    """A reason to leave words alone, or to say them more softly, and the words that give it."""

    name: GuardName
    cue: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence or clause that says something acts on health.

    `strength` is NONE, CORRELATIONAL, CONDITIONAL or CAUSAL; `score` its probability where a model read it, None where
    it was read from the words alone. `reported` is false for other work, plans and background.
    """

    start: int
    end: int
    sentence: int
    strength: int
    hedged: bool
    negated: bool
    attributed_to: str | None
    in_quote: bool
    species: Species
    main: bool = False
    score: float | None = None
    reported: bool = True


def states_cause(article: Article, claim: Claim) -> bool:
    """Whether a claim, told as a finding in the body, is causal."""
    block = article.block_at(claim.start)
    return claim.strength == CAUSAL and claim.reported and block is not None and block.kind != "headline"


@dataclass(frozen=True, slots=True)
class Fact(Generic[T_co]):
    """A fact with the words that state it."""

    value: T_co
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Study:
    """The study as the article tells it; None where the article does not say."""

    design: Fact[Design] | None = None
    species: Fact[Species] | None = None
    n: Fact[int] | None = None
    followup: Fact[str] | None = None
    control: Fact[str] | None = None
    venue: Fact[Venue] | None = None
    journal: Fact[str] | None = None
    arms: Fact[int] | None = None
    dose: Fact[str] | None = None
    funder: Fact[str] | None = None
    conflicts: Fact[str] | None = None
    registration: Fact[str] | None = None
    stage: Fact[str] | None = None
    others: tuple[Fact[int], ...] = ()


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One of the fourteen things a reader should be told (`DISCLOSURES`)."""

    key: str
    state: State
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """The published study that an article reports.

    `doi` is in small letters without a resolver (arXiv's is 10.48550/arxiv.…); `trials` are registration numbers;
    `journal_names` other names of the journal; `published` is YYYY, YYYY-MM or YYYY-MM-DD; `authors` are given name
    (or initials) and surname, in order; `affiliations` may hold fewer than there are authors. `notices` say what became
    of it. `n`, `conclusion` and `strength` (0-3) are read from the abstract. `matched_by` and `score` (the probability
    that it is the right one, 0-1) say how it was found for an article.
    """

    title: str
    pmid: str | None = None
    doi: str | None = None
    trials: tuple[str, ...] = ()
    journal: str | None = None
    journal_names: tuple[str, ...] = ()
    published: str | None = None
    authors: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    abstract: str | None = None
    publication_types: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    n: int | None = None
    conclusion: str | None = None
    strength: int | None = None
    matched_by: str | None = None
    score: float | None = None

    @property
    def certain(self) -> bool:
        """Whether it is sure enough to hold the article's statements against it."""
        return self.score is None or self.score >= 0.7

    @property
    def retracted(self) -> bool:
        """Whether it was withdrawn."""
        return "retraction" in self.notices


class Context(Protocol):
    """What stands around a span: the guards that apply to it. Built by `claims`, asked by `checks`."""

    def guards(self, start: int, end: int, names: tuple[GuardName, ...]) -> tuple[Guard, ...]:
        """The named guards that apply to `text[start:end]`, in the order of `names`."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """All that a check may see. Equal to itself only, so that what several checks ask of it can be kept.

    `paper` is the study reported, where it was found; `abstract` is its abstract, read like an article; `told` is what
    the article says was found, its strength read as that of the abstract's conclusion is; `searched` names what was
    searched for the paper, None where nothing was.
    """

    article: Article
    doc: Doc
    abbreviations: tuple[Abbreviation, ...]
    entities: tuple[Entity, ...]
    quotations: tuple[Quotation, ...]
    claims: tuple[Claim, ...]
    study: Study
    disclosures: Mapping[str, Disclosure]
    context: Context
    paper: Paper | None = None
    abstract: Reading | None = None
    told: Claim | None = None
    searched: str | None = None

    def span(self, start: int, end: int) -> Span:
        """The tokens that cover `text[start:end]`."""
        return span_of(self.doc, start, end)
