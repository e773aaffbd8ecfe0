"""Terms of a text, linked."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
import spacy
from spacy.language import Language

from annotate.language import linking
from annotate.language.abbreviations import abbreviations
from annotate.language.linking import link
from annotate.language.pipeline import load
from annotate.types import Abbreviation
from annotate.vocabulary import KINDS, UserTerm, open_vocabulary


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load("en_core_web_sm")


def linked(nlp: Language, text: str) -> dict[str, str]:
    """Words → concept id."""
    doc = nlp(text)
    return {text[e.start : e.end]: e.concept.id for e in link(doc, abbreviations(nlp, doc)) if e.concept is not None}


@pytest.mark.parametrize(
    ("text", "words", "identifier"),
    [
        ("Doctors treated a man with Crohn’s disease.", "Crohn’s disease", "MONDO:0005011"),
        ("Leukaemias are rarer than lymphomas.", "Leukaemias", "MONDO:0005059"),
        ("The antibody binds to CD-19 on B cells.", "CD-19", "HGNC:1633"),
        ("They gave her anti-CD19 T cells.", "CD19", "HGNC:1633"),
        ("He was offered CAR-T cell therapy.", "CAR-T cell therapy", "ANNOTATE:car-t-cell-therapy"),
        ("Women with type II diabetes took metformin.", "type II diabetes", "MONDO:0005148"),
        ("Women with type II diabetes took metformin.", "metformin", "DRUGBANK:DB00331"),
        ("Her joint pain came back.", "joint pain", "HP:0002829"),
        ("A stroke left him unable to speak.", "stroke", "MONDO:0005098"),
        ("Lupus can harm the kidneys.", "Lupus", "MONDO:0004670"),
        ("Her mother has Alzheimer’s.", "Alzheimer", "MONDO:0004975"),
        ("People living with HIV were asked.", "HIV", "MESH:D006678"),
    ],
)
def test_terms_are_linked(nlp: Language, text: str, words: str, identifier: str) -> None:
    assert linked(nlp, text).get(words) == identifier


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The actor Rupert Lupus lives in Leeds, his agent said.", "Lupus"),
        ("Dr Lupus was not involved in the trial.", "Lupus"),
        ("It was a stroke of luck for the team.", "stroke"),
        ("The Great Depression ruined his grandparents.", "Depression"),
        ("She works for the American Cancer Society in Atlanta.", "Cancer"),
        ("The work appeared in the journal Stroke on Monday.", "Stroke"),
        ("Doors open at 10 and close at 3.", "at 10"),
        ("The cat sat on the mat; it can rest there.", "cat"),
        ("We can help you, and the rest is history.", "can"),
        ("That was a rash decision by the board.", "rash"),
        ("NEW STUDY OF CATS AND REST IN THE ELDERLY", "REST"),
        ("She has a non-asthma complaint.", "asthma"),
        ("See https://example.org/news/asthma-report for more.", "asthma"),
    ],
)
def test_look_alikes_are_left_alone(nlp: Language, text: str, words: str) -> None:
    assert words not in linked(nlp, text)


def test_a_noun_that_the_tagger_takes_for_a_verb_is_linked(nlp: Language) -> None:
    assert linked(nlp, "He has leukemia.")["leukemia"] == "MONDO:0005059"


def test_a_shortened_species_is_one_term(nlp: Language) -> None:
    found = linked(nlp, "The lettuce carried E. coli. Nobody had looked for H. pylori.")
    assert found == {"E. coli": "MESH:D004926", "H. pylori": "MESH:D016480"}


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        (
            "Breast and ovarian cancer run in families.",
            "Breast and ovarian cancer",
            ["ovarian cancer", "breast cancer"],
        ),
        (
            "She had liver, lung or skin cancer.",
            "liver, lung or skin cancer",
            ["skin cancer", "liver cancer", "lung cancer"],
        ),
        (
            "He was tested for hepatitis B and C in May.",
            "hepatitis B and C",
            ["hepatitis B virus infection", "hepatitis C virus infection"],
        ),
        (
            "People with type 1 or type 2 diabetes joined.",
            "type 1 or type 2 diabetes",
            ["type 2 diabetes mellitus", "type 1 diabetes mellitus"],
        ),
        ("Benefits and heart disease were discussed.", "heart disease", ["heart disorder"]),
        ("Children and lung cancer were the subjects.", "lung cancer", ["lung cancer"]),
    ],
)
def test_a_phrase_names_each_of_its_diseases(nlp: Language, text: str, words: str, names: list[str]) -> None:
    (entity,) = link(nlp(text))
    assert text[entity.start : entity.end] == words
    assert entity.concept is not None
    assert [entity.concept.name, *(concept.name for concept in entity.also)] == names


def test_a_gene_is_that_of_the_animal_that_the_text_is_about(nlp: Language) -> None:
    text = "Knockout mice lacked IL-6, unlike rat TNF and human EGFR."
    found = {text[e.start : e.end]: (e.species, e.orthologue) for e in link(nlp(text)) if e.kind == "gene"}
    assert found == {"IL-6": ("mouse", "NCBIGENE:16193"), "TNF": ("rat", "NCBIGENE:24835"), "EGFR": (None, None)}
    assert all(e.species is None for e in link(nlp("IL-6 rose in women.")))


def test_the_species_before_a_long_form_is_that_of_its_short_form(nlp: Language) -> None:
    text = "Transgenic mice made human tumor necrosis factor (TNF). Mice with TNF lost IL-6."
    doc = nlp(text)
    found = [(text[e.start : e.end], e.species) for e in link(doc, abbreviations(nlp, doc))]
    assert [each for each in found if each[0] in ("TNF", "IL-6")] == [("TNF", None), ("TNF", None), ("IL-6", "mouse")]


def species(nlp: Language, text: str) -> dict[str, str | None]:
    return {text[e.start : e.end]: e.species for e in link(nlp(text)) if e.kind == "gene"}


def test_a_family_means_the_genes_of_it_that_the_article_names(nlp: Language) -> None:
    text = "NOS2 and NOS3 make nitric oxide. Nitric oxide synthase was blocked, and so was a synaptotagmin."
    members = {text[e.start : e.end]: [gene.name for gene in e.members] for e in link(nlp(text)) if e.kind == "protein"}
    assert members == {"Nitric oxide synthase": ["NOS2", "NOS3"], "synaptotagmin": []}
    text = "Synaptotagmin 14 was lost in mice. No other synaptotagmin took its place."
    (family,) = [e for e in link(nlp(text)) if e.kind == "protein"]
    assert [gene.name for gene in family.members] == ["SYT14"]
    assert family.species == "mouse"


def test_of_genes_that_share_an_alias_the_one_of_a_family_that_the_article_names(nlp: Language) -> None:
    assert linked(nlp, "PAR1 was blocked.") == {}
    assert linked(nlp, "Proteinase-activated receptors matter: PAR1 was blocked.")["PAR1"] == "HGNC:3537"


def test_a_symbol_with_an_s_before_its_number_is_no_plural(nlp: Language) -> None:
    assert "MCT1" not in linked(nlp, "The transporter MCT1 takes up lactate.")
    assert linked(nlp, "The protein MCTS1 binds RNA.")["MCTS1"] == "HGNC:23357"


def test_a_strain_or_a_cell_line_tells_whose_gene_it_is(nlp: Language) -> None:
    assert species(nlp, "C57BL/6 bone marrow made more IL-6.") == {"IL-6": "mouse"}
    assert species(nlp, "Sprague-Dawley pups made more IL-6.") == {"IL-6": "rat"}
    assert species(nlp, "HeLa cells were grown. They made more IL-6.") == {"IL-6": None}


def test_the_species_of_the_gene_s_own_sentence_counts_most(nlp: Language) -> None:
    text = "Mice were fed well. In patients, volunteers and children IL-6 rose. In mice, CD19 fell."
    assert species(nlp, text) == {"IL-6": None, "CD19": "mouse"}


def test_symbols_with_one_capital_are_of_mice(nlp: Language) -> None:
    assert species(nlp, "The screen found Cdc25a, Socs3 and Spred2.") == dict.fromkeys(
        ("Cdc25a", "Socs3", "Spred2"), "mouse"
    )
    assert species(nlp, "The screen found CDC25A, SOCS3 and SPRED2.") == dict.fromkeys(("CDC25A", "SOCS3", "SPRED2"))


def test_genes_told_apart_by_numbers_are_each_linked(nlp: Language) -> None:
    (entity,) = link(nlp("The drug blocks ERK1/2 in skin."))
    assert entity.concept is not None
    assert (entity.kind, entity.concept.name, [concept.name for concept in entity.also]) == ("gene", "MAPK3", ["MAPK1"])


def test_a_short_form_means_the_whole_term_before_it(nlp: Language) -> None:
    text = "Familial Mediterranean fever (MEF) runs in families. MEF is treated with colchicine."
    short = [Abbreviation(start, start + 3, "MEF", "Mediterranean fever") for start in (30, text.rindex("MEF"))]
    names = {e.concept.name for e in link(nlp(text), short) if text[e.start : e.end] == "MEF" and e.concept}
    assert names == {"familial Mediterranean fever"}


def test_a_disease_that_a_drug_brings_on_is_that_everywhere(nlp: Language) -> None:
    text = "Levodopa-induced dyskinesia is common. Dyskinesia hurts."
    found = {text[e.start : e.end]: e.concept.name for e in link(nlp(text)) if e.concept}
    assert found["dyskinesia"] == found["Dyskinesia"] == "drug-induced dyskinesia"
    assert "drug-induced dyskinesia" not in linked(nlp, "Stress-induced dyskinesia is rare.").values()


def test_a_gene_written_as_a_word_needs_a_word_that_vouches_for_it(nlp: Language) -> None:
    assert linked(nlp, "The Akt protein was switched on.") == {"Akt": "HGNC:391"}
    assert linked(nlp, "Akt is a village in the hills.") == {}


def test_the_longest_term_wins(nlp: Language) -> None:
    found = linked(nlp, "Small cell lung cancer spreads early.")
    assert list(found) == ["Small cell lung cancer"]


def test_a_term_does_not_run_over_a_sentence_or_a_bracket(nlp: Language) -> None:
    assert "lung cancer" not in linked(nlp, "It grew in the lung. Cancer was found later.")


def test_an_abbreviation_carries_its_meaning_everywhere(nlp: Language) -> None:
    text = "Ankylosing spondylitis (AS) stiffens the spine. As it worsens, AS hurts. Drugs for AS exist."
    doc = nlp(text)
    short = [e for e in link(doc, abbreviations(nlp, doc)) if text[e.start : e.end] == "AS"]
    assert len(short) == 3
    assert {e.concept.name for e in short if e.concept} == {"ankylosing spondylitis"}


def test_an_abbreviation_of_something_else_is_not_linked(nlp: Language) -> None:
    text = "The Airport Logistics Service (ALS) moved vaccines. ALS trucks were late."
    assert "ALS" not in linked(nlp, text)


def test_a_short_form_before_its_long_form_is_understood(nlp: Language) -> None:
    found = linked(nlp, "Patients had SLE (systemic lupus erythematosus).")
    assert found["SLE"] == found["systemic lupus erythematosus"] == "MONDO:0007915"


def test_an_ambiguous_acronym_needs_its_full_name(nlp: Language) -> None:
    assert "RA" not in linked(nlp, "The RA met on Monday in the hall.")
    assert linked(nlp, "Rheumatoid arthritis is common. Those with RA often tire.").get("RA") == "MONDO:0008383"


def test_entities_do_not_overlap_and_come_in_order(nlp: Language) -> None:
    text = "Breast cancer, ovarian cancer and type 2 diabetes go with obesity, insulin and high blood pressure."
    entities = link(nlp(text))
    assert all(one.end <= other.start for one, other in pairwise(entities))
    assert all(0 < entity.score <= 1 for entity in entities)


def test_kinds_can_be_chosen(nlp: Language) -> None:
    doc = nlp("Rituximab was given for lupus.")
    assert [entity.kind for entity in link(doc, kinds=("drug",))] == ["drug"]


def test_a_users_term_is_linked(nlp: Language) -> None:
    text = "Zorblatt fever is not known to science."
    entities = link(nlp(text), vocabulary=open_vocabulary((UserTerm("Zorblatt fever", "LAB:1", "disease"),)))
    assert [entity.concept.id for entity in entities if entity.concept] == ["LAB:1"]


def test_a_bare_doc_is_enough() -> None:

    doc = spacy.blank("en")("Asthma and lupus.")
    assert len(link(doc)) == 2
    assert link(spacy.blank("en")("")) == ()


def test_the_component_works_in_any_pipeline() -> None:

    import annotate.language.health_entities  # noqa: F401  registers the factory, as the entry point does

    pipeline = spacy.blank("en")
    pipeline.add_pipe("health_entities", config={"set_ents": True})
    doc = pipeline("Rituximab helped her lupus.")
    assert [(ent.text, ent.label_, ent._.concept.id) for ent in doc.ents] == [
        ("Rituximab", "drug", "DRUGBANK:DB00073"),
        ("lupus", "disease", "MONDO:0004670"),
    ]
    assert len(doc.spans["health_entities"]) == 2


def test_matching_is_fast() -> None:
    """At most fifteen times as long as taking the same words one by one; on an idle core five, 500,000 words/s.

    Each is timed in turn, both in Python, and the best of each counts: a busy machine slows them alike.
    """
    sentence = "The team gave five patients with lupus and joint pain a new treatment, and most of them felt better. "
    text, vocabulary, kinds = sentence * 2_000, open_vocabulary(), frozenset(range(len(KINDS)))

    def seconds(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    def by_word() -> None:
        seen: dict[str, int] = {}
        for word in re.finditer(r"\w+", text):
            seen.setdefault(word[0].casefold(), word.start())

    pairs = [(seconds(lambda: list(linking._candidates(text, vocabulary, kinds))), seconds(by_word)) for _ in range(7)]
    matching, plain = map(min, zip(*pairs, strict=True))
    assert matching < 15 * plain
