"""Efficacy from an early or uncontrolled study, told as established.

What it flags: a general statement, in the present tense or with "can", that a treatment works, where the study was a
phase 1 trial, a pilot, a series of patients with nobody to compare them with, or a trial of fewer than a hundred.
Why it misleads: such studies find out whether a treatment is safe and worth a proper trial; patients get better on
their own, and most treatments that look good at this stage fail at the next. Write instead "in an early trial",
"seemed to", "the patients who took it had …". It leaves alone sentences that say how early it is, what happened to
those who took part, safety, hedges, denials, questions and accepted medicine. Fewer than thirty people, and no word of
a phase or a pilot, is the business of `inference.small-sample`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.checks.inference._cues import cues
from annotate.checks.inference._statements import Statement, repeats_headline, softened_statement, statements
from annotate.types import OBSERVATIONAL, Check, Evidence, Example, Fact, Finding, Reading

CHECK = Check(
    id="inference.early",
    severity="warning",
    guards=("negated", "question", "hedged", "established", "answered", "quoted"),
    references=(
        "Schwitzer G. Ten criteria for reviewing health news. HealthNewsReview.org, 2006–2018",
        "Science Media Centre, 10 best practice guidelines for reporting science and health stories, 2012",
    ),
    examples=(
        Example(
            "Spray for hay fever\n\nThe phase 1 trial gave the spray to 48 people with hay fever for two weeks.\n\n"
            "The spray [[relieves hay fever within minutes]], according to the company."
        ),
        Example(
            "Laser for scars\n\nDoctors treated 60 patients with a new laser; nobody was given anything else.\n\n"
            "The laser [[is an effective treatment for acne scars]], the study found."
        ),
        Example(
            "Patch for migraine\n\nIn the pilot study 40 women with migraine wore the patch for a month.\n\n"
            "The patch [[can prevent migraine attacks]], the team reports."
        ),
        Example(
            "Spray for hay fever\n\nThe phase 1 trial gave the spray to 48 people with hay fever for two weeks.\n\n"
            "The spray seemed to relieve hay fever, according to the company.",
            "hedged",
        ),
        Example(
            "Spray for hay fever\n\nThe phase 1 trial gave the spray to 48 people with hay fever for two weeks.\n\n"
            "In this early trial the spray relieves hay fever, according to the company.",
            "how early is said",
        ),
        Example(
            "Patch for migraine\n\nIn the pilot study 40 women with migraine wore the patch for a month.\n\n"
            "The patch reduced the number of attacks, the team reports.",
            "what happened in the study",
        ),
        Example(
            "Patch for migraine\n\nIn the trial 4,000 women were randomly assigned to the patch or a dummy.\n\n"
            "The patch prevents migraine attacks, the team reports.",
            "a large trial",
        ),
    ),
)
_SMALL, _FEW = 30, 100
_STAGES = re.compile(r"phase (?:1|i|one)(?:\b|/)|pilot|first[- ]in[- ]human|feasibility|proof", re.IGNORECASE)


def find(reading: Reading) -> Iterator[Finding]:
    """General statements on the treatment, where the study is early."""
    early = _early(reading)
    if early is None:
        return
    told, fact = early
    for statement in statements(reading):
        if not _is_established(statement) or _is_told(reading, statement):
            continue
        if not repeats_headline(reading, statement.start, statement.end):
            yield CHECK.finding(
                statement.start,
                statement.end,
                f"Say how early this is: {told}, from which nobody can tell that it works.",
                trigger=statement.verb.text,
                suggestion=softened_statement(statement),
                evidence=(Evidence("the study", fact.start, fact.end),),
            )


def _early(reading: Reading) -> tuple[str, Fact[str] | Fact[int]] | None:
    """What makes the study early, and the words that tell it."""
    study = reading.study
    if study.species is not None and study.species.value not in ("human", "mixed"):
        return None
    if study.design is not None and study.design.value in OBSERVATIONAL:
        return None  # for inference.causal
    if study.stage is not None and _STAGES.search(study.stage.value):
        return f"it was a {study.stage.value}", study.stage
    if study.n is not None and study.n.value < _SMALL:
        return None
    design = study.design
    if design is not None and design.value == "uncontrolled-trial":
        return "nobody was compared with the patients", Fact(design.value, design.start, design.end)
    if design is not None and design.value == "rct" and study.n is not None and study.n.value < _FEW:
        return f"a trial of {study.n.value} people", study.n
    return None


def _is_established(statement: Statement) -> bool:
    return statement.tense in ("present", "can", "should") and not statement.harmful


def _is_told(reading: Reading, statement: Statement) -> bool:
    return (
        cues("early", "told").search(reading.article.text, statement.sentence.start_char, statement.sentence.end_char)
        is not None
    )
