"""The dataset in its folder: every table as Parquet and CSV, replaced as one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pipeline.store.cells import csv_line
from pipeline.store.code_tables import CODE_TABLES
from pipeline.store.delimited import DelimitedFile
from pipeline.store.files import replacing
from pipeline.store.package import NAME, write_package
from pipeline.store.parquet import ParquetFile, arrow_table
from pipeline.store.pieces import Piece, Pieces, pieces
from pipeline.store.rows import Rows
from pipeline.store.schema import Table, columns_of
from pipeline.store.tables import TABLES


def files_of(directory: Path) -> list[Path]:
    """The files of the dataset in `directory`, whether they exist or not."""
    return [*_table_files(directory), *(directory / f"{table.name}.csv" for table in CODE_TABLES), directory / NAME]


def prepare() -> None:
    """Load what `publish` needs, so that a run can do it while its workers are busy."""
    import pyarrow.compute
    import pyarrow.parquet  # noqa: F401


def publish(directory: Path, documents: Iterable[Rows], codes: Rows | None = None) -> None:
    """Replace the tables by the rows of `documents`, which must come in the order of their doc_id.

    As `publish_pieces`; raises SchemaError too where a row is not as its table declares it.
    """
    publish_pieces(directory, (pieces(rows) for rows in documents), codes)


def publish_pieces(directory: Path, portions: Iterable[Pieces], codes: Rows | None = None) -> None:
    """Replace the tables by the rows of `portions`, which must come in the order of the tables.

    `codes` are the rows of the code tables (`code_rows`). Only a bounded number of rows is held at once.
    The same rows give the same bytes, however they are cut into pieces. If a portion cannot be had (the
    iterable raises), the old tables stay.
    """
    if codes is not None:
        _publish_codes(directory, codes)
    paths = _table_files(directory)
    with replacing(paths) as places:
        places_of = iter(places)
        with ExitStack() as stack:
            writers = {
                table.name: stack.enter_context(_TableFiles(table, next(places_of), next(places_of)))
                for table in TABLES
            }
            for portion in portions:
                for some in portion.values():
                    writers[some.table].add(some)
    write_package(directory)


def _table_files(directory: Path) -> list[Path]:
    return [directory / f"{table.name}.{ending}" for table in TABLES for ending in ("parquet", "csv")]


def _publish_codes(directory: Path, codes: Rows) -> None:
    with replacing([directory / f"{table.name}.csv" for table in CODE_TABLES]) as places:
        for table, place in zip(CODE_TABLES, places, strict=True):
            with DelimitedFile(table, place) as file:
                arrow_table(table, columns_of(table, codes[table.name]))  # raises where a row is not as declared
                file.write(codes[table.name])


class _TableFiles:
    """The two files of one table."""

    def __init__(self, table: Table, parquet: Path, delimited: Path) -> None:
        self._parquet = ParquetFile(table, parquet)
        self._delimited = delimited.open("wb")
        self._delimited.write(csv_line(table.names).encode("utf-8"))

    def __enter__(self) -> _TableFiles:
        return self

    def __exit__(self, *problem: Any) -> None:
        self._parquet.__exit__(*problem)
        self._delimited.close()

    def add(self, some: Piece) -> None:
        self._parquet.add(some.arrow)
        self._delimited.write(some.lines)
