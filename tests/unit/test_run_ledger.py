"""The ledger and the lock."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.model import Cause, Failure
from pipeline.run.figures import dataset_figures
from pipeline.run.lock import BusyError, only_run
from pipeline.store.ledger import FileEntry, Ledger

GOOD = FileEntry("/a/x", "a/x", "s1", "id-x", 10, "key", "ok", {"pages": 3, "facts.task": 2, "numerals": 9})
BAD = FileEntry("/a/y", "a/y", "s1", "id-y", 10, "key", "failed", {}, Failure("a/y", "id-y", Cause.CRASH, "m", "h"))


def test_files_come_back_until_they_are_gone(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite") as ledger:
        run = ledger.start_run("t", "p", "r", {})
        ledger.record(run, GOOD)
        ledger.record(run, BAD, "detail")
        ledger.commit()
    with Ledger(tmp_path / "l.sqlite") as ledger:
        assert ledger.files() == {"/a/x": GOOD, "/a/y": BAD}
        ledger.mark_gone(run, ["/a/y"])
        assert ledger.files() == {"/a/x": GOOD}
        ledger.commit()
    rows = sqlite3.connect(tmp_path / "l.sqlite").execute("SELECT path, gone FROM files ORDER BY path").fetchall()
    assert rows == [("a/x", 0), ("a/y", 1)]
    failures = sqlite3.connect(tmp_path / "l.sqlite").execute("SELECT path, cause, detail FROM failures").fetchall()
    assert failures == [("a/y", "crash", "detail")]


def test_a_run_that_was_killed_is_marked_by_the_next(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite") as ledger:
        first = ledger.start_run("t1", "p", "r", {})
        second = ledger.start_run("t2", "p", "r", {})
        ledger.end_run(second, "t3", "finished", {"documents": 1})
    rows = sqlite3.connect(tmp_path / "l.sqlite").execute("SELECT run_id, state FROM runs").fetchall()
    assert rows == [(first, "killed"), (second, "finished")]


def test_a_document_that_lies_twice_counts_once() -> None:
    twice = FileEntry("/a/z", "a/z", "s1", "id-x", 10, "key", "ok", GOOD.figures)
    figures = dataset_figures([GOOD, twice, BAD])
    assert (figures.documents, figures.pages, figures.facts, figures.numerals) == (1, 3, {"task": 2}, 9)
    assert figures.failures == (BAD.failure,)
    assert figures.as_json()["failures"] == {"crash": 1}


HOLD = """
import sys
from pathlib import Path
from pipeline.run.lock import only_run
with only_run(Path(sys.argv[1]), "2026-01-02T03:04:05+00:00"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_refused_and_told_by_whom(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(BusyError) as refused, only_run(tmp_path, "later"):
        pass
    assert (refused.value.pid, refused.value.started) == (holder.pid, "2026-01-02T03:04:05+00:00")
    holder.kill()
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()
    with only_run(tmp_path, "later"):
        pass
