"""The database behind the pages: made once for a content, made anew when a run has published."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the extra `web` is not installed")

from pipeline.web import archive as module
from pipeline.web import page_images
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


def test_few_pictures_are_made_at_once_and_none_that_was_made_meanwhile(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fastapi.testclient import TestClient

    from pipeline.web.app import create_app

    folder = Path(shutil.copytree(dataset, tmp_path / "dataset"))
    made: list[int] = []
    working, most = 0, 0
    counting = threading.Lock()

    def rendered(file: Path, page: int) -> bytes:
        nonlocal working, most
        with counting:
            made.append(page)
            working += 1
            most = max(most, working)
        time.sleep(0.05)
        with counting:
            working -= 1
        return b"\x89PNG"

    monkeypatch.setattr(page_images, "_rendered", rendered)
    client = TestClient(create_app(Archive(folder)), base_url="http://127.0.0.1:8765")
    rows = client.get("/api/documents?size=100").json()["rows"]
    pdf = next(row["doc_id"] for row in rows if row["media_type"] == "application/pdf")
    pages = [1, 2, 3, 4, 9, 9, 9, 9, 9, 9]
    with ThreadPoolExecutor(len(pages)) as pool:
        answers = list(pool.map(lambda page: client.get(f"/documents/{pdf}/pages/{page}.png"), pages))
    assert [answer.content for answer in answers] == [b"\x89PNG"] * len(pages)
    assert most <= page_images._AT_ONCE
    assert set(made) == set(pages)
    assert made.count(9) <= page_images._AT_ONCE
