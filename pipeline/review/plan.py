"""What is to be looked at, by whom: samples, assignments, and the share that two people look at.

`plan.sqlite` in the folder of the dataset. Facts are named by their ids and what is assigned by what the facts have
in common, so that a plan outlives runs.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
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
    document TEXT NOT NULL,
    indicator TEXT NOT NULL,
    "index" TEXT NOT NULL,
    area TEXT NOT NULL,
    period TEXT NOT NULL,
    rule TEXT NOT NULL,
    sample TEXT NOT NULL,
    assigned_by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (reviewer, document, indicator, "index", area, period, rule, sample)
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
    """Facts that somebody is to look at: all that have these in common; an empty field leaves it open.

    The fields are those of the queue's filter. One of them at least is given.
    """

    reviewer: str
    document: str = ""
    indicator: str = ""
    index: str = ""
    area: str = ""
    period: str = ""
    rule: str = ""
    sample: str = ""
    assigned_by: str = ""
    at: str = ""

    @property
    def shared(self) -> dict[str, str]:
        """What the facts have in common."""
        return {name: value for name in SHARED if (value := getattr(self, name))}


SHARED = ("document", "indicator", "index", "area", "period", "rule", "sample")
_KEY = ("reviewer", *SHARED)
_COLUMNS = ", ".join(f'"{field.name}"' for field in fields(Assignment))
_COLUMN_OF = {
    "document": "given.doc_id", "indicator": "given.indicator", "index": 'given."index"', "area": "given.area",
    "period": "given.time_period", "rule": "given.rule_id",
}  # fmt: skip
_OTHERS = " AND ".join(f"mine.\"{name}\" IN ('', {column})" for name, column in _COLUMN_OF.items())
_IN_SAMPLE = "(mine.sample = '' OR EXISTS (SELECT 1 FROM plan.sample_facts AS part" \
             " WHERE part.sample = mine.sample AND part.obs_id = given.obs_id))"  # fmt: skip
ASSIGNED = (
    "observations.rowid IN (WITH mine AS (SELECT * FROM plan.assignments WHERE reviewer = ?)"
    " SELECT given.rowid FROM mine CROSS JOIN plan.sample_facts AS part ON part.sample = mine.sample"
    f" CROSS JOIN observations AS given ON given.obs_id = part.obs_id WHERE mine.sample != '' AND {_OTHERS}"
    + "".join(
        f' UNION ALL SELECT given.rowid FROM mine CROSS JOIN observations AS given ON {column} = mine."{name}"'
        f" WHERE mine.\"{name}\" != '' AND {_OTHERS} AND {_IN_SAMPLE}"
        for name, column in _COLUMN_OF.items()
    )
    + ")"
)
"""A condition on `observations`: assigned to a reviewer. Its one value is the name.

Each assignment is found by one of the fields that it gives, so that what it does not give costs no scan.
"""
SAMPLED = "observations.obs_id IN (SELECT obs_id FROM plan.sample_facts WHERE sample = ?)"
"""A condition on `observations`: in a sample. Its one value is the name."""
SECOND = (
    "looked_at_twice(standing.obs_id) AND json_array_length(standing.reviewers) = 1"
    " AND NOT EXISTS (SELECT 1 FROM json_each(standing.reviewers) WHERE value = ?)"
)
"""A condition on `standing`: waits for a second reviewer, another than the first. Its one value is their name."""


class Plan:
    """The plan of the dataset in a folder. Its file is made with the first change; until then there is no plan."""

    def __init__(self, dataset: Path) -> None:
        self._path = dataset / PLAN_NAME
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None

    def attach(self, db: sqlite3.Connection) -> None:
        """Let queries on `db` read `plan.sample_facts` and `plan.assignments`, and ask `looked_at_twice(obs_id)`."""
        if self._path.exists():
            db.execute("ATTACH DATABASE ? AS plan", (f"{self._path.absolute().as_uri()}?mode=ro",))
        else:
            db.execute("ATTACH DATABASE ':memory:' AS plan")
            db.execute("CREATE TABLE plan.sample_facts (sample, obs_id, stratum)")
            db.execute(f"CREATE TABLE plan.assignments ({_COLUMNS})")
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

    def assignments(self) -> list[Assignment]:
        """Every assignment, by reviewer, the newest first."""
        return [Assignment(*row) for row in self._ask(f"SELECT {_COLUMNS} FROM assignments ORDER BY reviewer, at DESC")]

    def assign(self, assignment: Assignment) -> None:
        """Give facts to a reviewer; given again, nothing changes."""
        cells = astuple(assignment)
        with self._writing() as db:
            places = ", ".join("?" * len(cells))
            db.execute(f"INSERT OR IGNORE INTO assignments ({_COLUMNS}) VALUES ({places})", cells)

    def release(self, assignment: Assignment) -> None:
        """Take it back."""
        where = " AND ".join(f'"{name}" = ?' for name in _KEY)
        with self._writing() as db:
            db.execute(f"DELETE FROM assignments WHERE {where}", [getattr(assignment, name) for name in _KEY])

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
            self._opened.executescript(_SCHEMA)
        return self._opened
