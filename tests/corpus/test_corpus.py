"""The corpus fits its articles, and the scorer counts what it says it counts."""

import importlib.util
import json
import re
import shlex
import sys
from pathlib import Path
from types import ModuleType

import pytest

from annotate.types import DISCLOSURES, GuardName, Study

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FAMILIES = {"names", "text", "wording", "inference", "numbers", "structure"}
REASONS = {*GuardName.__args__, "supported", "correct"}


def script(name: str) -> ModuleType:
    """One of the corpus's scripts; they import each other by plain names, as they do when run."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, CORPUS / f"{name}.py")
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


gold, floors, score = script("gold"), script("floors"), script("score")
GOLDS = gold.load()


@pytest.fixture(params=[truth for _, truth in GOLDS], ids=[path.stem for path, _ in GOLDS])
def truth(request):
    return request.param


# ── the golds ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_article_has_its_gold():
    assert sorted(path.name for path in (CORPUS / "articles").iterdir()) == sorted(t["reference"] for _, t in GOLDS)
    assert all(path.stem == Path(truth["reference"]).stem for path, truth in GOLDS)
    assert len(GOLDS) >= 16


def test_golds_are_filled_in_and_filling_in_again_changes_nothing(capsys):
    assert gold.main(["--check"]) == 0, capsys.readouterr().err


def test_every_quote_is_its_article_at_its_offsets(truth):
    path = gold.article_path(truth)
    text = gold.article_text(path)
    for key in gold.SPANS:
        for span in truth[key]:
            start, end = gold.locate(text, span)
            assert " ".join(text[start:end].split()) == " ".join(span["quote"].split())
            assert ("start" in span) == (path.suffix == ".txt")
            if "start" in span:
                assert text[span["start"] : span["end"]] == span["quote"]


def test_a_gold_has_the_form(truth):
    assert list(truth) == ["reference", "study", "disclosures", *gold.SPANS]
    assert set(truth["study"]) == {"design", "species", "n", "followup", "venue", "journal"} <= set(Study.__slots__)
    assert tuple(truth["disclosures"]) == DISCLOSURES
    assert all(
        set(d) == {"state"} and d["state"] in ("present", "absent", "n/a") for d in truth["disclosures"].values()
    )
    for span in [*truth["findings"], *truth["traps"]]:
        family, _, name = span["check"].partition(".")
        assert family in FAMILIES, span
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name), span
    assert all({"quote", "suggestion"} <= set(span) for span in truth["findings"])
    assert {span["reason"] for span in truth["traps"]} <= REASONS
    assert len(truth["traps"]) >= (5 if truth["reference"] == "brief.txt" else 8)


def test_a_trap_is_not_also_a_finding_of_the_same_check(truth):
    text = gold.article_text(gold.article_path(truth))
    for trap in truth["traps"]:
        for finding in truth["findings"]:
            if trap["check"] == finding["check"]:
                assert not score.meet(gold.locate(text, trap), gold.locate(text, finding)), (trap, finding)


def test_a_quote_that_is_missing_or_ambiguous_is_refused():
    with pytest.raises(gold.GoldError, match="not in the article"):
        gold.locate("one two", {"quote": "three"})
    with pytest.raises(gold.GoldError, match="2 times"):
        gold.locate("no cure, no cure", {"quote": "no cure"})
    assert gold.locate("no cure, no  cure", {"quote": "no cure", "occurrence": 2}) == (9, 17)


# ── the scorer ────────────────────────────────────────────────────────────────────────────────────────────────────

TEXT = "Pill cures gout. It is not a cure, they said. It is a miracle for all."
STATES = dict.fromkeys(DISCLOSURES, "n/a") | {"cost": "absent", "harms": "present"}


def hand_made_gold() -> dict:
    spans = {
        "findings": [
            {"check": "wording.cure", "start": 5, "end": 15, "quote": "cures gout"},
            {"check": "wording.breakthrough", "quote": "miracle"},
            {"check": "wording.total", "quote": "for all", "soft": True},
            {"check": "structure.single-voice", "quote": "for all"},
        ],
        "traps": [{"check": "wording.cure", "quote": "not a cure", "reason": "negated"}],
        "boilerplate": [],
        "entities": [{"quote": "gout", "name": "gout"}],
    }
    study = {"design": "rct", "species": "human", "n": 9, "followup": "a year", "venue": "none", "journal": None}
    return {"reference": "a.txt", "study": study, "disclosures": {k: {"state": s} for k, s in STATES.items()}, **spans}


def finding(check: str, quote: str) -> dict:
    start = TEXT.index(quote)
    return {"check": check, "start": start, "end": start + len(quote), "quote": quote}


def report(*findings: dict, **other) -> dict:
    whole = {"text": TEXT, "blocks": [], "entities": [], "study": {}, "disclosures": {}, "findings": list(findings)}
    return whole | other


def tallies(*findings: dict) -> dict:
    checks = {item["check"] for item in findings} | {"wording.cure", "wording.breakthrough"}
    return dict(score.score([hand_made_gold()], [report(*findings)], checks).checks)


def test_a_finding_on_the_words_is_right():
    tally = tallies(finding("wording.cure", "cures"))["wording.cure"]
    assert (tally.gold, tally.found, tally.right, tally.hit, tally.trapped) == (1, 1, 1, 1, 0)
    assert tally.precision == tally.recall == 1


def test_a_finding_on_a_trap_is_wrong_and_trapped():
    tally = tallies(finding("wording.cure", "cures"), finding("wording.cure", "a cure"))["wording.cure"]
    assert (tally.found, tally.right, tally.hit, tally.trapped) == (2, 1, 1, 1)
    assert tally.precision == 0.5


def test_a_finding_elsewhere_or_of_another_check_is_wrong_but_not_trapped():
    tally = tallies(finding("wording.cure", "miracle"), finding("wording.total", "not a cure"))
    assert (tally["wording.cure"].right, tally["wording.cure"].trapped, tally["wording.cure"].recall) == (0, 0, 0)
    assert tally["wording.total"].trapped == 0
    assert tally["wording.breakthrough"].found == 0
    assert tally["wording.breakthrough"].precision is None
    assert tally["wording.breakthrough"].recall == 0


def test_soft_findings_count_when_found_only():
    assert tallies(finding("wording.total", "all"))["wording.total"].right == 1
    assert tallies(finding("wording.total", "all"))["wording.total"].gold == 0


def test_findings_of_the_article_are_judged_wherever_they_are_marked():
    items = [finding(check, "Pill") for check in ("caveats.cost", "caveats.harms", "structure.single-voice")]
    found = tallies(*items)
    assert (found["caveats.cost"].right, found["caveats.cost"].recall) == (1, 1)
    assert (found["caveats.harms"].gold, found["caveats.harms"].right) == (0, 0)
    assert found["structure.single-voice"].right == 1


def test_disclosures_study_facts_entities_and_blocks_are_counted():
    told = {"harms": {"state": "present"}, "cost": {"state": "present"}}
    study = {"design": "rct", "n": 10, "followup": "about a year", "venue": None, "journal": None}
    entity = finding("", "gout") | {"name": "Gout"}
    scores = score.score([hand_made_gold()], [report(disclosures=told, study=study, entities=[entity])], [])
    assert scores.disclosures["harms"] == (1, 1)
    assert scores.disclosures["cost"] == (0, 1)
    facts = {"design": 1, "species": 0, "n": 0, "followup": 1, "venue": 1, "journal": 1}
    assert {key: same for key, (same, _) in scores.study.items()} == facts
    assert scores.figures([])["study"] == {"accuracy": 4 / 6}
    assert scores.extras == {"entities": (1, 1), "entity names": (1, 1)}


def test_an_article_that_was_not_read_counts_as_missed():
    scores = score.score([hand_made_gold()], [{"error": "no such file"}], ["wording.cure"])
    assert scores.checks["wording.cure"].recall == 0
    assert scores.unread == ("a.txt: no such file",)


def test_a_family_is_the_sum_of_its_checks():
    found = score.score(
        [hand_made_gold()], [report(finding("wording.cure", "cures"))], ["wording.cure", "wording.breakthrough"]
    )
    assert found.families()["wording"].recall == 0.5
    assert "wording" not in found.figures([])
    assert found.figures(["wording"])["wording"] == {"precision": 1, "recall": 0.5}


# ── the floors ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_floors_of_the_corpus_fit_their_seal():
    assert floors.load(CORPUS / "floors.toml").floors


def test_floors_rise_and_do_not_fall_without_a_reason():
    low, _ = floors.raised(floors.Floors({}), {"wording": {"recall": 0.509}}, "c1")
    assert low.floors == {"wording": {"recall": 0.5}}
    high, refused = floors.raised(low, {"wording": {"recall": 0.8, "precision": 1.0}}, "c2")
    assert not refused
    assert high.floors == {"wording": {"recall": 0.8, "precision": 1.0}}
    kept, refused = floors.raised(high, {"wording": {"recall": 0.7, "precision": 1.0}}, "c3")
    assert refused == ["wording recall from 0.8 to 0.7"]
    assert kept == high
    lowered, refused = floors.raised(high, {"wording": {"recall": 0.7}}, "c3", reason="two golds were\nwrong")
    assert not refused
    assert lowered.floors == {"wording": {"recall": 0.7, "precision": 1.0}}
    (entry,) = lowered.lowered
    assert (entry["floor"], entry["from"], entry["to"], entry["reason"]) == (
        "wording recall", 0.8, 0.7, "two golds were wrong",
    )  # fmt: skip


def test_floors_survive_being_written_and_not_being_edited(tmp_path):
    path = tmp_path / "floors.toml"
    held = floors.Floors({"wording.cure": {"precision": 0.9}}, "c", ({"floor": "x", "reason": 'a "b" \\ ü'},))
    path.write_text(floors.dump(held), encoding="utf-8")
    assert floors.load(path) == held
    path.write_text(path.read_text(encoding="utf-8").replace("0.9", "0.1"), encoding="utf-8")
    with pytest.raises(floors.FloorsError, match="edited by hand"):
        floors.load(path)


def test_a_floor_that_is_broken_is_told_and_one_without_a_check_is_skipped():
    held = floors.Floors({"wording.cure": {"precision": 0.9, "recall": 0.5}, "wording.safe": {"recall": 1.0}})
    broken, skipped = floors.compare(held, {"wording.cure": {"precision": 0.85, "recall": 0.5}})
    assert broken == ["wording.cure precision 0.850, floor 0.9"]
    assert skipped == ["wording.safe"]


# ── the command, with a stand-in that finds the golds themselves ──────────────────────────────────────────────────

FAKE = """
# A stand-in for the program: it reports each article's gold as its findings, one JSON line an article.
import json, sys
from pathlib import Path
sys.path.insert(0, {corpus!r})
import gold
truths = {{truth["reference"]: truth for _, truth in gold.load()}}
for name in sys.argv[2:]:
    truth = truths[Path(name).name]
    text = gold.article_text(Path(name))
    spans = [(span, *gold.locate(text, span)) for span in truth["findings" if sys.argv[1] == "right" else "traps"]]
    findings = [{{"check": s["check"], "start": a, "end": b, "quote": s["quote"]}} for s, a, b in spans]
    print(json.dumps({{**truth, "text": text, "blocks": [], "entities": [], "findings": findings}}))
