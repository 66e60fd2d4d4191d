"""The file of the people, `people.sqlite` in the folder of the dataset: readable by its owner alone."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from pipeline.durable import open_durable

NAME = "people.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    folded TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password TEXT,
    made TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
    token_hash TEXT PRIMARY KEY,
    folded TEXT NOT NULL REFERENCES users ON DELETE CASCADE,
    begun REAL NOT NULL,
    seen REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attempts (source TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS attempts_of ON attempts (source, at);
CREATE TABLE IF NOT EXISTS events (
    event_id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS events_stand BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END;
CREATE TRIGGER IF NOT EXISTS events_stay BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END;
"""

Clock: TypeAlias = Callable[[], datetime]
"""Gives the time now, in UTC."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Database:
    """The open file. One connection, used by one thread at a time."""

    def __init__(self, folder: Path, clock: Clock = utc_now) -> None:
        """Makes the file where there is none. Raises OSError or sqlite3.Error where that cannot be done."""
        self.path = folder / NAME
        self.clock = clock
        self.path.touch(mode=0o600)
        self.path.chmod(0o600)
        self._lock = threading.Lock()
        self._db = open_durable(self.path)
        self._db.execute("PRAGMA foreign_keys=ON")
        self._db.executescript(_SCHEMA)

    @staticmethod
    def is_in(folder: Path) -> bool:
        """Whether a folder has such a file."""
        return (folder / NAME).exists()

    def now(self) -> str:
        """The time as it is kept, and as decisions keep it: 2026-11-24T21:48:31.250Z."""
        return self.clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            yield self._db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of the block is kept, or, where it raises, nothing."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def close(self) -> None:
        with self._lock:
            self._db.close()
