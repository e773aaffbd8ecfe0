"""The pages. Every form works without JavaScript; with it, the same routes answer with the part that changes."""

from __future__ import annotations

import asyncio
import re
from functools import cache
from pathlib import PurePath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from annotate.errors import AnnotateError
from annotate.faces.web import insights as insight
from annotate.faces.web.api import service_of, uploaded
from annotate.faces.web.security import COOKIE, same, session_of
from annotate.faces.web.service import Service, clean
from annotate.faces.web.storage import ConflictError, Decision, Draft
from annotate.faces.web.templating import template
from annotate.faces.web.view import REASONS, Spot, find, standing, view
from annotate.types import Check

router = APIRouter()
_YEAR = 31_536_000
_LONGEST_STEM = 60
"""Characters of a draft's title in the name of a file, which ends with a whole word."""


async def _edited(request: Request) -> tuple[str | None, int | None]:
    """The text as the browser has it and the revision it was made from; an empty text is a text too."""
    form = await request.form()
    text, revision = form.get("text"), str(form.get("revision", ""))
    return (text if isinstance(text, str) else None), (
        int(revision) if revision.isascii() and revision.isdigit() else None
    )


Edited = Annotated[tuple[str | None, int | None], Depends(_edited)]


@cache
def checks_by_id() -> dict[str, Check]:
    """Every check."""
    from annotate.checks import all_checks

    return {check.id: check for check in all_checks()}


def problem(request: Request, status: int, message: str) -> HTMLResponse:
    """A page that says what went wrong."""
    return _page(request, "problem", status=status, message=message, code=status)


def conflict(request: Request, error: ConflictError) -> HTMLResponse:
    """Both texts, where somebody else was quicker: a program may put them together, or the editor chooses."""
    name = "_conflict" if "hx-request" in request.headers else "conflict"
    return _page(request, name, 409, draft=error.current, mine=error.mine)


# ── drafts ────────────────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/")
async def start(request: Request) -> Response:
    """Where a draft comes in, and those of late."""
    return await _start(request)


@router.post("/drafts")
async def add(request: Request) -> Response:
    """Take a text, a file or a web address as a new draft."""
    service = service_of(request)
    async with request.form(max_files=1, max_fields=10, max_part_size=service.options.max_bytes) as form:
        text, url, upload = str(form.get("text") or ""), str(form.get("url") or ""), form.get("file")
        reference, media_type = "", "text/plain"
        try:
            if isinstance(upload, UploadFile) and upload.filename:
                page = await uploaded(upload)
                text, reference = await service.text(page), PurePath(page.reference).name
                if page.media_type == "text/markdown":
                    media_type = page.media_type
            elif url.strip():
                text, reference = await service.text(None, url), url.strip()
            if not text.strip():
                raise AnnotateError("give a text, a file or a web address")
        except AnnotateError as error:
            return await _start(request, 422, message=str(error), text=clean(text), url=url)
    draft = await asyncio.to_thread(
        service.store.add_draft, clean(text), reference=reference, media_type=media_type, author=_user(request)
    )
    return RedirectResponse(f"/d/{draft.id}", 303)


@router.get("/d/{identifier}")
async def draft_page(request: Request, identifier: str) -> Response:
    """A draft and what was found in it."""
    service = service_of(request)
    draft = await asyncio.to_thread(service.store.draft, identifier)
    return _page(request, "draft", **await _shown(service, draft))


@router.post("/d/{identifier}")
async def save(request: Request, identifier: str, edited: Edited) -> Response:
    """Save a draft's text and check it."""
    return await _changed(request, identifier, *edited)


