"""SQLite files with several writers: opened at the same moment, and what a locked one says."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from pipeline import durable
from pipeline.durable import open_durable


def test_a_new_file_opened_by_many_at_the_same_moment(tmp_path: Path) -> None:
    """SQLite itself refuses some of them the write-ahead log with "database is locked", without waiting."""
    for attempt in range(20):
        path = tmp_path / f"{attempt}.sqlite"
        start = threading.Barrier(6)
        refused: list[sqlite3.Error] = []

        def use(path: Path = path, start: threading.Barrier = start, refused: list[sqlite3.Error] = refused) -> None:
            start.wait()
            try:
                with closing(open_durable(path)) as db:
                    db.execute("CREATE TABLE IF NOT EXISTS kept (n INTEGER)")
                    db.execute("INSERT INTO kept VALUES (1)")
            except sqlite3.Error as problem:
                refused.append(problem)

        threads = [threading.Thread(target=use) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert refused == []
        with closing(open_durable(path)) as db:
            assert db.execute("SELECT count(*) FROM kept").fetchone()[0] == 6
            assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_file_that_stays_locked_is_refused_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.sqlite"
    monkeypatch.setattr(durable, "_BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE kept (n INTEGER)")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            open_durable(path)


def test_what_is_no_database_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "text.sqlite"
    path.write_text("no database at all, but words " * 50)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        open_durable(path)
