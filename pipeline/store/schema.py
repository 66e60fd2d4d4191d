"""What a table and a column of the dataset are, whatever file they end in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

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
        ValueError where a column that must be filled is empty.
        """
        if unknown := values.keys() - set(self.names):
            raise KeyError(f"{self.name} has no column {', '.join(sorted(unknown))}")
        row: Row = {}
        for column in self.columns:
            value: Value = values[column.name] if column.name in values else getattr(record, column.name)
            if value is None and not column.nullable:
                raise ValueError(f"{self.name}.{column.name} must not be empty")
            row[column.name] = value
        return row

    def sorted(self, rows: Iterable[Row]) -> list[Row]:
        """The rows in the table's order; empty cells come first."""
        return sorted(rows, key=lambda row: tuple(_sort_key(row[name]) for name in self.order))


def _sort_key(value: Value) -> tuple[bool, Value]:
    return (value is not None, "" if value is None else value)


def columns_of(rows: Iterable[Row], table: Table) -> Iterator[tuple[Column, list[Value]]]:
    """The rows turned into one list a column."""
    kept = list(rows)
    for column in table.columns:
        yield column, [row[column.name] for row in kept]
