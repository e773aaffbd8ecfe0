"""The study's other facts, read from articles of our own."""

from __future__ import annotations

import pytest

from annotate import annotate_text
from annotate.claims.scorecard import scorecard
from annotate.config import Settings
from annotate.types import Report, Study

HEADLINE = "Seaweed capsules lower blood pressure, study finds"


def report(*paragraphs: str) -> Report:
    return annotate_text("\n\n".join(paragraphs), Settings(select=("caveats",)))


def study(*paragraphs: str) -> Study:
    return report(*paragraphs).reading.study


@pytest.mark.parametrize(
    ("paragraph", "design"),
    [
        ("The 80 participants were randomly assigned to seaweed or to a placebo.", "rct"),
        ("Doctors gave the capsules to 14 patients for a month. There was no control group.", "uncontrolled-trial"),
        ("The team followed 3,100 fishermen for twelve years and asked what they ate.", "cohort"),
        ("They pooled the results of 18 trials with 2,400 people.", "meta-analysis"),
        ("The 24 rats were fed the seaweed for a month. Pressure fell in the rats.", "animal"),
        ("In a survey of 900 cooks, those who used seaweed had lower pressure.", "survey"),
        ("Her case was reported in a journal.", "case-report"),
        ("They compared 60 patients with high blood pressure with 60 healthy controls.", "case-control"),
        ("They compared DNA from 900 patients with that from 1,200 unrelated healthy people.", "case-control"),
        ("Half followed a diet with seaweed. The remainder carried on as before and were given advice.", "rct"),
        ("They base their figures on 41 research papers about seaweed.", "meta-analysis"),
        ("The work was done in mice, not in people.", "animal"),
        ("Mice given the seaweed had lower pressure than untreated mice.", "animal"),
        ("The seaweed relaxed human artery cells grown in a dish.", "cell"),
        ("The 30 volunteers had each diet for a fortnight, in random order.", "rct"),
        ("Pressure fell in 8 of 20 people on seaweed and in 5 of 20 given a dummy capsule.", "rct"),
        ("In the trial pressure fell more in those who got seaweed than in those who got advice.", "rct"),
        ("In the open-label study, 40 sailors swallowed the capsules for a month.", "uncontrolled-trial"),
        ("They looked at 300 women who had had a stroke and the same number who had not.", "case-control"),
    ],
)
def test_design(paragraph: str, design: str) -> None:
    found = study(HEADLINE, paragraph).design
    assert found is not None
    assert found.value == design


def test_design_of_a_trial_to_come_is_not_the_study() -> None:
    found = study(
        HEADLINE, "The team tracked 900 sailors for nine years. A randomised trial is needed to confirm the result."
    )
    assert found.design is not None
    assert found.design.value == "cohort"


@pytest.mark.parametrize(
    ("text", "design"),
    [
        ("Herring and strokes\n\nPeople who ate herring were less likely to have a stroke, a study found.", "cohort"),
        (
            "A switch in the brain\n\nScientists have found how a nerve cell chooses its partners. It was a long "
            "search, they said. The cells sit deep in the brain. They are small. Few had seen them. Nobody had "
            "counted them. They were most active in parts of the brain linked to smell.",
            None,
        ),
        (
            "New inhaler for coughs\n\nThe inhaler eased coughs in 400 adults, the researchers say. They used it "
            "twice a day. Most liked it. It is not sold yet. The firm hopes for a licence. It paid for the study. "
            "Some coughs are associated with smoking.",
            None,
        ),
        (
            "New inhaler for coughs\n\nThe inhaler was associated with fewer coughs in 400 adults, the team says. "
            "Everybody liked it in the six-month trial.",
            None,
        ),
    ],
)
def test_words_that_go_with_others_tell_a_design_only_as_what_was_found(text: str, design: str | None) -> None:
    found = study(text).design
    assert (found.value if found else None) == design


