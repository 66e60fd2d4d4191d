"""Provinces' index scores and ranks out of the series."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from pipeline.web.folding import fold
from pipeline.web.queries.conditions import Conditions

_NATIONAL = ("ca nuoc", "toan quoc", "trung binh ca nuoc", "63 tinh", "34 tinh", "cac tinh, thanh pho")


@dataclass(frozen=True, slots=True)
class Leader:
    """Who leads in a period: the province with rank 1, else (`ranked` false) the best score."""

    area: str
    point: sqlite3.Row
    ranked: bool


def indices(db: sqlite3.Connection) -> list[str]:
    """The indices (no components) of which a province has a score or rank, the best covered first."""
    rows = db.execute(
        "SELECT \"index\", count(*) AS number FROM series WHERE family = 'index' AND whole AND obs_status = 'actual'"
        " AND indicator IN ('index.score', 'index.rank') AND \"index\" NOT LIKE '%/%'"
        ' GROUP BY "index" ORDER BY number DESC, "index"'
    )
    return [row["index"] for row in rows]


def areas(db: sqlite3.Connection, index: str) -> list[str]:
    """The provinces that have a score or rank of an index, those with the most first."""
    rows = db.execute(
        "SELECT area, count(*) AS number FROM series WHERE family = 'index' AND \"index\" = ? AND whole"
        " AND indicator IN ('index.score', 'index.rank') AND obs_status = 'actual'"
        " GROUP BY area ORDER BY number DESC, area",
        (index,),
    )
    return [row["area"] for row in rows]


def points(
    db: sqlite3.Connection,
    index: str,
    measure: str,
    areas: list[str] | None = None,
    period: str = "",
    status: str = "actual",
) -> list[sqlite3.Row]:
    """Provinces' points of `measure` (score, rank, score_change, rank_change), by time.

    A rank is one among all provinces, never one of a region; of several values of a province and period
    the one with a scope stands.
    """
    conditions = Conditions()
    conditions.add("family = 'index' AND \"index\" = ? AND indicator = ? AND whole = 1", index, f"index.{measure}")
    conditions.add("obs_status = ? AND level IS NULL AND (scope IS NULL OR scope = 'national')", status)
    conditions.among("area", areas or [])
    conditions.equal("time_period", period)
    rows = db.execute(
        f"SELECT * FROM series{conditions.where} ORDER BY period_end, period_start, scope", conditions.values
    ).fetchall()
    return list({(row["area"], row["time_period"]): row for row in rows}.values())


def means(db: sqlite3.Connection, index: str) -> dict[str, sqlite3.Row]:
    """The means over all provinces that documents state, by period."""
    rows = db.execute(
        "SELECT * FROM series WHERE family = 'index' AND \"index\" = ? AND indicator = 'index.mean_score'"
        " AND area IS NULL AND obs_status = 'actual'",
        (index,),
    )
    return {row["time_period"]: row for row in rows if fold(row["subject"] or "").startswith(_NATIONAL)}


def leaders(scores: list[sqlite3.Row], ranks: list[sqlite3.Row]) -> dict[tuple[str, str], Leader]:
    """Who leads, by list of provinces and period. `scores` and `ranks` are those of all provinces.

    Where no document states rank 1, the best score counts only if the archive has two thirds of the provinces.
    """
    first = {(row["area_regime"], row["time_period"]): row["area"] for row in ranks if row["value"] == 1}
    by_period: defaultdict[tuple[str, str], list[sqlite3.Row]] = defaultdict(list)
    for row in scores:
        if row["comparator"] == "eq":
            by_period[row["area_regime"], row["time_period"]].append(row)
    found: dict[tuple[str, str], Leader] = {}
    for key, rows in by_period.items():
        ranked = next((row for row in rows if row["area"] == first.get(key)), None)
        if ranked is None and 3 * len(rows) < 2 * int(key[0]):
            continue
        best = ranked or max(rows, key=lambda row: row["value"])
        found[key] = Leader(best["area"], best, ranked is not None)
    return found


def periods(db: sqlite3.Connection, index: str) -> list[sqlite3.Row]:
    """The periods with provinces' scores or ranks: list, period, how many; the newest first."""
    return db.execute(
        "SELECT area_regime, time_period, count(DISTINCT area) AS number FROM series"
        " WHERE family = 'index' AND \"index\" = ? AND whole AND obs_status = 'actual' AND level IS NULL"
        " AND indicator IN ('index.score', 'index.rank') AND (scope IS NULL OR scope = 'national')"
        " GROUP BY area_regime, time_period ORDER BY max(period_end) DESC, number DESC",
        (index,),
    ).fetchall()


def components(db: sqlite3.Connection, index: str, area: str) -> list[sqlite3.Row]:
    """A province's newest scores of the components of an index."""
    return db.execute(
        "SELECT *, max(period_end) FROM series WHERE family = 'index' AND indicator = 'index.score' AND area = ?"
        ' AND whole AND obs_status = \'actual\' AND "index" LIKE ? GROUP BY "index" ORDER BY "index"',
        (area, f"{index}/%"),
    ).fetchall()
