"""A result carried to people or diseases that were not studied.

What it flags: that a treatment or a habit is of use "to everybody", "to people of all ages", where fewer than five
hundred took part or no people at all; and, as a fact, that it works against "other cancers" or will work in people.
Why it misleads: those who are picked for a study are younger, sicker or likelier to gain than readers are, and what
holds for one disease seldom holds for the next. Write instead who was studied: "in overweight women over fifty". It
leaves alone denials, questions, plans to find out, hedged words on other diseases, and large studies.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.phrases import phrases
from annotate.types import Check, Evidence, Example, Finding, GuardName, Reading

CHECK = Check(
    id="inference.extrapolate",
    severity="warning",
    guards=("negated", "question", "established", "answered", "quoted"),
    references=(
        "Boutron I et al. Three randomized controlled trials evaluating the impact of “spin” in health news stories "
        "reporting studies of pharmacologic treatments on patients'/caregivers' interpretation of treatment benefit. "
        "BMC Med 2019;17:105. doi:10.1186/s12916-019-1330-9",
        "Informed Health Choices Group. Key concepts for assessing claims about treatment effects",
    ),
    examples=(
        Example(
            "Stretching at work\n\nThe trial enrolled 26 overweight women with back pain, who stretched every hour.\n\n"
            "They slept better. “Stretching at work could be [[of benefit to everybody]],” said Ida Moe, who led it."
        ),
        Example(
            "A syrup for coughs\n\nThe trial gave the syrup to 80 students with a cough.\n\n"
            "The cough went a day earlier. The syrup [[works for people of all ages]]."
        ),
        Example(
            "A virus against melanoma\n\nThe trial injected the virus into 120 patients with melanoma.\n\n"
            "In 40 the tumours shrank. The virus [[will also work against other cancers]], the company said."
        ),
        Example(
            "A virus against melanoma\n\nThe trial injected the virus into 120 patients with melanoma.\n\n"
            "In 40 the tumours shrank. The virus could also work against other cancers, the company said.",
            "hedged",
        ),
        Example(
            "Stretching at work\n\nThe trial enrolled 26 overweight women with back pain, who stretched every hour.\n\n"
            "They slept better. That does not mean that stretching is good for everybody.",
            "denied",
        ),
        Example(
            "A syrup for coughs\n\nThe trial gave the syrup to 8,000 people aged two to ninety with a cough.\n\n"
            "The cough went a day earlier. The syrup works for people of all ages.",
            "a large study",
        ),
    ),
)
_MANY = 500
_HEDGED: tuple[GuardName, ...] = ("hedged",)
_PEOPLE = frozenset(("people", "humans", "patients", "women", "men", "children"))


def find(reading: Reading) -> Iterator[Finding]:
    """Words that carry the result further than the study went."""
    n, species = reading.study.n, reading.study.species
    nonhuman = species is not None and species.value in ("animal", "cell")
    fact = species if nonhuman else n
    if fact is None:
        return
    large = not nonhuman and n is not None and n.value >= _MANY
    for hit in phrases(reading, "inference/extrapolate"):
        if large and hit.kind != "too":
            continue
        if not nonhuman and hit.kind == "others" and hit.text.split()[-1].lower() in _PEOPLE:
            continue  # "will work in children" is for a study of adults to say, which is not read
        guards = hit.guards
        if hit.kind != "everybody":  # "could be of benefit to everybody" goes too far all the same
            guards += reading.context.guards(hit.start, hit.end, _HEDGED)
        yield CHECK.finding(
            hit.start,
            hit.end,
            "Say whom it was studied in: the study does not reach further.",
            trigger=hit.text,
            evidence=(Evidence("who was studied", fact.start, fact.end),),
            guards=guards,
        )
