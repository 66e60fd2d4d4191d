"""The list of documents."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.web.queries import documents as queries
from pipeline.web.queries.facts import areas
from pipeline.web.tabular import Tabular
from pipeline.web.view import Viewing

router = APIRouter()


@router.get("/documents")
def documents(view: Viewing) -> Response:
    found = queries.documents(
        view.db, view.asked("q"), view.asked("area"), view.asked("type"), view.asked("year"), view.asked("status"),
        view.number_asked("page", 1, 1, 100_000), view.rows_wanted(queries.PER_PAGE),
    )  # fmt: skip
    columns = (
        "doc_id",
        "path",
        "title",
        "doc_type",
        "number",
        "issuer",
        "area",
        "day",
        "pages",
        "facts",
        "findings",
        "status",
    )
    table = Tabular("documents", columns, [[row[name] for name in columns] for row in found.rows])
    types = [
        row[0] for row in view.db.execute("SELECT DISTINCT doc_type FROM documents WHERE doc_type > '' ORDER BY 1")
    ]
    years = [
        row[0]
        for row in view.db.execute("SELECT DISTINCT substr(day, 1, 4) FROM documents WHERE day > '' ORDER BY 1 DESC")
    ]
    return view.answer(
        "documents.html", table, found=found, types=types, years=years, areas=areas(view.db, "documents")
    )
