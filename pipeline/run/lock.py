"""One run at a time in an output folder."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_NAME = ".lock"


class BusyError(Exception):
    """Another run has the folder: its process and when it began."""

    def __init__(self, pid: int | None, started: str | None) -> None:
        super().__init__("it has just begun" if pid is None else f"process {pid}, since {started}")
        self.pid, self.started = pid, started


@contextmanager
def only_run(directory: Path, started: str) -> Iterator[None]:
    """Hold the folder. Raises BusyError where another run does. A killed run holds nothing."""
    with (directory / LOCK_NAME).open("a+", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(*_holder(directory)) from None
        stream.seek(0)
        stream.truncate()
        json.dump({"pid": os.getpid(), "started": started}, stream)
        stream.flush()
        yield


def _holder(directory: Path) -> tuple[int | None, str | None]:
    try:
        holder = json.loads((directory / LOCK_NAME).read_text(encoding="utf-8"))
        return holder["pid"], holder["started"]
    except (OSError, ValueError, KeyError):  # it has just begun and not yet written who it is
        return None, None
