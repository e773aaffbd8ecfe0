"""`annotate vocabulary lookup TERM`"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotate.config import load

if TYPE_CHECKING:
    from annotate.vocabulary import Vocabulary


@click.group()
def vocabulary() -> None:
    """Ask the vocabulary of diseases, genes, drugs, cells, therapies and symptoms."""


@vocabulary.command()
@click.argument("term")
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Settings file with terms of your own.",
)
def lookup(term: str, settings_file: Path | None) -> None:
    """Show the concepts that a term names: identifier, kind, synonyms, ancestors, cross-references, public page.

    Exit status: 0 found, 1 not known.
    """
    from annotate.vocabulary import open_vocabulary, user_terms

    known = open_vocabulary(user_terms(load(file=settings_file).terms))
    found = known.lookup(term)
    for number, concept in enumerate(found):
        if number:
            click.echo()
        click.echo(f"{concept.id}  {concept.name}  ({concept.kind}, {concept.vocabulary})")
        rows = {
            "synonyms": known.synonyms(concept.id),
            "is a": [_named(known, identifier) for identifier in known.ancestors(concept.id)],
            "also": known.cross_references(concept.id),
            "in MeSH": [_named(known, identifier) for identifier in concept.headings],
            "in": [f"{species} {identifier}" for species, identifier in concept.orthologues],
            "page": [concept.url] if concept.url else [],
        }
        for name, values in rows.items():
            if values:
                click.echo(f"  {name:<9} {', '.join(values)}")
    if not found:
        near = ", ".join(dict.fromkeys(item.name for item, _ in known.near(term)))
        click.echo(f"'{term}' is not in the vocabulary{f'; near: {near}' if near else ''}", err=True)
        sys.exit(1)


def _named(known: Vocabulary, identifier: str) -> str:
    concept = known.concept(identifier)
    return f"{concept.name} ({identifier})" if concept else identifier
