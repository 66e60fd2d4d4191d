"""Provinces in time: what went into a province on 1 July 2025, side by side with it and never added up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.series.resolve import Point
from pipeline.values.provinces import Province


@dataclass(frozen=True, slots=True)
class Strand:
    """The points of one province in one list, in the order of their periods."""

    province: Province
    points: tuple[Point, ...]


def side_by_side(points: Iterable[Point], code: str, provinces: Iterable[Province]) -> tuple[Strand, ...]:
    """One strand for each province of the 63 that went into the province `code` of the 34, and one for itself.

    `points` are those of one measure. Only provinces as a whole are shown, no agency of theirs. Raises
    KeyError where the 34 have no such code.
    """
    last = {(province.regime, province.code): province for province in provinces}
    merged = last["34", code]
    before = [p for (regime, _), p in sorted(last.items()) if regime == "63" and p.successor == merged.name]
    of_province: dict[tuple[str, str], list[Point]] = {(p.regime, p.code): [] for p in (*before, merged)}
    for point in points:
        if point.key.who == "" and point.area_regime is not None and point.ref_area is not None:
            of_province.get((point.area_regime, point.ref_area), []).append(point)
    return tuple(Strand(p, tuple(sorted(of_province[p.regime, p.code], key=_when))) for p in (*before, merged))


def _when(point: Point) -> tuple[object, ...]:
    return (point.period_start, point.period_end, point.point_id)
