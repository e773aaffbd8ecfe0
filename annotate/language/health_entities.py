"""The spaCy component `health_entities`: links a Doc's terms to the vocabulary, in any pipeline.

    import spacy
    nlp = spacy.load("en_core_web_sm")
    nlp.add_pipe("health_entities")
    for span in nlp("Rituximab is used for lupus.").spans["health_entities"]:
        print(span.text, span.label_, span._.concept.id)

It writes to `doc.spans["health_entities"]` and, with `set_ents`, also to `doc.ents`. Part of speech and named entities
make it more precise but are not needed. Short forms are read from `doc._.abbreviations` where scispaCy's
`abbreviation_detector` runs before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from annotate.language.linking import LINKED_KINDS, link
from annotate.types import Abbreviation
from annotate.vocabulary import open_vocabulary

SPANS = "health_entities"
"""The span group that the component writes."""


class HealthEntities:
    """Doc → the same Doc with `doc.spans["health_entities"]` and `span._.concept`."""

    def __init__(self, kinds: Sequence[str], set_ents: bool) -> None:
        self.kinds = tuple(kinds)
        self.set_ents = set_ents

    def __call__(self, doc: Doc) -> Doc:
        """Link one Doc. Terms that do not fall on token boundaries are widened to them."""
        entities = link(doc, _abbreviations(doc), vocabulary=open_vocabulary(), kinds=self.kinds)
        spans = []
        for entity in entities:
            span = doc.char_span(entity.start, entity.end, label=entity.kind, alignment_mode="expand")
            if span is not None:
                span._.concept = entity.concept
                spans.append(span)
        doc.spans[SPANS] = spans
        if self.set_ents:
            doc.ents = filter_spans([*spans, *doc.ents])
        return doc


def _abbreviations(doc: Doc) -> tuple[Abbreviation, ...]:
    if not doc.has_extension("abbreviations"):
        return ()
    return tuple(
        Abbreviation(short.start_char, short.end_char, short.text, short._.long_form.text)
        for short in doc._.abbreviations
    )


if not Span.has_extension("concept"):
    Span.set_extension("concept", default=None)


@Language.factory(
    "health_entities",
    default_config={"kinds": list(LINKED_KINDS), "set_ents": False},
    assigns=["doc.spans", "span._.concept"],
    requires=[],
)
def create_health_entities(nlp: Language, name: str, kinds: list[str], set_ents: bool) -> HealthEntities:
    """The factory behind `nlp.add_pipe("health_entities")`."""
    del nlp, name
    return HealthEntities(kinds, set_ents)
