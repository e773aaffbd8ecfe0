"""The reader is not told where the study appeared.

What it flags: a report of a study that names no journal, conference or preprint and does not say whether it was peer
reviewed; once, on the main claim. Why it matters: results given at a meeting or put on a website have been checked by
nobody, and many of those shown at meetings never appear in a journal. Ask the source: where is it published, and has
it been reviewed? It leaves alone articles that name the place or say that there is none yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.review-status",
    severity="warning",
    references=(
        "Woloshin S, Schwartz LM. Med J Aust 2006;184:576",
        "Science Media Centre, 10 best practice guidelines for reporting science and health stories, 2012",
    ),
    examples=(
        Example(
            "[[Cherry juice eases gout, study finds]]\n\n"
            "The study had 66 participants, who drank the juice or water for a month."
        ),
        Example(
            "[[Weekly saunas are linked to a lower risk of stroke]]\n\n"
            "Finnish researchers followed 1,700 people for fifteen years."
        ),
        Example(
            "[[New patch relieves shingles pain, maker says]]\n\n"
            "The trial compared the patch with a placebo in 240 patients."
        ),
        Example(
            "Cherry juice eases gout, study finds\n\n"
            "The study, published in the journal Rheumatology, had 66 participants.",
            "the journal is told",
        ),
        Example(
            "Weekly saunas are linked to a lower risk of stroke\n\n"
            "Finnish researchers presented the figures at the annual meeting of a heart society in Oslo.",
            "conference",
        ),
        Example(
            "New patch relieves shingles pain, maker says\n\nThe trial of 240 patients has not been peer reviewed.",
            "said",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where nothing is said of publication."""
    yield from absent(
        CHECK,
        reading,
        "The article does not say where the study appeared or if it was peer reviewed: ask for the journal.",
    )
