"""Text that was corrupted: words glued together, written twice or lost, and quotations that never end.

What it flags: two words or sentences run together ("endedThe"), a word or phrase written twice, capitals in the
middle of a sentence and sentences that begin without one, a verb or noun that is missing, the letter O for a nought and
letters of another alphabet, and an open quotation that takes in the words that say who speaks. Why it misleads: a lost
word can turn a finding round, and a quotation without an end puts one person's words in another's mouth. Write instead
what the source says; where that cannot be told, ask. It leaves alone headlines, captions, bylines and lists, brand
names and usual abbreviations.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.text._fragments import harm_given, lost_noun, lost_words, open_quotations, strays
from annotate.checks.text._glue import Fault, doubled, glued, lookalikes, run_together
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="text.corrupted",
    severity="warning",
    examples=(
        Example("The trial ran for two [[yearsThe]] doctors then stopped it."),
        Example("Most of the trials were [[small,said]] the nurse."),
        Example("Nurses took a sample [[of urine of urine]] from each child, and weighed [[the the]] babies."),
        Example("[[Gout a A]] painful disease of the joints that comes in attacks."),
        Example(
            "Ear drops help\n\n[[“The drops worked in most]] children and they slept, said Dr Amari. "
            "“We were surprised.”"
        ),
        Example("The volunteers walked daily for a year in a programme. [[it]] was led by nurses."),
        Example("Half of the [[experimentsin]] mice failed, and the [[treatment If]] it is stopped does harm."),
        Example("Each child was given 1 capsule of [[5O]] mg."),
        Example("Children who had had measles were not asked. That that is so surprised us.", "grammatical doubles"),
        Example("The iPhone app from WebMD sent mRNA results to eLife and bioRxiv.", "brand names"),
        Example(
            "She asked again and again and got vitamin A from the class A list at The Ohio State University.",
            "idiom and names",
        ),
        Example(
            "“We saw it coming,” he said.\n\n“Nobody listened,” said Dr Amari. “We were surprised.”",
            "a quotation that goes on",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """Corrupted words, the widest at each place."""
    faults = sorted(_faults(reading), key=lambda fault: (fault.start, -fault.end))
    end = -1
    for fault in faults:
        if fault.start < end:
            continue
        end = fault.end
        yield CHECK.finding(
            fault.start, fault.end, fault.message,
            trigger=reading.article.text[fault.start : fault.end], suggestion=fault.suggestion,
            signals={"kind": fault.kind},
        )  # fmt: skip


def _faults(reading: Reading) -> Iterator[Fault]:
    yield from open_quotations(reading)
    yield from run_together(reading)
    for find_faults in (glued, doubled, lookalikes, lost_words, lost_noun, harm_given, strays):
        yield from find_faults(reading)
