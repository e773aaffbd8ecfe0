"""Every format gives the same paper; what is broken is said in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate.errors import PaperError
from annotate.papers.records import _values as values
from annotate.papers.records import crossref, europepmc, read_records
from annotate.papers.records.own import record
from annotate.types import Paper

NBIB = """
PMID- 90000001
TI  - Dim light and sleep in
      night-shift nurses.
LID - 10.5555/example.light [doi]
AB  - We enrolled 40 nurses (NCT04567890).
FAU - Vásquez, Mirela
AD  - University of Hollerich, Hollerich, Luxembourg.
FAU - Lindqvist, Henrik K
JT  - Sleep medicine
DP  - 2019 Mar 4
PT  - Journal Article
PT  - Retracted Publication
"""
RIS = """TY  - JOUR
TI  - Dim light and sleep in night-shift nurses
AU  - Vásquez, Mirela
AU  - Lindqvist, Henrik K
AD  - University of Hollerich, Hollerich, Luxembourg.
T2  - Sleep medicine
DA  - 2019/03/04
DO  - 10.5555/example.light
AN  - 90000001
AB  - We enrolled 40 nurses (NCT04567890).
ER  -
"""
BIB = r"""@string{x = "y"}
@article{light2019,
  title = {Dim light and sleep in night-shift nurses},
  author = {V{\'a}squez, Mirela and Henrik K Lindqvist},
  affiliation = "University of Hollerich, Hollerich, Luxembourg.",
  journal = {Sleep medicine}, date = 2019-03-04,
  doi = {10.5555/EXAMPLE.light}, pmid = 90000001,
  abstract = {We enrolled 40 nurses (NCT04567890).}
}
"""
EUROPE = {
    "resultList": {"result": [{
        "pmid": "90000001", "doi": "10.5555/example.light", "title": "Dim light and sleep in night-shift nurses.",
        "authorList": {"author": [
            {"fullName": "Vásquez M", "firstName": "Mirela", "lastName": "Vásquez", "authorAffiliationDetailsList":
                {"authorAffiliation": [{"affiliation": "University of Hollerich, Hollerich, Luxembourg."}]}},
            {"fullName": "Lindqvist HK", "firstName": "Henrik K", "lastName": "Lindqvist"},
        ]},
        "journalInfo": {"journal": {"title": "Sleep medicine"}}, "firstPublicationDate": "2019-03-04",
        "abstractText": "<h4>Methods</h4>We enrolled 40 nurses (NCT04567890).",
        "pubTypeList": {"pubType": ["Journal Article", "Retracted Publication"]},
        "commentCorrectionList": {"commentCorrection": [{"type": "Retraction in"}, {"type": "Comment on"}]},
    }]}
}  # fmt: skip
CROSSREF = {"status": "ok", "message": {
    "DOI": "10.5555/example.light", "title": ["Dim light and sleep in night-shift nurses"],
    "author": [{"given": "Mirela", "family": "Vásquez",
                "affiliation": [{"name": "University of Hollerich, Hollerich, Luxembourg."}]},
               {"given": "Henrik K", "family": "Lindqvist", "affiliation": []}],
    "container-title": ["Sleep medicine"], "published-online": {"date-parts": [[2019, 3, 4]]},
    "abstract": "<jats:p>We enrolled 40 nurses (NCT04567890).</jats:p>",
    "updated-by": [{"DOI": "10.5555/notice", "type": "retraction"}],
}}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.nbib", NBIB),
        ("a.ris", RIS),
        ("a.bib", BIB),
        ("a.json", json.dumps(EUROPE)),
        ("b.json", json.dumps(CROSSREF)),
    ],
)
def test_every_format_gives_the_same_paper(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    (paper,) = read_records(tmp_path / name)
    assert paper.title == "Dim light and sleep in night-shift nurses"
    assert paper.doi == "10.5555/example.light"
    assert paper.authors == ("Mirela Vásquez", "Henrik K Lindqvist")
    assert paper.affiliations == ("University of Hollerich, Hollerich, Luxembourg.",)
    assert paper.journal == "Sleep Medicine"
    assert paper.published == "2019-03-04"
    assert paper.trials == ("NCT04567890",)
    assert paper.retracted == (name not in ("a.ris", "a.bib"))


def test_our_own_records_come_back_as_they_were(tmp_path: Path) -> None:
    paper = Paper(
        title="Aspirin and migraine", doi="10.5555/x", journal="Neurology", journal_names=("neurology.",),
        published="2020-05", authors=("B Holm",), abstract="It may help.", notices=("correction",),
    )  # fmt: skip
    (tmp_path / "own.jsonl").write_text(json.dumps(record(paper)) + "\n\n", encoding="utf-8")
    assert list(read_records(tmp_path / "own.jsonl")) == [paper]


def test_records_without_abstract_or_authors_are_read() -> None:
    (bare,) = europepmc.papers({"resultList": {"result": [{"title": "A letter", "pubYear": "2020"}, {"id": "1"}]}})
    assert (bare.authors, bare.abstract, bare.published) == ((), None, "2020")
    (bare,) = crossref.papers({"message": {"items": [{"title": ["A letter"]}, {"title": []}]}})
    assert (bare.authors, bare.abstract, bare.journal) == ((), None, None)


def test_a_retraction_notice_is_not_itself_retracted() -> None:
    row = {"title": "Retraction", "commentCorrectionList": {"commentCorrection": [{"type": "Retraction of"}]}}
    (notice,) = europepmc.papers({"resultList": {"result": [row]}})
    assert not notice.retracted


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", b'{"title": "x"}\n{"title": ', "a.jsonl, line 2: not JSON"),
        ("a.jsonl", b'{"pmid": "1"}', "needs a title"),
        ("a.jsonl", b'{"title": "x", "authors": {"a": 1}}', "'authors' must be text or a list of texts"),
        ("a.json", b"[1]", "a record is an object, not int"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.ris", b"", "holds no papers"),
        ("a.nbib", b"\xff\xfe\x00", "not UTF-8"),
        ("a.docx", b"x", "papers are read from .jsonl"),
        ("gone.bib", None, "no such file"),
    ],
)
def test_what_is_broken_is_said_in_one_line(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(PaperError, match=said) as caught:
        list(read_records(tmp_path / name))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["genetics", "nat genet", "nature genetics", "nature genetics."], "Nature Genetics"),
        (["Sleep Medicine", "sleep med"], "Sleep Medicine"),
        (
            ["trans. hollerich soc. (lond.)", "transactions of hollerich", "trans hollerich"],
            "Transactions of Hollerich",
        ),
        (["bmj hollerich quarterly : the journal of", "bmj hollerich quarterly"], "BMJ Hollerich Quarterly"),
        ([], None),
    ],
)
def test_a_journal_is_called_what_most_of_its_names_mean(names: list[str], title: str | None) -> None:
    assert values.journal(names)[0] == title


def test_what_is_not_closed_and_odd_line_ends_are_seen(tmp_path: Path) -> None:
    cut = tmp_path / "cut.bib"
    cut.write_text("@article{a, title={Moss}}\n\n@article{b, title={Peat", encoding="utf-8")
    with pytest.raises(PaperError, match=r"cut\.bib, line 3: what opens here is not closed"):
        list(read_records(cut))
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"title": "Moss\u2028and peat"}\n\n{"title": "Gout"}\n', encoding="utf-8")
    assert len(list(read_records(lines))) == 2
