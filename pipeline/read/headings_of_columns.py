"""Which rows of a table are headings, and the path of headings above each cell.

The genre's tables have one to four heading rows with merged cells, often a row that numbers the columns
("A B 1 2", "(1) (2) (3)=(4)+(5)"), and no markup that says so.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from itertools import takewhile

from pipeline.read.canonical import one_line
from pipeline.read.flow import Grid, GridCell

MAX_HEADING_ROWS = 6
_NUMBER = re.compile(r"[+\-–−(]?\s*\d[\d.,  ]*\s*(?:%|‰)?\)?|\d[\d.,]*\s*/\s*\d[\d.,]*|[-–—]|x", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[A-Z]|[a-z])\s*\)?(?:\s*=\s*[\d()\[\]+\-–−*x×:/\s%.,]+)?")
_ROW_NUMBER = re.compile(r"(?:\d{1,3}|[IVXL]{1,6}|[A-Z]|[a-z])[.)]?|\d{1,2}(?:\.\d{1,2})+\.?")
_STUB_HEADING = re.compile(r"(?:s\s*ố\s*)?(?:tt|stt|số tt|số thứ tự|thứ tự)\b.*", re.IGNORECASE)


def heading_rows(grid: Grid) -> frozenset[int]:
    """The rows of `grid` that hold column headings (repeated ones further down included)."""
    rows = _rows(grid)
    marked = {row for row in range(grid.rows) if rows[row] and all(c.header or not c.text.strip() for c in rows[row])}
    count = _leading(rows, grid)
    leading = set(range(count))
    # Rows that markup calls headings only count where they are on top: a page header cell further down is a stub.
    top = 0
    while top in marked:
        top += 1
    if 0 < top < grid.rows:
        leading = set(range(max(top, count if _is_numbering(rows[count - 1]) else 0))) if count else set(range(top))
    if not leading:
        return frozenset()
    wordings = {_wording(rows[row]) for row in leading} - {()}
    repeated = {row for row in range(grid.rows) if row not in leading and _wording(rows[row]) in wordings}
    return frozenset(leading | repeated)


def heading_paths(grid: Grid, headings: frozenset[int]) -> list[tuple[str, ...]]:
    """For each cell of `grid.cells` the headings above it, outermost first; empty for heading cells."""
    above: list[list[str]] = [[] for _ in range(grid.columns)]
    leading = list(takewhile(headings.__contains__, range(min(grid.rows, MAX_HEADING_ROWS))))
    rows = _rows(grid)
    spread = _spread(rows, leading)
    for row in leading:
        if _is_numbering(rows[row]):
            continue
        for cell in rows[row]:
            text = spread.get((row, cell.column)) or one_line(cell.text)
            # A cell over the whole width is the table's caption, not a column's heading.
            if not text or cell.column_span >= grid.columns > 1:
                continue
            for column in range(cell.column, min(cell.column + cell.column_span, grid.columns)):
                if not above[column] or above[column][-1] != text:
                    above[column].append(text)
    return [
        () if cell.row in headings or cell.column_span >= grid.columns > 1 else tuple(above[cell.column])
        for cell in grid.cells
    ]


def _spread(rows: Sequence[Sequence[GridCell]], leading: Sequence[int]) -> dict[tuple[int, int], str]:
    """Headings that stand over several columns without a merged cell: "Đã giải quyết | (empty)" over "Sớm | Trễ"."""
    spread: dict[tuple[int, int], str] = {}
    for row in leading[:-1]:
        below = {c.column for r in leading if r > row for c in rows[r] if c.text.strip()}
        last = ""
        for cell in rows[row]:
            text = one_line(cell.text)
            if text:
                last = text if cell.column_span == 1 and cell.column in below else ""
            elif last and cell.column in below:
                spread[row, cell.column] = last
            else:
                last = ""
    return spread


def _rows(grid: Grid) -> list[list[GridCell]]:
    rows: list[list[GridCell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    return rows


def _leading(rows: Sequence[Sequence[GridCell]], grid: Grid) -> int:
    """How many rows from the top are headings."""
    if grid.rows < 2 or grid.columns < 2:
        return 0
    data = next((i for i, row in enumerate(rows) if _is_data(row) and not _is_numbering(row)), None)
    if data == 0:
        return 1 if _is_years(rows, 0) else 0
    if data is None:
        return _leading_of_words(rows, grid)
    count = data
    if _is_years(rows, data) and data + 1 < len(rows) and _is_data(rows[data + 1]):
        count = data + 1
    # "I. Cấp tỉnh", a row over the whole width below the headings: it opens the data.
    while count > 1 and _opens_section(rows[count - 1], grid) and not _reached(rows, count - 1):
        count -= 1
    return count if count <= MAX_HEADING_ROWS else 1


def _leading_of_words(rows: Sequence[Sequence[GridCell]], grid: Grid) -> int:
    """Headings of a table without figures: its first row, if it is short, full and looks like headings."""
    first = [one_line(cell.text) for cell in rows[0]]
    if len(first) < 2 or not all(first) or any(len(text) > 60 for text in first):
        return 0
    if _STUB_HEADING.fullmatch(first[0]):
        return max((cell.row_span for cell in rows[0]), default=1)
    numbered = [row for row in rows[1:] if row and _ROW_NUMBER.fullmatch(one_line(row[0].text))]
    return 1 if len(numbered) * 2 >= len(rows) - 1 else 0


def _is_data(row: Sequence[GridCell]) -> bool:
    """Whether a row holds a figure beside its first cell."""
    return any(
        cell.column > 0 and any(c.isdigit() for c in cell.text) and _NUMBER.fullmatch(one_line(cell.text))
        for cell in row
    )


def _is_numbering(row: Sequence[GridCell]) -> bool:
    """A row that numbers the columns: "A B 1 2 3", "(1) (2) (3)=(4)+(5)"."""
    texts = [one_line(cell.text) for cell in row if cell.text.strip()]
    if len(texts) < 2 or not all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    numbers = [int(found.group()) for text in texts if (found := re.search(r"\d+", text.split("=")[0]))]
    return len(numbers) >= 1 and all(b - a == 1 for a, b in itertools.pairwise(numbers)) and numbers[0] <= 3


def _is_years(rows: Sequence[Sequence[GridCell]], row: int) -> bool:
    figures = [one_line(c.text) for c in rows[row] if c.column > 0 and c.text.strip()]
    figures = [text for text in figures if _NUMBER.fullmatch(text)]
    return bool(figures) and all(_YEAR.fullmatch(text) for text in figures) and not _row_number(rows[row])


def _row_number(row: Sequence[GridCell]) -> bool:
    return bool(row) and row[0].column == 0 and bool(_ROW_NUMBER.fullmatch(one_line(row[0].text)))


def _opens_section(row: Sequence[GridCell], grid: Grid) -> bool:
    filled = [cell for cell in row if cell.text.strip()]
    if not filled:
        return False
    if filled[0].column_span >= grid.columns or len(filled) == 1:
        return True
    return _row_number(row) and not _is_numbering(row)


def _reached(rows: Sequence[Sequence[GridCell]], row: int) -> bool:
    """Whether a heading cell above reaches down into `row`."""
    return any(cell.row < row < cell.row + cell.row_span for above in rows[:row] for cell in above)


def _wording(row: Sequence[GridCell]) -> tuple[str, ...]:
    texts = tuple(one_line(cell.text) for cell in row)
    return texts if sum(map(bool, texts)) > 1 else ()
