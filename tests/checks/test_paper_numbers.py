"""Figures held against abstracts of several designs: those that the abstract gives otherwise are told, no others."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from annotate import annotate_text
from annotate.config import Settings
from annotate.types import Paper

FIGURES = ("paper.number", "paper.sample-size")


@dataclass(frozen=True)
class Story:
    """A paper, the headline of an article about it, sentences that tell it rightly, and ones with a wrong figure."""

    title: str
    headline: str
    abstract: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


STORIES = (
    Story(
        "Saffron for restless legs: a randomised trial",
        "Saffron eases restless legs",
        (
            "BACKGROUND: Whether saffron eases restless legs is not known. METHODS: In this double-blind trial we "
            "randomly assigned 318 adults with restless legs to saffron capsules (n = 160) or placebo (n = 158) "
            "for 12 weeks. The primary outcome was the change in the severity score. RESULTS: The severity score "
            "fell by 9.4 points with saffron and by 5.1 points with placebo (P = 0.002). Sleep lasted 42 minutes "
            "longer in the saffron group. Nausea occurred in 14% of the participants given saffron and in 6% of "
            "those given placebo. Systolic blood pressure fell by 4 mm Hg. Fourteen participants withdrew. Two "
            "deaths occurred, both in the placebo group. CONCLUSIONS: Saffron reduced the severity of restless "
            "legs."
        ),
        (
            "Restless legs improved by 9.4 points with saffron, against 5.1 points with placebo.",
            "The trial lasted three months and included 318 adults.",
            "People given saffron slept 42 minutes longer.",
            "About one in seven people taking saffron, 14 per cent, felt sick, compared with 6% on placebo.",
            "Blood pressure fell by 4mmHg.",
            "Fourteen people withdrew from the trial.",
            "Restless legs affect 7% of adults in Europe, and treatment costs 30 euros a month.",
            "Two people died, both on placebo.",
            "The firm has sold capsules for 15 years.",
            "Nausea occurred in 14% of people on saffron.",
            "Doctors usually treat it with a drug that causes nausea in 30% of people.",
        ),
        (
            "The severity score fell by 94 points with saffron.",
            "The severity score fell by 19.4 points with saffron.",
            "Participants took saffron capsules for 12 months.",
            "Nausea occurred in 24% of the participants given saffron.",
            "Those taking saffron slept 24 minutes longer.",
            "Systolic blood pressure fell by 14 mmHg.",
            "Forty participants withdrew.",
            "Nine deaths occurred in the placebo group.",
        ),
    ),
    Story(
        "Night shifts and breast cancer in nurses: a cohort study",
        "Night shifts and breast cancer",
        (
            "Objectives: To study night shifts and breast cancer. Design: Prospective cohort. Setting: 21 "
            "hospitals in Finland. Participants: 48,112 nurses followed for a mean of 11 years. Results: During "
            "follow-up 1,204 nurses developed breast cancer. Nurses with 20 years or more of night work had a "
            "higher risk (hazard ratio 1.32, 95% confidence interval 1.10 to 1.58). Of the cancers, 63% were "
            "hormone receptor positive. The median age at diagnosis was 57 years. Conclusions: Long night work "
            "was associated with a higher risk of breast cancer."
        ),
        (
            "Nurses who had worked nights for 20 years or more had a 32% higher risk of breast cancer.",
            "More than 48,000 nurses were followed for 11 years.",
            "Over the 11 years, 1,204 of the nurses developed breast cancer.",
            "Some 1,200 nurses developed breast cancer.",
            "Nearly two thirds of the cancers (63 per cent) were hormone receptor positive.",
            "The nurses worked at 21 hospitals in Finland.",
            "Breast cancer kills 900 women a year in Finland, and one woman in nine gets it.",
            "The risk was about a third higher.",
            "Screening lowers the risk of dying of breast cancer by 20%.",
            "About 15% of nurses work nights.",
        ),
        (
            "Nurses with 20 years of night work had a 23% higher risk of breast cancer.",
            "The nurses were followed for 21 years.",
            "During that time 12,040 nurses developed breast cancer.",
            "Of the cancers, 36% were hormone receptor positive.",
        ),
    ),
    Story(
        "Probiotics against antibiotic-associated diarrhoea: a meta-analysis",
        "Probiotics and diarrhoea",
        (
            "We searched four databases to March 2022 and included 27 randomised trials with 9,350 participants. "
            "Probiotics lowered the risk of antibiotic-associated diarrhoea (relative risk 0.58, 95% CI 0.50 to "
            "0.68). Diarrhoea occurred in 8% of participants taking probiotics and in 18% of controls. The effect "
            "was seen in 19 trials in adults. Treatment lasted between 5 and 21 days. Bloating was reported in "
            "eleven trials. The certainty of evidence was moderate."
        ),
        (
            "Probiotics cut the risk of diarrhoea from antibiotics by 42 per cent.",
            "Researchers pooled 27 trials with 9,350 people.",
            "Diarrhoea struck 8% of those on probiotics and 18% of the others.",
            "Nineteen of the trials were in adults.",
            "The effect was seen in 19 trials in adults.",
            "Probiotic sales grew by 12% last year.",
            "Antibiotics cause diarrhoea in up to 30% of people.",
            "A course of antibiotics lasts 7 days.",
        ),
        (
            "Probiotics cut the risk of diarrhoea by 58%.",
            "Diarrhoea occurred in 8% of participants taking probiotics and in 28% of controls.",
            "The effect was seen in 9 trials in adults.",
        ),
    ),
    Story(
        "Engineered T cells in myositis: a case series",
        "Cells against myositis",
        (
            "Seven patients with refractory myositis (median age 44 years) received engineered T cells. Six of "
            "the seven patients reached remission after a median of 3 months. Muscle strength improved in all "
            "patients. Median follow-up was 9 months (range, 4 to 15). Mild cytokine release syndrome occurred in "
            "four patients. B cells came back after a mean of 118 days. One patient had a relapse after 8 months."
        ),
        (
            "Six of the seven patients reached remission within three months.",
            "All seven patients grew stronger.",
            "They were followed for a median of nine months, the longest for 15 months.",
            "Four patients had a mild cytokine release syndrome.",
            "B cells came back after about four months.",
            "One patient relapsed after eight months.",
            "Myositis strikes about ten people in a million, and two drugs are approved.",
            "Another team treated five patients with lupus last year.",
            "Two of the patients had been ill for more than ten years.",
        ),
        (
            "Five of the seven patients reached remission.",
            "The patients were followed for 15 months.",
            "B cells came back after an average of 81 days.",
            "Cytokine release syndrome occurred in two patients.",
            "One patient had a relapse after 18 months.",
        ),
    ),
    Story(
        "Hair dyes and bladder cancer: a case-control study",
        "Hair dyes and cancer",
        (
            "AIM: To examine whether hair dyes are linked to bladder cancer. METHODS: We compared 412 patients "
            "with bladder cancer with 850 controls in six clinics in Portugal. RESULTS: Regular use of dark dyes "
            "was reported by 31% of the patients and by 22% of the controls. The risk ratio for use over 10 years "
            "was 1.45 (95% CI 1.12 to 1.88). Among hairdressers, 48 patients had handled dyes for a mean of 17 "
            "years. Tumours were muscle-invasive in 26% of the patients. CONCLUSIONS: Long use of dark hair dyes "
            "was associated with bladder cancer."
        ),
        (
            "Some 31% of the patients regularly used dark dyes, compared with 22% of the controls.",
            "Using them for more than ten years raised the risk by 45%.",
            "Nearly a third of patients had used dark dyes regularly.",
            "About 40% of women over 40 colour their hair.",
            "Smoking causes half of all cases of bladder cancer, and raises the risk threefold.",
            "Bladder cancer kills 5,000 people a year.",
            "A quarter, 26 per cent, had a tumour that had grown into the muscle.",
        ),
        (
            "Regular use of dark dyes was reported by 41% of the patients.",
            "The hairdressers had handled dyes for 27 years on average.",
            "Tumours were muscle-invasive in 62% of patients.",
        ),
    ),
    Story(
        "School breakfast and learning: a crossover trial",
        "Breakfast at school",
        (
            "A crossover trial tested a school breakfast in 96 children aged 8 to 10 years. Children ate "
            "breakfast at school for 6 weeks. Reading scores rose by 7 points and mathematics scores by 3 points. "
            "Absence fell from 9% to 5%. Body weight did not change (mean difference 0.3 kg). Eleven children "
            "dropped out. Each breakfast contained 18 g of protein. School breakfast improved reading scores."
        ),
        (
            "Reading scores rose by seven points.",
            "Children ate at school for six weeks.",
            "Absence dropped from nine to five per cent.",
            "Each breakfast had 18 grams of protein.",
            "Eleven children dropped out of the trial.",
            "One child in five skips breakfast, and 12% of families cannot pay for it.",
            "The pupils gained no weight.",
            "The school has offered breakfast for 14 years.",
        ),
        (
            "Reading scores rose by 17 points.",
            "Children ate breakfast at school for 16 weeks.",
            "Each breakfast contained 80 g of protein.",
            "Absence fell to 2%.",
            "Twenty-five children dropped out.",
        ),
    ),
    Story(
        "Robotic mitral valve repair: a case series",
        "Robots mend hearts",
        (
            "Between 2009 and 2015, 64 patients had robotic repair of the mitral valve. The operation lasted a "
            "median of 225 minutes. Three patients died within 30 days. Atrial fibrillation occurred in 19% of "
            "patients. Patients left hospital after a median of 6 days. At a median follow-up of 4 years, 58 "
            "patients were alive. Severe leakage returned in five patients."
        ),
        (
            "The operation took nearly four hours.",
            "Patients went home after six days.",
            "Three patients died within a month.",
            "Five patients had a leak again.",
            "The robot costs two million euros and is used in 12 hospitals.",
            "Mitral disease affects 2% of adults.",
            "Open surgery takes 180 minutes.",
            "After four years 58 patients were alive.",
        ),
        (
            "Patients left hospital after a median of 16 days.",
            "Atrial fibrillation occurred in 9% of the patients.",
            "The operation lasted a median of 325 minutes.",
            "Patients were followed for a median of 14 years.",
        ),
    ),
)


def told(story: Story, sentence: str) -> list[str]:
    """The figures of a sentence that are marked in an article on the story's paper."""
    paper = Paper(title=story.title, doi="10.5555/story", abstract=story.abstract)
    text = f"{story.headline}\n\n{sentence} The paper is doi:10.5555/story."
    found = annotate_text(text, Settings(select=FIGURES), papers=(paper,)).findings
    return [text[finding.start : finding.end] for finding in found]


@pytest.mark.parametrize(("story", "sentence"), [(story, said) for story in STORIES for said in story.right])
def test_a_figure_of_the_paper_or_of_something_else_is_left_alone(story: Story, sentence: str) -> None:
    assert told(story, sentence) == []


@pytest.mark.parametrize(("story", "sentence"), [(story, said) for story in STORIES for said in story.wrong])
def test_another_figure_for_the_same_thing_is_told(story: Story, sentence: str) -> None:
    assert len(told(story, sentence)) == 1


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title.partition(":")[0])
def test_an_abstract_agrees_with_itself(story: Story) -> None:
    assert told(story, story.abstract) == []
