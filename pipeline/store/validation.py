"""The rows of a table held against its declaration, by pandera, before they are written.

It costs 0.8 s for 100,000 observations, beside 1.8 s for writing them, and about a second once for pandas and
pandera (benchmarks/bench_validation.py): little enough to hold every row against its schema every time. A row
is already held against its columns when it is made (`Table.row`), in the worker that makes it, so that a
fault costs one document. This is the second, independent look, at what really reaches the disk.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.store.schema import Column, Kind, Row, SchemaError, Table, columns_of

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

_SHOWN = 3


def validate(table: Table, rows: list[Row]) -> None:
    """Raise SchemaError, naming columns and values, where rows are not as the table declares them."""
    import pandas as pd
    from pandera.errors import SchemaErrors

    cells = {column.name: pd.Series(values, dtype=object) for column, values in columns_of(rows, table)}
    try:
        frame_schema(table).validate(pd.DataFrame(cells), lazy=True)
    except SchemaErrors as problem:
        raise SchemaError(_message(table, problem)) from problem


@cache
def frame_schema(table: Table) -> pa.DataFrameSchema:
    """The pandera schema of a table: its columns in order and no other, types, codes, forms, bounds."""
    import pandera.pandas as pa

    columns = {column.name: pa.Column(object, _checks(column), nullable=column.nullable) for column in table.columns}
    return pa.DataFrameSchema(columns, strict=True, ordered=True, name=table.name)


def _checks(column: Column) -> list[pa.Check]:
    """Checks of the values that are there; pandera leaves empty cells out."""
    import pandera.pandas as pa

    checks = [pa.Check(_of_kind(column.kind), error=f"type {column.kind}")]
    if column.codes is not None and not column.codes.open:
        checks.append(pa.Check.isin(list(column.codes.values)))
    if column.pattern is not None:
        checks.append(pa.Check.str_matches(rf"(?:{column.pattern})\Z"))
    if column.low is not None:
        checks.append(pa.Check.ge(column.low))
    if column.high is not None:
        checks.append(pa.Check.le(column.high))
    return checks


def _of_kind(kind: Kind) -> Any:
    def holds(cells: pd.Series[Any]) -> pd.Series[bool]:
        return cells.map(kind.holds).astype(bool)

    return holds


def _message(table: Table, problem: Any) -> str:
    told = list(
        dict.fromkeys(
            f"{case.column}: {case.check}: {case.failure_case!r}" for case in problem.failure_cases.itertuples()
        )
    )
    more = f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    return f"{table.name} is not as declared: {'; '.join(told[:_SHOWN])}{more}"
