"""Ways in: the command line; later the web page, the language server and the audit."""
