"""`annotate checks` and `annotate explain CHECK`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from annotate.types import Paper


@click.command()
@click.option("--format", "format_name", type=click.Choice(("text", "markdown")), default="text", show_default=True)
def checks(format_name: str) -> None:
    """List the checks, a line each."""
    from annotate.checks import all_checks

    if format_name == "markdown":
        click.echo("| check | severity | what it flags |\n|---|---|---|")
        for check in all_checks():
            click.echo(f"| `{check.id}` | {check.severity} | {check.summary} |")
        return
    width = max(len(check.id) for check in all_checks())
    for check in all_checks():
        click.echo(f"{check.id:<{width}}  {check.severity:<11}  {check.summary}")


@click.command()
@click.argument("name", metavar="CHECK")
def explain(name: str) -> None:
    """Say what a check flags, why it misleads, what it leaves alone, with examples and references."""
    from annotate.checks import get

    check = get(name)
    click.echo(f"{check.id} ({check.severity})\n")
    click.echo(check.doc)
    if check.guards:
        click.echo(f"\nGuards\n  {', '.join(check.guards)}")
    behind = list(dict.fromkeys(paper for example in check.examples for paper in example.papers))
    numbered = len(behind) > 1 or not all(example.papers for example in check.examples)
    if behind:
        click.echo("\nThe paper behind the examples" if len(behind) == 1 else "\nThe papers behind the examples")
        for number, paper in enumerate(behind, 1):
            click.echo("\n".join(_laid_out(paper, f"[{number}]" if numbered else "-")))
    flagged = [example for example in check.examples if "[[" in example.text]
    silent = [example for example in check.examples if "[[" not in example.text]
    for title, examples in (("Flagged", flagged), ("Left alone", silent)):
        click.echo(f"\n{title}")
        for example in examples:
            note = f"  ({example.note})" if example.note else ""
            numbers = "".join(f"  [{behind.index(paper) + 1}]" for paper in example.papers if numbered)
            click.echo("  - " + re.sub(r"\s*\n\s*", " / ", example.text.strip()) + note + numbers)
    if check.references:
        click.echo("\nReferences")
        for reference in check.references:
            click.echo(f"  - {reference}")


def _laid_out(paper: Paper, mark: str) -> Iterator[str]:
    """A paper of an example: its title, then what an article can be held against, a line each."""
    where = ", ".join(filter(None, (paper.journal, paper.published)))
    yield f"  {mark} {paper.title}{f' ({where})' if where else ''}"
    told = {
        "authors": ", ".join(paper.authors),
        "affiliations": "; ".join(paper.affiliations),
        "abstract": paper.abstract,
        "notices": ", ".join(paper.notices),
    }
    yield from (f"    {key}: {value}" for key, value in told.items() if value)
