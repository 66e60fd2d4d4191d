"""A page in parts from top to bottom: tables, and the columns of running text between them. Shared by PDF and OCR."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.read import layout
from pipeline.read.flow import Grid, Passage, Piece
from pipeline.read.glyphs import Line, Run, passage_of
from pipeline.read.spanning import is_layout
from pipeline.read.table_text import RuledTable


class Column(NamedTuple):
    """Lines of running text one below the other."""

    lines: list[Line]

    def put_away(self) -> ColumnPutAway:
        """The same in a third of the memory, for as long as nobody looks at it."""
        return ColumnPutAway(pickle.dumps(list(map(tuple, self.lines))))


class ColumnPutAway(NamedTuple):
    """The lines of a column, packed."""

    packed: bytes

    def taken_out(self) -> Column:
        """The column as it was."""
        return Column(list(map(Line._make, pickle.loads(self.packed))))


def parts_of(runs: Sequence[Run], tables: Sequence[RuledTable]) -> list[Column | RuledTable]:
    """The parts of a page in reading order; `runs` are those that stand in none of its tables."""
    if not tables:
        return [Column(lines) for lines in layout.columns_of(layout.rows_of(runs))]
    parts: list[Column | RuledTable] = []
    tops = sorted(tables, key=lambda table: table.top)
    for i in range(len(tops) + 1):
        start = tops[i - 1].top if i else float("-inf")
        end = tops[i].top if i < len(tops) else float("inf")
        if i:
            parts.append(tops[i - 1])
        between = [run for run in runs if start <= (run.high + run.low) / 2 < end]
        parts += [Column(lines) for lines in layout.columns_of(layout.rows_of(between))]
    return parts


def passages(lines: Sequence[Line]) -> list[Piece]:
    """The paragraphs of lines that stand one below the other."""
    out: list[Piece] = []
    before: Line | None = None
    for paragraph in layout.paragraphs_of(lines):
        first = paragraph[0]
        spaced = before is None or first.top - before.bottom > 0.9 * first.height
        out.append(passage_of(paragraph, spaced=spaced))
        before = paragraph[-1]
    return out


def table_pieces(table: RuledTable, continues: bool) -> list[Piece]:
    """A table as a grid, or its cells as passages where it only lays out the page."""
    grid = table.grid
    if is_layout(grid):
        cells = sorted(grid.cells, key=lambda cell: (cell.column, cell.row))
        return [Passage(cell.text, boxes=cell.boxes, repairs=cell.repairs) for cell in cells if cell.text]
    return [Grid(grid.rows, grid.columns, grid.cells, continues)]
