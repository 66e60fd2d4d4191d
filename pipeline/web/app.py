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
from pipeline.web.freshness import Freshness
from pipeline.web.guard import Guard
from pipeline.web.pages import PAGES, problem_page
from pipeline.web.view import prepare

_STATIC = Path(__file__).parent / "static"


def create_app(archive: Archive, names: Iterable[str] = (), rooms: Iterable[APIRouter] = ()) -> FastAPI:
    """The application over an archive.

    `names` are host names that it answers to beside this machine's own. `rooms` are further routers
    that stand beside the pages (the review desk).
    """
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
            Middleware(Guard, names=tuple(names)),
            Middleware(Freshness, key=lambda: archive.snapshot().key),
        ],
    )
    app.state.archive = archive
    app.mount("/static/{version}", _Assets(directory=_STATIC), name="static")
    app.include_router(api)
    for page in (*PAGES, *rooms):
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
