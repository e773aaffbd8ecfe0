"""A thing put in the wrong class.

What it flags: "an X known as Y" (also "called", "named") where Y is a treatment and X a part of the body or a disease,
or Y a disease and X a treatment: "an immune system known as gene therapy". Why it misleads: the reader learns
that a treatment is an organ; translation by machine does this when a compound is cut short. Write instead the class of
the thing ("an immunotherapy known as …"). It leaves alone contrasts, and classes that fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from annotate.artefacts import wordlist
from annotate.types import Check, Entity, Example, Finding, Reading

CHECK = Check(
    id="text.role",
    severity="warning",
    examples=(
        Example("Doctors tried [[an immune system known as immunotherapy]] in ten patients."),
        Example("The patients had [[a disease called chemotherapy]] before surgery."),
        Example("She was given [[a medicine known as leukemia]] in hospital."),
        Example("Doctors tried a treatment known as immunotherapy in ten patients.", "the right class"),
        Example(
            "The patients had a disease called leukemia and were given a drug called imatinib.", "the right classes"
        ),
        Example("Unlike the immune system, a drug known as imatinib does not learn.", "a contrast"),
    ),
)

_NAMED = re.compile(
    r"\b([Aa]n?|[Tt]he) ((?:(?!an? |the )[\w’'-]+ ){1,4}?)(?:known as|called|named|termed) (?:the )?(?=[\w])"
)


@cache
def _heads() -> dict[str, str]:
    lists = wordlist("text/roles")["heads"]
    return {word: role for role, words in lists.items() for word in words}


def find(reading: Reading) -> Iterator[Finding]:
    """Things named as what they are not."""
    text = reading.article.text
    entities = {entity.start: entity for entity in reading.entities}
    for block in reading.article.blocks:
        if block.kind not in ("paragraph", "quote", "standfirst", "list"):
            continue
        for match in _NAMED.finditer(text, block.start, block.end):
            entity = entities.get(match.end())
            told = _role_of(match[2].split())
            if entity is None or told is None or entity.end > block.end:
                continue
            real = wordlist("text/roles")["kinds"].get(entity.kind)
            if real is not None and real != told and (told, real) not in _FITTING:
                yield _finding(reading, match, entity, real)


_FITTING = {("treatment", "substance"), ("substance", "treatment"), ("body", "substance")}


def _role_of(words: list[str]) -> str | None:
    return _heads().get(words[-1].casefold()) if words else None


def _finding(reading: Reading, match: re.Match[str], entity: Entity, real: str) -> Finding:
    text = reading.article.text
    right = wordlist("text/roles")["class"][real]
    name = text[entity.start : entity.end]
    if real == "treatment" and re.search(r"immun|\bT cell|antibod|vaccin", match[2] + name):
        right = wordlist("text/roles")["class"]["immunotherapy"]
    article = "An" if right[0] in "aeiou" else "A"
    article = article if match[1][0].isupper() else article.lower()
    verb = text[match.start() : match.end()][len(match[1]) + 1 + len(match[2]) :]
    return CHECK.finding(
        match.start(), entity.end, f"“{name}” is no {match[2].split()[-1]}: is it {article.lower()} {right}?",
        trigger=text[match.start() : entity.end], suggestion=f"{article} {right} {verb}{name}",
        signals={"is": real, "told": match[2].strip()},
    )  # fmt: skip
