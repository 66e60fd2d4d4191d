"""The journal of review decisions as the pages use it: open for writing, and beside the database for reading."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from pipeline.review.journal import JOURNAL_NAME, Journal

_NOTHING = """
CREATE TEMP TABLE standing (
    obs_id TEXT PRIMARY KEY, doc_id TEXT, state TEXT, added INTEGER, decision_id TEXT, reviewer TEXT, at TEXT,
    revision TEXT, slots TEXT, reviewers TEXT, notes INTEGER, skips INTEGER, sequence INTEGER
) WITHOUT ROWID
"""
"""What stands before anybody has decided anything."""


class Reviews:
    """The journal of the dataset in a folder. It is made with the first decision; until then nothing stands."""

    def __init__(self, dataset: Path) -> None:
        self._path = dataset / JOURNAL_NAME
        self._opening = threading.Lock()
        self._journal: Journal | None = None

    @property
    def journal(self) -> Journal:
        """The open journal. Raises sqlite3.Error where the folder cannot be written to."""
        with self._opening:
            if self._journal is None:
                self._journal = Journal(self._path)
            return self._journal

    @property
    def begun(self) -> bool:
        """Whether there is a journal."""
        return self._path.exists()

    def attach(self, db: sqlite3.Connection) -> None:
        """Let queries on `db` read the table `standing`, one row a fact that somebody has looked at."""
        if self.begun:
            db.execute("ATTACH DATABASE ? AS review", (f"{self._path.absolute().as_uri()}?mode=ro",))
            if db.execute("SELECT 1 FROM review.sqlite_master WHERE name = 'standing'").fetchone():
                return
        db.execute(_NOTHING)  # there is no journal, or it is being made at this moment

    def look(self) -> str:
        """A text that changes whenever the journal does, for caches; cheap."""
        looks = []
        for path in (self._path, self._path.with_name(f"{self._path.name}-wal")):
            try:
                status = path.stat()
                looks.append(f"{status.st_size:x}.{status.st_mtime_ns:x}")
            except OSError:
                looks.append("-")
        return " ".join(looks)
