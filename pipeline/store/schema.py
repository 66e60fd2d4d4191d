"""What a table and a column of the dataset are, whatever file they end in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Context, Decimal
from enum import StrEnum
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, TypeAlias

from pipeline.store.codes import CodeList

PRECISION, SCALE = 38, 9
"""Decimal digits in all, and behind the point, of a decimal column."""

Value: TypeAlias = str | int | float | Decimal | date | tuple[str, ...] | tuple[tuple[float, ...], ...] | None
Row: TypeAlias = dict[str, Value]
Columns: TypeAlias = Mapping[str, Sequence[Value]]
"""Rows of a table turned: what stands in each column, by its name. Many rows are handled faster so."""


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


def _all(kinds: type | tuple[type, ...], values: Iterable[Any]) -> bool:
    return all(issubclass(found, kinds) for found in set(map(type, values)))


def _are_boxes(values: Sequence[Any]) -> bool:
    boxes = list(chain.from_iterable(values)) if _all(tuple, values) else [()]
    return _all(tuple, boxes) and set(map(len, boxes)) <= {4} and _all((float, int), chain.from_iterable(boxes))


_HOLDS_ALL: dict[Kind, Callable[[Sequence[Any]], bool]] = {
    Kind.TEXT: lambda values: _all(str, values),
    Kind.INTEGER: lambda values: set(map(type, values)) <= {int},
    Kind.DECIMAL: lambda values: _all(Decimal, values) and all(map(Decimal.is_finite, values)),
    Kind.FLOAT: lambda values: set(map(type, values)) <= {float, int},
    Kind.DATE: lambda values: set(map(type, values)) <= {date},
    Kind.TEXTS: lambda values: _all(tuple, values) and _all(str, chain.from_iterable(values)),
    Kind.BOXES: _are_boxes,
}
"""The same of many values, by a few calls for all of them."""


@dataclass(frozen=True)
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
        if not self._holds(value):
            return f"must be of type {self.kind}, not {type(value).__name__}"
        if self.codes is not None and not self.codes.admits(str(value)):
            return f"is not one of {', '.join(self.codes.values)}: {value!r}"
        if self._form is not None and not self._form.fullmatch(str(value)):
            return f"does not have the form {self.pattern}: {value!r}"
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):  # type: ignore[operator]
            return f"is out of bounds: {value}"
        return None

    def admits_all(self, values: Sequence[Value]) -> bool:
        """Whether `fault` would have nothing to say of any of the values; it is told of all of them together."""
        there: Sequence[Any] = [value for value in values if value is not None] if None in values else values
        if len(there) < len(values) and not self.nullable:
            return False
        if not _HOLDS_ALL[self.kind](there):
            return False
        if self.codes is not None and not all(map(self.codes.admits, set(there))):
            return False
        if self._form is not None and not all(map(self._form.fullmatch, set(there))):
            return False
        return not there or (
            (self.low is None or min(there) >= self.low) and (self.high is None or max(there) <= self.high)
        )

    @cached_property
    def _holds(self) -> Callable[[Any], bool]:
        return _HOLDS[self.kind]

    @cached_property
    def _form(self) -> re.Pattern[str] | None:
        return None if self.pattern is None else re.compile(self.pattern)


@dataclass(frozen=True, slots=True)
class Link:
    """Columns whose values, where they are there, stand in `target` of another table (a foreign key)."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@dataclass(frozen=True)
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

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; raises KeyError."""
        if name not in self._by_name:
            raise KeyError(f"{self.name} has no column {name}")
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def row(self, record: object, values: Mapping[str, Value]) -> Row:
        """A row: each column from `values`, else the attribute of that name of `record`.

        Raises AttributeError where neither has it, KeyError where `values` names no column, SchemaError
        where a column does not admit its value, ValueError where a number has too many digits.
        """
        if not values.keys() <= self._by_name.keys():
            unknown = values.keys() - self._by_name.keys()
            raise KeyError(f"{self.name} has no column {', '.join(sorted(unknown))}")
        row: Row = {}
        for name, column in self._by_name.items():
            value: Value = values[name] if name in values else getattr(record, name)
            if fault := column.fault(value):
                raise SchemaError(f"{self.name}.{name} {fault}")
            row[name] = storable(value) if isinstance(value, Decimal) else value
        return row

    def filled(self, records: Sequence[object], given: Columns) -> Columns:
        """The columns of as many rows as there are records, in the table's order: each from `given`, else the
        attribute of that name of each record. Of rows with the same primary key the first stands.

        Raises as `row`.
        """
        columns: dict[str, Sequence[Value]] = {}
        for name, column in self._by_name.items():
            values = given[name] if name in given else list(map(attrgetter(name), records))
            if not column.admits_all(values) and (fault := next(filter(None, map(column.fault, values)), None)):
                raise SchemaError(f"{self.name}.{name} {fault}")
            if column.kind is Kind.DECIMAL:
                values = [storable(value) if isinstance(value, Decimal) else value for value in values]
            columns[name] = values
        return self.arranged(columns)

    def arranged(self, columns: Columns) -> Columns:
        """Rows as columns, in the table's order (empty cells come first), each primary key once: that of its first
        row."""
        keys = zip(*(columns[name] for name in self.key), strict=True)
        first = {key: at for at, key in reversed(list(enumerate(keys)))}
        order = list(zip(*(_sortable(columns[name]) for name in self.order), strict=True))
        places = sorted(sorted(first.values()), key=order.__getitem__)
        return {name: [values[at] for at in places] for name, values in columns.items()}

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


def _sortable(values: Sequence[Value]) -> Sequence[Any]:
    return list(map(_sort_key, values)) if None in values else values


def columns_of(table: Table, rows: Sequence[Row]) -> Columns:
    """Rows as columns. Raises KeyError where a row lacks one."""
    return {name: [row[name] for row in rows] for name in table.names}


def joined(table: Table, parts: Sequence[Columns]) -> Columns:
    """The columns of rows that follow each other. Raises KeyError where a part lacks one."""
    return {name: list(chain.from_iterable(part[name] for part in parts)) for name in table.names}


def rows_from(table: Table, columns: Columns) -> list[Row]:
    """Columns as rows. Raises KeyError where one is missing."""
    names = table.names
    return [dict(zip(names, cells, strict=True)) for cells in zip(*(columns[name] for name in names), strict=True)]
