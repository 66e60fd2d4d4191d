"""Rows of a table as they will stand in its files, made once, and put together and parted any number of times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeAlias

from pipeline.store.delimited import csv_lines
from pipeline.store.parquet import arrow_bytes, spliced
from pipeline.store.reading import rows_of_stream
from pipeline.store.rows import Rows
from pipeline.store.schema import Columns, Row, Table, Value, columns_of, joined
from pipeline.store.tables import TABLES


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive rows of a table: as an Arrow stream, and as lines of CSV in UTF-8."""

    table: str
    arrow: bytes
    lines: bytes


Pieces: TypeAlias = Mapping[str, Piece]
"""Pieces by the name of their table."""


@dataclass(frozen=True, slots=True)
class Sections:
    """The rows of some documents in one piece; of each document how many rows they are, and how many bytes of CSV."""

    piece: Piece
    rows: tuple[int, ...]
    sizes: tuple[int, ...]


Place: TypeAlias = tuple[int, int]
"""Where a document's rows stand: the number of the sections in a list of them, and its own number in these."""


def sections(table: Table, documents: Sequence[Columns | None]) -> Sections:
    """The rows of documents (None: it has none), one after another; raises SchemaError as `piece`."""
    columns = joined(table, [some for some in documents if some is not None])
    return _parted(table, columns, tuple(0 if some is None else len(some[table.names[0]]) for some in documents))


def _parted(table: Table, columns: Columns, rows: tuple[int, ...]) -> Sections:
    lines = list(csv_lines(table, columns))
    parts = ["".join(lines[start:end]).encode("utf-8") for start, end in pairwise((0, *accumulate(rows)))]
    return Sections(Piece(table.name, arrow_bytes(table, columns), b"".join(parts)), rows, tuple(map(len, parts)))


def gathered(table: Table, some: Sequence[Sections], places: Sequence[Place]) -> Sections:
    """The rows of the documents at these places, in that order; nothing in them is made or looked at anew."""
    starts = [([0, *accumulate(one.rows)], [0, *accumulate(one.sizes)]) for one in some]
    stretches = [(which, starts[which][0][n], some[which].rows[n]) for which, n in places]
    lines = [
        some[which].piece.lines[starts[which][1][n] : starts[which][1][n] + some[which].sizes[n]] for which, n in places
    ]
    arrow = spliced(table, [one.piece.arrow for one in some], stretches)
    rows = tuple(some[which].rows[n] for which, n in places)
    return Sections(Piece(table.name, arrow, b"".join(lines)), rows, tuple(map(len, lines)))


def piece(table: Table, columns: Columns) -> Piece:
    """Rows as a piece; raises SchemaError where they are not as the table declares them."""
    return Piece(table.name, arrow_bytes(table, columns), "".join(csv_lines(table, columns)).encode("utf-8"))


def added(some: Piece | None, table: Table, rows: Iterable[Row]) -> Piece:
    """A piece of a table with more rows, all in the table's order; these must be as it declares them."""
    own = rows_of_stream(some.arrow, table) if some is not None else []
    return piece(table, columns_of(table, table.sorted([*own, *rows])))


def restated(some: Sections, table: Table, values: Mapping[str, Value]) -> Sections:
    """The same rows, but for these values in all of them."""
    rows = rows_of_stream(some.piece.arrow, table)
    for row in rows:
        row.update(values)
    return _parted(table, columns_of(table, rows), some.rows)


def pieces(rows: Rows) -> Pieces:
    """A piece for each table that has rows."""
    return {table.name: piece(table, columns_of(table, rows[table.name])) for table in TABLES if rows.get(table.name)}
