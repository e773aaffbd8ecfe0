"""Metrics and logs. A log line names the route, never the address asked for, so no word of a draft gets into it."""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """Counters in a registry of their own, in Prometheus' text format."""

    def __init__(self, waiting: Callable[[], float], alive: Callable[[], float]) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "annotate_requests_total", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "annotate_request_seconds", "Time to answer.", ("route",), buckets=_SECONDS, registry=self.registry
        )
        self.checks = Counter("annotate_checks_total", "Checks, by outcome.", ("outcome",), registry=self.registry)
        self.check_seconds = Histogram(
            "annotate_check_seconds", "Time of a check, waiting included.", buckets=_SECONDS, registry=self.registry
        )
        self.decisions = Counter(
            "annotate_decisions_total", "Decisions on findings.", ("check", "verdict"), registry=self.registry
        )
        Gauge("annotate_checks_waiting", "Running or waiting.", registry=self.registry).set_function(waiting)
        Gauge("annotate_workers_alive", "Worker processes.", registry=self.registry).set_function(alive)

    def text(self) -> bytes:
        """All of them."""
        return generate_latest(self.registry)


class Observation:
    """The outermost ASGI layer: counts requests and writes a line of JSON for each."""

    def __init__(self, app: ASGIApp, metrics: Metrics, stream: TextIO | None = None) -> None:
        self.app = app
        self.metrics = metrics
        self.stream = stream or sys.stderr

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and note how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status, answered = time.perf_counter(), 500, False

        async def noting(message: Message) -> None:
            nonlocal status, answered
            if message["type"] == "http.response.start":
                status, answered = message["status"], True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            # Where and what kind, never the message: it may quote the draft.
            frame = traceback.extract_tb(error.__traceback__)[-1]
            self.log("fault", kind=type(error).__name__, where=f"{Path(frame.filename).name}:{frame.lineno}")
            if not answered:
                status = 500
                await PlainTextResponse("a fault in annotate; the log says where\n", 500)(scope, receive, noting)
        finally:
            route = getattr(scope.get("route"), "path", "unrouted")
            taken = time.perf_counter() - begun
            self.metrics.requests.labels(scope["method"], route, str(status)).inc()
            self.metrics.seconds.labels(route).observe(taken)
            self.log("request", method=scope["method"], route=route, status=status, ms=round(taken * 1000, 1))

    def log(self, event: str, **values: object) -> None:
        """Write one line."""
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **values}
        print(json.dumps(line, ensure_ascii=False), file=self.stream, flush=True)
