"""Worker processes that a bad document cannot take down with it.

Pebble keeps the workers: one that crashes, hangs or grows past its bound costs the document it
held, typed, and a new one takes its place. Workers come from a fork server that has loaded the heavy
packages and the rulebook once, so that they share them and start in milliseconds.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import forkserver
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

from pebble import ProcessExpired, ProcessPool

from pipeline.model import Cause, Failure
from pipeline.run import processes, service
from pipeline.run.cache import Cache
from pipeline.run.engine import Work
from pipeline.run.worker import Outcome, Task, page_at

DOCUMENTS_A_WORKER = 500
"""After so many a worker is replaced, so that what a library leaks stays small."""
_WAITING = 4
"""Tasks handed over for each worker: enough that none waits, few enough to stop soon."""
_RESTARTS = 5
_LEFT_OUT = 5
"""As many pages of a document may be left out; one that takes more is given up."""


class WorkersError(Exception):
    """Workers cannot be started, or die without a document in hand, again and again; and what to do."""

    def __init__(
        self, message: str, hint: str = "Run `solieu doctor`; fewer --workers or a higher --memory may help."
    ) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds (a base, and more for every MiB of the file), and MiB of memory; and
    seconds for one page of it."""

    seconds: float = 60.0
    memory: int = 1024
    page_seconds: float = 40.0

    def timeout(self, task: Task) -> float:
        """Seconds for a task: a page of a scan is some 200 KiB and takes a few seconds."""
        return self.seconds * (1 + task.size / (1 << 20))


