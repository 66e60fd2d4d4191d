"""Documents worked on by a Dask cluster.

Each Dask worker isolates its documents in a process of its own, as a run on one machine does, so that a bad document
costs neither a Dask worker nor its neighbours. A Dask worker that is lost costs time: what it held is done by another,
with the same result, as all that it does is put files of content-addressed names into the cache. The output
folder, which holds the cache, and the archive must be seen by every worker under the same path.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.run.engine import Work
from pipeline.run.pool import Limits, Pool, WorkersError
from pipeline.run.worker import Outcome, Task

if TYPE_CHECKING:
    from distributed import Client, Future

SCHEME = "dask://"
TASKS_AT_ONCE = 8
"""Documents of one Dask task: a scheduler takes some thousand tasks a second, and each costs it a millisecond."""
_AHEAD = 3
"""Dask tasks handed over for each worker: enough that none waits, few enough for the scheduler's memory."""
_CONNECT_SECONDS = 15

_pools: dict[tuple[str, str, Limits], Pool] = {}
"""The pool of this Dask worker process for each run that it works for."""
_one_at_a_time = threading.Lock()


class Cluster:
    """An engine on a Dask scheduler; see `opened`."""

    def __init__(self, client: Client, cache: Path, limits: Limits, rules_version: str) -> None:
        self._client = client
        self._run = (str(cache.resolve()), rules_version, limits)

    def outcomes(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
        """As `Pool.outcomes`; the order is that in which batches end."""
        waiting = iter(tasks)
        batches = iter(lambda: tuple(islice(waiting, TASKS_AT_ONCE)), ())
        for done in self.results(_do, batches):
            yield from done

    def lost_of(self, works: Iterable[Work]) -> set[str]:
        """As `Pool.lost_of`."""
        return set().union(*self.results(_make, ((work,) for work in works)))

    def results(self, work: Any, batches: Iterator[tuple[Any, ...]]) -> Iterator[Any]:
        """What `work(run, batch)` gives on the workers for each batch, in the order in which they end. No more
        batches are handed over than keep all workers busy. Raises WorkersError, and what `work` raises."""
        from distributed import as_completed

        def submit() -> Future[Any] | None:
            batch = next(batches, None)
            return None if batch is None else self._client.submit(work, self._run, batch, pure=False)

        workers = sum(self._client.nthreads().values())
        first = [future for _ in range(_AHEAD * max(1, workers)) if (future := submit())]
        ended = as_completed(first, loop=self._client.loop)
        for future in ended:
            yield self._result(future)
            if (following := submit()) is not None:
                ended.add(following)

    def _result(self, future: Future[Any]) -> Any:
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker as problem:
            raise WorkersError(f"the workers of the cluster were lost again and again: {problem}") from None
        finally:
            future.release()


@contextmanager
def opened(engine: str, limits: Limits, cache: Path, rules_version: str) -> Iterator[Cluster]:
    """The cluster whose scheduler is at `engine` (dask://HOST:PORT), for one run.

    Raises WorkersError where it cannot be reached or has other software, ModuleNotFoundError without the
    package distributed.
    """
    from distributed import Client

    try:
        client = Client("tcp://" + engine.removeprefix(SCHEME), timeout=_CONNECT_SECONDS, set_as_default=False)
    except OSError as problem:
        raise WorkersError(
            f"there is no Dask scheduler at {engine}: {problem}",
            "Start one (dask scheduler), or check its address and port; --engine local needs none.",
        ) from None
    run = (str(cache.resolve()), rules_version, limits)
    with client:
        try:
            client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except TimeoutError:
            raise WorkersError(
                f"the Dask scheduler at {engine} has no workers", "Start some: dask worker HOST:PORT --nthreads 1."
            ) from None
        others = {place for place, version in client.run(_rules_version).items() if version != rules_version}
        if others:
            raise WorkersError(
                f"workers have other rules than this machine: {', '.join(sorted(others))}",
                "Install the same solieu on them.",
            )
        try:
            yield Cluster(client, cache, limits, rules_version)
        finally:
            client.run(_close, run)


def _rules_version() -> str:
    from pipeline.rulebook.book import load

    return load().version


def _do(run: tuple[str, str, Limits], tasks: tuple[Task, ...]) -> list[tuple[Task, Outcome]]:
    """On a Dask worker: some documents."""
    with _one_at_a_time:
        return list(_pool(run).outcomes(tasks))


def _make(run: tuple[str, str, Limits], works: tuple[Work, ...]) -> set[str]:
    """On a Dask worker: some parts of the dataset."""
    with _one_at_a_time:
        return _pool(run).lost_of(works)


def _pool(run: tuple[str, str, Limits]) -> Pool:
    if run not in _pools:
        if multiprocessing.current_process().daemon:
            raise WorkersError("Dask workers may not start processes: start them with distributed.worker.daemon: false")
        cache, rules_version, limits = run
        _pools[run] = Pool(1, limits, Path(cache), rules_version).__enter__()
    return _pools[run]


def _close(run: tuple[str, str, Limits]) -> None:
    """On a Dask worker: end the processes of a run."""
    if run in _pools:
        _pools.pop(run).__exit__(None, None, None)
