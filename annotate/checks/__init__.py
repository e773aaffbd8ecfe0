"""Reading → Findings.

One module a check, one folder a family; the id is the module's path with hyphens: `wording/cure.py` is `wording.cure`.
Checks are found by walking the package, so adding one touches one file.
"""

from __future__ import annotations

import difflib
import pkgutil
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib import import_module

from annotate.config import Settings
from annotate.errors import CheckError, SettingsError
from annotate.types import SEVERITIES, Check, Comparison, Finding, LeftAlone, Reading, Severity

__all__ = ["all_checks", "compare", "get", "run", "select"]


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, sorted by id. Raises CheckError where a module breaks the form."""
    families = [family.name for family in pkgutil.iter_modules(__path__) if family.ispkg]
    found = [
        _load(family, module.name)
        for family in families
        for module in pkgutil.iter_modules(import_module(f"{__name__}.{family}").__path__)
        if not module.name.startswith("_")
    ]
    return tuple(sorted(found, key=lambda check: check.id))


def _load(family: str, name: str) -> Check:
    module = import_module(f"{__name__}.{family}.{name}")
    where = f"annotate/checks/{family}/{name}.py"
    check = getattr(module, "CHECK", None)
    if not isinstance(check, Check) or not callable(getattr(module, "find", None)):
        raise CheckError(f"{where}: needs CHECK and find(reading)")
    if check.id != f"{family}.{name.replace('_', '-')}":
        raise CheckError(f"{where}: its id is '{check.id}', not its path")
    if not (module.__doc__ or "").strip():
        raise CheckError(f"{where}: needs a docstring that explains the check")
    return replace(check, doc=(module.__doc__ or "").strip(), find=module.find)


def get(name: str) -> Check:
    """The check with an id. Raises CheckError, with the nearest id, where there is none."""
    known = {check.id: check for check in all_checks()}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.4)
    hint = f"; did you mean '{near[0]}'?" if near else "; `annotate checks` lists them"
    raise CheckError(f"no check is called '{name}'{hint}")


def select(settings: Settings) -> tuple[Check, ...]:
    """The checks that the settings ask for. Raises SettingsError for a name that is neither a check nor a family."""
    known = {check.id for check in all_checks()} | {check.family for check in all_checks()}
    for name in (*settings.select, *settings.disable, *(rule.check for rule in settings.ignore)):
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.4)
            hint = f"; did you mean '{near[0]}'?" if near else "; `annotate checks` lists them"
            raise SettingsError(f"no check or family is called '{name}'{hint}")
    return tuple(
        check
        for check in all_checks()
        if (not settings.select or _named(check, settings.select)) and not _named(check, settings.disable)
    )


def _named(check: Check, names: Iterable[str]) -> bool:
    return any(name in (check.id, check.family) for name in names)


def compare(reading: Reading) -> tuple[Comparison, ...]:
    """What the article and its paper both tell, and whether they agree; nothing where the paper is not known."""
    from annotate.checks.paper._comparing import comparisons

    return comparisons(reading) if reading.paper else ()


def run(reading: Reading, checks: Iterable[Check], settings: Settings) -> tuple[list[Finding], list[LeftAlone]]:
    """What the checks find in a reading, and what their guards left alone; both in the order of the text."""
    findings: list[Finding] = []
    left_alone: list[LeftAlone] = []
    for check in checks:
        assert check.find is not None
        for found in check.find(reading):
            if _is_suppressed(found, reading, settings):
                continue
            weighed = _weigh(found, check, reading)
            if isinstance(weighed, Finding):
                findings.append(weighed)
            else:
                left_alone.append(weighed)
    findings = sorted(_once(findings), key=lambda finding: (finding.start, finding.end, finding.check))
    left_alone.sort(key=lambda item: (item.start, item.end, item.check))
    return findings, left_alone


def _once(findings: list[Finding]) -> list[Finding]:
    """Without the institutions that are told twice: what the paper says of a name, it says better."""
    told = {(finding.start, finding.end) for finding in findings if finding.check == "paper.institution"}
    return [item for item in findings if item.check != "names.institution" or (item.start, item.end) not in told]


def _weigh(found: Finding, check: Check, reading: Reading) -> Finding | LeftAlone:
    """Apply the guards a check declares. `quoted` lowers the severity by one step; any other excuses.

    What somebody said is not for the editor to reword: words quoted get no suggestion.
    """
    applied = (*found.why.applied, *reading.context.guards(found.start, found.end, check.guards))
    excuse = next((guard for guard in applied if guard.name != "quoted"), None)
    if excuse is not None:
        return LeftAlone(found.check, found.start, found.end, excuse)
    why = replace(found.why, applied=applied)
    if not applied:
        return replace(found, why=why)
    return replace(found, severity=_lower(found.severity), why=why, suggestion=None)


def _lower(severity: Severity) -> Severity:
    return SEVERITIES[max(0, SEVERITIES.index(severity) - 1)]


def _is_suppressed(found: Finding, reading: Reading, settings: Settings) -> bool:
    family = found.check.partition(".")[0]
    words = reading.article.text[found.start : found.end].casefold()
    for rule in settings.ignore:
        if rule.check in (found.check, family) and (rule.text is None or rule.text.casefold() in words):
            return True
    return any(
        item.check in (found.check, family, "*") and item.start < found.end and found.start < item.end
        for item in reading.article.suppressions
    )
