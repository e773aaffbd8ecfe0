"""A well-kept HTTP client: it says who asks, waits its turn, tries again, keeps answers, and gives up in one line.

Answers are kept on disk as RFC 9111 allows (hishel); a host is asked at most a few times a second; a busy or broken
server is asked again with growing pauses, or after what its Retry-After says.
"""

from __future__ import annotations

import email.utils
import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from annotate.config import cache_folder, user_agent
from annotate.errors import PaperError

if TYPE_CHECKING:
    import httpx2

TRIES = 3
LONGEST_WAIT = 30.0
"""Seconds that a Retry-After may ask for; where it asks for more, the user is told."""
LONGEST_ANSWER = 20_000_000
DEADLINE = 60.0
"""Seconds for a question with all its tries."""
DOWN_FOR = 120.0
"""Seconds for which a host that failed is not asked again: a run offline does not wait at every article."""
_PER_SECOND = {"eutils.ncbi.nlm.nih.gov": 3.0, "api.crossref.org": 5.0}
_OTHERS_PER_SECOND = 8.0
_AGAIN = (429, 500, 502, 503, 504)


class Client:
    """Asks services in the name of a mail address. `pause` is the first pause before a second try, in seconds."""

    def __init__(self, mail: str = "", *, cache: Path | None = None, timeout: float = 10.0, pause: float = 0.5) -> None:
        self.mail = mail
        self.timeout = timeout
        self.pause = pause
        self.cache = cache if cache is not None else default_cache()
        self._next: dict[str, float] = {}
        self._down: dict[str, tuple[float, str]] = {}

    @cached_property
    def _http(self) -> httpx2.Client:
        import httpx2
        from hishel import CacheOptions, SqliteStorage
        from hishel.httpx2 import CacheTransport

        transport: httpx2.BaseTransport = httpx2.HTTPTransport()
        if self.cache is not None:
            self.cache.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            storage = SqliteStorage(database_path=self.cache)
            transport = CacheTransport(transport, storage=storage, rfc=CacheOptions(shared=False))
        headers = {"User-Agent": user_agent(self.mail)}
        return httpx2.Client(transport=transport, headers=headers, timeout=self.timeout, follow_redirects=True)

    def close(self) -> None:
        """Let go of the connections and the cache."""
        if "_http" in self.__dict__:
            self._http.close()

    def json(self, url: str, params: Mapping[str, str]) -> dict[str, Any] | None:
        """The JSON object at an address; None where there is nothing (404). Raises PaperError."""
        text = self.text(url, params)
        if text is None:
            return None
        try:
            value = json.loads(text)
        except (json.JSONDecodeError, RecursionError):
            raise PaperError(f"{_host(url)} sent an answer that is cut off or no JSON") from None
        if not isinstance(value, dict):
            raise PaperError(f"{_host(url)} sent an answer of another shape")
        return value

    def text(self, url: str, params: Mapping[str, str]) -> str | None:
        """The text at an address; None where there is nothing (404).

        Raises PaperError, in one line, where the service cannot be reached, goes on failing or sends too much.
        """
        host, deadline = _host(url), time.monotonic() + DEADLINE
        until, problem = self._down.get(host, (0.0, ""))
        if time.monotonic() < until:
            raise PaperError(problem)
        for number in range(TRIES):
            answer = self._ask(url, params)
            wait: float | None = None
            if isinstance(answer, str):
                problem = f"{host} {answer}"
            elif answer.status_code in _AGAIN:
                problem, wait = f"{host} answered {answer.status_code}", retry_after(answer.headers.get("Retry-After"))
            else:
                return _content(url, answer)
            wait = self.pause * 2**number if wait is None else wait
            if wait > LONGEST_WAIT:
                problem = f"{host} asks to wait {wait:.0f} seconds"
                break
            if number + 1 == TRIES or time.monotonic() + wait > deadline:
                break
            time.sleep(wait)
        self._down[host] = (time.monotonic() + DOWN_FOR, problem)
        raise PaperError(problem)

    def _ask(self, url: str, params: Mapping[str, str]) -> httpx2.Response | str:
        """One try: the answer, or what went wrong."""
        import httpx2

        self._take_turn(_host(url))
        try:
            with self._http.stream("GET", url, params=dict(params)) as answer:
                size = 0
                parts = []
                for part in answer.iter_bytes():
                    size += len(part)
                    if size > LONGEST_ANSWER:
                        raise PaperError(f"{_host(url)} sent more than {LONGEST_ANSWER // 1_000_000} MB")
                    parts.append(part)
                headers = {name: value for name, value in answer.headers.items() if name.lower() in _KEPT_HEADERS}
                return httpx2.Response(answer.status_code, headers=headers, content=b"".join(parts))
        except httpx2.TimeoutException:
            return "did not answer in time"
        except (httpx2.HTTPError, OSError) as error:
            return f"cannot be reached ({type(error).__name__})"

    def _take_turn(self, host: str) -> None:
        """Wait until the host may be asked again."""
        now = time.monotonic()
        turn = max(now, self._next.get(host, 0.0))
        self._next[host] = turn + 1 / _PER_SECOND.get(host, _OTHERS_PER_SECOND)
        time.sleep(turn - now)


_KEPT_HEADERS = frozenset(("retry-after", "content-type"))


def _content(url: str, answer: httpx2.Response) -> str | None:
    if answer.status_code in (404, 410):
        return None
    if answer.status_code != 200:
        raise PaperError(f"{_host(url)} refused the question ({answer.status_code})")
    return answer.content.decode("utf-8", errors="replace")


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def retry_after(value: str | None) -> float | None:
    """The seconds that a Retry-After header asks for, given as seconds or as a date; None without one."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def default_cache() -> Path | None:
    """Where answers are kept: in the user's cache folder, or the one ANNOTATE_CACHE names; None where that is `off`."""
    folder = cache_folder()
    return folder / "services.sqlite" if folder is not None else None
