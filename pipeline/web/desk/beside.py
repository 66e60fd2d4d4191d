"""What stands beside a fact: the other sources of its point in the series, and the findings about it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from pipeline.web.queries import facts as queries


@dataclass(frozen=True, slots=True)
class OtherSource:
    """Another observation of the same measure, subject and period, and whether both can be true."""

    fact: sqlite3.Row
    agrees: bool


@dataclass(frozen=True, slots=True)
class Series:
    """The point of the series that a fact is of."""

    point: sqlite3.Row
    others: tuple[OtherSource, ...]
    more: int


_SHOWN = 6


def series_of(db: sqlite3.Connection, obs_id: str) -> Series | None:
    """The point and its other sources, those that contradict first; None for a fact of no series."""
    point = queries.point_of(db, obs_id)
    if point is None:
        return None
    conflicting = [entry.partition(" ")[2] for entry in json.loads(point["others"])]
    sources = [other for other in json.loads(point["obs_ids"]) if other != obs_id]
    own = queries.fact(db, obs_id)
    in_conflict = obs_id in conflicting
    found = []
    for other in dict.fromkeys([*conflicting, *sources]):
        fact = queries.fact(db, other)
        if other == obs_id or fact is None or own is None:
            continue
        agrees = fact["value"] == own["value"] or not (in_conflict or other in conflicting)
        found.append(OtherSource(fact, agrees))
    found.sort(key=lambda source: source.agrees)
    return Series(point, tuple(found[:_SHOWN]), max(0, len(found) - _SHOWN))
