"""Runs from and into an S3 server: the same dataset as on this machine, whole or not seen, whatever breaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.forkserver import _forkserver
from pathlib import Path
from typing import Any

import pytest
from running import TABLE_FILES, environment, solieu, solieu_here, tables, write_archive
from s3_server import BUCKET, fill, free_port, s3_environment, server, store

pytest.importorskip("s3fs", reason="needs the extra s3")
pytest.importorskip("moto", reason="needs an S3 server to test with")
pytestmark = pytest.mark.xdist_group("store")
DOCUMENTS = 12


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def env(port: int) -> Iterator[dict[str, str]]:
    """The environment of this process and of all that it starts, such that S3 is the server on this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in s3_environment(port).items():
            patch.setenv(name, value)
        # Workers of runs within this process are forked by a server that keeps the environment it was started in.
        _forkserver._stop()
        yield environment()


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`archive`, and `out`, what a run on this machine makes of it."""
    folder = tmp_path_factory.mktemp("store")
    write_archive(folder / "archive", DOCUMENTS)
    (folder / "archive" / "notes.json").write_text("{}")
    assert solieu("run", folder / "archive", "--out", folder / "out", "--quiet").returncode == 0
    return folder


@pytest.fixture(scope="module")
def filled(port: int, env: dict[str, str], local: Path) -> Iterator[None]:
    with server(port, env):
        fill(local / "archive")
        yield


def published(url: str, place: Path) -> dict[str, Any]:
    """What a reader gets who starts at the manifest, put into a folder; and the manifest."""
    files = store()
    manifest: dict[str, Any] = json.loads(files.cat_file(f"{url}/dataset.json"))
    for name, about in manifest["files"].items():
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        files.get_file(f"{url}/{manifest['prefix']}/{name}", str(file))
        assert file.stat().st_size == about["bytes"]
    return manifest


def without_paths(out: Path) -> dict[str, str]:
    """The tables but for those of documents, which tell where the files lay."""
    return {name: mark for name, mark in tables(out).items() if not name.startswith("documents")}


@pytest.mark.usefixtures("filled")
def test_a_dataset_in_a_store_is_that_of_a_folder(local: Path, tmp_path: Path) -> None:
    url = f"{BUCKET}/data"
    command = ("run", f"{BUCKET}/in", "--out", url, "--state", tmp_path / "state", "--partitioned")
    ended = solieu(*command)
    assert ended.returncode == 0, ended.stderr
    assert f"{url}/dataset.json" in ended.stdout
    manifest = published(url, tmp_path / "read")
    assert set(TABLE_FILES) < set(manifest["files"])
    assert manifest["run"]["documents"] == DOCUMENTS
    assert without_paths(tmp_path / "read") == without_paths(local / "out")
    assert any(name.startswith("partitioned/observations/doc=") for name in manifest["files"])
    again = solieu(*command)
    assert f"{DOCUMENTS} unchanged" in again.stdout
    assert published(url, tmp_path / "again")["version"] == manifest["version"]


@pytest.mark.usefixtures("filled")
def test_a_change_in_the_store_is_seen_and_the_version_before_is_kept(tmp_path: Path) -> None:
    url, files = f"{BUCKET}/changing", store()
    for number in range(3):
        files.pipe_file("reports/few/a.txt", f"Năm 2022 tỉnh Sơn La tiếp nhận {100 + number} hồ sơ.".encode())
        ended = solieu_here("run", f"{BUCKET}/few", "--out", url, "--state", tmp_path / "state")
        assert ended.returncode == 0, ended.stderr
        manifest = published(url, tmp_path / str(number))
        assert f",{100 + number}," in (tmp_path / str(number) / "observations.csv").read_text()
    versions = [name.rpartition("/")[2] for name in files.ls("reports/changing/versions")]
    assert len(versions) == 2
    assert manifest["version"] in versions


@pytest.mark.usefixtures("filled")
def test_a_dataset_that_cannot_be_sent_whole_is_not_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import s3fs

    url, files = f"{BUCKET}/broken", store()
    command = ("run", f"{BUCKET}/half", "--out", url, "--state", tmp_path / "state")
    files.pipe_file("reports/half/a.txt", "Năm 2022 tỉnh Sơn La tiếp nhận 700 hồ sơ.".encode())
    assert solieu_here(*command).returncode == 0
    before = published(url, tmp_path / "before")
    files.pipe_file("reports/half/a.txt", "Năm 2022 tỉnh Sơn La tiếp nhận 800 hồ sơ.".encode())
    put, sent = s3fs.S3FileSystem._put_file, []

    async def breaking(self: Any, local: str, remote: str, **options: Any) -> Any:
        sent.append(remote)
        if len(sent) > 5:
            raise ConnectionResetError("the line is cut")
        return await put(self, local, remote, **options)

    monkeypatch.setattr(s3fs.S3FileSystem, "_put_file", breaking)
    s3fs.S3FileSystem.clear_instance_cache()
    ended = solieu_here(*command)
    assert ended.returncode == 1
    assert "the store cannot be used" in ended.stderr
    assert "the line is cut" in ended.stderr
    assert "Hint: Check the address, the network and the credentials" in ended.stderr
    assert published(url, tmp_path / "after") == before
    monkeypatch.undo()
    s3fs.S3FileSystem.clear_instance_cache()
    ended = solieu_here(*command)
    assert (ended.returncode, "1 unchanged" in ended.stdout) == (0, True), ended.stderr
    assert published(url, tmp_path / "mended")["version"] != before["version"]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("source", "words"), [("s3://no-such-bucket/in", "no such bucket"), ("nonsense://x/in", "Protocol not known")]
)
def test_what_cannot_be_listed_ends_the_run(source: str, words: str, tmp_path: Path) -> None:
    for option in ((), ("--dry-run",)):
        ended = solieu_here("run", source, "--out", tmp_path / "out", *option)
        assert (ended.returncode, words in ended.stderr, "Hint:" in ended.stderr) == (1, True, True), ended.stderr


def test_a_server_that_goes_in_mid_run_costs_no_document(env: dict[str, str], local: Path, tmp_path: Path) -> None:
    out, port = tmp_path / "out", free_port()
    endpoint = f"http://127.0.0.1:{port}"
    env = {**env, "AWS_ENDPOINT_URL": endpoint}
    command = [sys.executable, "-m", "pipeline.cli", "run", f"{BUCKET}/in", "--out", str(out), "--workers", "1"]
    facts = out / ".cache" / "facts"
    with server(port, env) as gone:
        fill(local / "archive", endpoint)
        with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as run:
            deadline = time.monotonic() + 60
            while not list(facts.glob("*/*")):
                assert time.monotonic() < deadline, "nothing is done"
                time.sleep(0.005)
            gone.kill()
            _, errors = run.communicate(timeout=120)
    assert run.returncode == 1, errors
    assert "the store cannot be used" in errors
    assert "what is done is kept" in errors
    assert not (out / "observations.parquet").exists()
    done = len(list(facts.glob("*/*")))
    with server(port, env):
        fill(local / "archive", endpoint)
        ended = solieu("run", f"{BUCKET}/in", "--out", out, env=env)
    assert ended.returncode == 0, ended.stderr
    assert 0 < done < DOCUMENTS
    assert without_paths(out) == without_paths(local / "out")


def test_without_credentials_the_run_says_so(env: dict[str, str], tmp_path: Path) -> None:
    bare = {name: value for name, value in env.items() if not name.startswith("AWS_")}
    bare |= {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_EC2_METADATA_DISABLED": "true", "HOME": os.fspath(tmp_path)}
    ended = solieu("run", f"{BUCKET}/in", "--out", tmp_path / "out", env=bare)
    assert (ended.returncode, "the store cannot be used" in ended.stderr) == (1, True), ended.stderr
