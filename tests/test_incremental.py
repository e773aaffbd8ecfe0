"""A draft checked edit by edit gets the report that the same text gets when it is checked afresh."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.article import extract
from annotate.errors import NotAnArticleError
from annotate.language import ParseMemory, parse
from annotate.pipeline import annotate_page
from annotate.render.json import render
from annotate.types import Page
from tests.conftest import CORPUS

DRAFTS = [
    (CORPUS / name).read_text(encoding="utf-8")
    for name in ("garbled-cardiology.txt", "tiny-trial-cure.txt", "observational-tea.txt")
]
PARAGRAPHS = [paragraph for draft in DRAFTS for paragraph in draft.split("\n\n")]
Edit = Callable[[list[str]], list[str]]


def page(text: str) -> Page:
    return Page("draft", text.encode(), "text/plain")


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    at, other = draw(st.integers(0, 100)), draw(st.sampled_from(PARAGRAPHS))
    word = draw(st.sampled_from(["cure", "proved", "mice", "“", "Dr Ito", "500", "may", ".", "\n", " (SLE)", "not"]))

    def retype(paragraphs: list[str]) -> list[str]:
        words = paragraphs[at % len(paragraphs)].split(" ")
        words[at % len(words)] = word
        return [*paragraphs[: at % len(paragraphs)], " ".join(words), *paragraphs[at % len(paragraphs) + 1 :]]

    def insert(paragraphs: list[str]) -> list[str]:
        return [*paragraphs[: at % len(paragraphs)], other, *paragraphs[at % len(paragraphs) :]]

    def remove(paragraphs: list[str]) -> list[str]:
        return paragraphs[: at % len(paragraphs)] + paragraphs[at % len(paragraphs) + 1 :] or paragraphs

    def swap(paragraphs: list[str]) -> list[str]:
        return paragraphs[at % len(paragraphs) :] + paragraphs[: at % len(paragraphs)]

    def join(paragraphs: list[str]) -> list[str]:
        place = at % len(paragraphs)
        return [*paragraphs[:place], " ".join(paragraphs[place : place + 2]), *paragraphs[place + 2 :]]

    return draw(st.sampled_from([retype, retype, retype, insert, remove, swap, join]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(DRAFTS), st.lists(edits(), min_size=1, max_size=5))
def test_edits_give_the_report_of_a_fresh_check(draft: str, changes: list[Edit]) -> None:
    memory, paragraphs = ParseMemory(), draft.split("\n\n")
    annotate_page(page(draft), memory=memory)
    for change in changes:
        paragraphs = change(paragraphs)
        text = "\n\n".join(paragraphs)
        try:
            fresh = render(annotate_page(page(text)))
        except NotAnArticleError:
            continue
        assert render(annotate_page(page(text), memory=memory)) == fresh


def test_only_the_changed_paragraph_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    from annotate.language import pipeline

    parsed: list[str] = []
    run = pipeline._run

    def spy(nlp, docs, *, without):  # type: ignore[no-untyped-def]
        parsed.extend(doc.text for doc in docs)
        run(nlp, docs, without=without)

    monkeypatch.setattr(pipeline, "_run", spy)
    memory = ParseMemory()
    before, after = DRAFTS[0], DRAFTS[0].replace("angiosarcoma", "arrhythmia").replace(" of ", " in ", 1)
    parse(extract(page(before)), memory=memory)
    parsed.clear()
    parse(extract(page(after)), memory=memory)
    changed = set(after.split("\n\n")) - set(before.split("\n\n"))
    assert parsed
    assert len(parsed) <= len(changed)


def test_a_full_memory_forgets_and_stays_right() -> None:
    memory = ParseMemory(max_tokens=100)
    for draft in DRAFTS * 2:
        assert render(annotate_page(page(draft), memory=memory)) == render(annotate_page(page(draft)))
    assert memory.tokens <= 100


def test_progress_goes_through_the_stages() -> None:
    told: list[tuple[str, float]] = []
    annotate_page(page(DRAFTS[0]), progress=lambda stage, share: told.append((stage, share)))
    assert [stage for stage, share in told if share == 0] == ["extract", "parse", "understand", "check"]
    assert ("parse", 1.0) in told
