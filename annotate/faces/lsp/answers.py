"""Findings in the protocol's terms: diagnostics, hovers, code actions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lsprotocol import types as lsp
from pygls.workspace import TextDocument

from annotate.faces.lsp.drafts import Checked
from annotate.render._places import Places
from annotate.types import Finding, Report

SOURCE = "annotate"
_SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "information": lsp.DiagnosticSeverity.Information,
}
_REASONS = ("the check is wrong here", "fine in this context")
_INLINE_IGNORE = re.compile(r"^\s*ignore\s*=", re.MULTILINE)


@dataclass(frozen=True)
class Answers:
    """What can be said of a draft: the report on a version of it, and the document as the editor has it."""

    checked: Checked
    document: TextDocument

    def diagnostics(self) -> list[lsp.Diagnostic]:
        """A diagnostic for each finding, with its evidence as related information."""
        if self.checked.report is None:
            return self._problem()
        return [diagnostic for finding in self.checked.report.findings if (diagnostic := self._diagnostic(finding))]

    def hover(self, position: lsp.Position) -> lsp.Hover | None:
        """Why the words at a position are marked: check, guards, suggestion, references."""
        found = list(self._at(lsp.Range(position, position)))
        if not found or self.checked.report is None:
            return None
        parts = [_explained(finding, self.checked.report) for finding in found]
        content = lsp.MarkupContent(lsp.MarkupKind.Markdown, "\n\n---\n\n".join(parts))
        return lsp.Hover(content, self._range(found[0].start, found[0].end))

    def code_actions(self, where: lsp.Range) -> list[lsp.CodeAction]:
        """For the findings in a range: take the suggestion, or dismiss with a reason."""
        actions = []
        for finding in self._at(where):
            diagnostic = self._diagnostic(finding)
            about = [diagnostic] if diagnostic else []
            edits = [(title, edit, True) for title, edit in self._replacement(finding)]
            edits += [
                (f"Dismiss {finding.check}: {reason}", edit, False)
                for reason in _REASONS
                if (edit := self._dismissal(finding, reason))
            ]
            actions += [
                lsp.CodeAction(
                    title, lsp.CodeActionKind.QuickFix, diagnostics=about, is_preferred=preferred or None, edit=edit
                )
                for title, edit, preferred in edits
            ]
        return actions

    @cached_property
    def _places(self) -> Places:
        assert self.checked.report is not None
        return Places(self.checked.report.reading.article)

    def _range(self, start: int, end: int) -> lsp.Range | None:
        """The place of the article's `text[start:end]` in the document; None where it is not in it as such."""
        region = self._places.region(start, end)
        if region is None:
            return None
        first, last = region.offset, region.offset + region.length
        return lsp.Range(self.document.client_position_at_offset(first), self.document.client_position_at_offset(last))

    def _problem(self) -> list[lsp.Diagnostic]:
        if not self.checked.problem:
            return []
        start = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
        said = self.checked.problem.partition(": ")[2] or self.checked.problem
        return [lsp.Diagnostic(start, said, severity=lsp.DiagnosticSeverity.Hint, source=SOURCE)]

    def _diagnostic(self, finding: Finding) -> lsp.Diagnostic | None:
        where = self._range(finding.start, finding.end)
        if where is None:
            return None
        related = [
            lsp.DiagnosticRelatedInformation(lsp.Location(self.checked.uri, spot), item.note)
            for item in finding.evidence
            if item.start is not None and item.end is not None and (spot := self._range(item.start, item.end))
        ]
        return lsp.Diagnostic(
            range=where,
            message=finding.message,
            severity=_SEVERITIES[finding.severity],
            code=finding.check,
            source=SOURCE,
            related_information=related or None,
        )

    def _at(self, where: lsp.Range) -> Iterator[Finding]:
        """The findings that touch a range, of a report on the text as it stands; those on the fewest words first."""
        if self.checked.report is None or self.checked.text != self.document.source:
            return
        start, end = (self.document.offset_at_position(position) for position in (where.start, where.end))
        for finding in sorted(self.checked.report.findings, key=lambda finding: finding.end - finding.start):
            region = self._places.region(finding.start, finding.end)
            if region is not None and region.offset <= end and start <= region.offset + region.length:
                yield finding

    def _replacement(self, finding: Finding) -> Iterator[tuple[str, lsp.WorkspaceEdit]]:
        """The suggestion as an edit, where the words stand in the document as they do in the article."""
        suggestion = finding.suggestion
        if suggestion is None or (where := self._range(suggestion.start, suggestion.end)) is None:
            return
        words = self._places.article.text[suggestion.start : suggestion.end]
        if self.document.text_in_client_range(where) == words:
            new = suggestion.replacement
            yield (f"Replace with “{new}”" if new else "Leave it out"), self._edit(lsp.TextEdit(where, new))

    def _dismissal(self, finding: Finding, reason: str) -> lsp.WorkspaceEdit | None:
        """A comment in the block where the format has comments; else a rule in the settings beside the file."""
        article, media_type = self._places.article, self.checked.media_type
        if media_type != "text/plain":
            block = article.block_at(finding.start)
            where = self._range(block.start, block.start + 1) if block else None
            if where is None:
                return None
            comment = f"<!-- annotate-ignore {finding.check}: {reason} -->"
            markdown = media_type == "text/markdown"
            spot = lsp.Position(where.start.line, 0) if markdown else where.start
            return self._edit(lsp.TextEdit(lsp.Range(spot, spot), f"{comment}\n\n" if markdown else comment))
        return _rule(self.checked.settings, finding, article.text, reason) if self.checked.settings else None

    def _edit(self, edit: lsp.TextEdit) -> lsp.WorkspaceEdit:
        document = lsp.OptionalVersionedTextDocumentIdentifier(self.checked.uri, self.checked.version)
        return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(document, [edit])])