def start_server() -> None:
    """Have the fork server load what workers share; returns at once. Once for a process, however often called."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["pipeline.run.preload"])
    with processes.marked():
        forkserver.ensure_running()


class Pool:
    """Workers for one run. Use as a context; leaving it ends them and whatever they started."""

    def __init__(
        self, workers: int, limits: Limits, cache: Path, rules_version: str, rules_folder: Path | None = None
    ) -> None:
        """`rules_folder` is where rules of that version are, if they are not those of the program."""
        self._workers, self._limits = workers, limits
        folder = None if rules_folder is None else str(rules_folder)
        self._start = service.Settings(str(cache), rules_version, folder, limits.memory, limits.page_seconds)
        self._cache = Cache(cache)
        self._context = multiprocessing.get_context("forkserver")
        self._spare: frozenset[int] = frozenset()
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Pool:
        processes.adopt_orphans()
        start_server()
        self._pool = self._opened()
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        with _uninterrupted():
            self._close()

    def outcomes(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Each task with what became of it, in the order in which they end.

        What cost its worker (crash, timeout, memory) is tried once more at the end, alone. A page that then
        takes too long again is left out, and the rest of its document read.
        Raises WorkersError; OSError where a worker cannot write the cache.
        """
        again: list[Task] = []
        for task, outcome in self._run(tasks, self._workers * _WAITING):
            if outcome.failure and outcome.failure.cause in (Cause.CRASH, Cause.TIMEOUT, Cause.MEMORY):
                again.append(task)
            else:
                yield task, outcome
        for task in sorted(again, key=lambda task: task.path):
            yield task, self._alone(task)

    def _alone(self, task: Task) -> Outcome:
        while True:
            [(_, outcome)] = self._run([task], 1)
            if outcome.page is None or len(task.left_out) == _LEFT_OUT:
                return outcome
            task = replace(task, left_out=(*task.left_out, outcome.page))

    def lost_of(self, works: Iterable[Work]) -> set[str]:
        """Have parts made; gives the documents whose rows are lost. Raises LostError; others as `outcomes`."""
        assert self._pool is not None
        making = [self._pool.schedule(service.make, args=(work,)) for work in works]
        try:
            return set().union(*(future.result() for future in making))
        except (BrokenProcessPool, ProcessExpired) as problem:
            raise WorkersError(f"a worker process ended while it made tables: {problem}") from None

    def _run(self, tasks: Iterable[Task], at_once: int) -> Iterator[tuple[Task, Outcome]]:
        waiting = iter(tasks)
        redo: deque[Task] = deque()
        held: dict[Future[Outcome], Task] = {}
        ended: SimpleQueue[Future[Outcome]] = SimpleQueue()
        restarts = 0
        while True:
            while len(held) < at_once and (task := redo.popleft() if redo else next(waiting, None)) is not None:
                future = self._schedule(task)
                held[future] = task
                future.add_done_callback(ended.put)
            if not held:
                return
            future = ended.get()
            task = held.pop(future)
            try:
                yield task, self._outcome(task, future)
            except (BrokenProcessPool, CancelledError):
                # The pool is lost with all it held; none of those documents is known to be to blame.
                restarts += 1
                if restarts > _RESTARTS:
                    raise WorkersError("worker processes end as soon as they start") from None
                redo.extend([task, *held.values()])
                held, ended = {}, SimpleQueue()
                self._close()
                self._pool = self._opened()

    def _schedule(self, task: Task) -> Future[Outcome]:
        assert self._pool is not None
        try:
            future: Future[Outcome] = self._pool.schedule(service.do, args=(task,), timeout=self._limits.timeout(task))
        except RuntimeError:  # the pool broke since the last outcome
            future = Future()
            future.set_exception(BrokenProcessPool())
        return future

    def _outcome(self, task: Task, future: Future[Outcome]) -> Outcome:
        try:
            return future.result()
        except FutureTimeout:
            processes.kill_children(processes.marked_children, self._spare)
            return _lost(task, *_timeout(self._limits.timeout(task), page_at(self._cache, task)))
        except ProcessExpired as problem:
            processes.kill_children(processes.marked_children, self._spare)
            page = page_at(self._cache, task)
            if problem.exitcode == -signal.SIGALRM and page is not None:
                return replace(_lost(task, *_page_timeout(self._limits.page_seconds, page)), page=page)
            return _lost(task, *_expiry(problem.exitcode))

    def _opened(self) -> ProcessPool:
        pool = ProcessPool(
            max_workers=self._workers,
            max_tasks=DOCUMENTS_A_WORKER,
            initializer=service.start,
            initargs=(self._start,),
            context=self._context,
        )
        try:
            pool.schedule(service.ready).result()
        except BrokenProcessPool:
            raise WorkersError("worker processes cannot be started") from None
        self._spare = frozenset(processes.marked_children())
        return pool

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None
        processes.kill_children(processes.marked_children, self._spare)


def _lost(task: Task, cause: Cause, message: str, hint: str) -> Outcome:
    return Outcome(task.doc_id, task.size, "", "failed", failure=Failure(task.path, task.doc_id, cause, message, hint))


def _timeout(seconds: float, page: int | None) -> tuple[Cause, str, str]:
    hint = "Raise the bound with --timeout, or split the document."
    at = f", at page {page}" if page is not None else ""
    return Cause.TIMEOUT, f"not done after {seconds:.0f} seconds{at}", hint


def _page_timeout(seconds: float, page: int) -> tuple[Cause, str, str]:
    message = f"page {page} was not done after {seconds:.0f} seconds"
    return Cause.TIMEOUT, message, "Raise the bound with --page-timeout, or take the page out of the document."


def _expiry(code: int | None) -> tuple[Cause, str, str]:
    hint = "The file is probably damaged: try to open and save it anew with its own program."
    if code == -signal.SIGKILL:
        hint = "The system may be short of memory: run with fewer --workers."
    if code is not None and code < 0:
        return Cause.CRASH, f"the reader was ended by {signal.Signals(-code).name}", hint
    return Cause.CRASH, f"the reader ended with code {code}", hint


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let no second Ctrl-C stop the ending of the workers."""
    try:
        before: Callable[..., object] | int | None = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread: no signal arrives here
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
