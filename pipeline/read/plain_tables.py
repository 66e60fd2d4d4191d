"""Tables in plain text: bars, tabs, columns of blanks, and cells that stand one a line.

A run of lines is only a table if its rows agree in their number of cells and it holds figures or opens with
a heading such as "STT": a menu has bars too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import regex as re

from pipeline.model import Span
from pipeline.read.flow import Grid, GridCell

MIN_COLUMNS = 2
MAX_COLUMNS = 40
LONG_RUN = 50
"""A run of more rows than this that is no table is not looked at again from its second line on."""
_STUB = re.compile(r"(?:s\s*ố\s*)?(?:tt|stt|số tt|số thứ tự|thứ tự)\b.{0,20}", re.IGNORECASE)
_RULE = re.compile(r"[\s|+:=\-_─│┼]+")
_FIGURE = re.compile(r"[+\-–(]?\d[\d.,]*\s*%?\)?|\d+\s*/\s*\d+|[-–]")


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table found in lines `first_line` up to `last_line`; `cell_spans` goes with `grid.cells`."""

    first_line: int
    last_line: int
    span: Span
    grid: Grid
    cell_spans: tuple[Span, ...]


def find(text: str, lines: Sequence[Span]) -> list[PlainTable]:
    """The tables of `text`, in order; `lines` are its trimmed lines, empty ones as empty spans."""
    found: list[PlainTable] = []
    refused: dict[Cut, int] = {}
    at = 0
    while at < len(lines):
        table = _rows_table(text, lines, at, refused) or _stacked(text, lines, at)
        if table is None:
            at += 1
        else:
            found.append(table)
            at = table.last_line
    return found


def _rows_table(text: str, lines: Sequence[Span], at: int, refused: dict[Cut, int]) -> PlainTable | None:
    """The table that begins at line `at`. `refused` keeps up to which line long runs of rows were no table."""
    for cut in (_by_bars, _by_tabs, _by_blanks):
        if refused.get(cut, 0) > at:
            continue
        rows, end = _run_of_rows(text, lines, at, cut)
        table = _table_of_rows(text, rows, at, end, cut)
        if table is not None:
            return table
        if end - at > LONG_RUN:
            refused[cut] = end
    return None


Cut = Callable[[str, Span], list[Span]]


def _run_of_rows(text: str, lines: Sequence[Span], at: int, cut: Cut) -> tuple[list[list[Span]], int]:
    """The rows from line `at` on that `cut` parts into cells, and the line where they end."""
    rows: list[list[Span]] = []
    line = at
    while line < len(lines) and lines[line].start < lines[line].end:
        span = _with_margin(text, lines[line])
        if cut is not _by_blanks and _RULE.fullmatch(span.of(text)) and rows and "-" in span.of(text):
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
    if cut is _by_blanks and (len(rows) < 3 or any(len(row) != columns for row in rows)):
        return None
    return _table_of(text, rows, columns, first, last) if _is_table(text, rows) else None


def _is_table(text: str, rows: Sequence[Sequence[Span]]) -> bool:
    words = [[cell.of(text) for cell in row] for row in rows]
    if _STUB.fullmatch(words[0][0]):
        return True
    figures = sum(any(_FIGURE.fullmatch(cell) and cell not in "-–" for cell in row) for row in words[1:])
    return figures * 2 >= len(words) - 1 and len(words[0]) >= MIN_COLUMNS


def _stacked(text: str, lines: Sequence[Span], at: int) -> PlainTable | None:
    """A table copied from a page with each cell on a line of its own, in paragraphs parted by blank lines.

    It shows by its first column: a heading like "STT", then after each n cells 1, 2, 3 …
    """
    first = lines[at]
    if len(first) > 30 or not _STUB.fullmatch(first.of(text)):
        return None
    near = list(islice(_filled(lines, at), 2 * MAX_COLUMNS + 1))
    words = [lines[i].of(text) for i in near]
    for columns in range(MIN_COLUMNS, len(words) // 2 + 1):
        if not _is_number(words[columns], 1) or 2 * columns >= len(words) or not _is_number(words[2 * columns], 2):
            continue
        rows = _stacked_rows(text, lines, at, columns)
        body = [cell.of(text) for row in rows[1:] for cell in row[1:]]
        if any(len(cell) > 120 for row in rows for cell in row) or not any(map(_FIGURE.fullmatch, body)):
            continue
        last = next(
            i for i in range(at, len(lines)) if lines[i].end >= rows[-1][-1].end and lines[i].start < lines[i].end
        )
        return _table_of(text, rows, columns, at, last + 1)
    return None


def _stacked_rows(text: str, lines: Sequence[Span], at: int, columns: int) -> list[list[Span]]:
    """The headings and the rows under them, as long as their first cells count on."""
    cells = (lines[i] for i in _filled(lines, at))
    rows = [list(islice(cells, columns))]
    while True:
        row = list(islice(cells, columns))
        if len(row) < columns or not _is_number(row[0].of(text), len(rows)):
            return rows
        rows.append(row)


def _filled(lines: Sequence[Span], at: int) -> Iterator[int]:
    return (i for i in range(at, len(lines)) if lines[i].start < lines[i].end)


def _is_number(text: str, number: int) -> bool:
    return text.rstrip(".").lstrip("0") == str(number)


def _table_of(text: str, rows: Sequence[Sequence[Span]], columns: int, first: int, last: int) -> PlainTable:
    cells: list[GridCell] = []
    spans: list[Span] = []
    for r, row in enumerate(rows):
        # A row that is too long keeps its surplus in the last cell; a short one has no cells there.
        kept = list(row[:columns])
        if len(row) > columns:
            kept[-1] = Span(row[columns - 1].start, row[-1].end)
        for c, span in enumerate(kept):
            cells.append(GridCell(r, c, span.of(text)))
            spans.append(span)
    whole = Span(rows[0][0].start, rows[-1][-1].end)
    return PlainTable(first, last, _with_margin(text, whole), Grid(len(rows), columns, tuple(cells)), tuple(spans))


def _with_margin(text: str, span: Span) -> Span:
    """`span` from the start of its first line to the end of its last: an empty first cell is a blank there."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return Span(start, len(text) if end < 0 else end)


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
_BLANKS = re.compile(r"[  ]{2,}|\t+")


def _by_bars(text: str, span: Span) -> list[Span]:
    return _split(text, span, _BAR)


def _by_tabs(text: str, span: Span) -> list[Span]:
    return _split(text, span, _TAB)


def _by_blanks(text: str, span: Span) -> list[Span]:
    return [cell for cell in _split(text, span, _BLANKS) if cell.start < cell.end]


def _without_outer(text: str, rows: list[list[Span]]) -> list[list[Span]]:
    """Rows without the empty cells outside an outer bar, where every row has one."""
    if all(len(row) > 1 and row[0].start == row[0].end for row in rows):
        rows = [row[1:] for row in rows]
    if all(len(row) > 1 and row[-1].start == row[-1].end for row in rows):
        rows = [row[:-1] for row in rows]
    return rows
