"""Speaks the Language Server Protocol over standard input and output."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from annotate import __version__
from annotate.faces.lsp.answers import Answers
from annotate.faces.lsp.drafts import Checked, Drafts


class AnnotateServer(LanguageServer):
    """The server's state: the open drafts."""

    def __init__(self, settings_file: Path | None = None) -> None:
        super().__init__("annotate", __version__, lsp.TextDocumentSyncKind.Incremental)
        self.drafts = Drafts(self.publish, settings_file)

    def publish(self, checked: Checked) -> None:
        """Show what was found, unless the editor is already further."""
        document = self.workspace.text_documents.get(checked.uri)
        if document is not None and document.source == checked.text:
            found = Answers(checked, document).diagnostics()
            parameters = lsp.PublishDiagnosticsParams(checked.uri, found, version=checked.version)
            self.text_document_publish_diagnostics(parameters)

    def changed(self, uri: str, *, at_once: bool = False) -> None:
        """Check a draft as it is now."""
        document = self.workspace.get_text_document(uri)
        pause = {"pause": 0.0} if at_once else {}
        self.drafts.change(uri, document.version, document.language_id or "", document.source, **pause)

    def answers(self, uri: str) -> Answers | None:
        """What can be said of a draft; None before it was checked."""
        checked = self.drafts.checked.get(uri)
        return Answers(checked, self.workspace.get_text_document(uri)) if checked else None


def create_server(settings_file: Path | None = None) -> AnnotateServer:
    """The server, ready for `start_io()`."""
    server = AnnotateServer(settings_file)
    _follow_documents(server)
    _answer_questions(server)
    return server


def _follow_documents(server: AnnotateServer) -> None:
    @server.feature(lsp.INITIALIZED)
    def initialized(_params: lsp.InitializedParams) -> None:
        server.drafts.warm_up()

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: lsp.DidOpenTextDocumentParams) -> None:
        server.changed(params.text_document.uri, at_once=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: lsp.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def did_save(_params: lsp.DidSaveTextDocumentParams) -> None:
        # What was saved may be the settings of any draft.
        for uri in list(server.drafts.checked):
            server.changed(uri, at_once=True)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_files(_params: lsp.DidChangeWatchedFilesParams) -> None:
        for uri in list(server.drafts.checked):
            server.changed(uri, at_once=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: lsp.DidCloseTextDocumentParams) -> None:
        server.drafts.close(params.text_document.uri)
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(params.text_document.uri, []))

    @server.feature(lsp.SHUTDOWN)
    def shutdown(_params: None) -> None:
        server.drafts.stop()


def _answer_questions(server: AnnotateServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        answers = server.answers(params.text_document.uri)
        return answers.hover(params.position) if answers else None

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    )
    def code_action(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        answers = server.answers(params.text_document.uri)
        return answers.code_actions(params.range) if answers else []