@router.post("/d/{identifier}/decide")
async def decide(
    request: Request,
    identifier: str,
    key: Annotated[str, Form()],
    verdict: Annotated[str, Form()],
    edited: Edited,
    reason: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    check: Annotated[str, Form()] = "",
    words: Annotated[str, Form()] = "",
    at: Annotated[int, Form()] = 0,
) -> Response:
    """Accept the suggestion of a finding, agree with it, or dismiss it.

    With `text`, the browser has made the change already; without it, it is made here. `check`, `words` and `at` (the
    finding's check, its words and about where they stand) find it where an edit close by changed its key.
    """
    service = service_of(request)
    text, revision = edited
    draft = await asyncio.to_thread(service.store.draft, identifier)
    report = await service.check_draft(draft)
    found = find(report, key, Spot(check, clean(words), at))
    if found is None and verdict == "accepted" and text is not None:
        return await _changed(request, identifier, text, revision)  # mended already, by somebody else
    if found is None:
        raise AnnotateError("that finding is no more: the text has changed")
    key, finding = found
    suggestion = finding["suggestion"]
    if verdict not in ("accepted", "agreed", "dismissed") or (verdict == "accepted" and not suggestion):
        raise AnnotateError("a finding can be accepted where it suggests something, agreed with, or dismissed")
    if verdict == "accepted" and text is None:
        text = draft.text[: suggestion["start"]] + suggestion["replacement"] + draft.text[suggestion["end"] :]
        revision = draft.revision
    before = standing(report, await asyncio.to_thread(service.store.decisions, identifier)).get(key)
    replaced = draft.text[suggestion["start"] : suggestion["end"]] if suggestion else finding["quote"]
    await _save(service, draft.id, text, revision)
    await asyncio.to_thread(
        service.store.decide,
        identifier,
        replaces=before.id if before else None,
        check=finding["check"],
        verdict=verdict,
        reason=(reason if reason in REASONS else "other") if verdict == "dismissed" else "",
        note=clean(note)[:1000] if verdict == "dismissed" else "",
        message=finding["message"],
        quote=replaced if verdict == "accepted" else finding["quote"],
        replacement=suggestion["replacement"] if verdict == "accepted" else None,
        start=suggestion["start"] if verdict == "accepted" else finding["start"],
        author=_user(request),
    )
    service.metrics.decisions.labels(finding["check"], verdict).inc()
    return await _changed(request, identifier, None, None)


@router.post("/d/{identifier}/undo")
async def undo(
    request: Request, identifier: str, edited: Edited, decision: Annotated[int | None, Form()] = None
) -> Response:
    """Take back a decision, by default the last; an accepted suggestion gives its words back."""
    service = service_of(request)
    text, revision = edited
    await _save(service, identifier, text, revision)
    taken = await asyncio.to_thread(service.store.undo, identifier, decision)
    if taken is not None and taken.verdict == "accepted" and text is None:
        draft = await asyncio.to_thread(service.store.draft, identifier)
        await _save(service, identifier, put_back(draft.text, taken), draft.revision)
    return await _changed(request, identifier, None, None)


def put_back(text: str, decision: Decision) -> str:
    """The text with the words that a suggestion replaced, where its replacement still stands near their place."""
    new = decision.replacement or ""
    places = [match.start() for match in re.finditer(re.escape(new), text)]
    at = min(places, key=lambda place: abs(place - decision.start), default=None)
    return text if at is None else text[:at] + decision.quote + text[at + len(new) :]


@router.post("/d/{identifier}/paper")
async def look_up_paper(request: Request, identifier: str, edited: Edited) -> Response:
    """Ask the public services for the study that the draft reports."""
    service = service_of(request)
    await _save(service, identifier, *edited)
    if await service.look_up_paper(await asyncio.to_thread(service.store.draft, identifier)) is None:
        raise AnnotateError("no study was found that fits; name its journal or authors in the draft, and look again")
    return await _changed(request, identifier, None, None)


@router.post("/d/{identifier}/paper/forget")
async def forget_paper(request: Request, identifier: str, edited: Edited) -> Response:
    """Take the wrong paper away from the draft."""
    service = service_of(request)
    await _save(service, identifier, *edited)
    await asyncio.to_thread(service.store.keep_paper, identifier, None)
    return await _changed(request, identifier, None, None)


@router.post("/d/{identifier}/delete")
async def delete(request: Request, identifier: str) -> Response:
    """Delete a draft."""
    service = service_of(request)
    await asyncio.to_thread(service.store.delete_draft, identifier)
    service.forget()
    return RedirectResponse("/", 303)


