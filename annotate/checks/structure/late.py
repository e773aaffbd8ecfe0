"""The first caveat on the main claim comes late.

What it flags: the first weakness that the article states, where it stands after six tenths of the text, the main claim
is made outright, and the evidence cannot do without the caveat: a handful of patients, nobody to compare with, animals
or cells. Why it misleads: most readers stop before the middle, so that they take home the claim and not its limits.
Write instead the weakness next to the claim: "in five patients, none of them compared with anybody". It leaves alone
briefs of under 150 words, hedged claims and articles that state a weakness earlier.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.types import CAUSAL, Check, Disclosure, Evidence, Example, Finding, Reading

_LATE = 0.6  # share of the text
_BRIEF = 150  # words
_SMALL_SAMPLE = 30
_EARLY = frozenset(("uncontrolled-trial", "case-report", "animal", "cell"))

_FILLING = (
    "The clinic stands on a hill above the harbour, in a building that was once a school. Its director came to the "
    "town ten years ago and has since added two wings and a garden. On a weekday morning the waiting room is full, and "
    "the nurses call out names in three languages. The idea came up over lunch, when a colleague told a story about "
    "her own mother. They wrote it down on a napkin, which now hangs in a frame in the corridor. It took another two "
    "winters before the first of the patients came through the door. The town has followed the work with pride, the "
    "mayor has been to see it, and a local baker sends a cake on Fridays."
)

CHECK = Check(
    id="structure.late",
    severity="warning",
    references=(
        "Science Media Centre, 10 best practice guidelines for reporting science and health stories, 2012",
        "Academy of Medical Sciences and Science Media Centre, labelling of press releases, 2018",
    ),
    examples=(
        Example(
            "Infusion cures rare skin disease\n\n"
            "Doctors in Lisbon treated four patients with an infusion of cells. All of them recovered.\n\n"
            f"{_FILLING}\n\n"
            "The patients still visit the clinic. It was a [[small study]], and nobody was compared with them."
        ),
        Example(
            "Herbal drops reverse hearing loss\n\n"
            "The drops were given to 12 mice for a month, and their hearing came back.\n\n"
            f"{_FILLING}\n\n"
            "The mice were three months old. One expert urged [[caution]]."
        ),
        Example(
            "Magnet therapy heals broken wrists\n\n"
            "A surgeon treated nine patients with magnets, and their bones healed in half the time.\n\n"
            f"{_FILLING}\n\n"
            "The surgeon has bought a second magnet. The result [[cannot prove]] that the magnets did it, he said."
        ),
        Example(
            "Infusion cures rare skin disease\n\n"
            "Doctors in Lisbon treated four patients with an infusion of cells. It was a small study.\n\n"
            f"{_FILLING}\n\n"
            "The patients still visit the clinic.",
            "in the lead",
        ),
        Example(
            "Infusion cures rare skin disease\n\n"
            "Doctors in Lisbon treated four patients with an infusion of cells. All recovered. It was a small study.",
            "a brief",
        ),
        Example(
            "Statin prevents strokes in older women\n\n"
            "The trial compared the statin with a placebo in 4,200 women. Over five years 31 had a stroke, against 58."
            f"\n\n{_FILLING}\n\n"
            "The authors urge caution for women over 80.",
            "a large trial",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The first caveat, where it is late."""
    place = _first_caveat(reading)
    if place is None or place.start is None or place.end is None:
        return
    text = reading.article.text
    checked = [(block.start, block.end) for block in reading.article.blocks if block.checked]
    before = " ".join(text[start : min(end, place.start)] for start, end in checked if start < place.start)
    whole = " ".join(text[start:end] for start, end in checked)
    share = len(before) / max(1, len(whole))
    if share > _LATE and len(whole.split()) >= _BRIEF:
        main = next((claim for claim in reading.claims if claim.main), None)
        evidence = (Evidence("the main claim", main.start, main.end),) if main else ()
        yield CHECK.finding(
            place.start, place.end,
            f"The first caveat comes after {share:.0%} of the text: move it next to the main claim.",
            trigger=text[place.start : place.end], evidence=evidence, signals={"share": round(share, 2)},
        )  # fmt: skip


def _first_caveat(reading: Reading) -> Disclosure | None:
    """The caveat that the evidence cannot do without; None where it can, where little is claimed, or there is none."""
    study = reading.study
    early = study.design is not None and study.design.value in _EARLY
    small = study.n is not None and study.n.value < _SMALL_SAMPLE
    main = next((claim for claim in reading.claims if claim.main), None)
    if not (early or small) or main is None or main.strength < CAUSAL or main.hedged:
        return None
    return reading.disclosures["limitations"]
