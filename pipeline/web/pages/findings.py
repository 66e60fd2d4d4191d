"""What does not add up, and the numbers that nothing explains."""

from __future__ import annotations

import json

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.web.queries import facts as fact_queries
from pipeline.web.queries.conditions import Conditions, paged
from pipeline.web.tabular import Tabular
from pipeline.web.view import Viewing

router = APIRouter()

_PER_PAGE = 40
_DOCUMENT = "documents.title AS document_title, documents.number AS document_number, documents.path"


@router.get("/findings")
def findings(view: Viewing) -> Response:
    conditions = Conditions()
    conditions.equal("severity", view.asked("severity"))
    conditions.equal('"check"', view.asked("check"))
    found = paged(
        view.db, f"checks.*, {_DOCUMENT}", "checks JOIN documents USING (doc_id)", conditions,
        "instr('error warning info', severity), \"check\", doc_id, message",
        view.number_asked("page", 1, 1, 100_000), view.rows_wanted(_PER_PAGE),
    )  # fmt: skip
    columns = ("check_id", "doc_id", "check", "severity", "message", "expected", "found", "obs_ids")
    table = Tabular("findings", columns, [[row[name] for name in columns] for row in found.rows])
    kinds = view.db.execute('SELECT "check" AS kind, count(*) AS number FROM checks GROUP BY 1 ORDER BY 1').fetchall()
    grades = view.db.execute("SELECT severity, count(*) AS number FROM checks GROUP BY 1").fetchall()
    facts = {
        row["check_id"]: [fact for obs_id in json.loads(row["obs_ids"]) if (fact := fact_queries.fact(view.db, obs_id))]
        for row in found.rows
    }
    return view.answer("findings.html", table, found=found, kinds=kinds, grades=grades, facts=facts)


@router.get("/unexplained")
def unexplained(view: Viewing) -> Response:
    kind = "quantity" if view.asked("class") == "quantity" else "unexplained"
    conditions = Conditions()
    conditions.equal("class", kind)
    found = paged(
        view.db, f"numerals.*, {_DOCUMENT}", "numerals JOIN documents USING (doc_id)", conditions,
        "numerals.doc_id, char_start", view.number_asked("page", 1, 1, 100_000), view.rows_wanted(_PER_PAGE),
    )  # fmt: skip
    columns = ("doc_id", "class", "quote", "note", "char_start", "char_end", "page")
    table = Tabular(kind, columns, [[row[name] for name in columns] for row in found.rows])
    words = [fact_queries.around(view.db, row["doc_id"], row["char_start"], row["char_end"], 90) for row in found.rows]
    return view.answer("unexplained.html", table, found=found, kind=kind, words=words)
