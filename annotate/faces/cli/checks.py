"""`annotate checks` and `annotate explain CHECK`."""

from __future__ import annotations

import re

import click


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
    flagged = [example for example in check.examples if "[[" in example.text]
    silent = [example for example in check.examples if "[[" not in example.text]
    for title, examples in (("Flagged", flagged), ("Left alone", silent)):
        click.echo(f"\n{title}")
        for example in examples:
            note = f"  ({example.note})" if example.note else ""
            click.echo("  - " + re.sub(r"\s*\n\s*", " / ", example.text.strip()) + note)
    if check.references:
        click.echo("\nReferences")
        for reference in check.references:
            click.echo(f"  - {reference}")
