"""A table as Parquet: a fixed schema, decimals exact, the same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pipeline.store.arrow_checks import hold
from pipeline.store.schema import PRECISION, SCALE, Column, Columns, Kind, Row, SchemaError, Table, Value, columns_of

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_AT_ONCE = 20_000
"""Rows of a row group, and about as many as are held in memory for a table."""


@cache
def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table; each field carries its titles and description."""
    import pyarrow as pa

    return pa.schema([_field(column) for column in table.columns])


def _field(column: Column) -> pa.Field:
    import pyarrow as pa

    types = {
        Kind.TEXT: pa.string(),
        Kind.INTEGER: pa.int64(),
        Kind.DECIMAL: pa.decimal128(PRECISION, SCALE),
        Kind.FLOAT: pa.float64(),
        Kind.DATE: pa.date32(),
        Kind.TEXTS: pa.list_(pa.string()),
        Kind.BOXES: pa.list_(pa.list_(pa.float64())),
    }
    about = {"title": column.en, "title_vi": column.vi, "description": column.description}
    return pa.field(column.name, types[column.kind], nullable=column.nullable, metadata=about)


def arrow_table(table: Table, columns: Columns) -> pa.Table:
    """Rows as Arrow has them; raises SchemaError where they are not as the table declares them."""
    import pyarrow as pa

    schema = arrow_schema(table)
    rows = pa.Table.from_arrays([_array(table, columns[field.name], field) for field in schema], schema=schema)
    hold(table, rows)
    return rows


def arrow_bytes(table: Table, columns: Columns) -> bytes:
    """Rows as an Arrow stream; raises SchemaError as `arrow_table`."""
    return _stream(arrow_table(table, columns))


def _array(table: Table, values: Sequence[Value], field: pa.Field) -> pa.Array:
    import pyarrow as pa

    try:
        return pa.array(values, type=field.type)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as problem:
        raise SchemaError(f"{table.name} is not as declared: {field.name}: {problem}") from None


def spliced(table: Table, streams: Sequence[bytes], stretches: Sequence[tuple[int, int, int]]) -> bytes:
    """An Arrow stream of stretches of others: of each the number of its stream, its first row, and its length."""
    import pyarrow as pa

    opened = [_opened(stream) for stream in streams]
    parts = [opened[which].slice(first, length) for which, first, length in stretches if length]
    return _stream(pa.concat_tables([arrow_schema(table).empty_table(), *parts]).combine_chunks())


def _stream(rows: pa.Table) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    return bytes(sink.getvalue())


def _opened(stream: bytes) -> pa.Table:
    import pyarrow as pa

    with pa.ipc.open_stream(stream) as opened:
        return opened.read_all()


class ParquetFile:
    """Writes rows to one file, in row groups whose bounds depend on the rows alone; use as a context."""

    def __init__(self, table: Table, path: Path) -> None:
        import pyarrow.parquet as pq

        self._table = table
        self._writer: Any = pq.ParquetWriter(path, arrow_schema(table), compression="zstd")
        self._waiting: pa.Table = arrow_schema(table).empty_table()

    def __enter__(self) -> ParquetFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None and len(self._waiting):
            self._write(self._waiting)
        self._writer.close()

    def write(self, rows: list[Row]) -> None:
        """Append rows."""
        self.add(arrow_bytes(self._table, columns_of(self._table, rows)))

    def add(self, stream: bytes) -> None:
        """Append the rows of an Arrow stream."""
        import pyarrow as pa

        self._waiting = pa.concat_tables([self._waiting, _opened(stream)])
        while len(self._waiting) >= ROWS_AT_ONCE:
            self._write(self._waiting.slice(0, ROWS_AT_ONCE))
            self._waiting = self._waiting.slice(ROWS_AT_ONCE)

    def _write(self, rows: pa.Table) -> None:
        """One row group, of arrays in one part each: how the rows came in pieces must not show in the bytes."""
        self._writer.write_table(rows.combine_chunks())
