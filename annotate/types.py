"""The values that travel from stage to stage. Imports nothing of ours.

Every span is half-open, in code points of `Article.text`, so `text[start:end]` is the quotation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

T_co = TypeVar("T_co", covariant=True)

Severity = Literal["information", "warning", "error"]
BlockKind = Literal[
    "headline", "standfirst", "subheading", "byline", "paragraph", "quote", "list", "table", "caption", "boilerplate"
]
GuardName = Literal["negated", "quoted", "answered", "question", "hedged", "mention", "established", "other-topic"]
Design = Literal[
    "rct", "uncontrolled-trial", "cohort", "case-control", "cross-sectional", "animal", "cell", "review",
    "meta-analysis", "survey", "case-report", "modelling", "other", "unclear",
]  # fmt: skip
Species = Literal["human", "animal", "cell", "mixed", "none"]
Venue = Literal["journal", "conference", "preprint", "none"]
State = Literal["present", "absent", "n/a"]
Notice = Literal["retraction", "expression of concern", "correction"]

SEVERITIES: tuple[Severity, ...] = ("information", "warning", "error")
# The strengths of a claim (Sumner et al. 2014).
NONE, CORRELATIONAL, CONDITIONAL, CAUSAL = range(4)
OBSERVATIONAL: frozenset[Design] = frozenset(("cohort", "case-control", "cross-sectional", "survey"))
DISCLOSURES = (
    "sample_size", "control_group", "followup", "harms", "cost", "availability", "alternatives",
    "funding_or_conflicts", "independent_source", "review_status", "limitations", "absolute_numbers",
    "causation_caveat", "species_stated",
)  # fmt: skip


# ── sources: what was read ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as they were read, with where they came from."""

    reference: str
    body: bytes
    media_type: str
    encoding: str | None = None
    fetched_at: str | None = None
    sha256: str = ""


# ── article: text in typed blocks ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text with one role in the article."""

    kind: BlockKind
    start: int
    end: int
    anchor: str | None = None

    @property
    def checked(self) -> bool:
        """Boilerplate (comment forms, photo credits, repeats) is shown but never checked."""
        return self.kind != "boilerplate"


