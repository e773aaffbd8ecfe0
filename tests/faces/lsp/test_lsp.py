"""`annotate lsp` as an editor meets it: a real client, over standard input and output."""

from __future__ import annotations

import asyncio
import sys
import tomllib
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from annotate import annotate_text

DRAFT = (
    "A pill 💊 for gout hailed\n\nThe pill cured all six patients, the makers said.\n\n"
    "The tablets worked in in all of them, Dr Ana Ito of Cork said on Monday.\n"
)
WAIT = 60
Story = Callable[["Editor"], Awaitable[Any]]


class Editor:
    """A client with its drafts, and the diagnostics it was sent."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = LanguageClient("tests", "1")
        self.published: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def received(params: lsp.PublishDiagnosticsParams) -> None:
            if params.uri.startswith(self.folder.as_uri()):  # the drafts of earlier stories are still open
                self.published.put_nowait(params)

    async def start(self) -> lsp.InitializeResult:
        await self.client.start_io(sys.executable, "-m", "annotate", "lsp")
        root = lsp.WorkspaceFolder(self.folder.as_uri(), "drafts")
        parameters = lsp.InitializeParams(lsp.ClientCapabilities(), workspace_folders=[root], root_uri=root.uri)
        result = await self.client.initialize_async(parameters)
        self.client.initialized(lsp.InitializedParams())
        return result

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str, language: str = "plaintext") -> None:
        (self.folder / name).write_text(text, encoding="utf-8")
        item = lsp.TextDocumentItem(self.uri(name), language, 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def change(self, name: str, version: int, where: lsp.Range, text: str) -> None:
        change = lsp.TextDocumentContentChangePartial(range=where, text=text)
        document = lsp.VersionedTextDocumentIdentifier(version, self.uri(name))
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))

    async def diagnostics(self, version: int | None = None) -> list[lsp.Diagnostic]:
        """The next ones published, for a version if that is given."""
        while True:
            published = await asyncio.wait_for(self.published.get(), WAIT)
            if version is None or published.version == version:
                return list(published.diagnostics)

    async def actions(self, name: str, where: lsp.Range) -> list[lsp.CodeAction]:
        parameters = lsp.CodeActionParams(lsp.TextDocumentIdentifier(self.uri(name)), where, lsp.CodeActionContext([]))
        return list(await self.client.text_document_code_action_async(parameters) or [])  # type: ignore[arg-type]

    async def hover(self, name: str, position: lsp.Position) -> str:
        parameters = lsp.HoverParams(lsp.TextDocumentIdentifier(self.uri(name)), position)
        found = await self.client.text_document_hover_async(parameters)
        return found.contents.value if found else ""  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def started() -> Iterator[tuple[asyncio.AbstractEventLoop, Editor]]:
    """One server for all stories, as an editor keeps it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        editor = Editor(Path(__file__).parent)
        loop.run_until_complete(editor.start())
        yield loop, editor
        loop.run_until_complete(editor.stop())
        asyncio.set_event_loop(None)
        loop.close()


@pytest.fixture
def tell(started: tuple[asyncio.AbstractEventLoop, Editor], tmp_path: Path) -> Callable[[Story], Any]:
    """Run a story in the editor, with a folder of its own."""
    loop, editor = started
    editor.folder = tmp_path
    return lambda story: loop.run_until_complete(story(editor))


def in_utf16(text: str, where: lsp.Range) -> str:
    """The words at a range whose columns are UTF-16 code units, as the protocol has it."""
    lines = text.split("\n")
    assert where.start.line == where.end.line
    units = lines[where.start.line].encode("utf-16-le")
    return units[2 * where.start.character : 2 * where.end.character].decode("utf-16-le")


def edited(text: str, edit: lsp.TextEdit) -> str:
    lines = text.split("\n")
    first = sum(len(line) + 1 for line in lines[: edit.range.start.line]) + edit.range.start.character
    last = sum(len(line) + 1 for line in lines[: edit.range.end.line]) + edit.range.end.character
    return text[:first] + edit.new_text + text[last:]


def test_diagnostics_are_the_findings_in_utf_16(tell: Any) -> None:
    async def story(editor: Editor) -> None:
        editor.open("draft.txt", DRAFT)
        found = await editor.diagnostics(1)
        expected = annotate_text(DRAFT).findings
        assert [item.code for item in found] == [finding.check for finding in expected]
        assert [in_utf16(DRAFT, item.range) for item in found] == [DRAFT[f.start : f.end] for f in expected]
        assert {item.source for item in found} == {"annotate"}

    tell(story)


def test_an_edit_is_checked_and_closing_clears(tell: Any) -> None:
    async def story(editor: Editor) -> None:
        editor.open("draft.txt", DRAFT)
        await editor.diagnostics(1)
        cured = lsp.Range(lsp.Position(2, 9), lsp.Position(2, 14))
        editor.change("draft.txt", 2, cured, "did not cure")
        editor.change("draft.txt", 3, lsp.Range(lsp.Position(4, 19), lsp.Position(4, 22)), "")
        found = await editor.diagnostics(3)
        assert "text.corrupted" not in {item.code for item in found}
        document = lsp.TextDocumentIdentifier(editor.uri("draft.txt"))
        editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(document))
        assert await editor.diagnostics() == []

    tell(story)


