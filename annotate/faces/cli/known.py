"""A baseline: a file of findings that are known, so that only new ones are reported.

JSON with a line a finding, sorted, so that a change of it reads well in a review. A finding is known by its
fingerprint, wherever it stands and whatever its file is called.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from annotate.errors import SettingsError
from annotate.fingerprints import fingerprint
from annotate.types import Report

VERSION = 1


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A finding that is known."""

    reference: str
    check: str
    quote: str
    fingerprint: str


class Baseline:
    """The findings of a file; counts what it left out of reports."""

    def __init__(self, findings: tuple[Known, ...] = ()) -> None:
        self.findings = tuple(sorted(findings))
        self.fingerprints = frozenset(item.fingerprint for item in findings)
        self.left_out = 0

    @classmethod
    def load(cls, path: Path) -> Baseline:
        """Read a file. Raises SettingsError where it is missing or no baseline."""
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
            if value["version"] != VERSION:
                raise SettingsError(f"{path}: a baseline of version {value['version']}, not {VERSION}: write a new one")
            return cls(tuple(Known(**item) for item in value["findings"]))
        except FileNotFoundError:
            raise SettingsError(f"{path}: no such baseline; `annotate baseline` writes one") from None
        except OSError as error:
            raise SettingsError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
        except (ValueError, KeyError, TypeError, RecursionError):
            raise SettingsError(f"{path}: not a baseline; `annotate baseline` writes one") from None

    def save(self, path: Path) -> None:
        """Write the file, whole or not at all. Raises SettingsError where that is not possible."""
        lines = ",\n".join("  " + json.dumps(asdict(item), ensure_ascii=False) for item in self.findings)
        text = f'{{"version": {VERSION}, "findings": [\n{lines}\n]}}\n' if lines else '{"version": 1, "findings": []}\n'
        partial = path.with_name(path.name + ".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(text, encoding="utf-8")
            partial.replace(path)
        except OSError as error:
            raise SettingsError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from None

    def without_known(self, report: Report) -> Report:
        """The report with its new findings only."""
        article = report.reading.article
        new = tuple(item for item in report.findings if fingerprint(item, article) not in self.fingerprints)
        self.left_out += len(report.findings) - len(new)
        return replace(report, findings=new)


def known(report: Report) -> list[Known]:
    """The findings of a report as a baseline keeps them."""
    article = report.reading.article
    return [
        Known(
            article.reference,
            finding.check,
            " ".join(article.text[finding.start : finding.end].split()),
            fingerprint(finding, article),
        )
        for finding in report.findings
    ]
