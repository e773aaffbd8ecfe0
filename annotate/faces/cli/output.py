"""Where the reports of a run go: standard output, one file, or a file each in a folder."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import click

from annotate.errors import AnnotateError, SettingsError
from annotate.render import format_module
from annotate.types import Report


class Output:
    """Takes the reports of a run, in order, and puts them where the user asked.

    A report goes out as soon as it is made; only formats that put several articles in one document keep what that
    document needs. Files are written whole or not at all, and never over an article that is read. Raises SettingsError
    where the format and the place do not go together.
    """

    def __init__(
        self, format_name: str, path: Path | None, *, open_page: bool, count: int, articles: Iterable[str] = ()
    ) -> None:
        self.format = format_module(format_name)
        if hasattr(self.format, "require"):
            self.format.require()
        self.streams: bool = getattr(self.format, "STREAMS", False)
        self.joins = hasattr(self.format, "document")
        self.binary: bool = getattr(self.format, "BINARY", False)
        self.open_page = open_page
        self.folder: Path | None = None
        self.file: Path | None = None
        self.stream: IO[bytes] | None = None
        self.parts: list[Any] = []
        self.begun = False
        self.taken: set[Path] = set()
        one = self.streams or self.joins or count < 2
        if path is None and open_page:
            self.folder = Path(tempfile.mkdtemp(prefix="annotate-"))
        elif path is not None and (path.is_dir() or not one):
            if path.suffix and not path.is_dir():
                raise SettingsError(f"-o {path}: {count} articles need a folder, or the jsonl format")
            self.folder = path
        elif path is not None:
            self.file = path
        elif not one:
            raise SettingsError(f"{count} articles as {format_name}: give a folder with -o, or use --format jsonl")
        elif self.binary and sys.stdout.isatty():
            raise SettingsError(f"{format_name} is not for a terminal: give a file with -o, or pipe it on")
        self._spare(articles)

    def write(self, report: Report) -> None:
        """Add a report."""
        if self.folder is not None:
            target = self._target(report.reading.article.reference)
            header = getattr(self.format, "HEADER", "")
            _write(target, [_encoded(header), _encoded(self.format.render(report))])
            click.echo(target, err=not self.open_page and sys.stdout.isatty())
            if self.open_page:
                webbrowser.open(target.resolve().as_uri())
        elif self.joins:
            self.parts.append(self.format.part(report))
        elif self.begun and not self.streams:
            raise SettingsError("more than one article: give a folder with -o, or use --format jsonl")
        else:
            self._send(self.format.render(report))

    def fail(self, reference: str, error: AnnotateError) -> None:
        """Say that an article could not be checked; in JSON lines and SARIF also in its place there."""
        click.echo(f"annotate: {error}", err=True)
        if self.folder is not None:
            return
        if hasattr(self.format, "render_error"):
            self._send(self.format.render_error(reference, str(error)))
        elif hasattr(self.format, "part_error"):
            self.parts.append(self.format.part_error(reference, str(error)))

    def close(self) -> None:
        """Send what was kept, and put a file in its place."""
        if self.joins and self.folder is None:
            self._send(self.format.document(self.parts))
        if self.file is not None and self.stream is not None:
            self.stream.close()
            try:
                _partial(self.file).replace(self.file)
            except OSError as error:
                raise _unwritable(self.file, error) from None
            if self.open_page:
                webbrowser.open(self.file.resolve().as_uri())
            click.echo(self.file, err=True)

    def abandon(self) -> None:
        """Leave nothing half-written behind."""
        if self.file is not None and self.stream is not None:
            self.stream.close()
            _partial(self.file).unlink(missing_ok=True)

    def _send(self, document: str | bytes) -> None:
        """To standard output or into the one file, at once."""
        header = "" if self.begun else getattr(self.format, "HEADER", "")
        self.begun = True
        body = _encoded(header) + _encoded(document)
        if self.file is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(body)
            sys.stdout.buffer.flush()
            return
        try:
            if self.stream is None:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                self.stream = _partial(self.file).open("wb")
            self.stream.write(body)
        except OSError as error:
            raise _unwritable(self.file, error) from None

    def _target(self, reference: str) -> Path:
        assert self.folder is not None
        stem = Path(reference).stem if reference != "-" else "stdin"
        target, number = self.folder / f"{stem}{self.format.SUFFIX}", 2
        while target in self.taken:
            target, number = self.folder / f"{stem}-{number}{self.format.SUFFIX}", number + 1
        self.taken.add(target)
        return target

    def _spare(self, articles: Iterable[str]) -> None:
        """Raise SettingsError where a document would be written over an article."""
        read = {Path(name).resolve() for name in articles if "\0" not in name}
        targets = [self.file] if self.file else []
        if self.folder is not None:
            targets = [self.folder / f"{name.stem}{self.format.SUFFIX}" for name in read]
        for target in targets:
            if target.resolve() in read:
                raise SettingsError(f"-o {target}: that is an article itself; give another place")


def _encoded(document: str | bytes) -> bytes:
    return document.encode("utf-8", "backslashreplace") if isinstance(document, str) else document


def _partial(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _write(target: Path, parts: list[bytes]) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _partial(target).write_bytes(b"".join(parts))
        _partial(target).replace(target)
    except OSError as error:
        raise _unwritable(target, error) from None


def _unwritable(target: Path, error: OSError) -> SettingsError:
    return SettingsError(f"{target}: cannot be written: {(error.strerror or str(error)).lower()}")