@router.get("/d/{identifier}/export/{name}")
async def export(request: Request, identifier: str, name: str) -> Response:
    """The draft with its findings in a format; `draft` is the text as edited."""
    service = service_of(request)
    draft = await asyncio.to_thread(service.store.draft, identifier)
    if name == "draft":
        suffix = ".md" if draft.media_type == "text/markdown" else ".txt"
        return _download(draft.text.encode(), f"{draft.media_type}; charset=utf-8", _stem(draft) + suffix)
    done = await service.render_draft(draft, name)
    return _download(done.body, done.media_type, f"{_stem(draft)}-annotated{done.suffix}")


@router.post("/d/{identifier}/share")
async def share(request: Request, identifier: str) -> Response:
    """Keep the check as it stands, behind a short link."""
    service = service_of(request)
    draft = await asyncio.to_thread(service.store.draft, identifier)
    done = await service.render_draft(draft, "html")
    saved = await asyncio.to_thread(
        service.store.save_check, draft.id, title=draft.title, page=done.body.decode(), author=_user(request)
    )
    if "hx-request" in request.headers:
        return _page(request, "_link", link=f"{request.base_url}c/{saved.id}", path=f"/c/{saved.id}")
    return RedirectResponse(f"/c/{saved.id}", 303)


@router.get("/c/{identifier}")
async def saved_page(request: Request, identifier: str) -> Response:
    """A saved check: the report's own page, whose policy admits its own script and style by their hashes."""
    saved = await asyncio.to_thread(service_of(request).store.saved, identifier)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', saved.page)
    own = policy[1].replace("&#39;", "'") if policy else "default-src 'none'"
    return HTMLResponse(saved.page, headers={"content-security-policy": f"{own}; frame-ancestors 'none'"})


@router.get("/static/report.css")
async def report_style() -> Response:
    """The style of the report's own page, so that both look alike."""
    return Response(report_css(), media_type="text/css")


@cache
def report_css() -> str:
    """The style of the report's own page."""
    from importlib.resources import files

    return files("annotate.render").joinpath("templates/page.css").read_text(encoding="utf-8")


# ── the newsroom ──────────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/insights")
async def insights(request: Request) -> Response:
    """How often each check was right, by what editors decided."""
    store = service_of(request).store
    tallies, reasons, off = await asyncio.gather(
        asyncio.to_thread(store.tallies), asyncio.to_thread(store.reasons), asyncio.to_thread(store.switched_off)
    )
    return _page(request, "insights", rows=insight.rows(checks_by_id(), tallies, reasons, off))


@router.post("/insights/switch")
async def switch(request: Request, check: Annotated[str, Form()], on: Annotated[bool, Form()]) -> Response:
    """Switch a check on or off, for everybody."""
    service = service_of(request)
    if check not in checks_by_id():
        raise AnnotateError("there is no such check")
    await asyncio.to_thread(service.store.switch, check, on=on, author=_user(request))
    await service.refresh()
    return RedirectResponse(f"/insights#{check}", 303)


@router.get("/checks/{name}")
async def explain(request: Request, name: str) -> Response:
    """What a check looks for, why, and what it leaves alone."""
    check = checks_by_id().get(name)
    if check is None:
        raise HTTPException(404, "there is no such check")
    off = await asyncio.to_thread(service_of(request).store.switched_off)
    return _page(
        request,
        "check",
        check=check,
        off=name in off,
        paragraphs=check.doc.strip().split("\n\n")[1:],
        flagged=[re.split(r"\[\[|\]\]", item.text.strip()) for item in check.examples if "[[" in item.text],
        left_alone=[item for item in check.examples if "[[" not in item.text],
    )


@router.get("/privacy")
async def privacy(request: Request) -> Response:
    """What is kept, for how long, and the way to delete it."""
    service = service_of(request)
    database = service.store.engine.url.render_as_string(hide_password=True)
    return _page(request, "privacy", days=service.options.retention_days, database=database)


