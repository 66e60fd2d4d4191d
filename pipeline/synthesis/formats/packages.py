"""Packages of parts, as office documents are: not compressed and without a clock, so that content makes the bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable


def package(parts: Iterable[tuple[str, bytes | str]]) -> bytes:
    """A zip archive of named parts, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part)
    return buffer.getvalue()


def plain_zip(data: bytes) -> bytes:
    """The same archive without its times and its compression."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return package((name, old.read(name)) for name in old.namelist())
