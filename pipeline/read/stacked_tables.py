"""Tables copied from a page with each cell on a line of its own, in paragraphs parted by blank lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import regex as re

from pipeline.model import Span
from pipeline.read.plain_grid import FIGURE, MAX_COLUMNS, MIN_COLUMNS, STUB, Place, PlainTable, table_of

_MOST_HEADING, _MOST_CELL = 60, 120
_PLACES = re.compile(r"(?:xếp |thứ )?hạng|vị trí|thứ tự xếp hạng", re.IGNORECASE)
"""The heading of a ranking's first column, which counts its rows as well."""
_GOES_ON = re.compile(r"\p{Ll}|\(")
_OPEN_END = re.compile(r"(?:,|(?<!\w)(?:trực thuộc|thuộc|của|và|theo|về|trong|so với))$", re.IGNORECASE)
_BARS = frozenset("|│¦")
_WITH_BRACKET = re.compile(r"\d+ ?\(\d[\d.,]*\)")
"""A figure with another in brackets, a place with its score: "01 (0,727)"."""
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
    if len(words) <= 30 and (STUB.fullmatch(words) or _PLACES.fullmatch(words)):
        return _numbered(text, lines, at)
    return _named(text, lines, at) if _NAMES.fullmatch(words) else None


def _numbered(text: str, lines: Sequence[Span], at: int) -> PlainTable | None:
    """It shows by its first column: a heading like "STT", then after each n cells 1, 2, 3 …; a heading may go on in a
    second line."""
    near = list(islice(_filled(text, lines, at), 3 * MAX_COLUMNS + 1))
    words = [lines[i].of(text) for i in near]
    first = next((n for n in range(MIN_COLUMNS, len(words)) if _is_number(words[n], 1)), None)
    if first is None:
        return None
    headings = [lines[i] for i in near[:first]]
    for columns in range(MIN_COLUMNS, first + 1):
        if first + columns >= len(words) or not _is_number(words[first + columns], 2):
            continue
        heads = _joined_headings(text, headings, columns)
        rows = _numbered_rows(text, lines, near[first], columns)
        body = [lines[i].of(text) for row in rows for i in row[1:]]
        if heads is None or any(len(lines[i]) > _MOST_CELL for row in rows for i in row):
            continue
        if not any(FIGURE.fullmatch(cell) or _WITH_BRACKET.fullmatch(cell) for cell in body):
            continue
        return _table(text, lines, at, heads, rows)
    return None


def _joined_headings(text: str, headings: Sequence[Span], columns: int) -> list[Span] | None:
    """As many headings as there are columns, where lines that go on with the one before them are joined to it."""
    joined: list[Span] = []
    for n, line in enumerate(headings):
        surplus = len(joined) + len(headings) - n > columns
        if joined and surplus and (_GOES_ON.match(line.of(text)) or _OPEN_END.search(joined[-1].of(text))):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined if len(joined) == columns and all(len(head) <= _MOST_CELL for head in joined) else None


def _numbered_rows(text: str, lines: Sequence[Span], at: int, columns: int) -> list[list[int]]:
    """The lines of the rows from line `at` on, as long as their first cells count on."""
    cells = _filled(text, lines, at)
    rows: list[list[int]] = []
    while True:
        row = list(islice(cells, columns))
        if len(row) < columns or not _is_number(lines[row[0]].of(text), len(rows) + 1):
            return rows
        rows.append(row)


def _named(text: str, lines: Sequence[Span], at: int) -> PlainTable | None:
    """It shows by its rows: as many headings without figures as each row has cells, a name and then figures."""
    headings: list[int] = []
    for i in islice(_filled(text, lines, at), MAX_COLUMNS + 2):
        words = lines[i].of(text)
        if FIGURE.fullmatch(words):
            break
        if len(words) > _MOST_CELL:
            return None
        headings.append(i)
    columns = len(headings) - 1
    if not MIN_COLUMNS <= columns <= MAX_COLUMNS or any(len(lines[i]) > _MOST_HEADING for i in headings[:-1]):
        return None
    cells = _filled(text, lines, headings[-1])
    rows: list[list[int]] = []
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
    return _table(text, lines, at, [lines[i] for i in headings[:-1]], rows) if len(rows) >= MIN_NAMED_ROWS else None


def _table(
    text: str, lines: Sequence[Span], at: int, headings: Sequence[Span], rows: Sequence[Sequence[int]]
) -> PlainTable:
    places = [[Place(span, column) for column, span in enumerate(headings)]]
    places += [[Place(lines[i], column) for column, i in enumerate(row)] for row in rows]
    return table_of(text, places, len(headings), at, rows[-1][-1] + 1)


def _filled(text: str, lines: Sequence[Span], at: int) -> Iterator[int]:
    """The lines from `at` on that hold something; a bar alone only parts cells."""
    return (i for i in range(at, len(lines)) if lines[i].start < lines[i].end and lines[i].of(text) not in _BARS)


def _is_number(text: str, number: int) -> bool:
    return text.rstrip(".").lstrip("0") == str(number)
