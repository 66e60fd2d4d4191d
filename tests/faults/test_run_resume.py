"""A run that is stopped, killed, or loses what it kept goes on and ends with the same bytes."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from running import COMMAND, environment, left_behind, solieu, tables, write_archive

from pipeline.rulebook.book import Rules
from pipeline.run.figures import Figures
from pipeline.run.job import Request, RunError, run
from pipeline.run.progress import Silent

pytestmark = pytest.mark.xdist_group("resume")  # its runs are made once
DOCUMENTS = 30
KILLS = 20


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    write_archive(folder, DOCUMENTS)
    return folder


@pytest.fixture(scope="module")
def undisturbed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed")
    assert go_on(archive, out).state == "finished"
    return out


def _heeds_ctrl_c() -> None:
    """What a shell starts in the background ignores SIGINT, and so would all that it starts in turn."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def running(archive: Path, out: Path) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, str]]]:
    """A run under way."""
    env = environment()
    command = [*COMMAND, "run", str(archive), "--out", str(out), "--workers", "2"]
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, preexec_fn=_heeds_ctrl_c
    )
    try:
        yield process, env
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def go_on(archive: Path, out: Path) -> Figures:
    """The next run, without a process of its own."""
    return run(Request((archive,), out, workers=2), Rules(), Silent())


def kept(out: Path) -> int:
    return len(list((out / ".cache" / "facts").glob("*/*")))


def wait_for(out: Path, documents: int) -> None:
    """Until so many documents are in the cache."""
    ends = time.monotonic() + 60
    while kept(out) < documents and time.monotonic() < ends:
        time.sleep(0.005)


def wait_until_gone(env: dict[str, str]) -> set[int]:
    """The processes of a run that are still there after a while."""
    ends = time.monotonic() + 10
    while (left := left_behind(env)) and time.monotonic() < ends:
        time.sleep(0.05)
    return left


def test_killed_at_any_moment_it_goes_on(archive: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Twenty times: before anything is done, between documents, and while the tables are written."""
    out = tmp_path / "out"
    chance = random.Random(2026)
    for _ in range(KILLS):
        with running(archive, out) as (process, env):
            wait_for(out, min(DOCUMENTS, kept(out) + chance.randrange(4)))
            time.sleep(chance.random() / (2 if kept(out) == DOCUMENTS else 20))
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert wait_until_gone(env) == set()
    assert go_on(archive, out).state == "finished"
    assert tables(out) == tables(undisturbed)
    assert not list(out.glob(".*.part"))


def test_ctrl_c_ends_cleanly_and_is_resumable(archive: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with running(archive, out) as (process, env):
        wait_for(out, 5)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 130
    assert "Interrupted" in said
    assert wait_until_gone(env) == set()
    assert json.loads((out / "run.json").read_text())["state"] == "interrupted"
    done = kept(out)
    assert 5 <= done < DOCUMENTS
    assert go_on(archive, out).state == "finished"
    assert json.loads((out / "run.json").read_text())["cached"] >= done - 4 * 2
    assert tables(out) == tables(undisturbed)


def test_a_second_run_into_the_folder_is_refused(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with running(archive, out) as (process, _):
        wait_for(out, 1)
        second = solieu("run", archive, "--out", out)
        assert process.poll() is None or second.returncode == 0
        assert second.returncode == 2
        assert f"process {process.pid}" in second.stderr
        assert "since 20" in second.stderr
        assert "--out" in second.stderr


def test_a_torn_or_damaged_cache_is_made_again(archive: Path, undisturbed: Path, tmp_path: Path) -> None:
    """As after a power cut: entries cut short or of zeros, half-written files, and the tables gone."""
    out = shutil.copytree(undisturbed, tmp_path / "out")
    for number, entry in enumerate(sorted((out / ".cache").glob("*/*/*"))):
        if number % 3 == 0:
            entry.write_bytes(entry.read_bytes()[:40])
        elif number % 3 == 1:
            entry.write_bytes(b"\0" * entry.stat().st_size)
    (out / ".observations.parquet.part").write_bytes(b"half")
    (out / "observations.parquet").unlink()
    assert go_on(archive, out).state == "finished"
    assert tables(out) == tables(undisturbed)
    assert not (out / ".observations.parquet.part").exists()


def test_a_table_that_was_changed_by_hand_is_written_again(archive: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = shutil.copytree(undisturbed, tmp_path / "out")
    (out / "documents.csv").write_text("mine")
    assert go_on(archive, out).state == "finished"
    assert tables(out) == tables(undisturbed)


def test_a_disk_that_fills_up_is_told_and_nothing_done_is_lost(
    archive: Path, undisturbed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    full = environment(hooks=Path(__file__).parent / "full_disk")
    ended = solieu("run", archive, "--out", out, "--workers", 1, env=full)
    assert ended.returncode == 1
    assert "No space left on device" in ended.stderr
    assert "Hint: Free some space and run again" in ended.stderr
    assert wait_until_gone(full) == set()
    assert kept(out) == 10
    assert not (out / "observations.parquet").exists()
    assert go_on(archive, out).state == "finished"
    assert tables(out) == tables(undisturbed)


def test_tables_that_cannot_be_written_leave_the_old_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out"
    write_archive(archive, 2)
    request = Request((archive,), out, workers=1)
    run(request, Rules(), Silent())
    before = tables(out)
    write_archive(archive, 3)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(RunError, match="No space left on device"):
            run(request, Rules(), Silent())
    assert tables(out) == before
    assert not list(out.glob(".*.part"))
    assert run(request, Rules(), Silent()).documents == 3
    assert tables(out) != before
