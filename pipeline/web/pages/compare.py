"""Several provinces side by side: one index over the years, and all indices of a year."""

from __future__ import annotations

import sqlite3

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.web.charts import Chart, Line, Spot, years_between
from pipeline.web.pages.choice import by_name, chosen_index
from pipeline.web.queries import indices as queries
from pipeline.web.tabular import Tabular
from pipeline.web.view import View, Viewing

router = APIRouter()

_MOST = 8
"""Provinces that can be told apart in one chart."""


@router.get("/compare")
def compare(view: Viewing) -> Response:
    code, known = chosen_index(view)
    measure = "rank" if view.asked("measure") == "rank" else "score"
    possible = queries.areas(view.db, code)
    wanted = [area for area in dict.fromkeys(view.all_asked("area")) if area in possible][:_MOST]
    areas = wanted or possible[:4]
    rows = queries.points(view.db, code, measure, areas) if areas else []
    grid = _grid(view, known, areas, measure)
    columns = ("index", "area", "province", "period", "measure", "value", "unit", "point_id")
    table = Tabular("compare", columns, [
        [row["index"], row["area"], view.names.area(row["area"]), row["time_period"], measure, row["value"],
         row["unit"], row["point_id"]]
        for row in rows
    ])  # fmt: skip
    return view.answer(
        "compare.html", table, index=code, indices=known, measure=measure, menu=by_name(view, possible), areas=areas,
        chart=_chart(view, code, measure, areas, rows), grid=grid, most=_MOST,
    )  # fmt: skip


def _chart(view: View, code: str, measure: str, areas: list[str], rows: list[sqlite3.Row]) -> Chart | None:
    if not rows:
        return None
    lines = [
        Line(view.names.area(area), [
            Spot(view.language.period(row["time_period"]), row["value"], view.value(row), f"/points/{row['point_id']}")
            for row in rows if row["area"] == area
        ])
        for area in areas
    ]  # fmt: skip
    ends = {row["time_period"]: row["period_end"] for row in rows}
    ordered = sorted(ends, key=lambda period: (ends[period], period))
    places = [view.language.period(period) for period in years_between(ordered)]
    title = view.names.index(code, view.language.code)
    return Chart(
        "ranks" if measure == "rank" else "lines",
        title,
        places,
        [line for line in lines if line.spots],
        unit=rows[0]["unit"],
    )


def _grid(view: View, indices: list[str], areas: list[str], measure: str) -> list[tuple[str, list[sqlite3.Row | None]]]:
    """For each index the newest point of each province."""
    grid: list[tuple[str, list[sqlite3.Row | None]]] = []
    for index in indices:
        newest = {row["area"]: row for row in queries.points(view.db, index, measure, areas)} if areas else {}
        if newest:
            grid.append((index, [newest.get(area) for area in areas]))
    return grid
