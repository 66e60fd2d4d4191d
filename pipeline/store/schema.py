"""What a table and a column of the dataset are, whatever file they end in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from enum import StrEnum
from typing import TypeAlias

PRECISION, SCALE = 38, 9
"""Decimal digits in all, and behind the point, of a decimal column."""

Value: TypeAlias = str | int | float | Decimal | date | tuple[str, ...] | tuple[tuple[float, ...], ...] | None
Row: TypeAlias = dict[str, Value]


class Kind(StrEnum):
    """The types of the dataset. How each is written to a format is the business of that format."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLOAT = "float"
    DATE = "date"
    TEXTS = "list of text"
    BOXES = "list of boxes"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name and type, whether a row may leave it empty, and what it means."""

    name: str
    kind: Kind
    vi: str
    en: str
    description: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in order, and the columns that its rows are sorted by.

    The sort key holds nothing that depends on where a file lies or when it was read.
    """

    name: str
    vi: str
    en: str
    description: str
    columns: tuple[Column, ...]
    order: tuple[str, ...]

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

        Raises AttributeError where neither has it, KeyError where `values` names no column,
        ValueError where a column that must be filled is empty, or a number has too many digits.
        """
        if unknown := values.keys() - set(self.names):
            raise KeyError(f"{self.name} has no column {', '.join(sorted(unknown))}")
        row: Row = {}
        for column in self.columns:
            value: Value = values[column.name] if column.name in values else getattr(record, column.name)
            if value is None and not column.nullable:
                raise ValueError(f"{self.name}.{column.name} must not be empty")
            row[column.name] = storable(value) if isinstance(value, Decimal) else value
        return row

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
