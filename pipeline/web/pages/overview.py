"""The first page: what the archive holds, how fresh it is, and what wants a look."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.web.charts import Chart, Line, Spot
from pipeline.web.queries import overview as queries
from pipeline.web.tabular import Tabular
from pipeline.web.view import View, Viewing

router = APIRouter()


@router.get("/")
def overview(view: Viewing) -> Response:
    figures = queries.figures(view.db)
    families = queries.families(view.db)
    table = Tabular("overview", ("family", "observations"), [[row["family"], row["number"]] for row in families])
    return view.answer(
        "overview.html",
        table,
        figures=figures,
        families=families,
        years=_years(view),
        coverage=queries.coverage(view.db),
        newest=queries.newest(view.db),
        gravest=queries.gravest(view.db),
        indices=queries.latest_indices(view.db),
    )


def _years(view: View) -> Chart | None:
    rows = queries.years(view.db)
    if not rows:
        return None
    say = view.language.say
    lines = [
        Line(say(f"overview.{name}"), [
            Spot(row["year"], row[name], view.language.number(row[name]), f"/facts?year={row['year']}") for row in rows
        ], kind)
        for name, kind in (("actual", "main"), ("others", "target"))
    ]  # fmt: skip
    return Chart("bars", say("overview.by_year"), [row["year"] for row in rows], lines, stacked=True)
