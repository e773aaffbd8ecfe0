"""The compiler of the vocabulary, on a few concepts of our own."""

from __future__ import annotations

import pickle
import sys
import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "models" / "vocabulary"
sys.path.insert(0, str(FOLDER))

from compiling import Judge, compile_concepts, forms, is_symbol  # noqa: E402
from families import relate  # noqa: E402
from merging import Concept, Vocabulary, _malignant, usable  # noqa: E402
from orthologues import _rows  # noqa: E402
from readers import Record  # noqa: E402
from references import first_types, named_within, refer  # noqa: E402

from annotate.vocabulary import PREFERRED, SEVERAL, SYMBOL, UNLINKED  # noqa: E402

LISTS = {"medical_words": ["fever"], "never_linked": ["condition"]}


@pytest.fixture
def judge() -> Judge:
    return Judge({"table": 400, "fever": 480}, {"table", "fever"}, {"table"}, LISTS, anatomy={"blood"})


def test_inverted_names_are_turned_round() -> None:
    assert set(forms("Zorblatt Fever, Type II")) == {
        "zorblatt fever , type 2",
        "type 2 zorblatt fever",
        "zorblatt fever type 2",
    }


def test_non_is_joined_and_parted() -> None:
    assert set(forms("nonsyndromic deafness")) == {"nonsyndromic deafness", "non syndromic deafness"}
    assert set(forms("non-small cell tumor")) == {"non small cell tumor", "nonsmall cell tumor"}


def test_names_of_people_stand_alone() -> None:
    assert "tay sach" in set(forms("Tay-Sachs disease"))
    assert set(forms("heart disease")) == {"heart disease"}


@pytest.mark.parametrize(("name", "symbol"), [("CD19", True), ("mTOR", True), ("AT 10", True), ("asthma", False)])
def test_symbols_are_told_from_words(name: str, symbol: bool) -> None:
    assert is_symbol(name) is symbol


def test_records_own_words_are_no_names() -> None:
    names = ["zorblatt fever", "zorblatt fever, susceptibility to", "fever, NOS", "x"]
    assert list(usable(names)) == ["zorblatt fever"]


def test_ordinary_words_are_kept_for_look_up_only(judge: Judge) -> None:
    concept = Concept("LAB:1", "disease", ["zorblatt fever", "table", "fever", "condition", "blood", "ZBF1"])
    flags = {name: judge.flags(concept, name, name.lower()) for name in concept.names}
    assert flags["zorblatt fever"] == PREFERRED
    assert flags["ZBF1"] == SYMBOL
    assert flags["fever"] == 0
    assert all(flags[name] & UNLINKED for name in ("table", "condition", "blood"))


def test_the_same_concepts_give_the_same_bytes(judge: Judge, tmp_path: Path) -> None:
    concepts = [
        Concept("LAB:1", "disease", ["zorblatt fever", "ZF"], xrefs=["MESH:X1"]),
        Concept("LAB:2", "drug", ["zorblattin", "ZF"]),
    ]
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        counts = compile_concepts(concepts, judge, folder)
        assert counts == {"concepts": 2, "names": 4, "forms": 3}
    for name in ("names.marisa", "postings.npy", "concepts.bin"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


def test_a_form_of_several_concepts_points_to_them_all(judge: Judge, tmp_path: Path) -> None:
    import marisa_trie
    import numpy as np

    compile_concepts([Concept(f"LAB:{n}", "drug", ["zorblattin"]) for n in (1, 2)], judge, tmp_path)
    trie = marisa_trie.Trie()
    trie.load(str(tmp_path / "names.marisa"))
    postings = np.load(tmp_path / "postings.npy")
    head = int(postings[trie["zorblattin"]])
    assert head & SEVERAL
    start = head ^ SEVERAL
    assert postings[start] == 2


def test_a_name_that_only_turns_another_round_is_left_out(judge: Judge, tmp_path: Path) -> None:
    concept = Concept("LAB:1", "disease", ["zorblatt fever", "Fever, Zorblatt", "fever, mild"])
    assert compile_concepts([concept], judge, tmp_path)["names"] == 2


def test_the_singular_bears_the_name_that_a_class_shares(judge: Judge, tmp_path: Path) -> None:
    import marisa_trie
    import numpy as np

    names = ("Zorblattins", "zorblattin")
    compile_concepts([Concept(f"LAB:{n}", "drug", [name]) for n, name in enumerate(names)], judge, tmp_path)
    trie = marisa_trie.Trie()
    trie.load(str(tmp_path / "names.marisa"))
    postings = np.load(tmp_path / "postings.npy")
    start = int(postings[trie["zorblattin"]]) ^ SEVERAL
    flags = [int(value) >> 22 & PREFERRED for value in postings[start + 1 : start + 3]]
    assert flags == [0, PREFERRED]


def test_a_pickled_table_holds_numbers_and_words_only() -> None:
    with pytest.raises(pickle.UnpicklingError, match="no place"):
        _rows(pickle.dumps(Path("x")))


def test_every_source_is_pinned() -> None:
    sources = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))
    for source in sources.values():
        assert {"registry", "package", "version", "sha256", "carries", "licence"} <= source.keys()
        assert len(source["sha256"]) == 64


