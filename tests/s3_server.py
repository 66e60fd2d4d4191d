"""An S3 server in a process of its own, and an archive in it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BUCKET = "s3://reports"


def s3_environment(port: int) -> dict[str, str]:
    """What makes S3 the server on this machine."""
    return {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_MAX_ATTEMPTS": "1",
    }  # fmt: skip


@contextmanager
def server(port: int, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """An S3 server in a process of its own, killed at the end; it forgets everything then."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while not listening(port):
            assert time.monotonic() < deadline, "the S3 server does not start"
            time.sleep(0.1)
        yield process
    finally:
        process.kill()
        process.wait()


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def store(endpoint: str | None = None) -> Any:
    import s3fs

    return s3fs.S3FileSystem(
        key="test", secret="test", endpoint_url=endpoint, skip_instance_cache=True, use_listings_cache=False
    )


def fill(archive: Path, endpoint: str | None = None) -> None:
    """The archive in a new bucket."""
    files = store(endpoint)
    files.mkdir("reports")
    for file in sorted(archive.iterdir()):
        files.put_file(str(file), f"reports/in/{file.name}")
