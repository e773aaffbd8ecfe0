"""The compiled vocabulary: look-up, hierarchy, similarity, near misses, a user's own terms."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from annotate.errors import SettingsError
from annotate.vocabulary import (
    UserTerm,
    Vocabulary,
    edit_distance,
    frequency,
    institutions,
    is_word,
    journals,
    open_vocabulary,
    user_terms,
)
from annotate.vocabulary.normal_forms import normal_form

LUPUS, AUTOIMMUNE = "MONDO:0007915", "MONDO:0007179"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return open_vocabulary()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Crohn’s diseases", "crohn disease"),
        ("TNF-α", "TNF alpha"),
        ("type II diabetes", "Type 2 Diabetes"),
        ("CD-19", "CD19"),
        ("CAR-T cells", "CAR T cell"),
        ("haemorrhages", "hemorrhage"),
        ("oesophageal tumours", "esophageal tumor"),
        ("Sjögren's syndrome", "Sjogren syndrome"),
        ("metastases", "metastasis"),
    ],
)
def test_variants_share_a_normal_form(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(("one", "other"), [("type 1 diabetes", "type 2 diabetes"), ("CD19", "CD20")])
def test_different_terms_keep_different_forms(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


@pytest.mark.parametrize(
    ("term", "identifier", "kind"),
    [
        ("SLE", LUPUS, "disease"),
        ("systemic lupus erythematosus", LUPUS, "disease"),
        ("lupus", "MONDO:0004670", "disease"),
        ("CD19", "HGNC:1633", "gene"),
        ("rituximab", "DRUGBANK:DB00073", "drug"),
        ("Ozempic", "DRUGBANK:DB13928", "drug"),
        ("CAR-T cell therapy", "ANNOTATE:car-t-cell-therapy", "therapy"),
        ("B lymphocytes", "MESH:D001402", "cell"),
        ("heart attack", "MONDO:0005068", "disease"),
        ("high blood pressure", "MONDO:0005044", "disease"),
        ("diabetes, type 2", "MONDO:0005148", "disease"),
        ("leukaemia", "MONDO:0005059", "disease"),
        ("joint pain", "HP:0002829", "symptom"),
        ("Tay-Sachs", "MONDO:0010100", "disease"),
        ("MESH:D008180", LUPUS, "disease"),
    ],
)
def test_lookup_gives_the_likeliest_first(vocabulary: Vocabulary, term: str, identifier: str, kind: str) -> None:
    first = vocabulary.lookup(term)[0]
    assert (first.id, first.kind) == (identifier, kind)


def test_unknown_terms_are_not_found(vocabulary: Vocabulary) -> None:
    assert vocabulary.lookup("flumbering pizzoma") == ()
    assert vocabulary.concept("MONDO:9999999") is None
    assert vocabulary.similarity("MONDO:9999999", LUPUS) == 0


def test_a_concept_tells_what_it_is(vocabulary: Vocabulary) -> None:
    assert "MESH:D008180" in vocabulary.cross_references(LUPUS)
    assert any("disseminated" in synonym for synonym in vocabulary.synonyms(LUPUS))
    assert vocabulary.is_a(LUPUS, AUTOIMMUNE)
    assert not vocabulary.is_a("MONDO:0005068", AUTOIMMUNE)
    concept = vocabulary.concept(LUPUS)
    assert concept is not None
    assert concept.url is not None
    assert concept.url.endswith(LUPUS)


def test_similarity_is_graded(vocabulary: Vocabulary) -> None:
    mycosis, scleroderma = (vocabulary.lookup(name)[0].id for name in ("mycosis", "systemic sclerosis"))
    assert vocabulary.similarity(LUPUS, LUPUS) == 1
    assert vocabulary.similarity(scleroderma, LUPUS) > 0.4
    assert vocabulary.similarity(mycosis, LUPUS) < 0.1
    assert vocabulary.similarity(scleroderma, LUPUS) == vocabulary.similarity(LUPUS, scleroderma)


@pytest.mark.parametrize(("garbled", "right"), [("tamoxifin", "tamoxifen"), ("sclerodema", "scleroderma")])
def test_near_finds_what_was_meant(vocabulary: Vocabulary, garbled: str, right: str) -> None:
    names = [concept.name.lower() for concept, _ in vocabulary.near(garbled, ("disease", "drug"))]
    assert right in names


def test_near_bears_a_wrong_letter_at_the_beginning(vocabulary: Vocabulary) -> None:
    for garbled, right in (("pnuemonia", "pneumonia"), ("fybromyalgia", "fibromyalgia")):
        assert right in [concept.name.lower() for concept, _ in vocabulary.near(garbled)]


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ("Advil", "Ibuprofen"), ("COX-2", "PTGS2"), ("CD25", "IL2RA"), ("insulin", "Insulin"), ("chorea", "Chorea"),
        ("palmitic acid", "Palmitic Acid"), ("Heart Disease, Congenital", "congenital heart disease"),
        ("blood thinners", "Anticoagulants"), ("stomach bug", "gastroenteritis"), ("RA", "rheumatoid arthritis"),
        ("HPV jab", "Papillomavirus Vaccines"), ("end-stage renal disease", "end stage renal failure"),
        ("Paxlovid", "nirmatrelvir and ritonavir"),
    ],
)  # fmt: skip
def test_what_editors_type_is_known(vocabulary: Vocabulary, term: str, name: str) -> None:
    assert vocabulary.lookup(term)[0].name == name


def test_a_gene_belongs_to_its_families(vocabulary: Vocabulary) -> None:
    assert vocabulary.is_a("HGNC:6871", "FPLX:ERK")
    assert not vocabulary.is_a("HGNC:6871", "FPLX:RAF")


def test_a_family_refers_to_the_gene_that_bears_its_name(vocabulary: Vocabulary) -> None:
    assert "HGNC:12680" in vocabulary.cross_references("FPLX:VEGF")
    assert [term.name for term in vocabulary.lookup("NCBIGENE:7422")] == ["VEGFA"]


def test_a_family_of_diseases_has_the_ids_of_its_first_type(vocabulary: Vocabulary) -> None:
    family = next(term for term in vocabulary.lookup("Wolfram syndrome") if term.name == "Wolfram syndrome")
    assert "OMIM:222300" in family.cross_references
    first = vocabulary.concept("OMIM:222300")
    assert first is not None
    assert first.name == "Wolfram syndrome 1"


def test_a_gene_tells_its_orthologues(vocabulary: Vocabulary) -> None:
    (gene,) = vocabulary.lookup("NCBIGENE:16193")
    assert gene.id == "HGNC:6018"
    assert dict(gene.orthologues) == {"mouse": "NCBIGENE:16193", "rat": "NCBIGENE:24498"}


def test_a_disease_without_a_descriptor_tells_where_mesh_files_it(vocabulary: Vocabulary) -> None:
    steatohepatitis = vocabulary.concept("MONDO:0007027")
    assert steatohepatitis is not None
    assert steatohepatitis.headings == ("MESH:D065626",)
    asthma = vocabulary.concept("MONDO:0004979")
    assert asthma is not None
    assert asthma.headings == ()


def test_edit_distance_counts_a_swap_once_and_stops_at_the_limit() -> None:
    assert edit_distance("recieve", "receive", 2) == 1
    assert edit_distance("kitten", "sitting", 2) == 3
    assert edit_distance("a", "abcdef", 2) == 3


def test_frequency_tells_common_words_from_rare_ones() -> None:
    assert frequency("the") > 7 > frequency("cancer") > frequency("lupus") > 2
    assert frequency("myosis") == 0.5
    assert is_word("don't")
    assert not is_word("xqzzt")


def test_institutions_and_journals_hold_those_that_news_names() -> None:
    by_name = {item.name: item for item in institutions()}
    assert "FAU" in by_name["University of Erlangen-Nuremberg"].others
    assert len(by_name) > 5_000
    titles = {item.name: item for item in journals()}
    assert titles["The Lancet"].well_known
    assert "N Engl J Med" in titles["New England Journal of Medicine"].others


def test_a_users_terms_join_the_vocabulary() -> None:
    terms = user_terms([{"name": "Zorblatt fever", "id": "LAB:1", "kind": "disease", "synonyms": ["ZF"]}])
    known = open_vocabulary(terms)
    assert known.lookup("zorblatt fevers")[0].id == "LAB:1"
    assert known.lookup("LAB:1")[0].name == "Zorblatt fever"
    assert known.lookup("SLE")[0].id == LUPUS
    assert open_vocabulary().lookup("zorblatt fever") == ()


def test_wrong_user_terms_are_refused() -> None:
    with pytest.raises(SettingsError, match="'id'"):
        user_terms([{"name": "x", "kind": "disease"}])
    with pytest.raises(SettingsError, match="kind 'spell'"):
        user_terms([{"name": "x", "id": "LAB:1", "kind": "spell"}])
    with pytest.raises(SettingsError, match="kind 'spell'"):
        Vocabulary((UserTerm("x", "LAB:1", "spell"),))


def test_opening_is_fast() -> None:
    """In well under 0.2 s of processor time; the best of three, since a shared machine has bad moments."""

    def seconds() -> float:
        start = time.process_time()
        Vocabulary()
        return time.process_time() - start

    assert min(seconds() for _ in range(3)) < 0.2


def test_opening_takes_little_memory() -> None:
    program = (
        "import resource\nimport numpy, marisa_trie\nfrom annotate import vocabulary\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = peak()\nvocabulary.open_vocabulary().lookup('lupus')\nprint((peak() - before) // 1024)"
    )
    grown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert int(grown) < 150