def test_a_family_takes_the_gene_that_bears_its_name() -> None:
    vocabulary = Vocabulary()
    for identifier, names in {"HGNC:1": ["ZRB1", "zorblin 1", "ZRB"], "HGNC:2": ["ZRB2", "zorblin 2"]}.items():
        vocabulary.admit(Concept(identifier, "gene", names, xrefs=[f"NCBIGENE:{identifier[-1]}"]))
    family = vocabulary.admit(Concept("FPLX:ZRB", "protein", ["ZRB", "zorblin"]))
    descriptor = vocabulary.admit(Concept("MESH:D9", "protein", ["Zorblins"]))
    other = vocabulary.admit(Concept("MESH:D8", "protein", ["Quux Hormone"]))
    relate(vocabulary, [("ZRB1", family.id), ("ZRB2", family.id)], {}, {"Quux Hormone": ["ZRB2"]})
    assert vocabulary["HGNC:2"].parents == [family.id]
    assert family.xrefs == [descriptor.id, "HGNC:1", "NCBIGENE:1"]
    assert descriptor.xrefs == [family.id, "HGNC:1", "NCBIGENE:1"]
    assert other.xrefs == ["HGNC:2", "NCBIGENE:2"]
    with pytest.raises(SystemExit, match="Quux Hormones"):
        relate(vocabulary, [], {}, {"Quux Hormones": ["ZRB2"]})


def test_ids_that_others_tell_come_after_a_disease_s_own() -> None:
    vocabulary = Vocabulary()
    family = vocabulary.admit(Concept("MONDO:1", "disease", ["Zorblatt fever"], headings=["MESH:D1"]))
    vocabulary.admit(
        Concept("MONDO:2", "disease", ["Zorblatt fever type 1"], xrefs=["OMIM:5", "NCIT:C6"], parents=["MONDO:1"])
    )
    first_types(vocabulary)
    refer(vocabulary, [Record("DOID:3", ["fever of Zorblatt", "zorblatt fever"], xrefs=["MESH:D7"])])
    assert family.xrefs == ["OMIM:5", "MESH:D7"]
    assert family.told == {"OMIM:5", "MESH:D7"}
    assert family.headings == []


def test_a_disease_named_within_another_has_its_mesh_id() -> None:
    vocabulary = Vocabulary()
    form = vocabulary.admit(Concept("MONDO:2", "disease", ["Zorblatt ague"]))
    vocabulary.admit(Concept("MONDO:1", "disease", ["Zorblatt fever", "Zorblatt ague"], xrefs=["MESH:D7", "NCIT:C6"]))
    named_within(vocabulary)
    assert form.xrefs == ["MESH:D7"]
    shared = vocabulary.admit(Concept("MONDO:3", "disease", ["Zorblatt chill"]))
    for number in (4, 5):
        names = [f"fever {number}", "Zorblatt chill"]
        vocabulary.admit(Concept(f"MONDO:{number}", "disease", names, xrefs=["MESH:D8"]))
    named_within(vocabulary)
    assert shared.xrefs == []


def test_names_of_a_site_s_neoplasms_name_its_carcinoma() -> None:
    assert "Prostate carcinoma" in list(_malignant(["Prostatic Neoplasms", "Prostate Cancer", "Cancer of Prostate"]))
    assert list(_malignant(["Carcinoma in Situ"])) == []
