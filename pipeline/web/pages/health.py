"""Whether the server is well, for those who watch over it; and a page about the JSON API."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from pipeline import __version__
from pipeline.store.tables import TABLES
from pipeline.web.queries.conditions import one
from pipeline.web.view import View, Viewing

router = APIRouter()


@router.get("/health")
def health(view: Viewing) -> Response:
    counts = {name: one(view.db, f"SELECT count(*) FROM {name}") for name in ("documents", "observations", "series")}
    return JSONResponse({"status": "ok", "version": __version__, "dataset": view.snapshot.key, **counts})


@router.get("/data")
def data(view: Viewing) -> Response:
    paths = view.request.app.openapi()["paths"]
    entries = [
        (path, _gives(view, path, methods["get"]["summary"]), methods["get"].get("parameters", []))
        for path, methods in sorted(paths.items())
    ]
    return view.answer("data.html", entries=entries)


def _gives(view: View, path: str, summary: str) -> str:
    """What an address of the API gives, in the reader's language; `summary` says it in English."""
    name = path.removeprefix("/api")
    titles = {f"/{table.name}": table.vi for table in TABLES} if view.language.code == "vi" else {}
    return titles.get(name) or view.language.said_or(f"data.path.{name}", summary)
