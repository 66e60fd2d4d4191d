"""The pages, one module each. A page reads what the address asks for, queries, and fills its template."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from pipeline.web.pages import (
    compare,
    counts,
    document,
    documents,
    evidence,
    facts,
    findings,
    health,
    index,
    overview,
    ranking,
    search,
    tile_map,
)  # fmt: skip
from pipeline.web.view import one_view

PAGES = tuple(
    module.router
    for module in (
        overview, index, compare, ranking, tile_map, counts, documents, document, evidence, facts, findings, search,
        health,
    )
)  # fmt: skip
"""Every page's router."""


def problem_page(request: Request, status: int) -> Response:
    """A page that tells that something is not here, or went wrong."""
    with one_view(request) as view:
        return view.answer("problem.html", status=status, code_of_problem=status)