@pytest.mark.parametrize(
    ("paragraph", "venue", "journal"),
    [
        ("The study was published on Monday in the European Heart Journal.", "journal", "European Heart Journal"),
        ("Writing in the journal Marine Drugs, the team urges caution.", "journal", "Marine Drugs"),
        ("The work, in this week's BMJ, had 80 participants.", "journal", "BMJ"),
        ("The results were presented at the annual meeting of a kidney society in Turin.", "conference", None),
        ("The figures are in a preprint that nobody has reviewed.", "preprint", None),
        ("The Wall Street Journal wrote about the team last year.", None, None),
        (
            "Writing in the British Medical Journal, Dutch and Thai doctors weighed it.",
            "journal",
            "British Medical Journal",
        ),
        ("It appears in the Journal of Food Science on Dec. 1.", "journal", "Journal of Food Science"),
    ],
)
def test_venue(paragraph: str, venue: str | None, journal: str | None) -> None:
    found = study(HEADLINE, paragraph)
    assert (found.venue.value if found.venue else None) == venue
    assert (found.journal.value if found.journal else None) == journal


@pytest.mark.parametrize(
    ("paragraph", "length"),
    [
        ("The 80 volunteers took the capsules for eight weeks.", "eight weeks"),
        ("Patients were followed for an average of 6 years after the trial.", "an average of 6 years"),
        ("Seaweed has been eaten in Japan for 2,000 years ago and more.", None),
        ("The capsules have been on the market for 30 years.", None),
        ("The practice has not changed in more than 100 years.", None),
        ("“There could be a treatment in a year,” said the team.", None),
    ],
)
def test_followup(paragraph: str, length: str | None) -> None:
    found = study(HEADLINE, paragraph).followup
    assert (found.value if found else None) == length


def test_the_rest_of_the_record() -> None:
    found = study(
        HEADLINE,
        "The phase II trial (NCT01234567) divided 90 people into three groups.",
        "One took 500 mg twice a day and one a placebo.",
        "It was funded by the Nordic Seaweed Board. Two of the authors own shares in a company.",
        "An earlier trial had tested 210 patients.",
    )
    assert found.stage is not None
    assert found.stage.value == "phase 2"
    assert found.registration is not None
    assert found.registration.value == "NCT01234567"
    assert found.arms is not None
    assert found.arms.value == 3
    assert found.dose is not None
    assert found.dose.value == "500 mg twice a day"
    assert found.funder is not None
    assert found.funder.value == "Nordic Seaweed Board"
    assert found.conflicts is not None
    assert [other.value for other in found.others] == [210]


def test_every_fact_quotes_its_words() -> None:
    found = report(
        HEADLINE, "The trial compared the capsules with a placebo in 80 people over eight weeks, the Lancet reports."
    )
    text, facts = found.reading.article.text, found.reading.study
    for fact in (facts.design, facts.species, facts.n, facts.followup, facts.control, facts.venue, facts.journal):
        assert fact is not None
        assert text[fact.start : fact.end].strip()


def test_scorecard() -> None:
    found = report(
        HEADLINE,
        "Doctors gave the capsules to 14 patients for six months. There was no control group, the journal Gut reports.",
        "The capsules cost £12 a month. Nausea was the main side effect.",
    )
    card = scorecard(found.reading, found.findings)
    assert card.summary == "Uncontrolled trial in 14 people, six months, Gut"
    assert [label.answer for label in card.labels] == ["yes, in Gut", "Uncontrolled trial", "people"]
    verdicts = {criterion.key: criterion.verdict for criterion in card.criteria}
    assert len(verdicts) == 10
    assert verdicts["costs"] == "met"
    assert verdicts["harms"] == "met"
    assert verdicts["funding_coi"] == "not met"


def test_scorecard_says_when_nothing_is_known() -> None:
    found = report("A new hospital opens", "The mayor cut a ribbon on Tuesday. The doors open at eight.")
    card = scorecard(found.reading, found.findings)
    assert card.summary == "The article does not say what kind of study this was."
    assert all(label.answer is None for label in card.labels[:2])


def test_a_journal_ends_where_its_name_does() -> None:
    found = report(HEADLINE, "Writing in the journal Nature Genetics, British researchers describe it.").reading.study
    assert found.journal is not None
    assert found.journal.value == "Nature Genetics"
