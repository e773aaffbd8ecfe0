"""One study told as the last word.

What it flags: a debate settled, a question put to rest, a myth debunked, a matter confirmed, where the article reports
one study. Why it misleads: single results are often weakened or reversed by the next; science moves by many studies,
and a reader who was told that it is settled loses trust when it is not. Write instead "adds to the evidence that", and
say what other studies found. It leaves alone reviews and meta-analyses, denials, questions, hopes, and what many
earlier studies settled.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.phrases import phrases
from annotate.types import Check, Evidence, Example, Finding, Reading

CHECK = Check(
    id="inference.one-study",
    severity="warning",
    guards=("negated", "question", "hedged", "established", "other-topic", "answered", "quoted"),
    references=(
        "Informed Health Choices Group. Key concepts for assessing claims about treatment effects",
        "Science Media Centre, 10 best practice guidelines for reporting science and health stories, 2012",
    ),
    examples=(
        Example(
            "Butter and the heart\n\nThe cohort study followed 20,000 nurses for nine years.\n\n"
            "The result [[puts the fear of butter to rest]], the authors say."
        ),
        Example(
            "Gluten and headaches\n\nThe trial randomly assigned 200 adults with headaches to bread or rice.\n\n"
            "It [[debunks the myth]] that wheat causes headaches."
        ),
        Example(
            "Magnesium and cramps\n\nThe trial gave magnesium or a placebo to 150 patients with cramps.\n\n"
            "For doctors [[the debate is now over]]: magnesium does nothing for cramps."
        ),
        Example(
            "Butter and the heart\n\nThe cohort study followed 20,000 nurses for nine years.\n\n"
            "The result does not put the fear of butter to rest, the authors say.",
            "denied",
        ),
        Example(
            "Butter and the heart\n\nA meta-analysis of 40 trials looked at butter and the heart.\n\n"
            "It puts the fear of butter to rest, the authors say.",
            "a meta-analysis",
        ),
        Example(
            "Magnesium and cramps\n\nThe trial gave magnesium or a placebo to 150 patients with cramps.\n\n"
            "A larger trial is needed to settle the question.",
            "still to be done",
        ),
    ),
)
_POOLED = frozenset(("meta-analysis", "review"))


def find(reading: Reading) -> Iterator[Finding]:
    """Words of finality, in an article on one study."""
    study = reading.study
    if study.design is not None and study.design.value in _POOLED:
        return
    source = study.design or study.n or study.venue
    if source is None:
        return
    for hit in phrases(reading, "inference/one_study"):
        yield CHECK.finding(
            hit.start,
            hit.end,
            "One study settles nothing: say what it adds, and what others found.",
            trigger=hit.text,
            evidence=(Evidence("the study", source.start, source.end),),
            severity="information" if hit.kind == "confirmed" else None,
            guards=hit.guards,
        )