def _rule(settings: Path, finding: Finding, text: str, reason: str) -> lsp.WorkspaceEdit | None:
    """An `ignore` rule at the end of the settings file, which is made where it is missing."""
    existing = settings.read_text(encoding="utf-8") if settings.is_file() else ""
    if _INLINE_IGNORE.search(existing):
        return None  # TOML cannot add to a list that is written on the spot
    words = json.dumps(text[finding.start : finding.end], ensure_ascii=False)
    table = "tool.annotate.ignore" if settings.name == "pyproject.toml" else "ignore"
    rule = f'[[{table}]]\ncheck = "{finding.check}"\ntext = {words}\nreason = "{reason}"\n'
    before = "" if not existing else "\n" if existing.endswith("\n") else "\n\n"
    end = lsp.Position(existing.count("\n"), len(existing.rpartition("\n")[2]))
    uri = settings.as_uri()
    document = lsp.OptionalVersionedTextDocumentIdentifier(uri)
    return lsp.WorkspaceEdit(
        document_changes=[
            lsp.CreateFile(uri, options=lsp.CreateFileOptions(ignore_if_exists=True)),
            lsp.TextDocumentEdit(document, [lsp.TextEdit(lsp.Range(end, end), before + rule)]),
        ]
    )


def _explained(finding: Finding, report: Report) -> str:
    check = next(check for check in report.checks if check.id == finding.check)
    text = report.reading.article.text
    lines = [f"**{_escaped(finding.message)}**", f"{_escaped(check.summary)} (`{check.id}`)"]
    if finding.suggestion is not None:
        words = text[finding.suggestion.start : finding.suggestion.end]
        instead = finding.suggestion.replacement
        lines.append(f"Instead of “{_escaped(words)}”: “{_escaped(instead)}”" if instead else "Leave it out.")
    lines += [
        f"Weighed: {guard.name} (“{_escaped(guard.cue)}”), so the severity is lower." for guard in finding.why.applied
    ]
    for item in finding.evidence:
        words = f": “{_escaped(text[item.start : item.end])}”" if item.start is not None else ""
        lines.append(f"Evidence: {_escaped(item.note)}{words}")
    if check.references:
        lines.append("References\n" + "\n".join(f"- {_escaped(reference)}" for reference in check.references))
    return "\n\n".join(lines)


def _escaped(text: str) -> str:
    """The text as Markdown shows it letter by letter."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)
