"""Conditions of a query that are put together from what an address asks for."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

SQLValue = str | int | float | None
Row = TypeVar("Row")


@dataclass(slots=True)
class Conditions:
    """SQL conditions that must all hold, with their values apart: no value ever becomes SQL."""

    parts: list[str] = field(default_factory=list)
    values: list[SQLValue] = field(default_factory=list)

    def add(self, sql: str, *values: SQLValue) -> None:
        """A condition in SQL, with a `?` for each value."""
        self.parts.append(sql)
        self.values += values

    def equal(self, column: str, value: SQLValue) -> None:
        """`column` (already quoted, from the program) has this value; nothing where the value is empty."""
        if value not in (None, ""):
            self.add(f"{column} = ?", value)

    def among(self, column: str, values: Sequence[SQLValue]) -> None:
        """`column` has one of these values; nothing where there are none."""
        if values:
            self.add(f"{column} IN ({', '.join('?' * len(values))})", *values)

    @property
    def where(self) -> str:
        """The WHERE clause, or nothing."""
        return f" WHERE {' AND '.join(self.parts)}" if self.parts else ""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """A piece of a long answer: its rows, how many there are in all, its number from 1 and how many make a page."""

    rows: list[Row]
    total: int
    number: int
    size: int

    @property
    def last(self) -> int:
        return last_page(self.total, self.size)


def last_page(total: int, size: int) -> int:
    """The number of the last page of `total` rows, `size` on each; 1 where there are none."""
    return max(1, -(-total // size))


def paged(
    db: sqlite3.Connection, select: str, source: str, conditions: Conditions, order: str, number: int, size: int
) -> Page[sqlite3.Row]:
    """One page of `SELECT select FROM source WHERE conditions ORDER BY order`."""
    where, values = conditions.where, conditions.values
    total = db.execute(f"SELECT count(*) FROM {source}{where}", values).fetchone()[0]
    number = min(number, last_page(total, size))
    sql = f"SELECT {select} FROM {source}{where} ORDER BY {order} LIMIT ? OFFSET ?"
    return Page(db.execute(sql, [*values, size, (number - 1) * size]).fetchall(), total, number, size)


def one(db: sqlite3.Connection, sql: str, *values: SQLValue) -> Any:
    """The first column of the first row; None where there is none."""
    row = db.execute(sql, values).fetchone()
    return None if row is None else row[0]
