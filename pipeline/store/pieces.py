"""Rows of a table as they will stand in its files, made once and put together any number of times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.store.delimited import csv_lines
from pipeline.store.parquet import arrow_bytes
from pipeline.store.reading import rows_of_stream
from pipeline.store.rows import Rows
from pipeline.store.schema import Columns, Row, Table, Value, columns_of
from pipeline.store.tables import TABLES
from pipeline.store.validation import validate_columns


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive rows of a table: as an Arrow stream, and as lines of CSV in UTF-8."""

    table: str
    arrow: bytes
    lines: bytes


Pieces: TypeAlias = Mapping[str, Piece]
"""Pieces by the name of their table."""


def piece(table: Table, columns: Columns) -> Piece:
    """Rows as a piece; raises SchemaError where they are not as the table declares them."""
    validate_columns(table, columns)
    return _made(table, columns)


def added(some: Piece | None, table: Table, rows: Iterable[Row]) -> Piece:
    """A piece of a table with more rows, all in the table's order; these must be as it declares them."""
    own = rows_of_stream(some.arrow, table) if some is not None else []
    return _made(table, columns_of(table, table.sorted([*own, *rows])))


def restated(some: Piece, table: Table, values: Mapping[str, Value]) -> Piece:
    """A piece of a table with the same rows, but for these values in all of them."""
    rows = rows_of_stream(some.arrow, table)
    for row in rows:
        row.update(values)
    return _made(table, columns_of(table, rows))


def _made(table: Table, columns: Columns) -> Piece:
    return Piece(table.name, arrow_bytes(table, columns), "".join(csv_lines(table, columns)).encode("utf-8"))


def pieces(rows: Rows) -> Pieces:
    """A piece for each table that has rows."""
    return {table.name: piece(table, columns_of(table, rows[table.name])) for table in TABLES if rows.get(table.name)}
