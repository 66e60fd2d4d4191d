"""All observations, by filters."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.web.pages.choice import by_name
from pipeline.web.queries import facts as queries
from pipeline.web.queries.facts import FactFilter
from pipeline.web.tabular import Tabular
from pipeline.web.view import View, Viewing

router = APIRouter()

_COLUMNS = (
    "obs_id", "indicator", "index", "value", "value_high", "unit", "comparator", "out_of", "scope", "subject",
    "ref_area", "area_regime", "level", "time_period", "base_period", "obs_status", "confidence", "quote", "doc_id",
)  # fmt: skip
_FILTERS = ("q", "family", "indicator", "index", "area", "year", "status", "flag", "reviewed")


def wanted_of(view: View) -> FactFilter:
    """The filter that the address gives."""
    return FactFilter(*(view.asked(name) for name in _FILTERS))


@router.get("/facts")
def facts(view: Viewing) -> Response:
    wanted = wanted_of(view)
    size = view.rows_wanted(queries.PER_PAGE)
    found = queries.facts(view.db, wanted, view.number_asked("page", 1, 1, 1_000_000), size)
    table = Tabular("facts", _COLUMNS, [[row[name] for name in _COLUMNS] for row in found.rows])
    indicators = [
        row[0]
        for row in view.db.execute(
            "SELECT DISTINCT indicator FROM observations WHERE family = ? OR ? = '' ORDER BY 1", (wanted.family,) * 2
        )
    ]
    return view.answer(
        "facts.html", table, wanted=wanted, found=found, families=queries.families(view.db), indicators=indicators,
        menu=by_name(view, queries.areas(view.db)),
    )  # fmt: skip
