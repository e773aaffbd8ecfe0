"""Word lists filed under stems: nothing that a pattern matches may be missed."""

from __future__ import annotations

import re

import pytest

from annotate.patterns import Cues, Passages, needs, stems


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("placebo", {"plac"}),
        ("dummy (pill|drug)s?", {"dumm"}),
        ("(fully |partly )?funded by", {"fund"}),
        ("(trial|study) of", {"tria", "stud"}),
        (r"\d+ (women|men)", {"0"}),
        (r"\S+ly", set()),
        ("n't", set()),
    ],
)
def test_what_a_match_needs_most(pattern: str, expected: set[str]) -> None:
    assert (set(needs(pattern)[0]) if needs(pattern) else set()) == expected


def test_every_part_is_needed() -> None:
    found = needs("(study|trial) (\\S+ )?that (starts|begins)")
    assert set(found[:2]) == {frozenset(("begi", "star")), frozenset(("stud", "tria"))}
    assert found[2] == frozenset(("that",))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("side-effects?", "Few side effects were seen."),
        ("(is|was) (not )?funded", "It was funded."),
        ("don't know", "They don’t know yet."),
        ("(not|n't) proven", "It isn't proven."),
        ("half (of )?them", "Half them left."),
        (r"# weeks", "After twelve weeks it stopped."),
    ],
)
def test_what_matches_is_found(pattern: str, text: str) -> None:
    assert Cues([pattern]).search(text) is not None


def test_the_longest_of_several_wins_and_none_overlap() -> None:
    found = Cues(["small", "small study", "study group"]).finditer("A small study group, a small one.")
    assert [match[0] for match in found] == ["small study", "small"]


def test_stems_hold_every_length() -> None:
    assert {"plac", "pla", "pl", "a", "0"} <= stems("A placebo, 12 mg")


def test_whole_words_only() -> None:
    assert Cues(["cure"]).search("a secure place") is None
    assert re.search("cure", "a secure place")


def test_passages_know_where_each_list_can_match() -> None:
    texts = ["A placebo was given.", "", "Nobody knew of 12 mg.", "The placebo group had 12 mg or a cure."]
    cues = Cues(["placebo( group)?", "# mg", "no cure", r"\w+ of"])
    tried = Passages(texts).tried(cues.filed)
    for number, text in enumerate(texts):
        assert list(tried.get(number, ())) == cues.filed.tried(stems(text))
        assert cues.finditer(text, tried.get(number, ())) == [] or cues.search(text) is not None
    assert [match[0] for match in cues.finditer(texts[3], tried[3])] == ["placebo group", "12 mg"]