@router.post("/privacy/delete-everything")
async def delete_everything(request: Request, sure: Annotated[str, Form()] = "") -> Response:
    """Delete every draft, decision and saved check."""
    service = service_of(request)
    if sure.strip().lower() != "delete everything":
        raise AnnotateError("nothing was deleted: type “delete everything” to say that you are sure")
    await asyncio.to_thread(service.store.delete_everything)
    service.forget()
    await service.refresh()
    return RedirectResponse("/", 303)


@router.get("/api/docs")
async def api_docs(request: Request) -> Response:
    """The API, described."""
    return _page(request, "api", schema=request.app.openapi())


@router.get("/login")
async def login_page(request: Request, next: str = "/") -> Response:  # noqa: A002 – the query's own name
    """Where the token is given."""
    return _page(request, "login", next=_local(next))


@router.post("/login")
async def login(request: Request, token: Annotated[str, Form()], next: Annotated[str, Form()] = "/") -> Response:  # noqa: A002
    """Take the token and start a session."""
    wanted = service_of(request).options.token
    if not wanted or not same(token.strip(), wanted):
        return _page(request, "login", 403, next=_local(next), message="that is not the token")
    answer = RedirectResponse(_local(next), 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, session_of(wanted), max_age=_YEAR, httponly=True, samesite="strict", secure=secure)
    return answer


@router.post("/name")
async def name(request: Request, who: Annotated[str, Form()] = "") -> Response:
    """Remember by what name this browser's decisions are kept."""
    answer = RedirectResponse(_local(request.headers.get("referer", "/")), 303)
    answer.set_cookie("annotate_name", quote(clean(who).strip()[:80]), max_age=_YEAR, httponly=True, samesite="strict")
    return answer


# ── shared ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _start(request: Request, status: int = 200, **values: str) -> Response:
    service = service_of(request)
    drafts = await asyncio.to_thread(service.store.recent)
    return _page(request, "start", status, drafts=drafts, limit=service.options.max_bytes, **values)


async def _save(service: Service, identifier: str, text: str | None, revision: int | None) -> None:
    if text is not None:
        await asyncio.to_thread(service.store.save_text, identifier, clean(text), revision=revision)


async def _changed(request: Request, identifier: str, text: str | None, revision: int | None) -> Response:
    """Save, check, and answer with the part of the page that changes, or lead back to the page."""
    service = service_of(request)
    part = "hx-request" in request.headers
    await _save(service, identifier, text, revision)
    draft = await asyncio.to_thread(service.store.draft, identifier)
    if not part:
        return RedirectResponse(f"/d/{identifier}", 303)
    return _page(request, "_results", **await _shown(service, draft))


async def _shown(service: Service, draft: Draft) -> dict[str, Any]:
    """What the draft's page and its changing part show."""
    from annotate.render import formats

    decisions = await asyncio.to_thread(service.store.decisions, draft.id)
    if not draft.text.strip():
        return {"draft": draft, "view": None, "message": "nothing to check yet: write or paste", "formats": formats()}
    try:
        report = await service.check_draft(draft)
    except AnnotateError as error:
        # The editor is half-way through: say what is missing, keep what is typed.
        return {"draft": draft, "view": None, "message": _plain(str(error)), "formats": formats()}
    return {"draft": draft, "view": view(report, decisions, checks_by_id()), "message": "", "formats": formats()}


def _plain(message: str) -> str:
    """A message without the reference it begins with."""
    return message.partition(": ")[2] or message


def _page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    return HTMLResponse(template(name).render(request=request, user=_user(request), **values), status)


def _user(request: Request) -> str:
    from urllib.parse import unquote

    proxied: str = getattr(request.state, "user", "")
    return proxied or unquote(request.cookies.get("annotate_name", ""))[:80]


def _local(address: str) -> str:
    """A path of this server, whatever was asked for."""
    path = re.sub(r"^[a-z]+://[^/]*", "", address, flags=re.IGNORECASE)
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def _download(body: bytes, media_type: str, name: str) -> Response:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(body, media_type=media_type, headers={"content-disposition": disposition})


def _stem(draft: Draft) -> str:
    words = re.sub(r"\W+", "-", draft.title).strip("-")
    return (words if len(words) <= _LONGEST_STEM else words[: _LONGEST_STEM + 1].rpartition("-")[0]) or "draft"
