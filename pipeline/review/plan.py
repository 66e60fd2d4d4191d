"""What is to be looked at, by whom: samples, assignments, and the share that two people look at.

`plan.sqlite` in the folder of the dataset. Facts are named by their ids and queues by the query of their address, so
that a plan outlives runs.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.review.sampling import twice

PLAN_NAME = "plan.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS samples (
    name TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    seed TEXT NOT NULL,
    made_by TEXT NOT NULL,
    at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sample_facts (
    sample TEXT NOT NULL REFERENCES samples,
    obs_id TEXT NOT NULL,
    stratum TEXT NOT NULL,
    PRIMARY KEY (sample, obs_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS strata (
    sample TEXT NOT NULL REFERENCES samples,
    stratum TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (sample, stratum)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS assignments (
    reviewer TEXT NOT NULL,
    query TEXT NOT NULL,
    assigned_by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (reviewer, query)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class TakenError(ValueError):
    """There is a sample of that name already."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample that was drawn: simple, or stratified by rule; `seed` draws it again."""

    name: str
    kind: str
    size: int
    seed: str
    made_by: str
    at: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A queue that somebody is to work through: `query` is its filter, as in the address ("area=63-14")."""

    reviewer: str
    query: str
    assigned_by: str
    at: str


class Plan:
    """The plan of the dataset in a folder. Its file is made with the first change; until then there is no plan."""

    def __init__(self, dataset: Path) -> None:
        self._path = dataset / PLAN_NAME
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None

    def attach(self, db: sqlite3.Connection) -> None:
        """Let queries on `db` read `plan.sample_facts`, and ask `looked_at_twice(obs_id)`."""
        if self._path.exists():
            db.execute("ATTACH DATABASE ? AS plan", (f"{self._path.absolute().as_uri()}?mode=ro",))
        else:
            db.execute("ATTACH DATABASE ':memory:' AS plan")
            db.execute("CREATE TABLE plan.sample_facts (sample TEXT, obs_id TEXT, stratum TEXT)")
        part = self.double()
        db.create_function("looked_at_twice", 1, lambda obs_id: twice(obs_id, part), deterministic=True)

    def samples(self) -> list[Sample]:
        """Every sample, the newest first."""
        return [Sample(*row) for row in self._ask("SELECT name, kind, size, seed, made_by, at FROM samples"
                                                  " ORDER BY at DESC, name")]  # fmt: skip

    def add_sample(self, sample: Sample, facts: Mapping[str, str], strata: Mapping[str, int]) -> None:
        """Keep a sample: its facts, each with its stratum, and how many facts each stratum had. Raises TakenError."""
        with self._writing() as db:
            if db.execute("SELECT 1 FROM samples WHERE name = ?", (sample.name,)).fetchone():
                raise TakenError(sample.name)
            db.execute(
                "INSERT INTO samples VALUES (?, ?, ?, ?, ?, ?)",
                (sample.name, sample.kind, sample.size, sample.seed, sample.made_by, sample.at),
            )
            db.executemany(
                "INSERT INTO sample_facts VALUES (?, ?, ?)",
                [(sample.name, obs_id, stratum) for obs_id, stratum in facts.items()],
            )
            db.executemany(
                "INSERT INTO strata VALUES (?, ?, ?)",
                [(sample.name, stratum, size) for stratum, size in strata.items()],
            )

    def strata(self, sample: str) -> dict[str, int]:
        """How many facts each stratum of a sample had when it was drawn."""
        return {row[0]: int(row[1]) for row in self._ask("SELECT stratum, size FROM strata WHERE sample = ?", sample)}

    def assignments(self, reviewer: str | None = None) -> list[Assignment]:
        """Every assignment, or those of one reviewer; the newest first."""
        where, values = ("", ()) if reviewer is None else (" WHERE reviewer = ?", (reviewer,))
        query = f"SELECT reviewer, query, assigned_by, at FROM assignments{where} ORDER BY at DESC, reviewer, query"
        return [Assignment(*row) for row in self._ask(query, *values)]

    def assign(self, assignment: Assignment) -> None:
        """Give a queue to a reviewer; given again, it stays as it was."""
        with self._writing() as db:
            db.execute(
                "INSERT OR IGNORE INTO assignments VALUES (?, ?, ?, ?)",
                (assignment.reviewer, assignment.query, assignment.assigned_by, assignment.at),
            )

    def release(self, reviewer: str, query: str) -> None:
        """Take a queue from a reviewer."""
        with self._writing() as db:
            db.execute("DELETE FROM assignments WHERE reviewer = ? AND query = ?", (reviewer, query))

    def double(self) -> float:
        """The share of facts that two people look at, from 0 to 1."""
        rows = self._ask("SELECT value FROM settings WHERE name = 'double'")
        return float(rows[0][0]) if rows else 0.0

    def set_double(self, part: float) -> None:
        """Change that share; `part` from 0 to 1."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO settings VALUES ('double', ?)", (str(part),))

    def _ask(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if not self._path.exists():
            return []
        with self._lock:
            return self._db().execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            db = self._db()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def _db(self) -> sqlite3.Connection:
        if self._opened is None:
            self._opened = sqlite3.connect(self._path, timeout=30, check_same_thread=False, isolation_level=None)
            self._opened.execute("PRAGMA journal_mode=WAL")
            self._opened.executescript(_SCHEMA)
        return self._opened
