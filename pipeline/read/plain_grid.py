"""A table found in plain text: its lines, and a grid whose cells keep their places in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex as re

from pipeline.model import Span
from pipeline.read.flow import Grid, GridCell

MIN_COLUMNS = 2
MAX_COLUMNS = 40
FIGURE = re.compile(r"[+\-–(]?\d[\d.,]*\s*%?\)?|\d+\s*/\s*\d+|[-–]")
STUB = re.compile(r"(?:s\s*ố\s*)?(?:tt|stt|số tt|số thứ tự|thứ tự)\b.{0,20}", re.IGNORECASE)
"""The heading over the column that numbers the rows."""
RULE = re.compile(r"[\s|+:=\-_─│┼]+")
"""A line that only draws."""


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table found in lines `first_line` up to `last_line`; `cell_spans` goes with `grid.cells`."""

    first_line: int
    last_line: int
    span: Span
    grid: Grid
    cell_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands: its text, its first column and how many it covers."""

    span: Span
    column: int
    columns: int = 1


def table_of(text: str, rows: Sequence[Sequence[Place]], columns: int, first: int, last: int) -> PlainTable:
    """The table of `rows`, each from left to right; none may be empty. It covers whole lines."""
    cells = [
        GridCell(r, place.column, place.span.of(text), column_span=place.columns)
        for r, row in enumerate(rows)
        for place in row
    ]
    spans = tuple(place.span for row in rows for place in row)
    whole = with_margin(text, Span(rows[0][0].span.start, rows[-1][-1].span.end))
    return PlainTable(first, last, whole, Grid(len(rows), columns, tuple(cells)), spans)


def with_margin(text: str, span: Span) -> Span:
    """`span` from the start of its first line to the end of its last: an empty first cell is a blank there."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return Span(start, len(text) if end < 0 else end)
