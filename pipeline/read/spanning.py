"""Cells with row and column spans put into a grid, and tables that only lay out a page taken apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex as re

from pipeline.read.flow import Grid, GridCell, Piece

MAX_COLUMNS = 1_000
_LETTERHEAD = re.compile(
    r"CỘNG\s+HÒA\s+XÃ\s+HỘI|CỘNG\s+HOÀ\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN|Nơi\s+nhận\s*:|^\s*(?:TM|KT)[./]\s*\S|Độc\s+lập\s*-",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[+\-–(]?\d[\d.,]*\s*%?\)?|\d+\s*/\s*\d+")
LONG = 1_200
"""A cell with more characters than this holds running text."""


def place(extents: Sequence[Sequence[tuple[int, int]]]) -> Iterator[tuple[int, int, int, int, int, int]]:
    """Where each cell comes to stand: (row of markup, its number there, row, column, row span, column span).

    `extents` has (row span, column span) for each cell of each row, as HTML states them. Spans that run
    past the last row are cut there.
    """
    taken: dict[int, int] = {}
    rows = len(extents)
    for r, row in enumerate(extents):
        column = 0
        for i, (down, across) in enumerate(row):
            while taken.get(column, 0) > r:
                column += 1
            if column >= MAX_COLUMNS:
                break
            across = min(across, MAX_COLUMNS - column)
            down = min(down, rows - r)
            for c in range(column, column + across):
                taken[c] = r + down
            yield r, i, r, column, down, across
            column += across


def unrolled(grid: Grid, contents: Sequence[Sequence[Piece]], cells: Sequence[GridCell]) -> list[Piece] | None:
    """The passages of a table that only lays out the page, cell by cell; None if it is a table of data.

    Such are the head of an act (agency left, name of the State right), its foot (recipients left, signature
    right), and a page's columns. `contents` holds the passages of each of `cells`.
    """
    if not is_layout(grid, [len(inside) for inside in contents]):
        return None
    order = sorted(range(len(cells)), key=lambda i: (cells[i].column, cells[i].row))
    if not _has_letterhead(grid):
        order = sorted(order, key=lambda i: (cells[i].row, cells[i].column))
    return [piece for i in order for piece in contents[i]]


def is_layout(grid: Grid, lines: Sequence[int] = ()) -> bool:
    """Whether a grid only lays out the page. `lines`: how many passages each cell holds."""
    filled = [cell for cell in grid.cells if cell.text.strip()]
    figures = sum(bool(_FIGURE.fullmatch(cell.text.strip())) for cell in filled)
    if len(filled) <= 1 or grid.columns == 1 or (grid.rows == 1 and not figures):
        return True
    if _has_letterhead(grid) and grid.rows <= 6:
        return True
    return figures == 0 and grid.columns <= 3 and any(len(cell.text) > LONG for cell in filled)


def _has_letterhead(grid: Grid) -> bool:
    return any(_LETTERHEAD.search(cell.text) for cell in grid.cells[:12])
