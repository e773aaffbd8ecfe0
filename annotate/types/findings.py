"""What is wrong with it: checks, their findings and why, the scorecard, the Report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from annotate.types.claims import Guard, Paper, Reading
from annotate.types.labels import GuardName, Severity


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
