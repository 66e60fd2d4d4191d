"""Counts of dossiers and tasks, one row for each subject, level and period, its measures side by side."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.web.folding import words_of
from pipeline.web.queries.conditions import Conditions, Page, last_page

PER_PAGE = 40
Ways = Sequence[tuple[str, ...]]
"""Ways to have a figure, the best first: a measure itself, or several that sum up to it."""
_KEY = ("area", "subject_id", "level", "time_period", "period_start", "period_end")


@dataclass(frozen=True, slots=True)
class CountFilter:
    """What rows are wanted; an empty field wants all."""

    area: str = ""
    year: str = ""
    level: str = ""
    words: str = ""
    status: str = "actual"


@dataclass(frozen=True, slots=True)
class CountRow:
    """What the documents state of one subject, level and period: indicator → point of a series."""

    area: str | None
    subject: str | None
    level: str | None
    period: str
    points: dict[str, sqlite3.Row]

    def stated(self, ways: Ways) -> tuple[str, ...]:
        """The first way whose measures are all stated exactly; an empty one where there is none."""
        return next((way for way in ways if all(self._is_exact(indicator) for indicator in way)), ())

    def value(self, ways: Ways) -> float | None:
        """The value, summed up where the way has several measures; None where no way is stated."""
        way = self.stated(ways)
        return sum(float(self.points[indicator]["value"]) for indicator in way) if way else None

    def _is_exact(self, indicator: str) -> bool:
        return indicator in self.points and bool(self.points[indicator]["comparator"] == "eq")


def rows(
    db: sqlite3.Connection, family: str, leading: str, wanted: CountFilter, number: int, size: int
) -> Page[CountRow]:
    """One page of rows, the newest period first, within it the greatest `leading` measure."""
    conditions = Conditions()
    conditions.add("family = ? AND scope IS NULL", family)
    conditions.equal("obs_status", wanted.status)
    conditions.equal("area", wanted.area)
    conditions.equal("level", wanted.level)
    if wanted.year:
        conditions.add("period_start <= ? AND period_end >= ?", f"{wanted.year}-12-31", f"{wanted.year}-01-01")
    for word in words_of(wanted.words):
        conditions.add("folded(coalesce(subject, '')) LIKE ?", f"%{word}%")
    key = ", ".join(_KEY)
    grouped = f"FROM series{conditions.where} GROUP BY {key}"
    total = db.execute(f"SELECT count(*) FROM (SELECT 1 {grouped})", conditions.values).fetchone()[0]
    number = min(number, last_page(total, size))
    keys = db.execute(
        f"SELECT {key}, min(subject) AS subject, max(CASE WHEN indicator = ? THEN value END) AS leading,"
        f" count(*) AS stated {grouped}"
        " ORDER BY period_end DESC, period_start, area, leading IS NULL, leading DESC, stated DESC, subject, level"
        " LIMIT ? OFFSET ?",
        [leading, *conditions.values, size, (number - 1) * size],
    ).fetchall()
    return Page([_row(db, family, wanted.status, row) for row in keys], total, number, size)


def _row(db: sqlite3.Connection, family: str, status: str, key: sqlite3.Row) -> CountRow:
    same = " AND ".join(f"{name} IS ?" for name in _KEY)
    found = db.execute(
        f"SELECT * FROM series WHERE family = ? AND obs_status = ? AND scope IS NULL AND {same} ORDER BY confidence",
        [family, status, *(key[name] for name in _KEY)],
    )
    points = {row["indicator"]: row for row in found}
    return CountRow(key["area"], key["subject"], key["level"], key["time_period"], points)


def years(db: sqlite3.Connection, family: str) -> list[str]:
    """The years that there are rows of, the newest first."""
    rows = db.execute(
        "SELECT DISTINCT substr(period_end, 1, 4) FROM series WHERE family = ? ORDER BY 1 DESC", (family,)
    )
    return [row[0] for row in rows]


def areas(db: sqlite3.Connection, family: str) -> list[str]:
    """The provinces that there are rows of."""
    return [
        row[0]
        for row in db.execute("SELECT DISTINCT area FROM series WHERE family = ? AND area IS NOT NULL", (family,))
    ]
