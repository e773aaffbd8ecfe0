"""The words that values take: severities, kinds, designs, the fourteen disclosures."""

from __future__ import annotations

from typing import Literal

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
