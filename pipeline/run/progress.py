"""What a run tells while it works: a bar in a terminal, plain lines elsewhere, nothing if so wished."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pipeline.run.archive import ArchiveFile
from pipeline.run.worker import Outcome

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_BYTES_A_PAGE = 40_000
_CHARS_A_PAGE = 3_000
_LINE_EVERY = 10.0
"""Seconds between two lines where there is no terminal."""


class Progress(Protocol):
    """Hears of every document that is done."""

    def start(self, files: list[ArchiveFile]) -> None: ...
    def done(self, file: ArchiveFile, outcome: Outcome) -> None: ...
    def stop(self) -> None: ...


@dataclass(slots=True)
class _Pages:
    """Work in pages: those of a file are guessed from its size until it was read, and guesses learn."""

    guessed_left: float = 0.0
    guessed_done: float = 0.0
    real: float = 0.0
    files: int = 0
    total_files: int = 0
    failed: int = 0

    def start(self, files: list[ArchiveFile]) -> None:
        self.guessed_left = sum(_guess(file) for file in files)
        self.total_files = len(files)

    def done(self, file: ArchiveFile, outcome: Outcome) -> None:
        guess = _guess(file)
        self.guessed_left -= guess
        self.guessed_done += guess
        pages = outcome.figures.get("pages") or outcome.figures.get("chars", 0) / _CHARS_A_PAGE
        self.real += max(1.0, pages) if not outcome.failure else guess
        self.files += 1
        self.failed += outcome.failure is not None

    @property
    def total(self) -> float:
        learnt = self.real / self.guessed_done if self.guessed_done else 1.0
        return self.real + max(0.0, self.guessed_left) * learnt


def _guess(file: ArchiveFile) -> float:
    return max(1.0, file.size / _BYTES_A_PAGE)


class Silent:
    """Says nothing."""

    def start(self, files: list[ArchiveFile]) -> None:
        """Nothing to say."""

    def done(self, file: ArchiveFile, outcome: Outcome) -> None:
        """Nothing to say."""

    def stop(self) -> None:
        """Nothing to say."""


class Lines:
    """A line every few seconds, for logs."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._pages = _Pages()
        self._began = self._last = time.monotonic()

    def start(self, files: list[ArchiveFile]) -> None:
        """Tell how much there is to do."""
        self._pages.start(files)
        self._began = self._last = time.monotonic()
        if files:
            self._console.print(f"{len(files)} document{'' if len(files) == 1 else 's'} to do")

    def done(self, file: ArchiveFile, outcome: Outcome) -> None:
        """Count a document, and tell of it if it is time."""
        pages = self._pages
        pages.done(file, outcome)
        now = time.monotonic()
        if now - self._last < _LINE_EVERY:
            return
        self._last = now
        rate = pages.real / (now - self._began)
        left = (pages.total - pages.real) / rate if rate else 0.0
        self._console.print(
            f"{pages.files}/{pages.total_files} documents, {rate:.0f} pages/s, {left:.0f} s left, {pages.failed} failed"
        )

    def stop(self) -> None:
        """Nothing to put away."""


class Display:
    """A bar weighted by pages, with rate, time left and failures so far."""

    def __init__(self, console: Console) -> None:
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        self._pages = _Pages()
        self._bar: Bar = Progress(
            TextColumn("{task.fields[files]} documents"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TextColumn("{task.fields[rate]} pages/s"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]}", style="red"),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None
        self._began = time.monotonic()

    def start(self, files: list[ArchiveFile]) -> None:
        """Show the bar."""
        self._pages.start(files)
        self._began = time.monotonic()
        if files:
            self._bar.start()
            self._task = self._bar.add_task("", total=self._pages.total, files=f"0/{len(files)}", rate="–", failed="")

    def done(self, file: ArchiveFile, outcome: Outcome) -> None:
        """Move the bar by a document's pages."""
        pages = self._pages
        pages.done(file, outcome)
        assert self._task is not None
        self._bar.update(
            self._task,
            completed=pages.real,
            total=pages.total,
            files=f"{pages.files}/{pages.total_files}",
            rate=f"{pages.real / max(1e-3, time.monotonic() - self._began):.0f}",
            failed=f"{pages.failed} failed" if pages.failed else "",
        )

    def stop(self) -> None:
        """Take the bar away."""
        self._bar.stop()
