"""`--engine dask://…` on a real scheduler with real workers: the same bytes, also when one is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pytest
from running import csv_rows, environment, left_behind, solieu, solieu_here, tables, write_archive
from s3_server import BUCKET, fill, free_port, listening, s3_environment, server

from pipeline.model.review import DecisionKind
from pipeline.review.deciding import Hand, decide
from pipeline.review.journal import JOURNAL_NAME, Journal

pytest.importorskip("distributed", reason="needs the extra dask")
pytestmark = pytest.mark.xdist_group("cluster")
DOCUMENTS = 40


@contextmanager
def started(*arguments: object, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask, killed at the end."""
    command = [sys.executable, "-m", "distributed.cli.dask_" + str(arguments[0]), *map(str, arguments[1:])]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def env() -> dict[str, str]:
    return environment()


@pytest.fixture(scope="module")
def scheduler(env: dict[str, str]) -> Iterator[str]:
    port = free_port()
    with started("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard", env=env):
        deadline = time.monotonic() + 30
        while not listening(port):
            assert time.monotonic() < deadline, "the scheduler does not start"
            time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    time.sleep(1)
    assert left_behind(env) == set()


def worker(scheduler: str, folder: Path, env: dict[str, str]) -> object:
    arguments = ("--nthreads", 1, "--no-nanny", "--no-dashboard", "--local-directory", folder)
    return started("worker", scheduler, *arguments, env=env)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run on this machine gives."""
    folder = tmp_path_factory.mktemp("cluster")
    write_archive(folder / "archive", DOCUMENTS)
    ended = solieu("run", folder / "archive", "--out", folder / "local", "--quiet")
    assert ended.returncode == 0, ended.stderr
    return folder


def test_a_worker_killed_in_mid_run_costs_no_document(
    undisturbed: Path, scheduler: str, env: dict[str, str], tmp_path: Path
) -> None:
    archive, out = undisturbed / "archive", tmp_path / "out"
    with worker(scheduler, tmp_path / "one", env) as doomed, worker(scheduler, tmp_path / "two", env):  # type: ignore[attr-defined]
        command = [sys.executable, "-m", "pipeline.cli", "run", archive, "--out", out, "--quiet"]
        command += ["--engine", f"dask://{scheduler}"]
        with subprocess.Popen([*map(str, command)], stderr=subprocess.PIPE, text=True, env=env) as run:
            deadline = time.monotonic() + 60
            while len(list((out / ".cache" / "facts").glob("*/*"))) < 3:
                assert run.poll() is None, "the run ended before a worker could be killed"
                assert time.monotonic() < deadline, "nothing is done"
                time.sleep(0.01)
            os.kill(doomed.pid, signal.SIGKILL)
            _, errors = run.communicate(timeout=120)
    assert run.returncode == 0, errors
    assert tables(out) == tables(undisturbed / "local")


def test_workers_read_from_a_store_themselves(
    undisturbed: Path, scheduler: str, env: dict[str, str], tmp_path: Path
) -> None:
    pytest.importorskip("s3fs", reason="needs the extra s3")
    pytest.importorskip("moto", reason="needs an S3 server to test with")
    port = free_port()
    env = {**env, **s3_environment(port)}
    with server(port, env), worker(scheduler, tmp_path / "worker", env):  # type: ignore[attr-defined]
        fill(undisturbed / "archive", env["AWS_ENDPOINT_URL"])
        ended = solieu(
            "run", f"{BUCKET}/in", "--out", tmp_path / "out", "--engine", f"dask://{scheduler}", "--quiet", env=env
        )
    assert ended.returncode == 0, ended.stderr
    names = [name for name in tables(tmp_path / "out") if not name.startswith("documents")]
    got, expected = tables(tmp_path / "out"), tables(undisturbed / "local")
    assert {name: got[name] for name in names} == {name: expected[name] for name in names}


def test_decisions_are_laid_over_on_the_cluster_as_here(
    undisturbed: Path, scheduler: str, env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shards carry what was decided about their documents."""
    shutil.copytree(undisturbed / "local", tmp_path / "here")
    rows = csv_rows(tmp_path / "here" / "observations.csv")
    documents = {row["doc_id"]: row for row in csv_rows(tmp_path / "here" / "documents.csv")}
    with Journal(tmp_path / "here" / JOURNAL_NAME) as journal:
        for row, kind in zip(rows[::5], cycle(DecisionKind(kind) for kind in ("accept", "reject", "correct"))):
            after = {"value": "7"} if kind is DecisionKind.CORRECT else {}
            journal.append(decide(kind, Hand("Lan"), row, documents[row["doc_id"]], after))
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    monkeypatch.setattr("pipeline.run.shards._DOCUMENTS_A_SHARD", 10)
    monkeypatch.setattr("pipeline.run.job._MADE_HERE", 0)
    archive = undisturbed / "archive"
    assert solieu_here("run", archive, "--out", tmp_path / "here", "--workers", 1, "--quiet").returncode == 0
    with worker(scheduler, tmp_path / "worker", env):  # type: ignore[attr-defined]
        ended = solieu_here("run", archive, "--out", tmp_path / "there", "--engine", f"dask://{scheduler}", "--quiet")
    assert ended.returncode == 0, ended.stderr
    assert {row["review_state"] for row in csv_rows(tmp_path / "there" / "observations.csv")} > {"pending", "rejected"}
    assert tables(tmp_path / "there") == tables(tmp_path / "here")


def test_an_unchanged_archive_needs_no_cluster(undisturbed: Path) -> None:
    ended = solieu_here(
        "run", undisturbed / "archive", "--out", undisturbed / "local", "--engine", "dask://127.0.0.1:1"
    )
    assert ended.returncode == 0, ended.stderr
    assert f"{DOCUMENTS} unchanged" in ended.stdout


def test_without_workers_the_run_says_so(
    scheduler: str, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.run.cluster._CONNECT_SECONDS", 1)
    ended = solieu_here("run", undisturbed / "archive", "--out", tmp_path, "--engine", f"dask://{scheduler}")
    assert (ended.returncode, "has no workers" in ended.stderr) == (1, True)


@pytest.mark.parametrize("engine", ["spark", "dask://", "dask://host", "dask:1"])
def test_an_engine_that_is_none_is_refused(engine: str, tmp_path: Path) -> None:
    ended = solieu_here("run", tmp_path, "--out", tmp_path / "out", "--engine", engine)
    assert (ended.returncode, "dask://HOST:PORT" in ended.stderr) == (2, True)
