"""Where the reports of a run go: standard output, one file, or a file each in a folder."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from pathlib import Path

import click

from annotate.errors import AnnotateError, SettingsError
from annotate.render import format_module
from annotate.types import Report


class Output:
    """Takes the reports of a run, in order, and puts them where the user asked.

    Files are written whole or not at all. Raises SettingsError where the format and the place do not go together.
    """

    def __init__(self, format_name: str, path: Path | None, *, open_page: bool, count: int) -> None:
        self.format = format_module(format_name)
        self.open_page = open_page
        self.folder: Path | None = None
        self.file: Path | None = None
        self.stream: list[str] = []
        self.taken: set[Path] = set()
        if path is None and open_page:
            self.folder = Path(tempfile.mkdtemp(prefix="annotate-"))
        elif path is not None and (path.is_dir() or (count > 1 and not self.format.STREAMS)):
            if path.suffix and not path.is_dir():
                raise SettingsError(f"-o {path}: {count} articles need a folder, or the jsonl format")
            self.folder = path
        elif path is not None:
            self.file = path
        elif count > 1 and not self.format.STREAMS:
            raise SettingsError(f"{count} articles as {format_name}: give a folder with -o, or use --format jsonl")

    def write(self, report: Report) -> None:
        """Add a report."""
        text = self.format.render(report)
        if self.folder is not None:
            target = self._target(report.reading.article.reference)
            _write(target, text)
            click.echo(target, err=not self.open_page and sys.stdout.isatty())
            if self.open_page:
                webbrowser.open(target.resolve().as_uri())
        elif self.file is not None:
            self.stream.append(text)
        else:
            click.echo(text, nl=False)

    def fail(self, reference: str, error: AnnotateError) -> None:
        """Say that an article could not be checked; in JSON lines also in its place in the stream."""
        click.echo(f"annotate: {error}", err=True)
        if hasattr(self.format, "render_error"):
            line = self.format.render_error(reference, str(error))
            if self.file is not None:
                self.stream.append(line)
            elif self.folder is None:
                click.echo(line, nl=False)

    def close(self) -> None:
        """Write what was kept for one file."""
        if self.file is not None and self.stream:
            _write(self.file, "".join(self.stream))
            if self.open_page:
                webbrowser.open(self.file.resolve().as_uri())
            click.echo(self.file, err=True)

    def _target(self, reference: str) -> Path:
        assert self.folder is not None
        stem = Path(reference).stem if reference != "-" else "stdin"
        target, number = self.folder / f"{stem}{self.format.SUFFIX}", 2
        while target in self.taken:
            target, number = self.folder / f"{stem}-{number}{self.format.SUFFIX}", number + 1
        self.taken.add(target)
        return target


def _write(target: Path, text: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(target.name + ".part")
        partial.write_text(text, encoding="utf-8")
        partial.replace(target)
    except OSError as error:
        raise SettingsError(f"{target}: cannot be written: {(error.strerror or str(error)).lower()}") from None
