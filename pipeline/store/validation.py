"""The rows of a table held against its declaration by pandera, before they leave the dataset as an export.

What a run writes was held against its schema as it was made (`Table.filled`) and as it was written
(`arrow_checks.hold`). What an export takes from the files of a dataset may have been written by another program,
and is looked at by a library that is not ours. It costs half a second once, and 0.6 s for 100,000 observations
(benchmarks/bench_validation.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.store.schema import Column, Kind, Row, SchemaError, Table, Value

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

_SHOWN = 3


def validate(table: Table, rows: Sequence[Row]) -> None:
    """Raise SchemaError, naming columns and values, where rows are not as the table declares them.

    Each value is looked at once, however often it stands there, and columns that admit the same are held against
    their schema together: it is for each schema that pandera takes its time.
    """
    faults: list[str] = []
    for names, schema in column_schemas(table):
        if _faults(schema, [row[name] for name in names for row in rows]):
            faults += [f"{name}: {fault}" for name in names for fault in _faults(schema, [row[name] for row in rows])]
    if faults:
        more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise SchemaError(f"{table.name} is not as declared: {'; '.join(faults[:_SHOWN])}{more}")


def _faults(schema: pa.SeriesSchema, values: Sequence[Value]) -> list[str]:
    """What is wrong with which values."""
    import pandas as pd
    from pandera.errors import SchemaErrors

    try:
        schema.validate(pd.Series(_distinct(values), dtype=object), lazy=True)
    except SchemaErrors as problem:
        cases = problem.failure_cases.itertuples()
        return list(dict.fromkeys(f"{case.check}: {case.failure_case!r}" for case in cases))
    return []


def _distinct(values: Sequence[Value]) -> list[Value]:
    """The values without repetitions; 1, 1.0 and True are three. All of them where one cannot be told apart."""
    try:
        return list({(value.__class__, value): value for value in values}.values())
    except TypeError:  # a list: its column will not admit it
        return list(values)


@cache
def column_schemas(table: Table) -> list[tuple[list[str], pa.SeriesSchema]]:
    """The pandera schemas of a table's columns: types, codes, forms, bounds; each with the columns that it is of."""
    import pandera.pandas as pa

    alike: dict[object, list[Column]] = {}
    for column in table.columns:
        admitted = column.kind, column.nullable, column.codes, column.pattern, column.low, column.high
        alike.setdefault(admitted, []).append(column)
    return [
        ([column.name for column in some], pa.SeriesSchema(object, _checks(some[0]), nullable=some[0].nullable))
        for some in alike.values()
    ]


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
