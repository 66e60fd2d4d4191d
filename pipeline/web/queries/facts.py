"""Observations: all of them by filters, one with its evidence, and the points of series that they give."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from pipeline.web.folding import words_of
from pipeline.web.queries import standing
from pipeline.web.queries.conditions import Conditions, Page, paged

PER_PAGE = 50
_COLUMNS = (
    "observations.*, documents.title AS document_title, documents.number AS document_number, documents.path,"
    f" {standing.COLUMNS}"
)
_SOURCE = f"observations JOIN documents USING (doc_id){standing.JOINED}"


@dataclass(frozen=True, slots=True)
class FactFilter:
    """What observations are wanted; an empty field wants all."""

    words: str = ""
    family: str = ""
    indicator: str = ""
    index: str = ""
    area: str = ""
    year: str = ""
    status: str = ""
    flag: str = ""
    reviewed: str = ""

    def conditions(self) -> Conditions:
        """As conditions on `observations`."""
        conditions = Conditions()
        conditions.equal("observations.family", self.family)
        conditions.equal("observations.indicator", self.indicator)
        conditions.equal('observations."index"', self.index)
        conditions.equal("observations.area", self.area)
        conditions.equal("observations.obs_status", self.status)
        if self.year:
            conditions.add(
                "observations.period_start <= ? AND observations.period_end >= ?",
                f"{self.year}-12-31",
                f"{self.year}-01-01",
            )
        if self.flag:
            conditions.add("EXISTS (SELECT 1 FROM json_each(observations.flags) WHERE value = ?)", self.flag)
        if self.reviewed:
            conditions.add(standing.REVIEWED)
        if words := words_of(self.words):
            conditions.add(
                "observations.rowid IN (SELECT rowid FROM fact_words WHERE fact_words MATCH ?)", all_words(words)
            )
        return conditions


def all_words(words: list[str]) -> str:
    """An FTS5 query for texts with all words; the last may be the beginning of one."""
    return " AND ".join(f'"{word}"' for word in words) + "*"


def facts(db: sqlite3.Connection, wanted: FactFilter, number: int, size: int) -> Page[sqlite3.Row]:
    """One page of the observations, as they stand in their documents."""
    return paged(db, _COLUMNS, _SOURCE, wanted.conditions(), "observations.rowid", number, size)


def fact(db: sqlite3.Connection, obs_id: str) -> sqlite3.Row | None:
    """One observation with its document's name."""
    row: sqlite3.Row | None = db.execute(
        f"SELECT {_COLUMNS} FROM {_SOURCE} WHERE observations.obs_id = ?", (obs_id,)
    ).fetchone()
    return row


def evidence(db: sqlite3.Connection, obs_id: str) -> list[sqlite3.Row]:
    """The words that an observation rests on, in the order of the text."""
    return db.execute("SELECT * FROM evidence WHERE obs_id = ? ORDER BY char_start, role", (obs_id,)).fetchall()


def point(db: sqlite3.Connection, point_id: str) -> sqlite3.Row | None:
    """A point of a series."""
    row: sqlite3.Row | None = db.execute("SELECT * FROM series WHERE point_id = ?", (point_id,)).fetchone()
    return row


def point_of(db: sqlite3.Connection, obs_id: str) -> sqlite3.Row | None:
    """The point of a series that an observation gives."""
    row: sqlite3.Row | None = db.execute(
        "SELECT series.* FROM point_observations AS part JOIN series USING (point_id) WHERE part.obs_id = ?", (obs_id,)
    ).fetchone()
    return row


def along_time(db: sqlite3.Connection, series_id: str) -> list[sqlite3.Row]:
    """All points of a series, the earliest first."""
    return db.execute(
        "SELECT * FROM series WHERE series_id = ? ORDER BY period_end, period_start", (series_id,)
    ).fetchall()


def around(db: sqlite3.Connection, doc_id: str, start: int, end: int, reach: int = 220) -> tuple[str, str, str] | None:
    """The words before a quote, the quote, and the words after it; None where the text was not kept."""
    row = db.execute(
        "SELECT char_start, text FROM passages WHERE doc_id = ? AND char_start <= ? ORDER BY char_start DESC LIMIT 1",
        (doc_id, start),
    ).fetchone()
    if row is None or end > row["char_start"] + len(row["text"]):
        return None
    text, at = row["text"], row["char_start"]
    before, after = text[: start - at], text[end - at :]
    if len(before) > reach:
        before = "…" + before[-reach:].partition(" ")[2]
    if len(after) > reach:
        after = after[:reach].rpartition(" ")[0] + "…"
    return before, text[start - at : end - at], after


def families(db: sqlite3.Connection) -> list[str]:
    """The families of measures that there are observations of."""
    return [row[0] for row in db.execute("SELECT DISTINCT family FROM observations ORDER BY family")]


def areas(db: sqlite3.Connection, table: str = "observations") -> list[str]:
    """The provinces that `table` speaks of."""
    return [row[0] for row in db.execute(f"SELECT DISTINCT area FROM {table} WHERE area IS NOT NULL ORDER BY area")]
