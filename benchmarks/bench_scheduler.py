"""How much a Dask scheduler carries: a million documents that take no time, in batches of several sizes.

A real scheduler and real worker processes on this machine; the batches go through the code that runs use
(`pipeline.run.cluster`), with a task that does nothing in the place of reading.

python bench_scheduler.py [DOCUMENTS]   (1,000,000 unless told; of batches of one a tenth of that)
"""

from __future__ import annotations

import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from measure import publish, resident, table

from pipeline.run.cluster import Cluster
from pipeline.run.pool import Limits
from pipeline.run.worker import Outcome, Task

WORKERS = 2
BATCHES = (1, 8, 64, 512)


def nothing(_: object, tasks: tuple[Task, ...]) -> list[tuple[Task, Outcome]]:
    """What a worker does here: it tells of each document what it would tell after reading it."""
    figures = {"pages": 1, "chars": 2600, "facts.dossier": 20, "facts.index": 8, "numerals": 50, "findings": 1}
    return [(task, Outcome(f"{at:064x}", 30_000, f"{at:064x}", "ok", figures)) for at, task in enumerate(tasks)]


def main(documents: int) -> None:
    """Measure, print, and write the section `scheduler`."""
    from distributed import Client

    rows = []
    for size in BATCHES:
        count = documents // 10 if size == 1 else documents
        with scheduler() as (address, process), Client(address, set_as_default=False) as client:
            client.wait_for_workers(WORKERS)
            cluster = Cluster(client, Path("cache"), Limits(), "")
            began = time.perf_counter()
            done = sum(len(batch) for batch in cluster.results(nothing, batches(count, size)))
            seconds = time.perf_counter() - began
            assert done == count
            rows.append(
                (size, f"{count:,}", f"{seconds:.0f}", f"{count / seconds:,.0f}", f"{count / size / seconds:,.0f}",
                 resident(process.pid, peak=True) >> 10,
                 resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
            )  # fmt: skip
            print(*rows[-1], flush=True)
    head = ("documents a batch", "documents", "s", "documents a second", "batches a second", "scheduler, MiB",
            "client, MiB")  # fmt: skip
    publish("scheduler", table(head, rows) + f"\n\n{WORKERS} worker processes that do nothing.")


def batches(count: int, size: int) -> Iterator[tuple[Task, ...]]:
    """The tasks of so many documents."""
    tasks = (Task(f"/data/archive/{n // 100:06}/{n}.pdf", f"archive/{n // 100:06}/{n}.pdf") for n in range(count))
    return iter(lambda: tuple(islice(tasks, size)), ())


@contextmanager
def scheduler() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A scheduler with its workers, all ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())

        def started(kind: str, *arguments: Any) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *map(str, arguments), "--no-dashboard"]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        process = started("scheduler", "--host", "127.0.0.1", "--port", port)
        for number in range(WORKERS):
            options = ("--nthreads", 1, "--no-nanny", "--local-directory", f"{folder}/{number}")
            started("worker", address, *options)
        yield address, process


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