def test_hover_says_why_with_references(tell: Any) -> None:
    async def story(editor: Editor) -> None:
        editor.open("draft.txt", DRAFT)
        await editor.diagnostics(1)
        said = await editor.hover("draft.txt", lsp.Position(2, 11))
        assert "wording.cure" in said
        assert "References" in said
        assert await editor.hover("draft.txt", lsp.Position(1, 0)) == ""

    tell(story)


def test_a_suggestion_is_one_edit(tell: Any) -> None:
    async def story(editor: Editor) -> None:
        editor.open("draft.txt", DRAFT)
        found = await editor.diagnostics(1)
        twice = next(item for item in found if item.code == "text.corrupted")
        replace = next(a for a in await editor.actions("draft.txt", twice.range) if a.is_preferred)
        (change,) = replace.edit.document_changes  # type: ignore[union-attr,misc]
        assert change.text_document.version == 1
        assert "worked in all of them" in edited(DRAFT, change.edits[0])

    tell(story)


@pytest.mark.parametrize(
    ("name", "table"),
    [("annotate.toml", 'disable = ["caveats"]\n'), ("pyproject.toml", '[tool.annotate]\ndisable = ["caveats"]\n')],
)
def test_a_dismissal_goes_where_the_draft_has_its_settings(tell: Any, name: str, table: str) -> None:
    async def story(editor: Editor) -> None:
        settings = editor.folder / name
        settings.write_text(table, encoding="utf-8")
        (editor.folder / "news").mkdir()
        editor.open("news/draft.txt", DRAFT)
        cure = next(item for item in await editor.diagnostics(1) if item.code == "wording.cure")
        actions = await editor.actions("news/draft.txt", cure.range)
        assert "wording.cure" in actions[0].title, "what is said of these words comes first"
        _, change = actions[0].edit.document_changes  # type: ignore[union-attr,misc]
        assert change.text_document.uri == settings.resolve().as_uri()
        settings.write_text(table + change.edits[0].new_text, encoding="utf-8")
        editor.client.text_document_did_save(
            lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(settings.as_uri()))
        )
        assert "wording.cure" not in {item.code for item in await editor.diagnostics(1)}

    tell(story)


def test_line_ends_of_windows_move_nothing(tell: Any) -> None:
    async def story(editor: Editor) -> None:
        text = DRAFT.replace("\n", "\r\n")
        editor.open("draft.txt", text)
        twice = next(item for item in await editor.diagnostics(1) if item.code == "text.corrupted")
        assert in_utf16(text, twice.range) == "in in"
        (replacement, *_) = await editor.actions("draft.txt", twice.range)
        edit = replacement.edit.document_changes[0].edits[0]  # type: ignore[union-attr,index]
        editor.change("draft.txt", 2, edit.range, edit.new_text)
        assert "text.corrupted" not in {item.code for item in await editor.diagnostics(2)}

    tell(story)


def test_a_dismissal_in_plain_text_is_a_rule_of_the_settings(tell: Any) -> None:
    async def story(editor: Editor) -> None:
        editor.open("draft.txt", DRAFT)
        found = await editor.diagnostics(1)
        cure = next(item for item in found if item.code == "wording.cure")
        actions = await editor.actions("draft.txt", cure.range)
        dismiss = next(a for a in actions if a.title.startswith("Dismiss wording.cure: fine"))
        create, change = dismiss.edit.document_changes  # type: ignore[union-attr,misc]
        assert create.uri == change.text_document.uri == editor.uri("annotate.toml")
        settings = editor.folder / "annotate.toml"
        settings.write_text(change.edits[0].new_text, encoding="utf-8")
        assert tomllib.loads(settings.read_text(encoding="utf-8"))["ignore"][0]["text"] == in_utf16(DRAFT, cure.range)
        saved = lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(settings.as_uri()))
        editor.client.text_document_did_save(saved)
        assert "wording.cure" not in {item.code for item in await editor.diagnostics(1)}

    tell(story)


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("draft.md", "markdown", f"# {DRAFT}"),
        (
            "draft.html",
            "html",
            f"<html><body><h1>Gout pill &amp; hope</h1>\n<p>{DRAFT.splitlines()[2]}</p></body></html>",
        ),
    ],
)
def test_a_dismissal_elsewhere_is_a_comment(tell: Any, name: str, language: str, text: str) -> None:
    async def story(editor: Editor) -> None:
        editor.open(name, text, language)
        found = await editor.diagnostics(1)
        cure = next(item for item in found if item.code == "wording.cure")
        assert in_utf16(text, cure.range).startswith("cured")
        actions = await editor.actions(name, cure.range)
        dismiss = next(a for a in actions if a.title.startswith("Dismiss wording.cure"))
        (change,) = dismiss.edit.document_changes  # type: ignore[union-attr,misc]
        editor.change(name, 2, change.edits[0].range, change.edits[0].new_text)
        assert "wording.cure" not in {item.code for item in await editor.diagnostics(2)}

    tell(story)


def test_what_cannot_be_checked_is_a_hint_and_wrong_settings_too(tell: Any) -> None:
    async def story(editor: Editor) -> None:
        editor.open("empty.txt", " ")
        (hint,) = await editor.diagnostics(1)
        assert hint.severity == lsp.DiagnosticSeverity.Hint
        assert "empty" in hint.message
        (editor.folder / "annotate.toml").write_text("selct = []", encoding="utf-8")
        editor.open("draft.txt", DRAFT)
        (hint,) = await editor.diagnostics(1)
        assert "did you mean 'select'" in hint.message

    tell(story)
