"""The dataset in its folder: every table as Parquet and CSV, replaced as one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from pipeline.store.delimited import DelimitedFile
from pipeline.store.files import replacing
from pipeline.store.package import write_package
from pipeline.store.parquet import ParquetFile
from pipeline.store.rows import Rows
from pipeline.store.schema import Row, Table
from pipeline.store.tables import TABLES

ROWS_AT_ONCE = 20_000
"""Rows of a Parquet row group, and the most that are held in memory for a table."""


def files_of(directory: Path) -> list[Path]:
    """The files of the tables in `directory`, whether they exist or not."""
    return [directory / f"{table.name}.{ending}" for table in TABLES for ending in ("parquet", "csv")]


def publish(directory: Path, documents: Iterable[Rows]) -> None:
    """Replace the tables by the rows of `documents`, which must come in the order of their doc_id.

    Only a bounded number of rows is held at once. The same rows give the same bytes. If a document
    cannot be had (the iterable raises), the old tables stay.
    """
    paths = files_of(directory)
    with replacing(paths) as places:
        places_of = iter(places)
        with ExitStack() as stack:
            writers = {
                table.name: stack.enter_context(_TableFiles(table, next(places_of), next(places_of)))
                for table in TABLES
            }
            for rows in documents:
                for name, some in rows.items():
                    writers[name].add(some)
    write_package(directory)


class _TableFiles:
    """The two files of one table, fed in row groups whose bounds depend on the rows alone."""

    def __init__(self, table: Table, parquet: Path, delimited: Path) -> None:
        self._rows: list[Row] = []
        self._parquet = ParquetFile(table, parquet)
        self._delimited = DelimitedFile(table, delimited)

    def __enter__(self) -> _TableFiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None and self._rows:
            self._write(self._rows)
        self._parquet.__exit__(kind, None, None)
        self._delimited.__exit__(kind, None, None)

    def add(self, rows: list[Row]) -> None:
        self._rows += rows
        while len(self._rows) >= ROWS_AT_ONCE:
            self._write(self._rows[:ROWS_AT_ONCE])
            del self._rows[:ROWS_AT_ONCE]

    def _write(self, rows: list[Row]) -> None:
        self._parquet.write(rows)
        self._delimited.write(rows)
