"""The main job: an archive into the dataset, going on where an earlier run stopped."""

from __future__ import annotations

import errno
import json
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from pipeline.model import Cause
from pipeline.review.snapshot import RecordError
from pipeline.rulebook.book import Rules
from pipeline.rulebook.source import RuleError
from pipeline.run.archive import Archive, ArchiveFile, find
from pipeline.run.cache import Cache
from pipeline.run.carrying import RULES, Carrier
from pipeline.run.cluster import opened
from pipeline.run.engine import Engine, Work
from pipeline.run.figures import Figures, dataset_figures
from pipeline.run.lock import only_run
from pipeline.run.plan import Job, Plan, Recipe, plan
from pipeline.run.pool import Limits, Pool, WorkersError, start_server
from pipeline.run.progress import Progress
from pipeline.run.publish import DamagedError, Maker, publish_dataset
from pipeline.run.remote import RemoteError, publish_remote
from pipeline.run.worker import FACTS, READING, TEXT, Outcome, Task, reading_key
from pipeline.store.dataset import files_of, prepare
from pipeline.store.files import clear_partial, write_text
from pipeline.store.ledger import FileEntry, Ledger
from pipeline.store.partitions import PARTITIONED, write_partitions
from pipeline.store.rows import Versions
from pipeline.store.versions import versions_of

LOCAL = "local"
CACHE_NAME = ".cache"
LEDGER_NAME = "solieu.sqlite"
_COMMIT_EVERY = 1.0
"""Seconds of work that a power cut may cost; what a document gave is in the cache by then."""
_REMAKES = 3
_MADE_HERE = 50_000
"""Rows; some seconds of work."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to run: the paths or URLs, the folder where the dataset goes and what is kept for the next run, and how."""

    paths: tuple[Path | str, ...]
    out: Path
    workers: int
    limits: Limits = field(default_factory=Limits)
    force: bool = False
    limit: int | None = None
    cache_bytes: int = 4 << 30
    """How much of what was read is kept for the next run."""
    engine: str = LOCAL
    """Where documents are worked on: here, or `dask://HOST:PORT`."""
    address: str | None = None
    """A URL at which the dataset is published when it is done in `out`."""
    partitioned: bool = False
    """Whether the tables are also written as a partitioned data set."""
    settle: float = 0.0
    """A file that was touched within so many seconds is left for the next run, as it may not be whole."""

    def settled_by_ns(self) -> int | None:
        """The time by which a file must have been left alone to be taken; None where that does not matter."""
        return time.time_ns() - int(self.settle * 1e9) if self.settle else None


