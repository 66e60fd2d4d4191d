"""A tile map: each province one tile near its place on the map, coloured by its value."""

from __future__ import annotations

import csv
import sqlite3
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.web.pages.choice import chosen_index, chosen_period
from pipeline.web.pages.ranking import places_of
from pipeline.web.tabular import Tabular
from pipeline.web.view import Viewing

router = APIRouter()

TILES = Path(__file__).parents[1] / "tiles.csv"
STEPS = 5
"""Shades of colour."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A province's tile: its place in the grid (from the top left), a short name, and its point and shade, if any."""

    area: str
    row: int
    column: int
    short: str
    point: sqlite3.Row | None = None
    shade: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A shade of the legend and the values that have it."""

    shade: int
    low: float
    high: float
    number: int


@cache
def grid(regime: str) -> tuple[Tile, ...]:
    """The tiles of a list of provinces."""
    with TILES.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Tile(f"{regime}-{row['code']}", int(row["row"]), int(row["column"]), row["short"])
            for row in csv.DictReader(stream)
            if row["regime"] == regime
        )


@router.get("/map")
def map_of_provinces(view: Viewing) -> Response:
    code, known = chosen_index(view)
    choice, periods = chosen_period(view, code)
    measure = "rank" if view.asked("measure") == "rank" else "score"
    places = places_of(view, code, choice) if choice else []
    points = {place.area: point for place in places if (point := getattr(place, measure)) is not None}
    shades, steps = shaded({area: point["value"] for area, point in points.items()}, best_is_high=measure == "score")
    tiles = [
        Tile(tile.area, tile.row, tile.column, tile.short, points.get(tile.area), shades.get(tile.area, 0))
        for tile in grid(choice.regime if choice else "34")
    ]
    table = Tabular(f"map-{code.lower()}", ("area", "province", measure, "unit", "point_id"), [
        [tile.area, view.names.area(tile.area), tile.point["value"], tile.point["unit"], tile.point["point_id"]]
        for tile in tiles if tile.point
    ])  # fmt: skip
    return view.answer(
        "map.html", table, index=code, indices=known, choice=choice, periods=periods, measure=measure, tiles=tiles,
        steps=steps, down=1 + max(tile.row for tile in tiles), across=1 + max(tile.column for tile in tiles),
        ordered=_best_first(tiles, best_is_high=measure == "score"),
    )  # fmt: skip


def _best_first(tiles: list[Tile], best_is_high: bool) -> list[Tile]:
    valued = [(tile.point["value"], tile) for tile in tiles if tile.point]
    return [tile for _, tile in sorted(valued, key=lambda pair: (-pair[0] if best_is_high else pair[0], pair[1].area))]


def shaded(values: dict[str, float], best_is_high: bool) -> tuple[dict[str, int], list[Step]]:
    """Shades from 1 to STEPS, as many provinces in each as can be; equal values have one shade; STEPS is best."""
    ordered = sorted(values.values(), reverse=not best_is_high)
    shades = {area: 1 + ordered.index(value) * STEPS // len(ordered) for area, value in values.items()}
    steps = []
    for shade in range(STEPS, 0, -1):
        own = [value for area, value in values.items() if shades[area] == shade]
        if own:
            steps.append(Step(shade, min(own), max(own), len(own)))
    return shades, steps
