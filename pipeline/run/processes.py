"""Bounds and family ties of processes, by the means of Linux; elsewhere the bounds are left out."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_MARK = "SOLIEU_WORKERS_OF"


def _prctl(option: int, argument: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, argument, 0, 0, 0)


def die_with_parent() -> None:
    """Have this process killed when its parent ends, however that ends."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends, so that it can be found."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


@contextmanager
def marked() -> Iterator[None]:
    """Processes that are started meanwhile, and all that descend from them, bear this process's mark."""
    os.environ[_MARK] = str(os.getpid())
    try:
        yield
    finally:
        del os.environ[_MARK]


def children() -> set[int]:
    """The process ids of this process's children (empty where the system does not tell)."""
    found: set[int] = set()
    for listing in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            found.update(map(int, listing.read_text().split()))
    return found


def marked_children() -> set[int]:
    """Those children that bear this process's mark: its own helpers, and orphans that it adopted."""
    mark = f"{_MARK}={os.getpid()}".encode()
    found = set()
    for pid in children():
        with suppress(OSError):
            if mark in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
                found.add(pid)
    return found


def kill_children(listed: Callable[[], set[int]] = children, spare: frozenset[int] = frozenset()) -> None:
    """End the children that are listed, and theirs as they come up, but for those to spare."""
    while strays := listed() - spare:
        for pid in strays:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def bound_memory(mebibytes: int) -> None:
    """Let this process's own data grow to that size and no further: then allocation fails."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (mebibytes << 20, mebibytes << 20))


def collect_rarely() -> None:
    """Look for circles of objects after 20,000 new ones instead of 700.

    The objects of a document are many, live until it is done, and make hardly any circle: looking at them again and
    again took a tenth of a run.
    """
    gc.set_threshold(20_000, 10, 10)
