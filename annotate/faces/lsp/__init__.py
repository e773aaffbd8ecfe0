"""The language server: `annotate lsp`, for editors' own programs.

`server` speaks the protocol, `drafts` checks a draft as it changes, `answers` puts findings into the protocol's terms.
"""
