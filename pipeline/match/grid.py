"""The cells of a table by where they stand: what labels a row, what heads a column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import Cell, Document, Table


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's `cells` by row and column; `rows`: those that reach into a row, from left to right; `headings`: those
    of a column, the nearest first."""

    table: Table
    cells: Mapping[tuple[int, int], Cell]
    rows: Mapping[int, Sequence[Cell]]
    headings: Mapping[int, Sequence[Cell]]

    def opening(self, row: int, column: int) -> list[Cell]:
        """The cells that begin in a row, left of a column."""
        return [cell for cell in self.beside(row, column) if cell.row == row]

    def beside(self, row: int, column: int) -> list[Cell]:
        """The cells of a row left of a column."""
        return [cell for cell in self.rows.get(row, ()) if cell.column < column]


def grids(document: Document) -> dict[int, Grid]:
    """The grid of every table of a document, by the table's number."""
    return {table.number: grid_of(table) for table in document.tables}


def grid_of(table: Table) -> Grid:
    """The cells of a table by where they stand."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    headings: dict[int, list[Cell]] = defaultdict(list)
    for cell in sorted(table.cells, key=lambda cell: cell.column):
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            rows[row].append(cell)
    for cell in sorted(table.cells, key=lambda cell: -cell.row):
        if cell.is_header:
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                headings[column].append(cell)
    return Grid(table, {(cell.row, cell.column): cell for cell in table.cells}, rows, headings)
