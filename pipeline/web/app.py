"""The application: its pages, the JSON API beside them, and what guards both."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from pipeline import __version__
from pipeline.web.api import DESCRIPTION
from pipeline.web.api import router as api
from pipeline.web.archive import Archive
from pipeline.web.desk import PAGES as DESK
from pipeline.web.freshness import Freshness
from pipeline.web.guard import Guard
from pipeline.web.pages import PAGES, problem_page
from pipeline.web.people import directory, log, login
from pipeline.web.people.doors import Doors
from pipeline.web.people.gate import REVIEW, Gate
from pipeline.web.people.visit import reader
from pipeline.web.trust import PAGES as TRUST
from pipeline.web.view import prepare

PEOPLE = tuple(module.router for module in (login, directory, log))
"""The pages about people: part of the review."""
_STATIC = Path(__file__).parent / "static"


def create_app(
    archive: Archive, names: Iterable[str] = (), rooms: Iterable[APIRouter] = (), doors: Doors | None = None
) -> FastAPI:
    """The application over an archive.

    `names` are host names that it answers to beside this machine's own. `rooms` are further routers
    that stand beside the pages (the review desk). `doors` say who may come in; without them, who is at this machine.
    """
    doors = doors or Doors()
    writing = () if doors.read_only else (REVIEW,)
    mimetypes.add_type("font/woff2", ".woff2")
    prepare()
    app = FastAPI(
        title="solieu",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        middleware=[
            Middleware(Guard, names=tuple(names), writing=writing),
            Middleware(Gate, doors=doors),
            Middleware(Freshness, key=archive.key, reader=reader, changing=(REVIEW,)),
        ],
    )
    app.state.archive = archive
    app.state.doors = doors
    app.mount("/static/{version}", _Assets(directory=_STATIC), name="static")
    app.include_router(api)
    review = () if doors.read_only else (*PEOPLE, *TRUST, *rooms, *DESK)
    for page in (*PAGES, *review):
        app.include_router(page, include_in_schema=False)
    app.add_exception_handler(HTTPException, _problem)
    app.add_exception_handler(RequestValidationError, _wrong)
    return app


class _Assets(StaticFiles):
    """Files of the program. Their address holds its version, so that a browser may keep them."""

    async def get_response(self, path: str, scope: object) -> Response:
        answer = await super().get_response(path, scope)  # type: ignore[arg-type]
        answer.headers["cache-control"] = "public, max-age=31536000, immutable"
        return answer


def _problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": problem.detail}, problem.status_code)
    return problem_page(request, problem.status_code)


def _wrong(request: Request, problem: Exception) -> Response:
    """What was asked for is not as the API describes it. What was sent is not sent back."""
    assert isinstance(problem, RequestValidationError)
    errors = [{"loc": list(error["loc"]), "msg": error["msg"], "type": error["type"]} for error in problem.errors()]
    return JSONResponse({"detail": errors}, 422)
