"""Connections that go only where `addresses` allows, and that end when the time for the whole page is up."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore2

from annotate.errors import SourceError
from annotate.sources.addresses import is_public

Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, as the system knows them."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


@dataclass(frozen=True, slots=True)
class Network:
    """How the network is reached. Everything but the defaults is for tests.

    `dial` opens a connection to an address; `loopback_port` admits 127.0.0.1 at that one port.
    """

    resolve: Resolve = resolve
    dial: httpcore2.NetworkBackend | None = None
    loopback_port: int | None = None

    def pool(self, deadline: float) -> httpcore2.ConnectionPool:
        """Connections for one page, which must be done by `deadline` (seconds of the monotonic clock)."""
        return httpcore2.ConnectionPool(
            ssl_context=ssl.create_default_context(), network_backend=_Backend(self, deadline), max_connections=1
        )


class _Backend(httpcore2.NetworkBackend):
    """Resolves a name once, checks every answer, and connects to the first."""

    def __init__(self, network: Network, deadline: float) -> None:
        self.network = network
        self.deadline = deadline
        self.dial = network.dial or httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 – the deadline rules
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        name = host.strip("[]")
        try:
            found = self.network.resolve(name, port)
        except (OSError, UnicodeError):
            raise SourceError(f"no such host: {name}") from None
        if not found:
            raise SourceError(f"no such host: {name}")
        for address in found:
            own = self.network.loopback_port == port and address == "127.0.0.1"
            if not own and not is_public(address):
                place = address if address == name else f"{name}, at {address},"
                raise SourceError(f"refused: {place} is not an address of the open internet")
        left = _left(self.deadline, httpcore2.ConnectTimeout)
        stream = self.dial.connect_tcp(found[0], port, left, local_address, socket_options)
        return _Stream(stream, self.deadline)

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore2.NetworkStream:
        raise SourceError("unix sockets are refused")


class _Stream(httpcore2.NetworkStream):
    """A connection whose every wait ends at the deadline, so that a slow drip of bytes ends too."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self.stream.read(max_bytes, _left(self.deadline, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self.stream.write(buffer, _left(self.deadline, httpcore2.WriteTimeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        left = _left(self.deadline, httpcore2.ConnectTimeout)
        return _Stream(self.stream.start_tls(ssl_context, server_hostname, left), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _left(deadline: float, timeout: type[Exception]) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise timeout("the time for the whole page is up")
    return left
