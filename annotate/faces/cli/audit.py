"""`annotate audit INPUT… -o FOLDER`, and what is done with an audit."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotate.config import load
from annotate.errors import AnnotateError
from annotate.faces.cli.options import settings_option

if TYPE_CHECKING:
    from annotate.faces.audit.plan import Job

_NEEDED = ("distributed", "duckdb", "pyarrow", "datasketch", "vl_convert")
_FOLDER = click.Path(path_type=Path, file_okay=False)


class _RunByDefault(click.Group):
    """`annotate audit X` runs an audit of X, unless X is a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        missing = [name for name in _NEEDED if find_spec(name) is None]
        if missing:
            raise AnnotateError(f"audits need more packages ({', '.join(missing)}): pip install 'annotate[audit]'")
        return super().invoke(ctx)


def _how(command: Any) -> Any:
    """The options that say how articles are checked."""
    for option in reversed((
        click.option("--select", multiple=True, metavar="CHECK", help="Run only this check or family."),
        click.option("--disable", multiple=True, metavar="CHECK", help="Leave this check or family out."),
        click.option("--papers", metavar="WHERE", help="Look for the studies reported. [default: off]"),
        click.option("--all-topics", is_flag=True, help="Check also what is not health news."),
        settings_option,
        click.option("--shard-size", type=click.IntRange(1, 10_000), default=100, show_default=True,
                     help="Articles to a task, at most."),
        click.option("--timeout", type=click.IntRange(1), default=300, show_default=True,
                     help="Seconds after which an article is taken to hang."),
    )):  # fmt: skip
        command = option(command)
    return command


@click.group(cls=_RunByDefault, context_settings={"help_option_names": ["-h", "--help"]})
def audit() -> None:
    """Check many articles: folders, JSONL, WARC files, feeds, sitemaps, URLs. `annotate audit INPUT… -o FOLDER`."""


@audit.command()
@click.argument("inputs", metavar="INPUT…", nargs=-1)
@click.option("-o", "--output", "folder", type=_FOLDER, required=True, metavar="FOLDER", help="The audit's folder.")
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler, tcp://…; its workers see the files.")
@click.option("--workers", type=click.IntRange(1), help="Processes on this machine. [default: its cores]")
@_how
def run(inputs: tuple[str, ...], folder: Path, scheduler: str | None, workers: int | None, **how: Any) -> None:
    """Check articles into FOLDER; run again, it continues where it stopped. Without INPUT, those of before.

    @FILE stands for the inputs listed in it, one a line. Exit status: 0 all accounted for, 2 an input or a setting is
    wrong.
    """
    from annotate.faces.audit.cluster import cores
    from annotate.faces.audit.plan import job_of, manifest_of
    from annotate.faces.audit.run import execute, make_plan

    job = _job(how) if inputs else job_of(manifest_of(folder))
    manifest = make_plan(_inputs(inputs, folder), folder, job)
    execute(folder, job, manifest, scheduler=scheduler, workers=workers or cores(), stream=sys.stderr)
    click.echo(folder)


@audit.command("plan")
@click.argument("inputs", metavar="INPUT…", nargs=-1, required=True)
@click.option("-o", "--output", "folder", type=_FOLDER, required=True, metavar="FOLDER", help="The audit's folder.")
@_how
def plan_only(inputs: tuple[str, ...], folder: Path, **how: Any) -> None:
    """Only write what is to be checked, for `run-shard`."""
    from annotate.faces.audit.run import make_plan

    manifest = make_plan(_inputs(inputs, folder), folder, _job(how))
    counts = manifest["planned"]
    click.echo(f"{counts['shards']} shards, {counts['documents']:,} articles, {counts['bytes']:,} bytes")


