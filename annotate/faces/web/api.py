"""The REST API, documented at `/api/docs`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.datastructures import UploadFile

from annotate import __version__
from annotate.errors import AnnotateError
from annotate.faces.web import examples
from annotate.faces.web.service import Service, clean
from annotate.types import Page

router = APIRouter(prefix="/api")
_HEARTBEAT = 10.0


class CheckRequest(BaseModel):
    """What to check: exactly one of `text`, `html` and `url`."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": list(examples.REQUESTS.values())})

    text: str | None = Field(None, max_length=1_000_000, description="A plain text; its first line is the headline.")
    html: str | None = Field(None, max_length=5_000_000, description="A page.")
    url: str | None = Field(None, max_length=2_000, description="A page to fetch, http or https.")
    reference: str = Field("text", max_length=2_000, description="What the report shall call it.")
    select: list[str] = Field([], max_length=100, description="Run only these checks or families.")
    disable: list[str] = Field([], max_length=100, description="Leave these checks or families out.")

    @model_validator(mode="after")
    def _one_source(self) -> CheckRequest:
        if sum(value is not None for value in (self.text, self.html, self.url)) != 1:
            raise ValueError("give exactly one of text, html and url")
        return self


class CheckSummary(BaseModel):
    """One thing that `annotate` looks for."""

    id: str = Field(examples=["wording.cure"])
    family: str
    severity: str
    summary: str
    on: bool = Field(description="False where the newsroom has switched it off.")


class CheckExplained(CheckSummary):
    """A check with its reasons, examples and references."""

    doc: str
    references: list[str]
    guards: list[str]
    flagged: list[str] = Field(description="Examples; `[[…]]` marks what is flagged.")
    left_alone: list[str]


class TermFound(BaseModel):
    """A concept of the vocabulary."""

    id: str = Field(examples=["MONDO:0007915"])
    name: str
    kind: str
    vocabulary: str
    synonyms: list[str]
    url: str | None


class Terms(BaseModel):
    """What a term names; `near` are names like it, where it names nothing."""

    found: list[TermFound]
    near: list[str]


class Problem(BaseModel):
    """Why a request was refused."""

    detail: str


def service_of(request: Request) -> Service:
    """The running server's state."""
    service: Service = request.app.state.service
    return service


@router.post(
    "/check",
    summary="Check an article",
    response_class=JSONResponse,
    openapi_extra=examples.CHECK_BODY,
    responses={
        200: examples.CHECK_ANSWER,
        304: {"description": "The report is the one whose ETag was given in `If-None-Match`."},
        403: {"model": Problem, "description": "The request came from another site."},
        413: {"model": Problem, "description": "Larger than the server takes."},
        415: {"model": Problem, "description": "Not a kind of body this takes."},
        422: {"model": Problem, "description": "Not an article that can be checked, or a wrong setting."},
        429: {"model": Problem, "description": "Too many requests; see `Retry-After`."},
        503: {"model": Problem, "description": "Too many checks are waiting; see `Retry-After`."},
    },
)
async def check(request: Request) -> Response:
    """Check a text, a page, a file or a URL.

    Send JSON, a form with a `file`, or the text or page itself. The report has the shape of `report.schema.json`.
    With `Accept: text/event-stream` it comes as events: `progress` with a stage and the share of it done, then
    `report` or `problem`. The answer has an `ETag`; send it as `If-None-Match` and an unchanged text is not checked
    again.
    """
    service = service_of(request)
    page, url, overrides = await _wanted(request)
    headers: dict[str, str] = {}
    if page is not None:
        etag = f'"{service.etag(page, **overrides)}"'
        headers["ETag"] = etag
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
    if "text/event-stream" in request.headers.get("accept", ""):
        return StreamingResponse(
            _events(service, page, url, overrides), media_type="text/event-stream", headers=headers
        )
    if page is not None:
        report = await service.check(page, **overrides)
    else:
        report = await service.check_reference(url, **overrides)
    return JSONResponse(report, headers=headers)


