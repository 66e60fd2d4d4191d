"""The tables of a dataset read back from its folder, in portions, as the rows that were written."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.store.schema import Column, Kind, Row, Table
from pipeline.store.tables import TABLES

ROWS_AT_ONCE = 20_000


class DatasetError(Exception):
    """A folder that holds no dataset, or one of another version of the schema: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def plain(value: Decimal) -> Decimal:
    """The same number without the zeros that a column of nine places adds: 84.840000000 → 84.84."""
    whole = value.to_integral_value()
    return Decimal(int(whole)) if value == whole else value.normalize()


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


_FROM_PARQUET: dict[Kind, Callable[[Any], Any]] = {Kind.DECIMAL: plain, Kind.TEXTS: _tuples, Kind.BOXES: _tuples}
_FROM_TEXT: dict[Kind, Callable[[str], Any]] = {
    Kind.TEXT: str,
    Kind.INTEGER: int,
    Kind.DECIMAL: lambda text: plain(Decimal(text)),
    Kind.FLOAT: float,
    Kind.DATE: date.fromisoformat,
    Kind.TEXTS: lambda text: _tuples(json.loads(text)),
    Kind.BOXES: lambda text: _tuples(json.loads(text)),
}


def read_rows(directory: Path, table: Table) -> Iterator[list[Row]]:
    """Portions of a table, from Parquet; code tables and errors, which are CSV only, from there.

    A table that has no rows gives none. Raises DatasetError where the file is missing or has other columns.
    """
    return _from_parquet(directory, table) if table in TABLES else _from_csv(directory, table)


def rows_of_stream(stream: bytes, table: Table) -> list[Row]:
    """The rows of an Arrow stream of a table."""
    import pyarrow as pa

    with pa.ipc.open_stream(stream) as opened:
        return [_row(table.columns, cells, _FROM_PARQUET) for cells in opened.read_all().to_pylist()]


def parquet_of(directory: Path, table: Table) -> Any:
    """The open Parquet file of a table; raises DatasetError where it is missing or has other columns."""
    import pyarrow.parquet as pq

    path = directory / f"{table.name}.parquet"
    if not path.exists():
        raise _no_dataset(directory, path)
    file = pq.ParquetFile(path)
    _check_columns(table, tuple(file.schema_arrow.names), path)
    return file


def _from_parquet(directory: Path, table: Table) -> Iterator[list[Row]]:
    with parquet_of(directory, table) as file:
        for batch in file.iter_batches(ROWS_AT_ONCE):
            yield [_row(table.columns, cells, _FROM_PARQUET) for cells in batch.to_pylist()]


def _from_csv(directory: Path, table: Table) -> Iterator[list[Row]]:
    path = directory / f"{table.name}.csv"
    if not path.exists():
        raise _no_dataset(directory, path)
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        _check_columns(table, tuple(reader.fieldnames or ()), path)
        if rows := [_row(table.columns, _undefused(cells), _FROM_TEXT) for cells in reader]:
            yield rows


def _row(columns: tuple[Column, ...], cells: dict[str, Any], read: dict[Kind, Callable[[Any], Any]]) -> Row:
    return {
        column.name: read[column.kind](cell)
        if (cell := cells[column.name]) is not None and column.kind in read
        else cell
        for column in columns
    }


def _undefused(cells: dict[str, str]) -> dict[str, str | None]:
    """Empty cells as missing values, and texts without the apostrophe that keeps a spreadsheet from running them."""
    from pipeline.store.cells import defused

    return {
        name: None if text == "" else text[1:] if text[0] == "'" and defused(text[1:]) == text else text
        for name, text in cells.items()
    }


def _check_columns(table: Table, found: tuple[str, ...], path: Path) -> None:
    if found != table.names:
        raise DatasetError(
            f"{path} has other columns than this version of solieu writes", "Run `solieu run` on the archive again."
        )


def _no_dataset(directory: Path, path: Path) -> DatasetError:
    return DatasetError(
        f"{directory} holds no dataset: {path.name} is missing", "Give the folder that `solieu run` wrote with --out."
    )
