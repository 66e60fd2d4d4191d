"""Tables in plain text: bars, tabs, columns of blanks, and cells that stand one a line.

A run of lines is only a table if its rows agree in their number of cells and it holds figures or opens with
a heading such as "STT": a menu has bars too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import regex as re

from pipeline.model import Span
from pipeline.read.aligned_tables import AlignedLines, aligned
from pipeline.read.plain_grid import (
    FIGURE,
    MAX_COLUMNS,
    MIN_COLUMNS,
    RULE,
    STUB,
    Place,
    PlainTable,
    table_of,
    with_margin,
)
from pipeline.read.stacked_tables import stacked

LONG_RUN = 50
"""A run of more rows than this that is no table is not looked at again from its second line on."""


def find(text: str, lines: Sequence[Span]) -> list[PlainTable]:
    """The tables of `text`, in order; `lines` are its trimmed lines, empty ones as empty spans."""
    found: list[PlainTable] = []
    cut_lines = AlignedLines(text, lines)
    refused: dict[Cut, int] = {}
    at = taken = 0
    while at < len(lines):
        table = (
            _rows_table(text, lines, at, refused, _by_bars)
            or aligned(cut_lines, at, taken)
            or _rows_table(text, lines, at, refused, _by_tabs)
            or stacked(text, lines, at)
        )
        if table is None:
            at += 1
        else:
            found.append(table)
            at = taken = table.last_line
    return found


def _rows_table(text: str, lines: Sequence[Span], at: int, refused: dict[Cut, int], cut: Cut) -> PlainTable | None:
    """The table that begins at line `at`. `refused` keeps up to which line long runs of rows were no table."""
    if refused.get(cut, 0) > at:
        return None
    rows, end = _run_of_rows(text, lines, at, cut)
    table = _table_of_rows(text, rows, at, end, cut)
    if table is None and end - at > LONG_RUN:
        refused[cut] = end
    return table


Cut = Callable[[str, Span], list[Span]]


def _run_of_rows(text: str, lines: Sequence[Span], at: int, cut: Cut) -> tuple[list[list[Span]], int]:
    """The rows from line `at` on that `cut` parts into cells, and the line where they end."""
    rows: list[list[Span]] = []
    line = at
    while line < len(lines) and lines[line].start < lines[line].end:
        span = with_margin(text, lines[line])
        if RULE.fullmatch(span.of(text)) and rows and "-" in span.of(text):
            line += 1
            continue
        cells = cut(text, span)
        if len(cells) < MIN_COLUMNS:
            break
        rows.append(cells)
        line += 1
    return rows, line


def _table_of_rows(text: str, rows: list[list[Span]], first: int, last: int, cut: Cut) -> PlainTable | None:
    if len(rows) < 2:
        return None
    rows = _without_outer(text, rows) if cut is _by_bars else rows
    columns = Counter(map(len, rows)).most_common(1)[0][0]
    if not MIN_COLUMNS <= columns <= MAX_COLUMNS or sum(len(row) != columns for row in rows) > len(rows) // 5:
        return None
    return _table_of(text, rows, columns, first, last) if _is_table(text, rows) else None


def _is_table(text: str, rows: Sequence[Sequence[Span]]) -> bool:
    words = [[cell.of(text) for cell in row] for row in rows]
    if STUB.fullmatch(words[0][0]):
        return True
    figures = sum(any(FIGURE.fullmatch(cell) and cell not in "-–" for cell in row) for row in words[1:])
    return figures * 2 >= len(words) - 1 and len(words[0]) >= MIN_COLUMNS


def _table_of(text: str, rows: Sequence[Sequence[Span]], columns: int, first: int, last: int) -> PlainTable:
    places: list[list[Place]] = []
    for row in rows:
        # A row that is too long keeps its surplus in the last cell; a short one has no cells there.
        kept = list(row[:columns])
        if len(row) > columns:
            kept[-1] = Span(row[columns - 1].start, row[-1].end)
        places.append([Place(span, column) for column, span in enumerate(kept)])
    return table_of(text, places, columns, first, last)


def _split(text: str, span: Span, separator: re.Pattern[str]) -> list[Span]:
    cells: list[Span] = []
    start = span.start
    for found in separator.finditer(text, span.start, span.end):
        cells.append(_trimmed(text, start, found.start()))
        start = found.end()
    cells.append(_trimmed(text, start, span.end))
    return cells


def _trimmed(text: str, start: int, end: int) -> Span:
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    return Span(min(start, end), max(min(start, end), start + len(inside.strip())))


_BAR = re.compile(r"[|│¦]")
_TAB = re.compile(r"\t")


def _by_bars(text: str, span: Span) -> list[Span]:
    return _split(text, span, _BAR)


def _by_tabs(text: str, span: Span) -> list[Span]:
    return _split(text, span, _TAB)


def _without_outer(text: str, rows: list[list[Span]]) -> list[list[Span]]:
    """Rows without the empty cells outside an outer bar, where every row has one."""
    if all(len(row) > 1 and row[0].start == row[0].end for row in rows):
        rows = [row[1:] for row in rows]
    if all(len(row) > 1 and row[-1].start == row[-1].end for row in rows):
        rows = [row[:-1] for row in rows]
    return rows
