"""Whether the server is well, for those who watch over it; and a page about the JSON API."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from pipeline import __version__
from pipeline.store.tables import TABLES
from pipeline.web.queries.conditions import one
from pipeline.web.view import Viewing

router = APIRouter()


@router.get("/health")
def health(view: Viewing) -> Response:
    counts = {name: one(view.db, f"SELECT count(*) FROM {name}") for name in ("documents", "observations", "series")}
    return JSONResponse({"status": "ok", "version": __version__, "dataset": view.snapshot.key, **counts})


@router.get("/data")
def data(view: Viewing) -> Response:
    paths = view.request.app.openapi()["paths"]
    titles = {table.name: table.vi for table in TABLES} if view.language.code == "vi" else {}
    entries = [
        (path, titles.get(path.removeprefix("/api/"), methods["get"]["summary"]), methods["get"].get("parameters", []))
        for path, methods in sorted(paths.items())
    ]
    return view.answer("data.html", entries=entries)
