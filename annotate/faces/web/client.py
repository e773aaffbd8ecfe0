"""A small client of the REST API. Needs nothing but Python.

from annotate.faces.web.client import Client
report = Client("http://127.0.0.1:8765").check_text("Gout pill hailed\n\nThe pill cured all six patients.")
for finding in report["findings"]:
    print(finding["check"], finding["quote"])
"""

from __future__ import annotations

import http.client
import json
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen
from uuid import uuid4

from annotate.errors import AnnotateError

_REMEMBERED = 64
_HTTP_ERRORS = (URLError, http.client.HTTPException, TimeoutError, ConnectionError)


class Finding(TypedDict):
    """Words to look at. Spans are half-open code points of the report's `text`."""

    check: str
    start: int
    end: int
    quote: str
    severity: str
    message: str
    why: dict[str, Any]
    suggestion: dict[str, Any] | None
    evidence: list[dict[str, Any]]


class Report(TypedDict):
    """A report; `report.schema.json` has the whole shape."""

    schema: int
    reference: str
    title: str | None
    text: str
    blocks: list[dict[str, Any]]
    entities: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    study: dict[str, Any]
    scorecard: dict[str, Any]
    disclosures: dict[str, dict[str, Any]]
    paper: dict[str, Any] | None
    findings: list[Finding]
    left_alone: list[dict[str, Any]]
    versions: dict[str, str]


class CheckSummary(TypedDict):
    """A check; `on` is false where the newsroom has switched it off."""

    id: str
    family: str
    severity: str
    summary: str
    on: bool


class Terms(TypedDict):
    """What a term names in the vocabulary; `near` are names like it, where it names nothing."""

    found: list[dict[str, Any]]
    near: list[str]


class ClientError(AnnotateError):
    """The server refused or could not be reached; `status` is that of the answer, None where there was none."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


@dataclass(slots=True)
class Client:
    """A server, by its address. Reports of unchanged texts are kept and only asked for by their ETag."""

    address: str
    token: str | None = None
    timeout: float = 120.0
    _kept: OrderedDict[bytes, tuple[str, Report]] = field(default_factory=OrderedDict, repr=False)

    def check_text(
        self,
        text: str,
        *,
        select: Sequence[str] = (),
        disable: Sequence[str] = (),
        progress: Callable[[str, float], None] | None = None,
    ) -> Report:
        """The report on a plain text; `progress` is told each stage and the share of it done. Raises ClientError."""
        body = {"text": text, "select": list(select), "disable": list(disable)}
        return self._check(json.dumps(body).encode(), "application/json", progress)

    def check_html(self, html: str, *, select: Sequence[str] = (), disable: Sequence[str] = ()) -> Report:
        """The report on a page. Raises ClientError."""
        body = {"html": html, "select": list(select), "disable": list(disable)}
        return self._check(json.dumps(body).encode(), "application/json")

    def check_url(self, url: str) -> Report:
        """The report on a page that the server fetches. Raises ClientError."""
        return self._check(json.dumps({"url": url}).encode(), "application/json")

    def check_file(self, path: str | Path) -> Report:
        """The report on a file. Raises ClientError, or OSError where it cannot be read."""
        path, boundary = Path(path), uuid4().hex
        name = quote(path.name)
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = head + path.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
        return self._check(body, f"multipart/form-data; boundary={boundary}")

    def checks(self) -> list[CheckSummary]:
        """Every check. Raises ClientError."""
        found: list[CheckSummary] = self._get("/api/checks")
        return found

    def vocabulary(self, term: str) -> Terms:
        """What a term names. Raises ClientError."""
        found: Terms = self._get(f"/api/vocabulary?{urlencode({'term': term})}")
        return found

    def healthy(self) -> bool:
        """Whether the server is there and can do its work."""
        try:
            return bool(self._get("/health")["status"] == "ok")
        except ClientError:
            return False

    def _get(self, path: str) -> Any:
        return json.loads(self._answer(self._request(path))[0])

    def _check(self, body: bytes, media_type: str, progress: Callable[[str, float], None] | None = None) -> Report:
        request = self._request("/api/check", body, {"Content-Type": media_type})
        if progress is not None:
            request.add_header("Accept", "text/event-stream")
            return self._follow(request, progress)
        etag, kept = self._kept.get(body, ("", None))
        if kept is not None:
            request.add_header("If-None-Match", etag)
        answer, etag = self._answer(request)
        if not answer and kept is not None:
            return kept
        report: Report = json.loads(answer)
        if etag:
            self._kept[body] = (etag, report)
            if len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
        return report

    def _follow(self, request: Request, progress: Callable[[str, float], None]) -> Report:
        for name, data in self._events(request):
            if name == "progress":
                progress(data["stage"], data["share"])
            elif name == "report":
                report: Report = data
                return report
            else:
                raise ClientError(str(data["detail"]), 422)
        raise ClientError("the answer broke off")

    def _events(self, request: Request) -> Iterator[tuple[str, Any]]:
        name = ""
        try:
            with self._open(request) as response:
                for line in response:
                    key, _, value = line.decode().rstrip("\n").partition(": ")
                    if key == "event":
                        name = value
                    elif key == "data":
                        yield name, json.loads(value)
        except HTTPError as error:
            raise _refusal(error) from None
        except _HTTP_ERRORS as error:
            raise ClientError(f"{self.address}: {error}") from None

    def _answer(self, request: Request) -> tuple[bytes, str]:
        try:
            with self._open(request) as response:
                return response.read(), response.headers.get("ETag", "")
        except HTTPError as error:
            if error.code == 304:
                error.close()
                return b"", ""
            raise _refusal(error) from None
        except _HTTP_ERRORS as error:
            raise ClientError(f"{self.address}: {error}") from None

    def _request(self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Request:
        if not self.address.startswith(("http://", "https://")):
            raise ClientError(f"{self.address}: an address begins with http:// or https://")
        identity = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return Request(self.address.rstrip("/") + path, body, {**(headers or {}), **identity})  # noqa: S310 – see above

    def _open(self, request: Request) -> Any:
        return urlopen(request, timeout=self.timeout)  # noqa: S310 – http and https only, see above


def _refusal(error: HTTPError) -> ClientError:
    with error:
        try:
            message = str(json.loads(error.read())["detail"])
        except (ValueError, KeyError, TypeError):
            message = f"the server answered {error.code}"
    return ClientError(message, error.code)
