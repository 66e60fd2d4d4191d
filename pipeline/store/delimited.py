"""A table as CSV: UTF-8, RFC 4180 quoting, line feeds; lists as JSON; no cell that runs as a formula."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any

from pipeline.store.cells import csv_line, defused, quoted
from pipeline.store.schema import Columns, Kind, Row, Table, Value, columns_of


def decimal_text(value: Decimal) -> str:
    """A decimal in plain digits without trailing zeros: 84.84, 1634000000000, 0.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _texts(value: tuple[str, ...]) -> str:
    return quoted(json.dumps(value, ensure_ascii=False))


def _boxes(value: tuple[tuple[float, ...], ...]) -> str:
    return quoted(str(list(map(list, value))))


_WRITE: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: lambda value: quoted(defused(value)),
    Kind.INTEGER: str,
    Kind.DECIMAL: decimal_text,
    Kind.FLOAT: repr,
    Kind.DATE: date.isoformat,
    Kind.TEXTS: _texts,
    Kind.BOXES: _boxes,
}
"""How a value stands in its cell, quotes included."""
_REPEATED = (Kind.TEXT, Kind.DATE, Kind.TEXTS)
"""What stands in a column many times, and is written once; equal numbers may be written otherwise (0 and -0)."""


def csv_lines(table: Table, columns: Columns) -> Iterator[str]:
    """Rows as lines of CSV; an empty cell stands for a value that is not there."""
    cells = (_cells(columns[column.name], column.kind) for column in table.columns)
    return (",".join(line) + "\n" for line in zip(*cells, strict=True))


def _cells(values: Sequence[Value], kind: Kind) -> Iterable[str]:
    write = _WRITE[kind]
    if kind in _REPEATED:
        written = {value: "" if value is None else write(value) for value in set(values)}
        return map(written.__getitem__, values)
    return ("" if value is None else write(value) for value in values)


class DelimitedFile:
    """Writes a header and then rows to one file; use as a context."""

    def __init__(self, table: Table, path: Path, encoding: str = "utf-8") -> None:
        self._table = table
        self._stream = path.open("w", encoding=encoding, newline="")
        self._started = False

    def __enter__(self) -> DelimitedFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None and not self._started:
            self.write([])
        self._stream.close()

    def write(self, rows: list[Row]) -> None:
        """Append rows."""
        if not self._started:
            self._stream.write(csv_line(self._table.names))
            self._started = True
        self._stream.writelines(csv_lines(self._table, columns_of(self._table, rows)))
