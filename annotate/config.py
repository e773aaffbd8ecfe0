"""Settings: defaults ← `annotate.toml` or `[tool.annotate]` of a pyproject.toml ← flags. An unknown key is an error."""

from __future__ import annotations

import difflib
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, get_args

from annotate.errors import SettingsError
from annotate.types import SEVERITIES, Severity

_MAIL = re.compile(r"[!-?A-~]+@[!-?A-~]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """A finding not to report: by check, by the words it marks (None: any), always with a reason."""

    check: str
    reason: str
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user can choose. Field names are the keys of the settings file."""

    pipeline: str = "en_core_web_sm"
    """The spaCy pipeline: a package name or a path."""
    linker: str = "vocabulary"
    """How terms are linked: vocabulary (the dictionary), similar, or a knowledge base of scispaCy's (umls, mesh, …)."""
    select: tuple[str, ...] = ()
    """Ids or families of the checks to run; empty: all."""
    disable: tuple[str, ...] = ()
    """Ids or families of the checks not to run."""
    ignore: tuple[Ignore, ...] = ()
    terms: tuple[Mapping[str, Any], ...] = ()
    """Terms of your own: `terms = [{name = "…", id = "…", kind = "drug", synonyms = ["…"]}]`."""
    papers: str = "local"
    """Where the study reported is looked for: off, local, online, or a file of paper records."""
    library: str = ""
    """The local library of papers; empty: in the user's data folder."""
    mail: str = ""
    """Your mail address, by which public services can reach you about your look-ups."""
    fail_on: Severity = "warning"
    """The command line exits with 1 where a finding is at least this severe."""
    max_characters: int = 1_000_000
    """A longer article is refused."""


def cache_folder(within: str = "") -> Path | None:
    """A folder for copies of what was fetched: in the user's cache, or the one that ANNOTATE_CACHE names.

    None where that is `off`, or where the user has no home.
    """
    chosen = os.environ.get("ANNOTATE_CACHE")
    if chosen is not None:
        return None if chosen.lower() in ("", "off") else Path(chosen)
    home = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(home) if home else Path.home() / ".cache") / "annotate" / within
    except RuntimeError:
        return None


def data_folder() -> Path:
    """The folder for what the user keeps: drafts and papers. Raises SettingsError where the user has no home."""
    try:
        if sys.platform == "win32":
            base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Application Support"
        else:
            base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    except RuntimeError:
        raise SettingsError("your home folder cannot be found: say where to keep drafts and papers") from None
    return base / "annotate"


def user_agent(contact: str = "") -> str:
    """What sites and services are told of who asks; `contact` is an address for their complaints."""
    from importlib.metadata import version

    mail = f"; mailto:{contact}" if contact else ""
    return f"annotate/{version('annotate')} (checks health news for an editor{mail})"


def load(start: Path | None = None, *, file: Path | None = None, **flags: Any) -> Settings:
    """The settings for a run.

    `file` names a settings file; without it, `annotate.toml` or a pyproject.toml with `[tool.annotate]` is looked
    for from `start` (default: the working folder) upwards. `flags` that are None are left out.

    Raises SettingsError for an unknown key or a wrong value, naming the file and the nearest valid key.
    """
    table, origin = _read(file) if file else _discover(start or Path.cwd())
    values = _validate(table, origin)
    given = {key: value for key, value in flags.items() if value is not None}
    return Settings(**{**values, **_validate(given, "the command line")})


def settings_file(folder: Path) -> Path | None:
    """The nearest annotate.toml, or pyproject.toml with `[tool.annotate]`, from a folder upwards; None: there is none.

    Raises SettingsError where a pyproject.toml on the way cannot be read.
    """
    for parent in (folder.resolve(), *folder.resolve().parents):
        own, shared = parent / "annotate.toml", parent / "pyproject.toml"
        if own.is_file():
            return own
        if shared.is_file() and _read(shared)[0]:
            return shared
    return None


def _discover(folder: Path) -> tuple[dict[str, Any], str]:
    path = settings_file(folder)
    return _read(path) if path else ({}, "defaults")


def _read(path: Path) -> tuple[dict[str, Any], str]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path}: no such settings file") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML: {error}") from None
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("annotate", {})
    return table, str(path)


def _validate(table: dict[str, Any], origin: str) -> dict[str, Any]:
    known = {field.name for field in fields(Settings)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in known:
            raise SettingsError(f"{origin}: unknown setting '{key}'{_nearest(name, known)}")
        values[name] = _convert(name, value, origin)
    return values


def _convert(name: str, value: Any, origin: str) -> Any:
    match name:
        case "select" | "disable":
            if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
                return tuple(value)
            raise SettingsError(f"{origin}: '{name}' must be a list of check ids or families")
        case "terms":
            if isinstance(value, (list, tuple)) and all(isinstance(item, Mapping) for item in value):
                return tuple(value)
            raise SettingsError(f"{origin}: 'terms' must have the form terms = [{{name, id, kind, synonyms}}]")
        case "ignore":
            return _ignores(value, origin)
        case "fail_on":
            if value in SEVERITIES:
                return value
            raise SettingsError(f"{origin}: 'fail_on' must be one of {', '.join(get_args(Severity))}, not {value!r}")
        case "max_characters":
            if isinstance(value, int) and not isinstance(value, bool) and value > 0:
                return value
            raise SettingsError(f"{origin}: 'max_characters' must be a whole number above 0, not {value!r}")
        case _:
            return _text(name, value, origin)


def _text(name: str, value: Any, origin: str) -> str:
    may_be_empty = name in ("library", "mail")
    if not isinstance(value, str) or not (value or may_be_empty):
        raise SettingsError(f"{origin}: '{name}' must be a name, not {value!r}")
    if name == "mail" and value and not _MAIL.fullmatch(value):
        raise SettingsError(f"{origin}: 'mail' must be a mail address, not {value!r}")
    return value


def _ignores(value: Any, origin: str) -> tuple[Ignore, ...]:
    known = {field.name for field in fields(Ignore)}
    required = {field.name for field in fields(Ignore) if field.default is MISSING}
    form = 'ignore = [{check = "wording.cure", text = "…", reason = "…"}]'
    if not isinstance(value, (list, tuple)):
        raise SettingsError(f"{origin}: 'ignore' must have the form {form}")
    rules = []
    for item in value:
        if isinstance(item, Ignore):
            rules.append(item)
            continue
        if not isinstance(item, dict) or not all(isinstance(text, str) and text for text in item.values()):
            raise SettingsError(f"{origin}: 'ignore' must have the form {form}")
        for key in item:
            if key not in known:
                raise SettingsError(f"{origin}: unknown key '{key}' in 'ignore'{_nearest(key, known)}")
        if missing := sorted(required - item.keys()):
            raise SettingsError(f"{origin}: an entry of 'ignore' needs '{missing[0]}': {form}")
        rules.append(Ignore(**item))
    return tuple(rules)


def _nearest(key: str, known: set[str]) -> str:
    near = difflib.get_close_matches(key, sorted(known), n=1, cutoff=0.5)
    return f"; did you mean '{near[0]}'?" if near else f"; the settings are {', '.join(sorted(known))}"
