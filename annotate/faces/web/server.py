"""Runs the application with uvicorn, in one event loop, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
import webbrowser

import uvicorn

from annotate.errors import SettingsError
from annotate.faces.web.app import create_app
from annotate.faces.web.options import Options

_FINISHING = 20
"""Seconds that requests have to end once the server is told to stop."""


def run(options: Options, *, open_page: bool = False) -> None:
    """Serve until interrupted or terminated. Raises AnnotateError where the address, database or settings are wrong."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # the workers are the parallelism; they inherit this
    app = create_app(options)
    listening = _listen(options)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # only the user header is believed, and only where it was asked for
        timeout_graceful_shutdown=_FINISHING,
    )

    async def serve() -> None:
        await app.state.service.start()
        port = listening.getsockname()[1]
        host = f"[{options.host}]" if ":" in options.host else options.host
        address = f"http://{host}:{port}/"
        print(f"annotate: {address}", file=sys.stderr, flush=True)  # noqa: T201
        if open_page:
            webbrowser.open(address)
        await uvicorn.Server(config).serve(sockets=[listening])

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve())


def _listen(options: Options) -> socket.socket:
    try:
        family = socket.getaddrinfo(options.host, options.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((options.host, options.port), family=family, backlog=256)
    except OSError as error:
        reason = (error.strerror or str(error)).lower().partition(" (while")[0]
        raise SettingsError(f"cannot listen on {options.host}:{options.port}: {reason}") from None
