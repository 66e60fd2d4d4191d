"""What a table and a column of the dataset are, whatever file they end in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Context, Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from pipeline.store.codes import CodeList

PRECISION, SCALE = 38, 9
"""Decimal digits in all, and behind the point, of a decimal column."""

Value: TypeAlias = str | int | float | Decimal | date | tuple[str, ...] | tuple[tuple[float, ...], ...] | None
Row: TypeAlias = dict[str, Value]


class SchemaError(ValueError):
    """A row that its table does not admit: table, column, and what is wrong."""


class Kind(StrEnum):
    """The types of the dataset. How each is written to a format is the business of that format."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLOAT = "float"
    DATE = "date"
    TEXTS = "list of text"
    BOXES = "list of boxes"

    def holds(self, value: object) -> bool:
        """Whether a value that is there has this type."""
        return _HOLDS[self](value)


def _is_boxes(value: Any) -> bool:
    return isinstance(value, tuple) and all(
        isinstance(box, tuple) and len(box) == 4 and all(isinstance(side, float | int) for side in box) for box in value
    )


_HOLDS: dict[Kind, Callable[[Any], bool]] = {
    Kind.TEXT: lambda value: isinstance(value, str),
    Kind.INTEGER: lambda value: type(value) is int,
    Kind.DECIMAL: lambda value: isinstance(value, Decimal) and value.is_finite(),
    Kind.FLOAT: lambda value: type(value) in (float, int),
    Kind.DATE: lambda value: isinstance(value, date) and not isinstance(value, datetime),
    Kind.TEXTS: lambda value: isinstance(value, tuple) and all(isinstance(item, str) for item in value),
    Kind.BOXES: _is_boxes,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name and type, what a row may hold in it, and what it means in both languages.

    `codes` are the values that it may have; `pattern` must match the whole text; `low` and `high` bound a number.
    `unit` is what the number counts, where the table does not say it in another column.
    """

    name: str
    kind: Kind
    vi: str
    en: str
    description: str
    nullable: bool = False
    vi_description: str = ""
    codes: CodeList | None = None
    pattern: str | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None

    def fault(self, value: Value) -> str | None:
        """Why the column does not admit a value; None where it does."""
        if value is None:
            return None if self.nullable else "must not be empty"
        if not self.kind.holds(value):
            return f"must be of type {self.kind}, not {type(value).__name__}"
        if self.codes is not None and not self.codes.admits(str(value)):
            return f"is not one of {', '.join(self.codes.values)}: {value!r}"
        if self.pattern is not None and not re.fullmatch(self.pattern, str(value)):
            return f"does not have the form {self.pattern}: {value!r}"
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):  # type: ignore[operator]
            return f"is out of bounds: {value}"
        return None


@dataclass(frozen=True, slots=True)
class Link:
    """Columns whose values, where they are there, stand in `target` of another table (a foreign key)."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, the columns that its rows are sorted by, its primary key, its links.

    The sort key holds nothing that depends on where a file lies or when it was read.
    """

    name: str
    vi: str
    en: str
    description: str
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    vi_description: str = ""
    key: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    def row(self, record: object, values: Mapping[str, Value]) -> Row:
        """A row: each column from `values`, else the attribute of that name of `record`.

        Raises AttributeError where neither has it, KeyError where `values` names no column, SchemaError
        where a column does not admit its value, ValueError where a number has too many digits.
        """
        if unknown := values.keys() - set(self.names):
            raise KeyError(f"{self.name} has no column {', '.join(sorted(unknown))}")
        row: Row = {}
        for column in self.columns:
            value: Value = values[column.name] if column.name in values else getattr(record, column.name)
            if fault := column.fault(value):
                raise SchemaError(f"{self.name}.{column.name} {fault}")
            row[column.name] = storable(value) if isinstance(value, Decimal) else value
        return row

    def each_once(self, rows: Iterable[Row]) -> list[Row]:
        """The rows without those whose primary key an earlier one has."""
        first: dict[tuple[Value, ...], Row] = {}
        for row in rows:
            first.setdefault(tuple(row[name] for name in self.key), row)
        return list(first.values())

    def sorted(self, rows: Iterable[Row]) -> list[Row]:
        """The rows in the table's order; empty cells come first."""
        return sorted(rows, key=lambda row: tuple(_sort_key(row[name]) for name in self.order))


def storable(value: Decimal) -> Decimal:
    """`value` with the digits that a column keeps; raises ValueError for a number larger than any column holds."""
    if value.adjusted() >= PRECISION - SCALE:
        raise ValueError(f"a number of {value.adjusted() + 1} digits cannot be stored")
    if -int(value.as_tuple().exponent) > SCALE:
        return value.quantize(Decimal(1).scaleb(-SCALE), context=Context(prec=PRECISION))
    return value


def _sort_key(value: Value) -> tuple[bool, Value]:
    return (value is not None, "" if value is None else value)


def columns_of(rows: Iterable[Row], table: Table) -> Iterator[tuple[Column, list[Value]]]:
    """The rows turned into one list a column."""
    kept = list(rows)
    for column in table.columns:
        yield column, [row[column.name] for row in kept]
