"""Whether the server is well, for those who watch over it; and a page about the JSON API."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from pipeline import __version__
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
    entries = [(path, methods["get"]) for path, methods in sorted(paths.items()) if "get" in methods]
    return view.answer("data.html", entries=entries)
