"""Tables copied from a page with each cell on a line of its own, in paragraphs parted by blank lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import regex as re

from pipeline.model import Span
from pipeline.read.plain_grid import FIGURE, MAX_COLUMNS, MIN_COLUMNS, STUB, Place, PlainTable, table_of

_MOST_HEADING, _MOST_CELL = 60, 120
MIN_NAMED_ROWS = 3
"""So many rows must agree where no row number shows where they begin."""
_NAMES = re.compile(
    r"(?:tên\s+)?(?:đơn vị|cơ quan|địa phương|tỉnh|huyện|xã|phường|sở|ngành|lĩnh vực|nội dung|chỉ tiêu|chỉ số|tiêu chí|"
    r"thủ tục|năm|quý|tháng|loại)\b(?!\s*tính).{0,40}",
    re.IGNORECASE,
)
"""The heading over the column that names the rows."""


def stacked(text: str, lines: Sequence[Span], at: int) -> PlainTable | None:
    """The stacked table whose headings begin at line `at`: its rows are numbered 1, 2, 3 … or named over figures."""
    first = lines[at]
    if not 0 < len(first) <= _MOST_HEADING:
        return None
    words = first.of(text)
    if len(words) <= 30 and STUB.fullmatch(words):
        return _numbered(text, lines, at)
    return _named(text, lines, at) if _NAMES.fullmatch(words) else None


def _numbered(text: str, lines: Sequence[Span], at: int) -> PlainTable | None:
    """It shows by its first column: a heading like "STT", then after each n cells 1, 2, 3 …"""
    near = list(islice(_filled(lines, at), 2 * MAX_COLUMNS + 1))
    words = [lines[i].of(text) for i in near]
    for columns in range(MIN_COLUMNS, len(words) // 2 + 1):
        if not _is_number(words[columns], 1) or 2 * columns >= len(words) or not _is_number(words[2 * columns], 2):
            continue
        rows = _numbered_rows(text, lines, at, columns)
        body = [lines[i].of(text) for row in rows[1:] for i in row[1:]]
        if any(len(lines[i]) > _MOST_CELL for row in rows for i in row) or not any(map(FIGURE.fullmatch, body)):
            continue
        return _table(text, lines, rows)
    return None


def _numbered_rows(text: str, lines: Sequence[Span], at: int, columns: int) -> list[list[int]]:
    """The lines of the headings and of the rows under them, as long as their first cells count on."""
    cells = _filled(lines, at)
    rows = [list(islice(cells, columns))]
    while True:
        row = list(islice(cells, columns))
        if len(row) < columns or not _is_number(lines[row[0]].of(text), len(rows)):
            return rows
        rows.append(row)


def _named(text: str, lines: Sequence[Span], at: int) -> PlainTable | None:
    """It shows by its rows: as many headings without figures as each row has cells, a name and then figures."""
    headings: list[int] = []
    for i in islice(_filled(lines, at), MAX_COLUMNS + 2):
        words = lines[i].of(text)
        if FIGURE.fullmatch(words):
            break
        if len(words) > _MOST_CELL:
            return None
        headings.append(i)
    columns = len(headings) - 1
    if not MIN_COLUMNS <= columns <= MAX_COLUMNS or any(len(lines[i]) > _MOST_HEADING for i in headings[:-1]):
        return None
    cells = _filled(lines, headings[-1])
    rows = [headings[:-1]]
    while True:
        row = list(islice(cells, columns))
        words_of_row = [lines[i].of(text) for i in row]
        if (
            len(row) < columns
            or FIGURE.fullmatch(words_of_row[0])
            or len(words_of_row[0]) > _MOST_CELL
            or not all(map(FIGURE.fullmatch, words_of_row[1:]))
        ):
            break
        rows.append(row)
    return _table(text, lines, rows) if len(rows) > MIN_NAMED_ROWS else None


def _table(text: str, lines: Sequence[Span], rows: Sequence[Sequence[int]]) -> PlainTable:
    places = [[Place(lines[i], column) for column, i in enumerate(row)] for row in rows]
    return table_of(text, places, len(rows[0]), rows[0][0], rows[-1][-1] + 1)


def _filled(lines: Sequence[Span], at: int) -> Iterator[int]:
    return (i for i in range(at, len(lines)) if lines[i].start < lines[i].end)


def _is_number(text: str, number: int) -> bool:
    return text.rstrip(".").lstrip("0") == str(number)
