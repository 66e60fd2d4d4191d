"""Rows as plain JSON values and back: for `solieu extract`, and for what is kept between runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from pipeline.store.schema import Columns, Kind, Row, Table

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


def number(value: Decimal) -> int | float:
    """A decimal as a JSON number: whole where it is whole, else the shortest that reads the same."""
    return int(value) if value == value.to_integral_value() else float(value)


def lists(value: Iterable[Any]) -> list[Json]:
    """Tuples within tuples as lists within lists."""
    return [lists(item) if isinstance(item, tuple) else item for item in value]


def _boxes(value: Iterable[Iterable[float]]) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, value))


def _same(value: Any) -> Any:
    return value


_TO_JSON: dict[Kind, Callable[[Any], Json]] = {
    Kind.TEXT: _same,
    Kind.INTEGER: _same,
    Kind.DECIMAL: number,
    Kind.FLOAT: _same,
    Kind.DATE: date.isoformat,
    Kind.TEXTS: lists,
    Kind.BOXES: lists,
}
_TO_KEEP: dict[Kind, Callable[[Any], Json]] = {**_TO_JSON, Kind.DECIMAL: str, Kind.TEXTS: _same, Kind.BOXES: _same}
"""Tuples are written as lists are."""
_FROM_KEPT: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: _same,
    Kind.INTEGER: _same,
    Kind.DECIMAL: Decimal,
    Kind.FLOAT: _same,
    Kind.DATE: date.fromisoformat,
    Kind.TEXTS: tuple,
    Kind.BOXES: _boxes,
}


def json_row(table: Table, row: Row) -> dict[str, Json]:
    """A row as a JSON object: decimals as numbers, dates as ISO text."""
    return {
        column.name: None if row[column.name] is None else _TO_JSON[column.kind](row[column.name])
        for column in table.columns
    }


def keep(table: Table, columns: Columns) -> dict[str, Sequence[Json]]:
    """Rows as columns that JSON can hold, with nothing lost: `restore` gives them back."""
    return _each(table, columns, _TO_KEEP)


def restore(table: Table, kept: Mapping[str, Sequence[Json]]) -> Columns:
    """The columns that `keep` was given. Raises KeyError where one is missing."""
    return _each(table, kept, _FROM_KEPT)


def _each(
    table: Table, columns: Mapping[str, Sequence[Any]], change: Mapping[Kind, Callable[[Any], Any]]
) -> dict[str, Sequence[Any]]:
    """Columns with each value that is there changed in the way of its kind."""
    changed: dict[str, Sequence[Any]] = {}
    for column in table.columns:
        values, how = columns[column.name], change[column.kind]
        changed[column.name] = values if how is _same else [None if v is None else how(v) for v in values]
    return changed
