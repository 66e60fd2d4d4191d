"""An index page: one province's score and rank over the years, against mean and leader."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.web.charts import Chart, Line, Spot, years_between
from pipeline.web.pages.choice import by_name, chosen_index
from pipeline.web.queries import indices as queries
from pipeline.web.queries.indices import Leader
from pipeline.web.tabular import Cell, Tabular, cell
from pipeline.web.view import View, Viewing

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Year:
    """One period of a province: its points, and what they stand against.

    since: the period that the changes are reckoned from, where years lie between.
    """

    period: str
    score: sqlite3.Row | None
    rank: sqlite3.Row | None
    change: float | None
    rank_change: float | None
    since: str
    mean: sqlite3.Row | None
    leader: Leader | None


@router.get("/indices")
def index(view: Viewing) -> Response:
    code, known = chosen_index(view)
    areas = queries.areas(view.db, code)
    area = view.asked("area")
    area = area if area in areas else (areas[0] if areas else "")
    if not area:
        return view.answer("index.html", index="", indices=known, menu={}, area="", years=[], charts=[], components=[],
                           before=[], targets=[])  # fmt: skip
    scores = queries.points(view.db, code, "score")
    ranks = queries.points(view.db, code, "rank")
    years = _years(view, code, area, scores, ranks)
    before = [
        province for province in view.names.predecessors(area) if province.area in areas and province.area != area
    ]
    targets = queries.points(view.db, code, "score", [area], status="target")
    charts = [
        _scores(view, code, area, years, [row for row in scores if row["area"] in {p.area for p in before}], targets),
        _ranks(view, area, years, [row for row in ranks if row["area"] in {p.area for p in before}]),
    ]
    columns = (
        "period",
        "score",
        "change",
        "rank",
        "out_of",
        "rank_change",
        "mean",
        "leader",
        "leader_score",
        "point_id",
    )
    table = Tabular(f"{code.lower()}-{area}", columns, [_row(view, year) for year in years])
    return view.answer(
        "index.html", table, index=code, indices=known, menu=by_name(view, areas), area=area, years=years,
        charts=[chart for chart in charts if chart], components=queries.components(view.db, code, area), before=before,
        targets=targets,
    )  # fmt: skip


def _years(view: View, code: str, area: str, scores: list[sqlite3.Row], ranks: list[sqlite3.Row]) -> list[Year]:
    mine = {row["time_period"]: row for row in scores if row["area"] == area}
    placed = {row["time_period"]: row for row in ranks if row["area"] == area}
    means, leaders = queries.means(view.db, code), queries.leaders(scores, ranks)
    ends = {row["time_period"]: row["period_end"] for row in (*mine.values(), *placed.values())}
    years: list[Year] = []
    for period in sorted(ends, key=lambda period: (ends[period], period)):
        score, rank, last = mine.get(period), placed.get(period), years[-1] if years else None
        change = score["value"] - last.score["value"] if score and last and last.score else None
        moved = last.rank["value"] - rank["value"] if rank and last and last.rank else None
        leader = leaders.get((area.partition("-")[0], period))
        reckoned = change is not None or moved is not None
        since = last.period if last and reckoned and len(years_between([last.period, period])) > 2 else ""
        years.append(Year(period, score, rank, change, moved, since, means.get(period), leader))
    return years


def _row(view: View, year: Year) -> list[Cell]:
    score, rank = year.score, year.rank
    return [
        year.period, cell(score, "value"), year.change, cell(rank, "value"), cell(rank, "out_of"),
        year.rank_change, cell(year.mean, "value"), view.names.area(year.leader.area) if year.leader else None,
        year.leader.point["value"] if year.leader else None, cell(score or rank, "point_id"),
    ]  # fmt: skip


def _spot(view: View, row: sqlite3.Row, note: str = "") -> Spot:
    said = view.language.period(row["time_period"])
    return Spot(said, row["value"], view.value(row), f"/points/{row['point_id']}", note)


def _scores(
    view: View, code: str, area: str, years: list[Year], before: list[sqlite3.Row], targets: list[sqlite3.Row]
) -> Chart | None:
    own = [year.score for year in years if year.score]
    if not own:
        return None
    say, names = view.language.say, view.names
    lines = [Line(names.area(area), [_spot(view, row, _note(view, row)) for row in own], "main")]
    means = [year.mean for year in years if year.mean]
    if means:
        lines.append(Line(say("index.mean"), [_spot(view, row) for row in means], "mean"))
    leaders = [year.leader for year in years if year.leader and year.leader.area != area]
    if leaders:
        lines.append(
            Line(say("index.leader"), [_spot(view, one.point, names.area(one.area)) for one in leaders], "leader")
        )
    if targets:
        lines.append(Line(say("index.target"), [_spot(view, row) for row in targets], "target"))
    lines += _of_others(view, before)
    title = say("index.score_of", index=names.index(code, view.language.code))
    return Chart("lines", title, _places(view, [*own, *means, *targets, *before]), lines, unit=own[0]["unit"])


def _ranks(view: View, area: str, years: list[Year], before: list[sqlite3.Row]) -> Chart | None:
    own = [year.rank for year in years if year.rank]
    if not own:
        return None
    lines = [
        Line(view.names.area(area), [_spot(view, row, _note(view, row)) for row in own], "main"),
        *_of_others(view, before),
    ]
    return Chart(
        "ranks", view.language.say("index.rank_over_years"), _places(view, [*own, *before]), lines, unit="rank"
    )


def _of_others(view: View, rows: list[sqlite3.Row]) -> list[Line]:
    areas = dict.fromkeys(row["area"] for row in rows)
    return [
        Line(view.names.area(area), [_spot(view, row) for row in rows if row["area"] == area], "before")
        for area in areas
    ]


def _note(view: View, row: sqlite3.Row) -> str:
    """What a reader must know of a point before trusting it."""
    if row["origin"] != "stated":
        return view.names.code("origins", row["origin"], view.language.code)
    return view.language.say("evidence.conflict") if row["agreement"] == "conflict" else ""


def _places(view: View, rows: list[sqlite3.Row]) -> list[str]:
    """The periods of the axis in their order, in words."""
    ends = {row["time_period"]: row["period_end"] for row in rows}
    ordered = sorted(ends, key=lambda period: (ends[period], period))
    return [view.language.period(period) for period in years_between(ordered)]
