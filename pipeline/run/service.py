"""The process side of the pool: a worker process is set up once and then asked for documents."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.run import processes
from pipeline.run.cache import Cache
from pipeline.run.engine import Work
from pipeline.run.worker import Outcome, Task, Worker

if TYPE_CHECKING:
    from pipeline.rulebook.book import Rulebook


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker process needs to know: plain values, as they cross to another process."""

    cache: str
    rules_version: str
    rules_folder: str | None
    memory: int
    page_seconds: float


_worker: Worker | None = None
"""The one of this process; set by `start`."""


def start(settings: Settings) -> None:
    """Set this process up: bounds, family ties, silence, rulebook."""
    global _worker
    processes.die_with_parent()
    processes.adopt_orphans()
    processes.collect_rarely()
    _be_silent()
    rulebook = _rulebook(settings)
    processes.bound_memory(settings.memory)
    _worker = Worker(rulebook, Cache(Path(settings.cache)), settings.page_seconds)


def ready() -> None:
    """Nothing; that it was done tells that a worker has started."""


def do(task: Task) -> Outcome:
    """One document. What the document's reader started and left running ends with it."""
    assert _worker is not None
    try:
        return _worker.do(task)
    finally:
        processes.kill_children()


def make(work: Work) -> set[str]:
    """A part of the dataset, made of what the cache keeps; gives the documents whose rows are lost."""
    assert _worker is not None
    return work.make(_worker.cache, _worker.rulebook)


def _rulebook(settings: Settings) -> Rulebook:
    """The rulebook that was loaded before this process was forked, if it is the one; else a fresh one."""
    from pipeline.rulebook.book import load
    from pipeline.run import preload

    if preload.rulebook is not None and preload.rulebook.version == settings.rules_version:
        return preload.rulebook
    rulebook = load(Path(settings.rules_folder) if settings.rules_folder else None)
    if rulebook.version != settings.rules_version:
        raise RuntimeError("the rules have changed since the run began")
    return rulebook


def _be_silent() -> None:
    """Libraries that print would break the progress display and mix with results."""
    sys.stdout.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
