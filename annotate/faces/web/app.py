"""Builds the application: pages, API, and the layers around them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from annotate import __version__
from annotate.errors import AnnotateError
from annotate.faces.web import api, pages
from annotate.faces.web.observation import Observation
from annotate.faces.web.options import Options
from annotate.faces.web.pool import BusyError, FaultError
from annotate.faces.web.security import Security
from annotate.faces.web.service import Service
from annotate.faces.web.storage import ConflictError, DraftGoneError

STATIC = Path(__file__).with_name("static")


def create_app(options: Options | None = None) -> FastAPI:
    """The application. Raises SettingsError where the options would leave it open to strangers."""
    service = Service(options or Options())

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await service.start()
        try:
            yield
        finally:
            await service.close()

    app = FastAPI(
        title="annotate",
        version=__version__,
        summary="Checks health news for overstated claims, garbled names and what the reader is not told.",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,  # ours loads nothing from elsewhere
        redoc_url=None,
    )
    app.state.service = service
    app.include_router(api.router)
    app.include_router(api.health_router)
    app.include_router(pages.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(AnnotateError, _said)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    app.add_middleware(Security, options=service.options, say=problem)
    app.add_middleware(Observation, metrics=service.metrics)
    return app


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The description of the API, with the body of `POST /api/check`, which is read by hand."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        schemas["CheckRequest"] = api.CheckRequest.model_json_schema(ref_template="#/components/schemas/{model}")
        app.openapi_schema = schema
    return app.openapi_schema


async def _said(request: Request, error: Exception) -> Response:
    """An error meant for the user."""
    headers: dict[str, str] = {}
    match error:
        case BusyError():
            status, headers = 503, {"Retry-After": "2"}
        case FaultError():
            status = 500
        case DraftGoneError():
            status = 404
        case ConflictError():
            return pages.conflict(request, error)
        case _:
            status = 422
    return problem(request, status, str(error), headers)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = "there is no such page" if error.detail == "Not Found" else str(error.detail)
    return problem(request, error.status_code, said, dict(error.headers or {}))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return problem(request, 422, f"{'.'.join(map(str, first['loc']))}: {first['msg']}", {})


def problem(request: Request, status: int, message: str, headers: dict[str, str]) -> Response:
    """What went wrong: a page for a browser, JSON for a program."""
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"detail": message}, status, headers)
    page = pages.problem(request, status, message)
    page.headers.update(headers)
    return page
