"""`solieu watch`: files that come, change and go; and files that are still being written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import csv_rows, report, write_archive

from pipeline.rulebook.book import Rules
from pipeline.run.figures import Figures
from pipeline.run.job import Request
from pipeline.run.progress import Silent
from pipeline.run.watch import watch

pytest.importorskip("watchfiles", reason="needs the extra watch")


def paths(out: Path) -> set[str]:
    return {Path(row["path"]).name for row in csv_rows(out / "documents.csv")}


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Iterator[Figures]]:
    write_archive(tmp_path / "in", 1)
    stop = threading.Event()
    alarm = threading.Timer(60, stop.set)  # a change that is never seen must fail the test, not hang it
    alarm.start()
    request = Request((tmp_path / "in",), tmp_path / "in" / "out", 1, settle=0.6)
    yield watch(request, Rules(), Silent(), stop)
    stop.set()
    alarm.cancel()


def test_the_dataset_follows_the_folder(tmp_path: Path, runs: Iterator[Figures]) -> None:
    """The results lie within the folder itself: they must not set off another run."""
    out = tmp_path / "in" / "out"
    seen = next(runs)
    if seen.unsettled:  # it was written a moment ago
        seen = next(runs)
    assert (seen.done, seen.documents) == (1, 1)
    new = tmp_path / "in" / "new.txt"
    new.write_text(report(500), encoding="utf-8")
    seen = next(runs)
    assert (seen.done, seen.documents, paths(out)) == (1, 2, {"report-000.txt", "new.txt"})
    new.unlink()
    seen = next(runs)
    assert (seen.gone, seen.documents, paths(out)) == (1, 1, {"report-000.txt"})


def test_a_file_is_taken_once_it_is_whole(tmp_path: Path, runs: Iterator[Figures]) -> None:
    """Written in three goes, each shorter than the time to settle apart, it is read once and whole."""
    seen = next(runs)
    if seen.unsettled:
        seen = next(runs)
    slow, words = tmp_path / "in" / "slow.txt", report(501)
    third = len(words) // 3

    def write() -> None:
        with slow.open("w", encoding="utf-8") as stream:
            for at in range(0, len(words), third):
                stream.write(words[at : at + third])
                stream.flush()
                threading.Event().wait(0.3)

    writer = threading.Thread(target=write)
    writer.start()
    seen = next(runs)
    assert (seen.done, seen.documents, seen.unsettled) == (1, 2, 0)
    assert not writer.is_alive()
    [row] = [row for row in csv_rows(tmp_path / "in" / "out" / "documents.csv") if row["path"].endswith("slow.txt")]
    assert int(row["size"]) == len(words.encode("utf-8"))
