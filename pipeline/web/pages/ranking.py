"""The ranking table of a year."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.web.pages.choice import PeriodChoice, chosen_index, chosen_period
from pipeline.web.queries import indices as queries
from pipeline.web.tabular import Tabular, cell
from pipeline.web.view import View, Viewing

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Place:
    """A province's place: its rank and score as stated.

    `order` is its place by score among those of the archive; `share` is where its score lies between the lowest and the
    highest of them, in percent.
    """

    area: str
    rank: sqlite3.Row | None
    score: sqlite3.Row | None
    order: int | None
    share: float


@router.get("/ranking")
def ranking(view: Viewing) -> Response:
    code, known = chosen_index(view)
    choice, periods = chosen_period(view, code)
    places = places_of(view, code, choice) if choice else []
    columns = (
        "area",
        "province",
        "rank",
        "out_of",
        "score",
        "unit",
        "order_by_score",
        "rank_point_id",
        "score_point_id",
    )
    table = Tabular(f"ranking-{code.lower()}", columns, [
        [place.area, view.names.area(place.area), cell(place.rank, "value"), cell(place.rank, "out_of"),
         cell(place.score, "value"), cell(place.score, "unit"), place.order,
         cell(place.rank, "point_id"), cell(place.score, "point_id")]
        for place in places
    ])  # fmt: skip
    mean = queries.means(view.db, code).get(choice.period) if choice else None
    low, high = ends({place.area: place.score for place in places if place.score})
    return view.answer(
        "ranking.html", table, index=code, indices=known, choice=choice, periods=periods, places=places, mean=mean,
        low=low, high=high, mean_share=along(mean["value"], low, high) if mean else None,
    )  # fmt: skip


def places_of(view: View, code: str, choice: PeriodChoice) -> list[Place]:
    """The provinces with a rank or score in a period, by rank; those without a stated rank by score after them."""

    def of(measure: str) -> dict[str, sqlite3.Row]:
        rows = queries.points(view.db, code, measure, period=choice.period)
        return {row["area"]: row for row in rows if row["area_regime"] == choice.regime}

    ranks, scores = of("rank"), of("score")
    ordered = sorted(scores, key=lambda area: -scores[area]["value"])
    low, high = ends(scores)
    places = [
        Place(
            area, ranks.get(area), scores.get(area), ordered.index(area) + 1 if area in scores else None,
            along(scores[area]["value"], low, high) if area in scores else 0,
        )
        for area in {**ranks, **scores}
    ]  # fmt: skip
    return sorted(
        places, key=lambda place: (place.rank["value"] if place.rank else 999, place.order or 999, place.area)
    )


def ends(scores: dict[str, sqlite3.Row]) -> tuple[float, float]:
    """The lowest and the highest score."""
    values = [row["value"] for row in scores.values()]
    return min(values, default=0.0), max(values, default=0.0)


def along(value: float, low: float, high: float) -> float:
    """Where a value lies between two others, in percent of the way and never outside of it."""
    return min(max(100 * (value - low) / (high - low), 0), 100) if high > low else 100
