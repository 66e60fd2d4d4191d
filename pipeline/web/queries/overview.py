"""What the archive holds, in figures."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from pipeline.web.queries.conditions import one


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of the whole dataset."""

    documents: int
    failed: int
    facts: int
    provinces: int
    findings: int
    grave: int
    unexplained: int
    quantities: int
    newest: str | None
    conflicts: int


_PROVINCES = (
    "SELECT (SELECT name FROM provinces WHERE area_regime || '-' || code = spoken_of.area ORDER BY valid_from DESC"
    " LIMIT 1) AS name FROM (SELECT DISTINCT area FROM observations WHERE area IS NOT NULL) AS spoken_of"
)
"""The provinces that there are facts of: one of both lists is one, and has its last name."""


def figures(db: sqlite3.Connection) -> Figures:
    """All counts."""
    return Figures(
        one(db, "SELECT count(*) FROM documents"),
        one(db, "SELECT count(*) FROM documents WHERE status = 'failed'"),
        one(db, "SELECT count(*) FROM observations"),
        one(db, f"SELECT count(DISTINCT name) FROM ({_PROVINCES})"),
        one(db, "SELECT count(*) FROM checks"),
        one(db, "SELECT count(*) FROM checks WHERE severity != 'info'"),
        one(db, "SELECT count(*) FROM numerals WHERE class = 'unexplained'"),
        one(db, "SELECT count(*) FROM numerals WHERE class = 'quantity'"),
        one(db, "SELECT max(day) FROM documents"),
        one(db, "SELECT count(*) FROM series WHERE agreement = 'conflict'"),
    )


def families(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """How many observations each family of measures has."""
    return db.execute(
        "SELECT family, count(*) AS number FROM observations GROUP BY family ORDER BY number DESC"
    ).fetchall()


def years(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """How many observations end in each year, results and others."""
    return db.execute(
        "SELECT substr(period_end, 1, 4) AS year, sum(obs_status = 'actual') AS actual,"
        " sum(obs_status != 'actual') AS others FROM observations WHERE period_end IS NOT NULL"
        " GROUP BY year ORDER BY year"
    ).fetchall()


def coverage(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Provinces with the most observations."""
    return db.execute(
        "SELECT area, count(*) AS number FROM observations WHERE area IS NOT NULL GROUP BY area"
        " ORDER BY number DESC LIMIT 12"
    ).fetchall()


def newest(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """The newest documents."""
    return db.execute("SELECT * FROM documents WHERE day IS NOT NULL ORDER BY day DESC, path LIMIT 6").fetchall()


def gravest(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Findings to look at first, with their document."""
    return db.execute(
        "SELECT checks.*, documents.title AS document_title, documents.path FROM checks JOIN documents USING (doc_id)"
        " ORDER BY instr('error warning info', severity), check_id LIMIT 5"
    ).fetchall()


def latest_indices(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """For each index its newest period with a province's score, and the best score that the archive has of it."""
    of_provinces = (
        "FROM series WHERE family = 'index' AND indicator = 'index.score' AND whole = 1 AND obs_status = 'actual'"
        " AND comparator = 'eq'"
    )
    newest = db.execute(
        f'SELECT "index", max(period_end) AS period_end {of_provinces} AND "index" NOT LIKE ? GROUP BY "index"',
        ("%/%",),
    ).fetchall()
    return [
        db.execute(
            f'SELECT *, max(value) {of_provinces} AND "index" = ? AND period_end = ?', (row["index"], row["period_end"])
        ).fetchone()
        for row in newest
    ]
