"""A table that a page shows and that can be downloaded."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.store.cells import defused

Cell: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class Tabular:
    """The data of a view: a file name without ending, the titles of its columns, and its rows."""

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def csv(self) -> str:
        """As CSV in UTF-8 with a byte order mark, which spreadsheets want; no cell runs as a formula."""
        stream = io.StringIO()
        stream.write("\ufeff")
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(self.titles)
        writer.writerows([_text(value) for value in row] for row in self.rows)
        return stream.getvalue()


def cell(row: sqlite3.Row | None, column: str) -> Cell:
    """A column of a row; None where there is no row."""
    if row is None:
        return None
    value: Cell = row[column]
    return value


def _text(value: Cell) -> str:
    if isinstance(value, str):
        return defused(value)
    if isinstance(value, float):
        return f"{value:.9f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)
