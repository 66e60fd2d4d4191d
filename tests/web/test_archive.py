"""The database behind the pages: made once for a content, made anew when a run has published."""

from __future__ import annotations

import shutil
import sqlite3
import time
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the extra `web` is not installed")

from pipeline.web import archive as module
from pipeline.web.archive import Archive, ArchiveError
from pipeline.web.database import connect


def documents(archive: Archive) -> int:
    return int(connect(archive.snapshot().database).execute("SELECT count(*) FROM documents").fetchone()[0])


def test_the_same_content_is_not_read_twice(dataset: Path) -> None:
    first = Archive(dataset).snapshot()
    made = first.database.stat().st_ino
    assert Archive(dataset).snapshot().database.stat().st_ino == made
    assert first.database.is_relative_to(dataset / ".cache" / "web")


def test_the_pages_follow_a_run(dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old state is shown until the new one is there; its database outlives the change, for who still reads it."""
    monkeypatch.setattr(module, "_LOOK_EVERY", 0.0)
    archive = Archive(tmp_path)
    before = archive.snapshot()
    assert documents(archive) == 0
    for file in (*dataset.glob("*.parquet"), *dataset.glob("*.csv")):
        shutil.copy(file, tmp_path)
    for _ in range(200):
        if archive.snapshot().key != before.key and documents(archive) > 0:
            break
        time.sleep(0.05)
    assert documents(archive) > 5
    assert before.database.exists()
    assert list(before.database.parent.glob(".*.part")) == []


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "observations.parquet").write_bytes(b"no parquet")
    with pytest.raises(ArchiveError, match=r"[Pp]arquet"):
        Archive(tmp_path)
    assert list((tmp_path / ".cache" / "web").iterdir()) == []


def test_a_database_is_only_ever_read(dataset: Path) -> None:
    db = connect(Archive(dataset).snapshot().database)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM documents")
