"""Survival since diagnosis used to sell screening.

What it flags: five-year survival or survival of cases "caught early", where the article recommends or reports a
screening test and tells nobody's death rate. Why it misleads: a test that finds a disease earlier starts the clock
earlier, so that survival since diagnosis grows though nobody lives a day longer (lead-time bias), and it finds harmless
cases that nobody dies of (overdiagnosis). Only deaths among all who were invited show whether screening works. Write
instead how many of 1,000 people died of it with and without screening. It leaves alone articles that give deaths or
mortality, those that explain the bias, and survival after a treatment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from annotate.artefacts import wordlist
from annotate.checks.phrases import Hit, phrases
from annotate.patterns import whole
from annotate.types import Check, Evidence, Example, Finding, Reading

CHECK = Check(
    id="numbers.survival",
    severity="warning",
    guards=("negated", "question", "mention", "quoted"),
    references=(
        "Gigerenzer G, Wegwarth O, Feufel M. Misleading communication of risk. BMJ 2010;341:c4830",
        "Welch HG, Schwartz LM, Woloshin S. Are increasing 5-year survival rates evidence of success against cancer? "
        "JAMA 2000;283:2975. doi:10.1001/jama.283.22.2975",
    ),
    examples=(
        Example(
            "Get tested, doctors urge\n\nMen over 50 should be screened for prostate cancer, the clinic says. The "
            "[[five-year survival rate]] is 98 per cent when the cancer is found by the test."
        ),
        Example(
            "New scan for lung cancer\n\nSmokers are invited to the screening van. “[[Nine in ten survive for five "
            "years]] if we find the cancer early,” said Dr Ola Lind, who runs it."
        ),
        Example(
            "A blood test finds bowel cancer\n\nThe test could be used for screening. When the cancer is caught at "
            "stage one, [[92% of patients live for five years or more]], against 10% at stage four."
        ),
        Example(
            "Men over 50 should be screened, the clinic says. The five-year survival rate is 98 per cent with the "
            "test. In a trial, 3 of 1,000 screened men died of prostate cancer, and 3 of 1,000 of the others.",
            "deaths are given",
        ),
        Example(
            "Screening finds cancers earlier, so the five-year survival rate grows even if nobody lives longer, "
            "which is called lead-time bias.",
            "the bias is explained",
        ),
        Example(
            "A new drug for lung cancer\n\nThe five-year survival rate was 30 per cent with the drug and 20 per cent "
            "without it.",
            "after a treatment",
        ),
    ),
)

_SHARE = re.compile(
    r"%|per ?cent|\b(?:in|out of) (?:every )?(?:ten|\d+)|\btimes\b|\b(?:half|third|quarter)s?\b", re.IGNORECASE
)
_NEAR = 2  # sentences on either side in which the test or the early find must stand


def find(reading: Reading) -> Iterator[Finding]:
    """The first figure of survival in praise of finding a disease early."""
    hits = list(phrases(reading, "numbers/survival"))
    if not hits or _pattern("deaths").search(reading.article.text):
        return
    for hit in hits:
        praised = _praised(reading, hit)
        if praised is None:
            continue
        yield CHECK.finding(
            hit.start,
            hit.end,
            "Survival grows when a disease is merely found earlier: give deaths per 1,000 with and without screening.",
            trigger=hit.text,
            evidence=(praised,),
            guards=hit.guards,
        )
        if not hit.guards:
            return


def _praised(reading: Reading, hit: Hit) -> Evidence | None:
    """The words near the figure that credit a test or an early find."""
    sentence = reading.span(hit.start, hit.end).sent
    start, end = sentence.start, sentence.end
    for _ in range(_NEAR):
        start = reading.doc[start - 1].sent.start if start else 0
        end = reading.doc[end].sent.end if end < len(reading.doc) else end
    around = reading.doc[start:end]
    found = _pattern("screening").search(around.text)
    if found is None or not _SHARE.search(sentence.text):
        return None
    at = around.start_char + found.start()
    return Evidence("what it is credited to", at, at + len(found[0]))


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return whole(wordlist("numbers/survival")[key])
