"""A table as Parquet: a fixed schema, decimals exact, the same bytes for the same rows."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pipeline.store.schema import PRECISION, SCALE, Column, Kind, Row, Table, columns_of

if TYPE_CHECKING:
    import pyarrow as pa


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


class ParquetFile:
    """Writes row groups to one file; use as a context."""

    def __init__(self, table: Table, path: Path) -> None:
        import pyarrow.parquet as pq

        self._table = table
        self._schema = arrow_schema(table)
        self._writer: Any = pq.ParquetWriter(path, self._schema, compression="zstd")

    def __enter__(self) -> ParquetFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self._writer.close()

    def write(self, rows: list[Row]) -> None:
        """Append one row group."""
        import pyarrow as pa

        arrays = [
            pa.array(values, type=field.type)
            for (_, values), field in zip(columns_of(rows, self._table), self._schema, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
