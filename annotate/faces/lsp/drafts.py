"""Drafts as they change: each version is checked soon after the last keystroke, only changed paragraphs anew."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from annotate.config import Settings, load, settings_file
from annotate.errors import AnnotateError
from annotate.faces.warm_up import ARTICLE
from annotate.types import Page

if TYPE_CHECKING:
    from annotate.language import ParseMemory
    from annotate.types import Report

PAUSE = 0.15
"""Seconds without a change after which a draft is checked."""
_MEDIA_TYPES = {"markdown": "text/markdown", "html": "text/html", "plaintext": "text/plain"}
_BY_SUFFIX = {".md": "text/markdown", ".markdown": "text/markdown", ".html": "text/html", ".htm": "text/html"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A version of a draft and its report; `problem` says why there is none, `settings` where rules for it are kept."""

    uri: str
    version: int | None
    text: str
    media_type: str
    report: Report | None
    problem: str = ""
    settings: Path | None = None


class Drafts:
    """The open drafts. One thread checks, so that they share what was parsed."""

    def __init__(self, done: Callable[[Checked], None], settings_file: Path | None = None) -> None:
        self.done = done
        self.settings_file = settings_file.resolve() if settings_file else None
        self.checked: dict[str, Checked] = {}
        self._pending: dict[str, asyncio.Task[None]] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="annotate")
        self._memory: ParseMemory | None = None

    def warm_up(self) -> None:
        """Load the models in the background."""
        self._thread.submit(self._report, ARTICLE, Settings())

    def change(self, uri: str, version: int | None, language: str, text: str, *, pause: float = PAUSE) -> None:
        """A draft is now so: check it once nobody has typed for a moment."""
        self._cancel(uri)
        self._pending[uri] = asyncio.create_task(self._check(uri, version, media_type_of(uri, language), text, pause))

    def close(self, uri: str) -> None:
        """A draft is no longer open."""
        self._cancel(uri)
        self.checked.pop(uri, None)

    def stop(self) -> None:
        """Let the thread end."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _cancel(self, uri: str) -> None:
        if pending := self._pending.pop(uri, None):
            pending.cancel()

    async def _check(self, uri: str, version: int | None, media_type: str, text: str, pause: float) -> None:
        await asyncio.sleep(pause)
        path, report, problem, kept = path_of(uri), None, "", self.settings_file
        try:
            if path and not kept:
                kept = settings_file(path.parent) or path.with_name("annotate.toml")
            settings = load(path.parent if path else None, file=self.settings_file)
            page = Page(path.name if path else uri, text.encode("utf-8", "replace"), media_type, "utf-8")
            report = await asyncio.get_running_loop().run_in_executor(self._thread, self._report, page, settings)
        except AnnotateError as error:
            problem = str(error)
        except Exception as error:
            # The draft stays open and is checked again at its next change; the editor's log has the rest.
            logging.getLogger(__name__).exception("a check failed")
            problem = f"a fault in annotate ({type(error).__name__}); please report it"
        self.checked[uri] = Checked(uri, version, text, media_type, report, problem, kept)
        self._pending.pop(uri, None)
        self.done(self.checked[uri])

    def _report(self, page: Page, settings: Settings) -> Report:
        from annotate.language import ParseMemory
        from annotate.pipeline import annotate_page

        if self._memory is None:
            self._memory = ParseMemory()
        return annotate_page(page, settings, memory=self._memory)


def media_type_of(uri: str, language: str) -> str:
    """What a draft is written in: by the editor's language, then by its name."""
    by_name = _BY_SUFFIX.get(PurePath(unquote(urlsplit(uri).path)).suffix.lower(), "text/plain")
    return _MEDIA_TYPES.get(language, by_name)


def path_of(uri: str) -> Path | None:
    """The file that a URI names; None for one that is not saved yet."""
    from pygls.uris import to_fs_path

    path = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(path) if path else None
