"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

_PREFIX, _SUFFIX = ".", ".part"


def partial(path: Path) -> Path:
    """Where the next content of `path` is written until it is whole."""
    return path.with_name(f"{_PREFIX}{path.name}{_SUFFIX}")


@contextmanager
def replacing(paths: list[Path]) -> Iterator[list[Path]]:
    """Write next contents to the places given, which then take the names of `paths`, one after another.

    Each is forced to the disk before its name moves, so that a reader, or the next start after a
    power cut, finds an old file or a new one. If the block raises, nothing is replaced.
    """
    with ExitStack() as stack:
        places = [partial(path) for path in paths]
        for place in places:
            stack.callback(place.unlink, missing_ok=True)
        yield places
        for place in places:
            _to_disk(place)
        for place, path in zip(places, paths, strict=True):
            place.replace(path)
    for directory in {path.parent for path in paths}:
        _to_disk(directory)


def write_text(path: Path, text: str) -> None:
    """Replace a file's content, in UTF-8."""
    with replacing([path]) as [place]:
        place.write_text(text, encoding="utf-8")


def clear_partial(directory: Path) -> None:
    """Remove what a process that was killed left half-written."""
    for place in directory.glob(f"{_PREFIX}*{_SUFFIX}"):
        place.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
