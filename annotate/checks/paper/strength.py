"""A claim stronger than what the paper concludes.

What it flags: the article's main claim where it states a cause and the abstract's conclusion only a link or a possible
effect, or a possible effect where that is a link. Both are read by the same model of claim strength.
Why it misleads: one in three press releases, and news after them, say more than the study does. Write instead what the
authors conclude, with their "may" or "was associated with". It leaves alone claims as strong as the conclusion or
weaker, claims that are denied, and abstracts that conclude on no effect at all, such as that a treatment is feasible.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.types import Check, Claim, Comparison, Evidence, Example, Finding, Paper, Reading

_COHORT = Paper(
    title="Coffee drinking and dementia in a cohort of older adults",
    doi="10.5555/example.coffee",
    journal="Neurology",
    authors=("Beatrix Holm",),
    abstract=(
        "We followed 4,200 older adults for nine years. Coffee drinking was associated with a lower rate of dementia. "
        "Conclusions: Drinking coffee was associated with a lower risk of dementia."
    ),
)
_TRIAL = Paper(
    title="Aspirin against migraine: a randomised trial",
    doi="10.5555/example.aspirin",
    journal="Neurology",
    authors=("Beatrix Holm",),
    abstract=(
        "We randomly assigned 610 adults with migraine to aspirin or placebo. Conclusions: Aspirin reduces the number "
        "of migraine attacks in adults."
    ),
)


def _example(headline: str, paper: Paper, note: str = "") -> Example:
    text = f"{headline}\n\nOlder people took part. The paper is at https://doi.org/{paper.doi}."
    return Example(text, note, papers=(paper,))


CHECK = Check(
    id="paper.strength",
    severity="warning",
    examples=(
        _example("[[Coffee prevents dementia]]", _COHORT),
        _example("[[Coffee cuts the risk of dementia]]", _COHORT),
        _example("[[Drinking coffee protects the brain from dementia]]", _COHORT),
        _example("Coffee is linked to a lower risk of dementia", _COHORT, "as strong as the conclusion"),
        _example("Aspirin reduces migraine attacks", _TRIAL, "a randomised trial that concludes so"),
        _example("Aspirin may prevent migraine", _TRIAL, "weaker than the conclusion"),
    ),
    references=("Sumner et al. BMJ 2014;349:g7015", "Adams et al. BMC Med 2019;17:91"),
)

STRENGTHS = ("neither an effect nor a link", "a link", "a possible effect", "an effect")
"""What a claim of each strength states."""


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where it is stronger than the conclusion."""
    for claim, strength in _pair(reading):
        if claim.strength <= strength or claim.negated:
            continue
        assert reading.paper is not None
        said = reading.article.text[claim.start : claim.end]
        yield CHECK.finding(
            claim.start,
            claim.end,
            f"The article claims {STRENGTHS[claim.strength]}; the paper concludes {STRENGTHS[strength]}.",
            trigger=said,
            evidence=(
                Evidence("the article", claim.start, claim.end),
                Evidence(f"the paper concludes: “{reading.paper.conclusion}”"),
            ),
            signals={"article": claim.strength, "paper": strength},
        )


def compare(reading: Reading) -> Iterator[Comparison]:
    """The strengths of the main claim and of the conclusion; a weaker claim agrees."""
    for claim, strength in _pair(reading):
        agrees = claim.strength <= strength or claim.negated
        yield Comparison(
            "claim", STRENGTHS[claim.strength], STRENGTHS[strength], agrees, claim.start, claim.end
        )  # fmt: skip


def _pair(reading: Reading) -> Iterator[tuple[Claim, int]]:
    if reading.told is not None and reading.paper is not None and reading.paper.strength:
        yield reading.told, reading.paper.strength