sys.exit(1)
"""


@pytest.fixture
def fake(tmp_path):
    path = tmp_path / "fake.py"
    path.write_text(FAKE.format(corpus=str(CORPUS)), encoding="utf-8")
    return lambda mode: shlex.join([sys.executable, str(path), mode])


def test_the_command_raises_keeps_and_defends_floors(fake, tmp_path, capsys):
    path = tmp_path / "floors.toml"
    checks = ["--checks", "wording.cure,names.term", "--floors", str(path)]
    assert score.main([*checks, "--command", fake("right"), "--update"]) == 0
    held = floors.load(path)
    assert held.floors["wording.cure"] == {"precision": 1.0, "recall": 1.0}
    assert held.floors["study"] == {"accuracy": 1.0}
    assert score.main([*checks, "--command", fake("right")]) == 0
    assert "floors hold" in capsys.readouterr().out
    assert score.main([*checks, "--command", fake("wrong")]) == 1
    assert "floor broken: wording.cure precision 0.000, floor 1.0" in capsys.readouterr().out
    assert score.main([*checks, "--command", fake("wrong"), "--update"]) == 1
    assert floors.load(path) == held
    assert score.main([*checks, "--command", fake("wrong"), "--update", "--lower", "the stand-in errs"]) == 0
    assert {entry["reason"] for entry in floors.load(path).lowered} == {"the stand-in errs"}


def test_a_command_that_cannot_be_scored_is_said(tmp_path, capsys):
    none = ["--floors", str(tmp_path / "none.toml"), "--command"]
    assert score.main([*none, shlex.join([sys.executable, "-c", "print('{}')"])]) == 2
    assert "1 reports" in capsys.readouterr().err
    assert score.main([*none, "no-such-program-here"]) == 2
    assert score.main([*none, shlex.join([sys.executable, "-c", "print('hello')"])]) == 2


def test_checks_are_found_by_their_modules():
    assert "wording.cure" in score.existing_checks()
    assert all("_" not in check for check in score.existing_checks())
    assert json.loads(json.dumps(score.existing_checks())) == sorted(score.existing_checks())
