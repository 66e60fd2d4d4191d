"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, gone when they are."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USERS = ("postgres", "nobody")
"""Whom the server runs as where the tests run as root, which PostgreSQL refuses."""
_SECONDS = 60


class NoServerError(Exception):
    """There is no PostgreSQL server to start, and why."""


def programs() -> Path:
    """The folder of initdb and postgres: on the path, or where Debian puts them. Raises NoServerError."""
    found = shutil.which("initdb")
    if found and shutil.which("postgres"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: path.parts[-3].zfill(4))
    if versions:
        return versions[-1].parent
    raise NoServerError("PostgreSQL is not installed (Debian: postgresql)")


def account() -> dict[str, int]:
    """As whom to run it, for `subprocess`; nothing where the tests do not run as root."""
    if os.geteuid() != 0:
        return {}
    for name in USERS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid}
    raise NoServerError(f"PostgreSQL does not run as root, and there is no user {' or '.join(USERS)}")


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives its address. Raises NoServerError."""
    binaries, who = programs(), account()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if who:
        os.chown(folder, who["user"], who["group"])
    data = folder / "data"
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    quiet = {"cwd": folder, "env": environment, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, **who}
    initdb = [binaries / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync"]
    try:
        subprocess.run(initdb, check=True, timeout=_SECONDS, **quiet)
        options = ["-c", "listen_addresses=", "-c", "fsync=off", "-k", folder]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen([binaries / "postgres", "-D", data, *options], stderr=log, **quiet)
        try:
            address = f"postgresql://tester@/postgres?host={folder}"
            _wait(process, address, folder / "log")
            yield address
        finally:
            process.send_signal(signal.SIGINT)  # a fast end: does not wait for those who are connected
            process.wait(timeout=_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    import psycopg

    deadline = time.monotonic() + _SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(address, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise NoServerError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-400:]}")
