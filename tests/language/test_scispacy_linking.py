"""scispaCy's candidate generator over our vocabulary, on its smallest kind."""

from __future__ import annotations

import pytest

import annotate
from annotate import Settings
from annotate.errors import SettingsError
from annotate.language import scispacy_linking
from annotate.language.pipeline import load
from annotate.language.scispacy_linking import candidate_generator, generator_for, knowledge_base, link_similar
from annotate.vocabulary import open_vocabulary


def test_the_vocabulary_is_a_knowledge_base() -> None:
    base = knowledge_base(open_vocabulary(), ("cell",))
    assert base.cui_to_entity["MESH:D001402"].canonical_name == "B cell"
    assert "MESH:D001402" in base.alias_to_cuis["B-Lymphocytes"]


def test_close_wordings_are_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = candidate_generator(open_vocabulary(), ("cell",))
    monkeypatch.setattr(scispacy_linking, "generator_for", lambda linker: generator)
    text = "The natural killer cell attacked the invaders."
    found = link_similar(load("en_core_web_sm")(text))
    assert [(text[e.start : e.end], e.kind, e.concept.id) for e in found if e.concept] == [
        ("natural killer cell", "cell", "MESH:D007694")
    ]


def test_an_unknown_linker_is_refused() -> None:
    with pytest.raises(SettingsError, match="similar"):
        generator_for("magic")


def test_the_setting_is_checked() -> None:
    with pytest.raises(SettingsError, match="'linker' must be one of vocabulary, similar"):
        annotate.annotate_text("Gout pill hailed\n\nThe pill eased gout in six patients.", Settings(linker="snomed"))
