"""Who may come in, and what a browser may do with the pages. One ASGI layer around everything.

- The host must be one the server goes by, so that no foreign name can be pointed at it (DNS rebinding).
- Beyond loopback a token (bearer or session) or the user named by a reverse proxy is required.
- A request that changes something must come from our own pages: browsers say where it comes from (`Sec-Fetch-Site`,
  `Origin`), and the session cookie is `SameSite=Strict`. Programs, which send neither, are not at risk.
- No inline script or style, nothing from elsewhere, no framing.
- Requests are limited in size and, by visitor, in number.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from annotate.faces.web.options import Options

COOKIE = "annotate_session"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_OPEN_PATHS = ("/health", "/login", "/static/")
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_REMEMBERED_VISITORS = 10_000


Say = Callable[[Request, int, str, dict[str, str]], Response]
"""Puts a status, a message and headers into an answer: a page for a browser, JSON for a program."""


class RefusedError(Exception):
    """The request goes no further; `response` says why."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        self.status, self.message, self.headers = status, message, headers


class Security:
    """The layer. It puts the user's name into `scope["state"]["user"]`."""

    def __init__(self, app: ASGIApp, options: Options, say: Say) -> None:
        self.app = app
        self.options = options
        self.say = say
        self.hosts = {"localhost", "127.0.0.1", "[::1]", _bracketed(options.host), *options.hosts}
        self.any_host = options.host in ("0.0.0.0", "::") and not options.hosts  # noqa: S104 – compared, not bound
        self.visitors = Visitors(options.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    answer.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    answer.setdefault("cache-control", "no-store")
            await send(message)

        try:
            self._check_host(headers)
            self._check_origin(scope, headers)
            user = self._user(scope, headers)
            self.visitors.count(user or _address(scope))
            self._check_size(headers)
        except RefusedError as refused:
            answer = self._refusal(scope, headers, refused)
            await answer(scope, receive, guarded)
            return
        scope.setdefault("state", {})["user"] = user
        await self.app(scope, _limited(receive, self.options.max_bytes), guarded)

    def _check_host(self, headers: Headers) -> None:
        host = (
            headers.get("host", "").rsplit(":", 1)[0] if not headers.get("host", "").endswith("]") else headers["host"]
        )
        if not self.any_host and host.lower() not in self.hosts:
            raise RefusedError(421, "this server does not go by that name; start it with --allow-host NAME")

    def _check_origin(self, scope: Scope, headers: Headers) -> None:
        if scope["method"] in _SAFE:
            return
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None:
            fair = site in ("same-origin", "none")
        else:
            fair = origin is None or urlsplit(origin).netloc == headers.get("host")
        if not fair:
            raise RefusedError(403, "this request came from another site")

    def _user(self, scope: Scope, headers: Headers) -> str:
        """The user's name; empty where nobody has to say who they are."""
        path: str = scope["path"]
        if self.options.user_header:
            if name := headers.get(self.options.user_header, "").strip()[:200]:
                return name
            if not path.startswith("/health"):
                raise RefusedError(401, "the reverse proxy did not say who you are")
        if self.options.token and not path.startswith(_OPEN_PATHS):
            scheme, _, given = headers.get("authorization", "").partition(" ")
            bearer = scheme.lower() == "bearer" and same(given.strip(), self.options.token)
            if not bearer and not same(_cookie(headers, COOKIE), session_of(self.options.token)):
                raise RefusedError(401, "a token is required", **{"WWW-Authenticate": "Bearer"})
        return ""

    def _check_size(self, headers: Headers) -> None:
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.options.max_bytes:
            raise RefusedError(413, f"larger than {self.options.max_bytes:,} bytes")

    def _refusal(self, scope: Scope, headers: Headers, refused: RefusedError) -> Response:
        path: str = scope["path"]
        asks = refused.status == 401 and "WWW-Authenticate" in refused.headers
        if asks and not path.startswith("/api/") and "text/html" in headers.get("accept", ""):
            return RedirectResponse(f"/login?next={path}", 303)
        return self.say(Request(scope), refused.status, refused.message, refused.headers)


class Visitors:
    """A bucket of requests for each visitor, filled at a steady rate; a tenth of a minute's fits in."""

    def __init__(self, rate: int) -> None:
        self.rate = rate / 60
        self.size = max(10.0, rate / 10)
        self.buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def count(self, visitor: str) -> None:
        """Count a request. Raises RefusedError where the bucket is empty."""
        now = time.monotonic()
        left, since = self.buckets.pop(visitor, (self.size, now))
        left = min(self.size, left + (now - since) * self.rate)
        self.buckets[visitor] = (max(0.0, left - 1), now)
        if len(self.buckets) > _REMEMBERED_VISITORS:
            self.buckets.popitem(last=False)
        if left < 1:
            wait = math.ceil((1 - left) / self.rate)
            raise RefusedError(429, "too many requests; slow down", **{"Retry-After": str(wait)})


def session_of(token: str) -> str:
    """What the session cookie holds: proof that its owner knew the token, not the token."""
    return hmac.new(token.encode(), b"annotate session 1", hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare without telling by the time taken how much agrees."""
    return hmac.compare_digest(one.encode(), other.encode())


def _limited(receive: Receive, limit: int) -> Receive:
    """The body, cut off with an error where it grows past the limit whatever its length said."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413, f"larger than {limit:,} bytes")
        return message

    return counted


def _cookie(headers: Headers, name: str) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
