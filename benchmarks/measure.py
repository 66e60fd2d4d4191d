"""Measuring processes, and the tables of docs/performance.md, which the benchmarks write."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
_PACKAGES = ("underthesea", "spacy", "pdfplumber", "pypdfium2", "pandas", "pyarrow", "pebble")


@dataclass(frozen=True, slots=True)
class Measured:
    """One process with all that it started: seconds on the wall and of processors, and MiB at the peak.

    `thirds` are the MiB of the process itself and of its largest descendant at the peak of each third of its time.
    """

    wall: float
    processor: float
    memory: int
    worker_memory: int
    output: str
    thirds: tuple[tuple[int, int], ...] = ()


def measured(*command: object) -> Measured:
    """Run a command to its end; raises CalledProcessError where it fails."""
    started = time.perf_counter()
    # Compiled modules are kept, as they are where a program is used.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, text=True, env=env) as process:
        peaks = _Peaks(process.pid)
        output, _ = process.communicate()
        memory, worker_memory, processor = peaks.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Measured(time.perf_counter() - started, processor, memory, worker_memory, output, peaks.thirds())


def solieu(*arguments: object) -> Measured:
    """`solieu` in a process of its own."""
    return measured(sys.executable, "-m", "pipeline.cli", *arguments)


class _Peaks:
    """Looks ten times a second at memory and processor time of a process and of its descendants.

    The system's own sums leave out descendants that their parent does not wait for, as workers are.
    """

    def __init__(self, pid: int) -> None:
        self._pid, self._main, self._worker = pid, 0, 0
        self._seconds: dict[int, float] = {}
        self._looks: list[tuple[int, int]] = []
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def stop(self) -> tuple[int, int, float]:
        self._end.set()
        self._thread.join()
        return self._main >> 10, self._worker >> 10, sum(self._seconds.values())

    def thirds(self) -> tuple[tuple[int, int], ...]:
        size = -(-len(self._looks) // 3)
        parts = [self._looks[at : at + size] for at in range(0, len(self._looks), size or 1)]
        return tuple((max(m for m, _ in part) >> 10, max(w for _, w in part) >> 10) for part in parts)

    def _look(self) -> None:
        while not self._end.wait(0.1):
            self._main = max(self._main, resident(self._pid, peak=True))
            below = _below(self._pid)
            self._worker = max(self._worker, 0, *(resident(pid, peak=True) for pid in below))
            self._looks.append((resident(self._pid), max((resident(pid) for pid in below), default=0)))
            for pid in (self._pid, *below):
                self._seconds[pid] = max(self._seconds.get(pid, 0.0), _processor_seconds(pid))


def resident(pid: int, peak: bool = False) -> int:
    """KiB of memory that a process holds, or held at its peak; 0 where there is none."""
    with suppress(OSError):
        found = re.search(rf"{'VmHWM' if peak else 'VmRSS'}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        return int(found[1]) if found else 0
    return 0


def _processor_seconds(pid: int) -> float:
    with suppress(OSError):
        cells = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _below(pid: int) -> list[int]:
    children: list[int] = []
    for listing in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            children += map(int, listing.read_text().split())
    return [*children, *(grandchild for child in children for grandchild in _below(child))]


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table in Markdown."""
    names = list(head)
    lines = [names, ["---"] * len(names), *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def publish(section: str, text: str) -> None:
    """Print a result, and put it in its place in docs/performance.md."""
    print(text)
    whole = f"{text}\n\n{_circumstances()}"
    page = PAGE.read_text(encoding="utf-8")
    marks = re.compile(rf"(<!-- {section} -->\n).*?(<!-- end -->)", re.DOTALL)
    assert marks.search(page), f"docs/performance.md has no place for {section}"
    PAGE.write_text(marks.sub(lambda found: f"{found[1]}{whole}\n{found[2]}", page), encoding="utf-8")


def _circumstances() -> str:
    processor = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    busy = (
        f"**The machine was loaded (average {load:.1f} on {cores} cores): compare processor seconds, and ratios only.**"
        if load > cores + 0.5
        else f"Load {load:.1f}."
    )
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    name = processor[1] if processor else platform.machine()
    return f"{time.strftime('%Y-%m-%d')}, {name}, {cores} cores, Python {platform.python_version()}; {packages}. {busy}"
