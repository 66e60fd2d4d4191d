"""The rows of a table held against its declaration, as the Arrow arrays that really reach the disk.

A row is already held against its columns when it is made (`Table.filled`), in the worker that makes it, so that a
fault costs one document. This is the second, independent look, by functions of Arrow that take a column at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.store.schema import Column, Kind, SchemaError, Table

if TYPE_CHECKING:
    import pyarrow as pa

_SHOWN = 3


def hold(table: Table, rows: pa.Table) -> None:
    """Raise SchemaError, naming columns and values, where rows are not as the table declares them.

    Types need no look here: an array of another one is no array of this schema.
    """
    faults = [
        f"{column.name}: {fault}" for column in table.columns for fault in _faults(column, rows.column(column.name))
    ]
    if faults:
        more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise SchemaError(f"{table.name} is not as declared: {'; '.join(faults[:_SHOWN])}{more}")


def _faults(column: Column, cells: pa.ChunkedArray) -> Iterator[str]:
    """What is wrong with the cells of a column."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if cells.null_count and not column.nullable:
        yield "must not be empty"
    there: Any = cells.drop_null()
    if column.codes is not None and not column.codes.open:
        known = pc.is_in(there, value_set=pa.array(column.codes.values))
        yield from _shown(there.filter(pc.invert(known)), "is no code of the column")
    if column.pattern is not None:
        formed = pc.match_substring_regex(there, rf"\A(?:{column.pattern})\z")
        yield from _shown(there.filter(pc.invert(formed)), "does not have its form")
    if column.low is not None:
        yield from _shown(there.filter(pc.less(there, column.low)), "is out of bounds")
    if column.high is not None:
        yield from _shown(there.filter(pc.greater(there, column.high)), "is out of bounds")
    if column.kind is Kind.BOXES:
        sides = pc.list_value_length(pc.list_flatten(there))
        yield from _shown(sides.filter(pc.not_equal(sides, 4)), "sides do not make a box")


def _shown(strange: pa.ChunkedArray, fault: str) -> Iterator[str]:
    return (f"{value!r} {fault}" for value in strange.unique().to_pylist()[:_SHOWN])