@audit.command("run-shard")
@click.argument("folder", type=_FOLDER)
@click.option("--index", type=click.IntRange(0), required=True, help="Which, from 0: $SLURM_ARRAY_TASK_ID.")
@click.option("--of", type=click.IntRange(1), default=None, help="Take every N-th shard from there on.", metavar="N")
def run_shard(folder: Path, index: int, of: int | None) -> None:
    """Check one shard of a plan, or every N-th, without a scheduler."""
    from annotate.faces.audit.plan import job_of, manifest_of
    from annotate.faces.audit.run import run_alone

    manifest = manifest_of(folder)
    count = manifest["planned"]["shards"]
    if index >= (of or count):
        raise AnnotateError(f"--index {index}: the plan has {count} shards, from 0 to {count - 1}")
    done = list(run_alone(folder, job_of(manifest), index=index, of=of or count))
    checked, others = sum(tally.checked for tally in done), sum(tally.skipped + tally.failed for tally in done)
    click.echo(f"{len(done)} shards, {checked:,} articles checked, {others:,} skipped or failed")


@audit.command()
@click.argument("folder", type=_FOLDER)
def finish(folder: Path) -> None:
    """Find copies and write views and counts, after `run-shard` has done every shard."""
    from annotate.faces.audit.run import finish

    finish(folder)
    click.echo(folder)


def _job(how: dict[str, Any]) -> Job:
    from annotate.faces.audit.plan import Job

    papers = how["papers"] or "off"
    if Path(papers).suffix:
        papers = os.path.abspath(papers)  # noqa: PTH100 – keeps symlinks; workers may run elsewhere
    settings = load(
        file=how["settings_file"], select=how["select"] or None, disable=how["disable"] or None, papers=papers
    )  # fmt: skip
    return Job(settings, not how["all_topics"], how["timeout"], how["shard_size"])


def _inputs(given: tuple[str, ...], folder: Path) -> list[str]:
    """The inputs, lists opened, local paths made absolute: workers may run elsewhere."""
    from annotate.faces.audit.plan import manifest_of

    if not given:
        return list(manifest_of(folder)["inputs"])
    found: list[str] = []
    for item in given:
        if item.startswith("@"):
            try:
                lines = Path(item[1:]).read_text(encoding="utf-8").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                reason = getattr(error, "strerror", None) or str(error)
                raise AnnotateError(f"{item}: the list cannot be read: {reason.lower()}") from None
            found.extend(line.strip() for line in lines if line.strip() and not line.startswith("#"))
        else:
            found.append(item)
    return [item if "://" in item else os.path.abspath(item) for item in found]  # noqa: PTH100 – keeps symlinks


@audit.command()
@click.argument("folder", type=_FOLDER)
@click.option("--open", "open_page", is_flag=True, help="Open it in the browser.")
def report(folder: Path, open_page: bool) -> None:
    """Write FOLDER/report.html: figures, plots, and examples with their annotated pages."""
    from annotate.faces.audit.report import write_report

    path = write_report(folder)
    click.echo(path)
    if open_page:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())


@audit.command()
@click.argument("before", type=_FOLDER)
@click.argument("after", type=_FOLDER)
def compare(before: Path, after: Path) -> None:
    """Show what differs between two audits, with intervals."""
    from annotate.faces.audit.compare import as_table
    from annotate.faces.audit.compare import compare as changes

    click.echo(as_table(changes(before, after), (before.name, after.name)))


@audit.command()
@click.argument("folder", type=_FOLDER)
@click.option("--per-check", type=click.IntRange(1), default=20, show_default=True, help="Findings to judge, a check.")
@click.option("--marks", type=click.Path(path_type=Path), metavar="CSV", help="Take in what was judged.")
def review(folder: Path, per_check: int, marks: Path | None) -> None:
    """Draw findings for a person to judge, or take in the marks: the report tells how often each check is right."""
    from annotate.faces.audit.review import draw, precision, take

    if marks is not None:
        click.echo(f"{take(folder, marks)} findings judged")
        for group in precision(folder):
            found = group.estimate
            click.echo(
                f"{group.name:<32} {group.count:3} of {found.n:3}  {found.value:.0%} ({found.low:.0%}–{found.high:.0%})"
            )
        return
    path, count = draw(folder, per_check=per_check)
    click.echo(f"{count} findings: judge them in {path.with_suffix('.html')}, or in {path}")
