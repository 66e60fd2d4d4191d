"""The ledger `solieu.sqlite`: what was run, which files there are, what became of each.

SQLite in WAL mode: readers (the web application, a curious analyst) look in while a run writes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.model import Cause, Failure

_SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    run_id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    state TEXT NOT NULL,
    parser_version TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    arguments TEXT NOT NULL,
    figures TEXT
);
CREATE TABLE IF NOT EXISTS files (
    location TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    signature TEXT NOT NULL,
    doc_id TEXT,
    size INTEGER NOT NULL,
    made_from TEXT NOT NULL,
    status TEXT NOT NULL,
    figures TEXT NOT NULL,
    cause TEXT,
    message TEXT,
    hint TEXT,
    gone INTEGER NOT NULL DEFAULT 0,
    run_id INTEGER NOT NULL REFERENCES runs,
    mark TEXT NOT NULL DEFAULT '',
    rules TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failures (
    run_id INTEGER NOT NULL REFERENCES runs,
    path TEXT NOT NULL,
    doc_id TEXT,
    cause TEXT NOT NULL,
    message TEXT NOT NULL,
    hint TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the archive as the ledger knows it.

    `location` is its absolute path, `path` the one that the dataset shows; `signature` tells
    whether it was touched; `made_from` is the name of the cache entry that holds its facts. `mark`
    stands for the program that made them and `rules` for the version of the rules that they hold
    under, be it a later one than they were made with. `figures` counts pages, characters and facts.
    """

    location: str
    path: str
    signature: str
    doc_id: str | None
    size: int
    made_from: str
    status: str
    figures: dict[str, int] = field(default_factory=dict)
    failure: Failure | None = None
    mark: str = ""
    rules: str = ""


class Ledger:
    """The open ledger. Use as a context; what was recorded is kept by `commit`."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, timeout=30)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)
        self._complete()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def _complete(self) -> None:
        """Give the columns that it lacks to a ledger of an earlier version."""
        present = {row["name"] for row in self._db.execute("PRAGMA table_info(files)")}
        for name in ("mark", "rules"):
            if name not in present:
                self._db.execute(f"ALTER TABLE files ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")

    def commit(self) -> None:
        """Make what was recorded last."""
        self._db.commit()

    def start_run(self, started: str, parser_version: str, rules_version: str, arguments: dict[str, Any]) -> int:
        """Open a run; gives its number. A run that was still open was killed: it is marked so."""
        self._db.execute("UPDATE runs SET state = 'killed' WHERE state = 'running'")
        cursor = self._db.execute(
            "INSERT INTO runs (started, state, parser_version, rules_version, arguments)"
            " VALUES (?, 'running', ?, ?, ?)",
            (started, parser_version, rules_version, json.dumps(arguments, ensure_ascii=False)),
        )
        self.commit()
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def end_run(self, run_id: int, finished: str, state: str, figures: dict[str, Any]) -> None:
        """Close a run as `finished` or `interrupted`."""
        self._db.execute(
            "UPDATE runs SET finished = ?, state = ?, figures = ? WHERE run_id = ?",
            (finished, state, json.dumps(figures, ensure_ascii=False), run_id),
        )
        self.commit()

    def files(self) -> dict[str, FileEntry]:
        """Every file that belongs to the dataset, by location."""
        rows = self._db.execute("SELECT * FROM files WHERE NOT gone ORDER BY location")
        return {row["location"]: _entry(row) for row in rows}

    def record(self, run_id: int, entry: FileEntry, detail: str = "") -> None:
        """Put a file's present state in the place of its last one; a failure is also kept for good."""
        failure = entry.failure
        cells = (
            entry.location,
            entry.path,
            entry.signature,
            entry.doc_id,
            entry.size,
            entry.made_from,
            entry.status,
            json.dumps(entry.figures),
            failure and str(failure.cause),
            failure and failure.message,
            failure and failure.hint,
            0,
            run_id,
            entry.mark,
            entry.rules,
        )
        self._db.execute(f"INSERT OR REPLACE INTO files VALUES ({', '.join('?' * len(cells))})", cells)
        if failure:
            self._db.execute(
                "INSERT INTO failures VALUES (?, ?, ?, ?, ?, ?, ?)",
                (run_id, failure.path, failure.doc_id, str(failure.cause), failure.message, failure.hint, detail),
            )

    def mark_gone(self, run_id: int, locations: Iterable[str]) -> None:
        """These files are no longer there: their facts leave the dataset, their row stays."""
        self._db.executemany(
            "UPDATE files SET gone = 1, run_id = ? WHERE location = ?", [(run_id, location) for location in locations]
        )

    def state(self, name: str) -> str | None:
        """A remembered value."""
        row = self._db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row["value"])

    def set_state(self, name: str, value: str) -> None:
        """Remember a value at once."""
        self._db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))
        self.commit()


def _entry(row: sqlite3.Row) -> FileEntry:
    failure = None
    if row["cause"] is not None:
        failure = Failure(row["path"], row["doc_id"], Cause(row["cause"]), row["message"], row["hint"])
    return FileEntry(
        row["location"],
        row["path"],
        row["signature"],
        row["doc_id"],
        row["size"],
        row["made_from"],
        row["status"],
        json.loads(row["figures"]),
        failure,
        row["mark"],
        row["rules"],
    )
