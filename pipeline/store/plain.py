"""Rows as plain JSON values and back: for `solieu extract`, and for what is kept between runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias, cast

from pipeline.store.schema import Kind, Row, Table, Value, columns_of

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


def number(value: Decimal) -> int | float:
    """A decimal as a JSON number: whole where it is whole, else the shortest that reads the same."""
    return int(value) if value == value.to_integral_value() else float(value)


def lists(value: Iterable[Any]) -> list[Json]:
    """Tuples within tuples as lists within lists."""
    return [lists(item) if isinstance(item, tuple) else item for item in value]


def _tuples(value: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(_tuples(item) if isinstance(item, list) else item for item in value)


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
_TO_KEEP: dict[Kind, Callable[[Any], Json]] = {**_TO_JSON, Kind.DECIMAL: str}
_FROM_KEPT: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: _same,
    Kind.INTEGER: _same,
    Kind.DECIMAL: Decimal,
    Kind.FLOAT: float,
    Kind.DATE: date.fromisoformat,
    Kind.TEXTS: _tuples,
    Kind.BOXES: _tuples,
}


def json_row(table: Table, row: Row) -> dict[str, Json]:
    """A row as a JSON object: decimals as numbers, dates as ISO text."""
    return {
        column.name: None if row[column.name] is None else _TO_JSON[column.kind](row[column.name])
        for column in table.columns
    }


def keep(table: Table, rows: Iterable[Row]) -> dict[str, list[Json]]:
    """Rows as one list a column, with nothing lost: `restore` gives them back."""
    return {
        column.name: [None if value is None else _TO_KEEP[column.kind](value) for value in values]
        for column, values in columns_of(rows, table)
    }


def restore(table: Table, kept: dict[str, list[Json]]) -> list[Row]:
    """The rows that `keep` was given. Raises KeyError where a column is missing."""
    columns: list[list[Value]] = []
    for column in table.columns:
        read = _FROM_KEPT[column.kind]
        columns.append([None if value is None else cast("Value", read(value)) for value in kept[column.name]])
    return [dict(zip(table.names, cells, strict=True)) for cells in zip(*columns, strict=True)]