@dataclass(frozen=True, slots=True)
class Suppression:
    """An inline comment in the draft: `annotate-ignore CHECK: reason`, good for `start:end`."""

    check: str
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """`Article.text[start:end]` was read from `Markup.source[source_start:source_end]`.

    Where both are equally long they are the same characters; otherwise the source has a reference such as `&amp;`.
    """

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Markup:
    """The page that an article was taken from, and where in its source the text stands.

    Pieces are in order, in the text and in the source; text that no piece covers (space between blocks, a headline
    known only from the metadata) is not on the page. `furniture` are offsets in the source just after the tag names
    of elements that hold nothing of the article.
    """

    source: str
    pieces: tuple[Piece, ...]
    furniture: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WordFile:
    """The Word file that an article was taken from.

    `part` is the name of its main document in the archive `package`, `markup` that part's XML with the text's places;
    `notes` place the text of each footnote at the element that refers to it.
    """

    package: bytes
    part: str
    markup: Markup
    notes: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """The text of an article and what is known about it.

    `url` is the canonical address; `notice` a line on what is missing from it, such as the part behind a paywall;
    `markup` the page, or `word` the Word file, where marks can be put back in it. `masks` are stretches of the text
    that are signs and not words, such as the address of a link in a Markdown draft.
    """

    reference: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    links: tuple[str, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    url: str | None = None
    notice: str | None = None
    markup: Markup | None = None
    word: WordFile | None = None
    media_type: str = "text/plain"
    masks: tuple[tuple[int, int], ...] = ()

    @property
    def prose(self) -> str:
        """The text with blanks for what is masked, every position the same."""
        parts: list[str] = []
        last = 0
        for start, end in self.masks:
            parts.extend((self.text[last:start], " " * (end - start)))
            last = end
        return "".join((*parts, self.text[last:]))

    def block_at(self, position: int) -> Block | None:
        """The block that holds a position, or None between blocks."""
        return next((block for block in self.blocks if block.start <= position < block.end), None)


# ── language: sentences, entities, quotations ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of a vocabulary, such as MONDO:0007915."""

    id: str
    name: str
    vocabulary: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A mention in the text; `concept` is None where it was recognised but not linked."""

    start: int
    end: int
    kind: str
    concept: Concept | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks (marks included).

    `direct` tells speech from a scare quote or a title; `closed` is false where the closing mark is missing;
    `continues` is true where the next paragraph goes on with it.
    """

    start: int
    end: int
    direct: bool
    closed: bool = True
    continues: bool = False
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A mention of a short form, and the long form that the article defines it by."""

    start: int
    end: int
    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article's language: a spaCy Doc over its whole text (`token.idx` is a position in it) and what was found."""

    doc: Doc
    abbreviations: tuple[Abbreviation, ...]
    quotations: tuple[Quotation, ...]
    entities: tuple[Entity, ...]


def span_of(doc: Doc, start: int, end: int) -> Span:
    """The tokens of `doc` that cover the characters `start:end`. Raises ValueError outside the text."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        raise ValueError(f"no tokens at {start}:{end}")
    return span


# ── claims: what the article says ─────────────────────────────────────────────────────────────────────────────────


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


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a check may see.

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


# ── checks: what is wrong with it ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Example:
    """An article in miniature. `[[…]]` marks exactly the words to flag; without marks the check must stay silent.

    Paragraphs are separated by blank lines; the first line is the headline only if a blank line follows it. `papers`
    is the library in which the study it reports is looked for.
    """

    text: str
    note: str = ""
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A replacement for `text[start:end]`."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Other words of the article (or of the paper, without a span) that bear on a finding."""

    note: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """How a finding came about: what triggered it, which guards were weighed, which apply, and any scores."""

    trigger: str
    weighed: tuple[GuardName, ...] = ()
    applied: tuple[Guard, ...] = ()
    signals: Mapping[str, float | int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """Words to look at, and why."""

    check: str
    start: int
    end: int
    severity: Severity
    message: str
    why: Why
    suggestion: Suggestion | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Words that triggered a check and were excused, with the guard that excused them."""

    check: str
    start: int
    end: int
    guard: Guard


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that `annotate` looks for: the declaration in a check's module, completed by the loader.

    `guards` excuse a finding; of those, `quoted` only lowers the severity by one step.
    """

    id: str
    severity: Severity
    examples: tuple[Example, ...]
    guards: tuple[GuardName, ...] = ()
    references: tuple[str, ...] = ()
    doc: str = ""
    find: Callable[[Reading], Iterator[Finding]] | None = None

    def finding(
        self,
        start: int,
        end: int,
        message: str,
        *,
        trigger: str,
        severity: Severity | None = None,
        suggestion: str | Suggestion | None = None,
        evidence: tuple[Evidence, ...] = (),
        guards: tuple[Guard, ...] = (),
        signals: Mapping[str, float | int | str] | None = None,
    ) -> Finding:
        """A finding of this check. A suggestion that is a string replaces the words marked.

        `guards` are reasons the check itself has found to leave the words alone; the runner adds those it declares.
        """
        if isinstance(suggestion, str):
            suggestion = Suggestion(start, end, suggestion)
        why = Why(trigger, weighed=self.guards, applied=guards, signals=signals or {})
        return Finding(self.id, start, end, severity or self.severity, message, why, suggestion, evidence)

    @property
    def family(self) -> str:
        """The part of the id before the dot."""
        return self.id.partition(".")[0]

    @property
    def summary(self) -> str:
        """The first line of the module's docstring."""
        return self.doc.strip().partition("\n")[0]


# ── scorecard: what the reader is told, at a glance ───────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Label:
    """One of the three labels of a study (Academy of Medical Sciences, 2018): a question and what the article answers.

    `answer` is None where the article does not say.
    """

    question: str
    answer: str | None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of HealthNewsReview's ten criteria, with the words of the article that decide it."""

    key: str
    question: str
    verdict: Literal["met", "not met", "n/a"]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A sentence that says what the study was, its three labels and the ten criteria."""

    summary: str
    labels: tuple[Label, ...]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that both the article (at `start:end`) and the paper tell, and whether they agree."""

    what: str
    article: str
    paper: str
    agrees: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """An article read and checked; `comparisons` hold it against its paper."""

    reading: Reading
    findings: tuple[Finding, ...]
    left_alone: tuple[LeftAlone, ...]
    checks: tuple[Check, ...]
    scorecard: Scorecard
    versions: Mapping[str, str]
    comparisons: tuple[Comparison, ...] = ()
