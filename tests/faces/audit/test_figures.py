"""Intervals, copies, the gate, the live line."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from annotate.faces.audit.copies import _agreement, signature
from annotate.faces.audit.figures import figures
from annotate.faces.audit.gate import is_health
from annotate.faces.audit.progress import Progress, duration
from annotate.faces.audit.run import open_tables
from annotate.faces.audit.work import Tally
from annotate.faces.intervals import difference, rate, share

from .conftest import DISEASES, FOOTBALL, article


def test_wilsons_interval() -> None:
    found = share(8, 10)  # 0.490 to 0.943, as in Newcombe (1998)
    assert (round(found.low, 3), round(found.high, 3)) == (0.490, 0.943)
    assert share(0, 20).low == 0
    assert share(20, 20).high == 1
    assert (share(0, 0).low, share(0, 0).high) == (0, 1)


def test_the_interval_of_a_rate_holds_it_as_often_as_it_says() -> None:
    random = np.random.default_rng(7)
    held = 0
    for _ in range(200):
        words = random.integers(200, 900, 80)
        counts = random.poisson(random.gamma(0.5, 2 * 0.003 * words))
        found = rate(counts.tolist(), words.tolist())
        held += found.low <= 3.0 <= found.high
    assert held / 200 > 0.87


def test_the_drawn_and_the_computed_interval_agree() -> None:
    random = np.random.default_rng(3)
    words = random.integers(200, 900, 2_001)
    counts = random.poisson(0.004 * words)
    computed, drawn = rate(counts.tolist(), words.tolist()), rate(counts[:2000].tolist(), words[:2000].tolist())
    assert computed.low == pytest.approx(drawn.low, rel=0.03)
    assert computed.high == pytest.approx(drawn.high, rel=0.03)


def test_few_articles_have_a_wide_interval() -> None:
    one = rate([9], [400])
    assert one.low < 13
    assert one.high > 38
    assert rate([0, 0], [500, 500]).high == pytest.approx(3.8, abs=0.1)
    assert rate([], []).n == 0


def test_difference() -> None:
    change, low, high = difference(share(20, 100), share(50, 100))
    assert low < change < high
    assert change == pytest.approx(0.3)
    assert low > 0


def test_signatures_tell_copies_from_others() -> None:
    text = article(2)["text"] * 2
    assert _agreement(signature(text), signature(text + " A line was added at the end.")) > 0.7
    assert _agreement(signature(text), signature(FOOTBALL["text"])) < 0.2
    assert signature("Four words are few") == b""


def test_copies_count_once_with_their_outlets(done: Path) -> None:
    with open_tables(done) as connection:
        found = figures(connection)
        earliest, copies, outlets = connection.execute(
            "SELECT reference, copies, outlets FROM stories WHERE copies > 1"
        ).fetchall()[0]
    assert (earliest, copies, outlets) == ("https://example.org/3", 3, ["Daily Kestrel", "Harbour Times",
                                                                       "The Fenland Post"])  # fmt: skip
    assert (found.overview.articles, found.overview.stories) == (14, 12)
    kestrel = next(group for group in found.outlets if group.name == "Daily Kestrel")
    assert kestrel.estimate.n == 5  # four of its own, one that it copied


def test_figures_are_those_of_the_tables(done: Path) -> None:
    with open_tables(done) as connection:
        found = figures(connection)
    cure = next(group for group in found.checks if group.name == "wording.cure")
    assert cure.count == 3
    assert cure.estimate.value == pytest.approx(1000 * 3 / found.overview.words)
    assert found.affected["wording.cure"].value == pytest.approx(3 / 12)
    assert cure.few
    assert len(found.told) == 14
    assert [group.name for group in found.months] == ["2026-01", "2026-02", "2026-03"]
    assert ("failed", "unreadable", 2) in found.overview.errors


def test_the_gate() -> None:
    assert all(is_health(article(number)["text"]) for number in range(len(DISEASES)))
    assert not is_health(FOOTBALL["text"])
    assert not is_health("The bank raised its rate, and shares of the insurer fell. Analysts expect a second rise.")
    assert not is_health("")
    study = "Researchers at the university surveyed students for a study published in a journal, the scientists said. "
    assert is_health("Vaping and vaping alone. " + study + "Smokers, smokers and smokers took part. " * 3)
    assert not is_health(study * 4)


def test_the_live_line() -> None:
    stream = io.StringIO()
    progress = Progress(stream, 200, 2000)
    progress.add(Tally(checked=90, skipped=8, failed=2, size=1000), before=True)
    progress.add(Tally(checked=50, size=500))
    line = progress.line()
    assert line.startswith("150 of 200 articles (75%)")
    assert "left" in line
    assert line.endswith("8 skipped, 2 failed")
    progress.say(last=True)
    assert stream.getvalue().endswith("failed\n")
    assert [duration(seconds) for seconds in (40, 400, 40_000)] == ["40 s", "7 min", "11.1 h"]
