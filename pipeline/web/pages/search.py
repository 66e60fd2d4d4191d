"""Search over facts and full text."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.web.queries import search as queries
from pipeline.web.queries.conditions import one
from pipeline.web.tabular import Tabular
from pipeline.web.view import Viewing

router = APIRouter()

_LONGEST = 200
_COLUMNS = ("obs_id", "indicator", "index", "value", "unit", "subject", "time_period", "quote", "doc_id")


@router.get("/search")
def search(view: Viewing) -> Response:
    query = view.asked("q")[:_LONGEST]
    facts = queries.search_facts(view.db, query)
    number, passages = queries.search_texts(view.db, query)
    table = Tabular("search", _COLUMNS, [[row[name] for name in _COLUMNS] for row in facts.rows])
    return view.answer(
        "search.html", table, query=query, facts=facts, passages=passages, passage_number=number,
        by_number=queries.search_documents(view.db, query) if query else [],
        texts=one(view.db, "SELECT count(DISTINCT doc_id) FROM passages"),
    )  # fmt: skip