async def _wanted(request: Request) -> tuple[Page | None, str, dict[str, Any]]:
    """The page or URL to check, and the settings for it."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    match media_type:
        case "application/json":
            return _from_json(await request.body())
        case "multipart/form-data":
            return await _from_form(request), "", {}
        case "text/plain" | "text/html" | "text/markdown":
            return Page("text", await request.body(), media_type), "", {}
        case _:
            raise HTTPException(
                415, "send application/json, multipart/form-data, text/plain, text/markdown or text/html"
            )


def _from_json(body: bytes) -> tuple[Page | None, str, dict[str, Any]]:
    try:
        wanted = CheckRequest.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place, said = ".".join(map(str, first["loc"])), first["msg"].removeprefix("Value error, ")
        raise HTTPException(422, f"{place}: {said}" if place else said) from None
    overrides = {key: tuple(getattr(wanted, key)) for key in ("select", "disable") if getattr(wanted, key)}
    if wanted.url is not None:
        return None, wanted.url, overrides
    media_type, body_text = ("text/html", wanted.html) if wanted.html is not None else ("text/plain", wanted.text)
    assert body_text is not None
    return Page(clean(wanted.reference), clean(body_text).encode(), media_type, "utf-8"), "", overrides


async def _from_form(request: Request) -> Page:
    async with request.form(max_files=1, max_fields=20) as form:
        upload = form.get("file")
        if not isinstance(upload, UploadFile):
            raise HTTPException(422, "the form needs a file")
        return await uploaded(upload)


async def uploaded(upload: UploadFile) -> Page:
    """An uploaded file as a page; what it is is read from its first bytes, then from its name."""
    from annotate.sources.media_types import detect

    body, name = await upload.read(), clean(PurePath(upload.filename or "upload").name)
    media_type = detect(body, declared=upload.content_type or "", suffix=PurePath(name).suffix)
    return Page(name, body, media_type)


async def _events(service: Service, page: Page | None, url: str, overrides: dict[str, Any]) -> AsyncIterator[str]:
    """Server-sent events of a check, with a comment now and then so that no proxy hangs up."""
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[tuple[str, float]] = asyncio.Queue()

    def progress(stage: str, share: float) -> None:
        loop.call_soon_threadsafe(told.put_nowait, (stage, share))

    if page is not None:
        checking = asyncio.create_task(service.check(page, progress=progress, **overrides))
    else:
        checking = asyncio.create_task(service.check_reference(url, progress=progress, **overrides))
    try:
        while not checking.done() or not told.empty():
            asking = asyncio.create_task(told.get())
            await asyncio.wait({asking, checking}, timeout=_HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
            if asking.done():
                stage, share = asking.result()
                yield _event("progress", {"stage": stage, "share": round(share, 3)})
            else:
                asking.cancel()
                if not checking.done():
                    yield ": still checking\n\n"
        try:
            yield _event("report", await checking)
        except AnnotateError as error:
            yield _event("problem", {"detail": str(error)})
    finally:
        checking.cancel()


def _event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


@router.get("/checks", summary="List the checks")
async def list_checks(request: Request) -> list[CheckSummary]:
    """Every check, sorted by id."""
    from annotate.checks import all_checks

    off = await asyncio.to_thread(service_of(request).store.switched_off)
    return [
        CheckSummary(
            id=item.id, family=item.family, severity=item.severity, summary=item.summary, on=item.id not in off
        )
        for item in all_checks()
    ]


@router.get("/checks/{name}", summary="Explain a check", responses={404: {"model": Problem}})
async def explain(request: Request, name: str) -> CheckExplained:
    """What a check flags, why, what it leaves alone."""
    from annotate.checks import get
    from annotate.errors import CheckError

    try:
        item = get(name)
    except CheckError as error:
        raise HTTPException(404, str(error)) from None
    off = await asyncio.to_thread(service_of(request).store.switched_off)
    texts = [example.text.strip() for example in item.examples]
    return CheckExplained(
        id=item.id,
        family=item.family,
        severity=item.severity,
        summary=item.summary,
        on=item.id not in off,
        doc=item.doc,
        references=list(item.references),
        guards=list(item.guards),
        flagged=[text for text in texts if "[[" in text],
        left_alone=[text for text in texts if "[[" not in text],
    )


@router.get("/vocabulary", summary="Look a term up")
async def vocabulary(
    request: Request, term: Annotated[str, Query(min_length=1, max_length=200, examples=["heart attack"])]
) -> Terms:
    """The concepts that a term names."""
    return await asyncio.to_thread(_look_up, service_of(request), clean(term))


def _look_up(service: Service, term: str) -> Terms:
    from annotate.vocabulary import open_vocabulary, user_terms

    known = open_vocabulary(user_terms(service.options.settings.terms))
    found = [
        TermFound(
            id=item.id,
            name=item.name,
            kind=item.kind,
            vocabulary=item.vocabulary,
            synonyms=list(known.synonyms(item.id)),
            url=item.url,
        )
        for item in known.lookup(term)
    ]
    near = [] if found else list(dict.fromkeys(item.name for item, _ in known.near(term)))
    return Terms(found=found, near=near)


class Health(BaseModel):
    """Whether the server can do its work."""

    status: str = Field(examples=["ok"])
    version: str
    workers: int = Field(description="Worker processes that run.")
    waiting: int = Field(description="Checks running or waiting.")
    database: bool


health_router = APIRouter()


@health_router.get("/health", summary="Whether the server works", responses={503: {"model": Health}})
async def health(request: Request) -> Response:
    """`ok` where the database answers and a worker runs; else `degraded`, with status 503."""
    service = service_of(request)
    database = await asyncio.to_thread(service.store.ping)
    alive = service.pool.alive
    state = Health(
        status="ok" if database and alive else "degraded",
        version=__version__,
        workers=alive,
        waiting=service.pool.waiting,
        database=database,
    )
    return JSONResponse(state.model_dump(), 200 if state.status == "ok" else 503)


@health_router.get("/metrics", summary="Prometheus metrics", response_class=Response)
async def metrics(request: Request) -> Response:
    """Requests, checks, decisions and their times, in Prometheus' text format."""
    return Response(service_of(request).metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
