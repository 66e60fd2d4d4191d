"""`errors.csv`: every file that could not be read, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.model import Failure
from pipeline.store.cells import csv_line, defused
from pipeline.store.files import replacing

COLUMNS = ("path", "doc_id", "cause", "message", "hint")


def write_errors(path: Path, failures: Iterable[Failure]) -> None:
    """Replace the file by these failures, in the order of their paths."""
    with replacing([path]) as [place], place.open("w", encoding="utf-8", newline="") as stream:
        stream.write(csv_line(COLUMNS))
        for failure in sorted(failures, key=lambda failure: (failure.path, failure.cause)):
            cells = (failure.path, failure.doc_id or "", str(failure.cause), failure.message, failure.hint)
            stream.write(csv_line([defused(cell) for cell in cells]))