class RunError(Exception):
    """A run that cannot go on, for a reason that lies in no document: what it is, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def run(request: Request, rules: Rules, progress: Progress) -> Figures:
    """Read and extract what is new, and bring the tables in step. The figures tell how it went.

    Interrupted (Ctrl-C, SIGTERM), it ends its workers, keeps what is done, leaves the tables as they
    were, and gives figures with the state "interrupted".
    Raises BusyError where another run has the folder, RunError where the folder, a store, the workers or the
    rules fail.
    """
    started = _now()
    with _problems_explained(request.out):
        request.out.mkdir(parents=True, exist_ok=True)
        with only_run(request.out, started), Ledger(request.out / LEDGER_NAME) as ledger:
            clear_partial(request.out)
            return _Run(request, rules, progress, ledger, started).go()


def preview(request: Request, rules: Rules) -> tuple[Archive, Plan]:
    """What `run` would do; nothing is written. Raises RunError."""
    with _problems_explained(request.out):
        known: dict[str, FileEntry] = {}
        if (request.out / LEDGER_NAME).exists():
            with Ledger(request.out / LEDGER_NAME) as ledger:
                known = ledger.files()
        archive = find(request.paths, leave_out=request.address or request.out)
        carrier = Carrier(rules, Cache(request.out / CACHE_NAME))
        recipe = Recipe(rules.version, request.limits, carrier.carries)
        return archive, plan(archive, known, recipe, request.force, request.limit, request.settled_by_ns())


class _Run:
    """One run, from the look at the archive to the figures."""

    def __init__(self, request: Request, rules: Rules, progress: Progress, ledger: Ledger, started: str) -> None:
        self._request, self._rules, self._progress, self._ledger = request, rules, progress, ledger
        self._cache = Cache(request.out / CACHE_NAME)
        self._carrier = Carrier(rules, self._cache)
        self._recipe = Recipe(rules.version, request.limits, self._carrier.carries)
        self._versions: Versions = versions_of(rules)
        self._started, self._clock = started, time.monotonic()
        self._entries: dict[str, FileEntry] = {}
        self._sources: dict[str, str] = {}
        self._done = 0
        self._run_id = 0

    def go(self) -> Figures:
        request = self._request
        arguments = {"paths": [str(path) for path in request.paths], "workers": request.workers, "force": request.force}
        self._run_id = self._ledger.start_run(
            self._started, self._versions.parser, self._recipe.rules_version, arguments
        )
        archive = find(request.paths, leave_out=request.address or request.out)
        self._sources = {file.location: file.source for file in archive.files}
        known = self._ledger.files()
        todo = plan(archive, known, self._recipe, request.force, request.limit, request.settled_by_ns())
        self._carrier.keep_rules()
        self._entries.update(todo.kept)
        self._ledger.mark_gone(self._run_id, todo.gone)
        for location, entry in todo.kept.items():
            if entry is not known[location]:
                self._record(entry)
        for location, failure in archive.failures.items():
            self._record(FileEntry(location, failure.path, "", None, 0, "", "failed", {}, failure))
        self._ledger.commit()
        state = "finished"
        try:
            with _stopped_by_sigterm():
                self._work(todo.jobs)
                self._publish()
                if request.partitioned:
                    write_partitions(request.out, request.out / PARTITIONED)
        except KeyboardInterrupt:
            state = "interrupted"
        figures = self._end(state, archive, todo)
        if request.address is not None and state == "finished":
            publish_remote(request.out, self._published(), request.address, figures.as_json())
        return figures

    def _published(self) -> list[str]:
        """The names of the files that make up the dataset, within the output folder."""
        out = self._request.out
        files = [*files_of(out), out / "errors.csv"]
        if self._request.partitioned:
            files += [file for file in (out / PARTITIONED).rglob("*") if file.is_file()]
        return [file.relative_to(out).as_posix() for file in files]

    def _work(self, jobs: list[Job]) -> None:
        if not jobs:
            return
        if self._request.engine == LOCAL:
            start_server()  # while it loads what workers share, the rules are compiled here
        _ = self._rules.book
        by_task = {job.task: job for job in jobs}
        committed = time.monotonic()
        # Waited for below: two threads that import packages which import each other would block for good.
        preparing = threading.Thread(target=prepare, daemon=True)
        self._progress.start([job.file for job in jobs])
        try:
            with self._engine(len(jobs)) as engine:
                preparing.start()
                for task, outcome in engine.outcomes(by_task):
                    job = by_task[task]
                    self._record(self._entry(job, outcome), outcome.detail)
                    self._done += 1
                    self._progress.done(job.file, outcome)
                    if time.monotonic() - committed > _COMMIT_EVERY:
                        self._ledger.commit()
                        committed = time.monotonic()
        finally:
            self._progress.stop()
            self._ledger.commit()
            if preparing.ident is not None:
                preparing.join()

    def _entry(self, job: Job, outcome: Outcome) -> FileEntry:
        file, failure = job.file, outcome.failure
        return FileEntry(
            file.location, file.path, file.signature, outcome.doc_id, outcome.size,
            "" if failure else outcome.made_from, outcome.status, outcome.figures, failure,
            self._recipe.mark(failure.cause if failure else Cause.TIMEOUT if outcome.left_out else None),
            self._recipe.rules_version,
        )  # fmt: skip

    def _record(self, entry: FileEntry, detail: str = "") -> None:
        self._entries[entry.location] = entry
        self._ledger.record(self._run_id, entry, detail)

    def _publish(self) -> None:
        """Write the tables; rows that the cache has lost are made again first."""
        for _ in range(_REMAKES):
            try:
                with self._maker() as make:
                    publish_dataset(
                        self._request.out, self._entries.values(), self._cache, self._ledger, self._rules, make
                    )
                return
            except DamagedError as problem:
                self._work(self._jobs_for(problem.doc_ids))
        raise RunError(
            "the cache does not keep what is written to it", f"Check the disk under {self._cache.directory}."
        )

    @contextmanager
    def _maker(self) -> Iterator[Maker]:
        """What makes parts of the dataset. A little is made here; for more it pays to start workers, once, which
        also keep this process small."""
        with ExitStack() as stack:

            @cache
            def engine() -> Engine:
                return stack.enter_context(self._engine(self._request.workers))

            def make(works: Sequence[Work]) -> set[str]:
                if sum(work.weight for work in works) <= _MADE_HERE:
                    return set().union(*(work.make(self._cache, self._rules.book) for work in works))
                return engine().lost_of(works)

            yield make

    def _engine(self, most: int) -> AbstractContextManager[Engine]:
        """What works on documents: of local workers no more than there are pieces of work."""
        request = self._request
        material = request.limits, self._cache.directory, self._recipe.rules_version
        if request.engine == LOCAL:
            return Pool(min(request.workers, most), *material, self._rules.folder)
        return opened(request.engine, *material)

    def _jobs_for(self, doc_ids: set[str]) -> list[Job]:
        """What it takes to have these documents again: the file may be gone, what was read of it is kept."""
        jobs = []
        for location, entry in self._entries.items():
            if entry.doc_id in doc_ids:
                source = self._sources.get(location, location)
                file = ArchiveFile(source, location, entry.path, entry.size, entry.signature)
                jobs.append(Job(file, Task(source, entry.path, entry.doc_id, entry.size)))
        return jobs

    def _end(self, state: str, archive: Archive, todo: Plan) -> Figures:
        if state == "finished" and (self._done or todo.gone):
            entries = self._entries.values()
            self._cache.drop(FACTS, {entry.made_from for entry in entries})
            self._cache.drop(TEXT, {reading_key(entry.doc_id, entry.path) for entry in entries if entry.doc_id})
            self._cache.drop(RULES, {self._rules.version, *(entry.rules for entry in entries)})
            self._cache.shrink(READING, self._request.cache_bytes)
        figures = replace(
            dataset_figures(self._entries.values()),
            done=self._done,
            cached=len(todo.kept),
            skipped=archive.skipped,
            gone=len(todo.gone),
            unsettled=todo.unsettled,
            left=max(0, len(todo.jobs) - self._done),
            seconds=time.monotonic() - self._clock,
            state=state,
            started=self._started,
            finished=_now(),
            versions={"parser": self._versions.parser, "rules": self._recipe.rules_version},
        )
        self._ledger.end_run(self._run_id, figures.finished, state, figures.as_json())
        text = json.dumps(figures.as_json(), ensure_ascii=False, indent=1)
        write_text(self._request.out / "run.json", text + "\n")
        return figures


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """Let a polite request to end (a service manager's, a batch system's) be as good as Ctrl-C."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not in the main thread: signals are somebody else's business
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _problems_explained(directory: Path) -> Iterator[None]:
    """Failures of the output folder and of the workers as RunError, with what to do."""
    try:
        yield
    except RuleError as problem:
        raise RunError(f"the rules have a fault: {problem}", "`solieu rules check` tells of all faults.") from problem
    except RemoteError as problem:
        raise RunError(
            f"the store cannot be used: {problem}",
            "Check the address, the network and the credentials, and run again: what is done is kept.",
        ) from problem
    except WorkersError as problem:
        raise RunError(str(problem), problem.hint) from problem
    except RecordError as problem:
        hint = "Put a copy of it there, or of `solieu review export`. Without the file nothing counts as reviewed."
        raise RunError(str(problem), hint) from problem
    except sqlite3.DatabaseError as problem:
        raise RunError(
            f"the ledger {directory / LEDGER_NAME} cannot be used: {problem}",
            "If the disk is full, free some space. If the file is damaged, move it away: the cache is kept.",
        ) from problem
    except OSError as problem:
        hint = f"Check that {directory} may be written."
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            hint = "Free some space and run again: what is done is kept."
        raise RunError(f"the output folder {directory} cannot be written: {problem.strerror}", hint) from problem
