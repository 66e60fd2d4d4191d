"""Tables that blanks or tabs set in columns, under headings over one or several lines.

    Đơn vị              Tiếp nhận        Đã giải quyết
                                     Trước hạn   Quá hạn
    Thị trấn Cẩm Xuyên      3.415        3.111         1

What is read as one must leave no doubt: three rows and more with as many cells, none of which stands across
the gutter between two columns, and figures in most of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex as re

from pipeline.model import Span
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

MIN_ROWS = 3
MAX_HEADING_LINES = 6
MAX_SECTION = 80
LONG_RUN = 50
"""More rows than this that made no table are not looked at again from the second on."""
TAB = 8
_GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*\t[ \t\u00a0]*")
_NO_HEADING = re.compile(r"\(?\s*(?:đơn vị tính|đvt|biểu|phụ lục|bảng|mẫu|kèm theo|ban hành)\b.*", re.IGNORECASE)
_ROW_NUMBER = re.compile(r"\d{1,3}\.?")
_CELL = re.compile(r"\S.*\S|\S", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A stretch of a line between wide gaps: its place in the text, and its columns of type from the margin."""

    span: Span
    left: int
    right: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


_Row = list[_Cell]


class AlignedLines:
    """The lines of a text cut at their wide gaps, each once, however often it is asked for."""

    def __init__(self, text: str, lines: Sequence[Span]) -> None:
        self.text = text
        self.lines = lines
        self.refused = 0
        """Up to this line, what looked like the rows of a long table made none."""
        self._known: dict[int, _Row] = {}

    def cells(self, i: int) -> _Row:
        """The cells of line `i` from left to right; none for an empty line or one past the end."""
        if i not in self._known:
            empty = i >= len(self.lines) or not self.lines[i]
            self._known[i] = [] if empty else _cut(self.text, with_margin(self.text, self.lines[i]))
        return self._known[i]

    def is_data(self, i: int) -> bool:
        """Whether line `i` holds a figure beside its first cell, or a row number and at least two cells."""
        cells = self.cells(i)
        if len(cells) < MIN_COLUMNS:
            return False
        numbered = len(cells) > MIN_COLUMNS and bool(_ROW_NUMBER.fullmatch(cells[0].span.of(self.text)))
        return numbered or any(_is_figure(self.text, cell) for cell in cells[1:])

    def is_rule(self, i: int) -> bool:
        """Whether line `i` only draws."""
        return i < len(self.lines) and bool(self.lines[i]) and bool(RULE.fullmatch(self.lines[i].of(self.text)))


def aligned(lines: AlignedLines, at: int, before: int) -> PlainTable | None:
    """The table whose rows below the headings begin at line `at`; lines up to `before` are taken already."""
    if at < lines.refused or not lines.is_data(at):
        return None
    body = _body(lines, at)
    table = _of_body(lines, body, before)
    if table is None and len(body) > LONG_RUN:
        lines.refused = body[-1]
    return table


def _of_body(lines: AlignedLines, body: Sequence[int], before: int) -> PlainTable | None:
    text = lines.text
    columns, _ = Counter(len(lines.cells(i)) for i in body).most_common(1)[0]
    whole = [lines.cells(i) for i in body if len(lines.cells(i)) == columns]
    if len(whole) < MIN_ROWS or not MIN_COLUMNS <= columns <= MAX_COLUMNS or len(lines.cells(body[0])) != columns:
        return None
    gutters = _gutters(whole)
    if gutters is None:
        return None
    headings, first = _headings(lines, body[0], before, gutters)
    named = headings and any(STUB.fullmatch(row[0].span.of(text)) for row in headings if row[0].column == 0)
    if not (_is_of_figures(text, whole) and (headings or columns > MIN_COLUMNS)) and not named:
        return None
    rows: list[list[Place]] = []
    for i in body:
        row = _placed(lines.cells(i), gutters)
        if row is None:
            break
        rows.append(row)
    while rows and len(rows[-1]) == 1:
        rows.pop()
    if sum(len(row) == columns for row in rows) < MIN_ROWS:
        return None
    return table_of(text, [*headings, *rows], columns, first, body[len(rows) - 1] + 1)


def _cut(text: str, span: Span) -> _Row:
    """The cells of a line. A tab reaches to the next stop, as an editor shows it."""
    cells: _Row = []
    start, at = span.start, 0
    for gap in [*_GAP.finditer(text, span.start, span.end), None]:
        stop = gap.start() if gap else span.end
        found = _CELL.search(text, start, stop)
        if found:
            left = at + found.start() - start
            cells.append(_Cell(Span(*found.span()), left, left + found.end() - found.start()))
        if gap:
            at += stop - start
            for char in gap.group():
                at = at + TAB - at % TAB if char == "\t" else at + 1
            start = gap.end()
    return cells


def _body(lines: AlignedLines, at: int) -> list[int]:
    """The lines of the rows from `at` on. Rules, an empty line or a section's name may stand between two rows."""
    body: list[int] = []
    i = at
    while True:
        if lines.is_data(i) or (body and _is_section(lines, i) and lines.is_data(i + 1)):
            body.append(i)
        elif not lines.is_rule(i) and not (
            body and i == body[-1] + 1 and not lines.cells(i) and (lines.is_data(i + 1) or _is_section(lines, i + 1))
        ):
            return body
        i += 1


def _is_section(lines: AlignedLines, i: int) -> bool:
    """Whether line `i` may name the rows below it, or open a name that goes on in the next line."""
    cells = lines.cells(i)
    return len(cells) == 1 and len(cells[0].span) <= MAX_SECTION and not lines.is_rule(i)


def _is_figure(text: str, cell: _Cell) -> bool:
    return bool(FIGURE.fullmatch(cell.span.of(text)))


def _is_of_figures(text: str, rows: Sequence[_Row]) -> bool:
    """Whether some column behind the first holds little but figures, and those are not all dashes."""
    for column in range(1, len(rows[0])):
        words = [row[column].span.of(text) for row in rows]
        figures = [word for word in words if FIGURE.fullmatch(word)]
        if len(figures) * 10 >= 8 * len(words) and any(char.isdigit() for word in figures for char in word):
            return True
    return False


def _gutters(rows: Sequence[_Row]) -> list[float] | None:
    """The middle of the gutter behind each column but the last; None if a cell reaches across one."""
    gutters: list[float] = []
    for column in range(len(rows[0]) - 1):
        left = max(row[column].right for row in rows)
        right = min(row[column + 1].left for row in rows)
        if left >= right:
            return None
        gutters.append((left + right) / 2)
    return gutters


def _placed(cells: _Row, gutters: Sequence[float]) -> list[Place] | None:
    """The cells of a row in their columns; None if one stands across a gutter or two in one column."""
    if len(cells) == 1:
        # The name of a section runs over the columns of its rows.
        reach = bisect_left(gutters, cells[0].right)
        column = bisect_left(gutters, cells[0].left)
        return [Place(cells[0].span, column, reach - column + 1)]
    places: list[Place] = []
    for cell in cells:
        column = bisect_left(gutters, cell.middle)
        inside = bisect_left(gutters, cell.left) == bisect_left(gutters, cell.right) == column
        if not inside or (places and places[-1].column >= column):
            return None
        places.append(Place(cell.span, column))
    return places


def _headings(lines: AlignedLines, body: int, before: int, gutters: Sequence[float]) -> tuple[list[list[Place]], int]:
    """The rows of headings above line `body`, and the first of their lines."""
    found: list[int] = []
    i = body - 1
    while i >= before and len(found) < MAX_HEADING_LINES:
        if lines.is_rule(i) or (not lines.cells(i) and (i + 1 in (body, *found[-1:])) and i > before):
            i -= 1
            continue
        if not lines.cells(i) or not _may_head(lines, i, gutters):
            break
        found.append(i)
        i -= 1
    # A line of one cell is a heading only where it breaks one of several, or groups columns of them.
    while found and len(lines.cells(found[-1])) == 1 and not _groups(lines, found, gutters):
        found.pop()
    rows: list[list[Place]] = []
    below: frozenset[int] = frozenset()
    for i in found:
        row = _headed(lines.cells(i), gutters, below)
        if row is None:
            break
        rows.insert(0, row)
        below = below | {column for place in row for column in range(place.column, place.column + place.columns)}
    kept = found[: len(rows)]
    if not any(len(row) > 1 for row in rows):
        return [], body
    return rows, kept[-1]


def _may_head(lines: AlignedLines, i: int, gutters: Sequence[float]) -> bool:
    words = lines.lines[i].of(lines.text)
    if _NO_HEADING.fullmatch(words) or words.endswith((".", ";", ":")):
        return False
    cells = lines.cells(i)
    return len(cells) <= len(gutters) + 1 and all(len(cell.span) <= 60 for cell in cells)


def _groups(lines: AlignedLines, found: Sequence[int], gutters: Sequence[float]) -> bool:
    """Whether the topmost line of headings, one cell alone, stands right of the names and is no caption."""
    [cell] = lines.cells(found[-1])
    words = cell.span.of(lines.text)
    return len(found) > 1 and cell.left > gutters[0] and not (words.isupper() and len(words) > 20)


def _headed(cells: _Row, gutters: Sequence[float], below: frozenset[int]) -> list[Place] | None:
    """A row of headings over their columns; `below`: the columns that have headings further down.

    A heading over columns without others is its column's own. The others share the columns below out between
    them, so that each stands in the middle of its own, or over the first of them.
    """
    if len(cells) == len(gutters) + 1:
        return [Place(cell.span, column) for column, cell in enumerate(cells)]
    columns = [_column(cell, gutters) for cell in cells]
    if len(set(columns)) < len(columns):
        return None
    places: list[Place] = []
    at = 0
    while at < len(cells):
        if columns[at] not in below:
            places.append(Place(cells[at].span, columns[at]))
            at += 1
            continue
        end = at
        while end < len(cells) and columns[end] in below:
            end += 1
        places += _shared_out(cells[at:end], columns[at:end], gutters, below)
        at = end
    return places


def _column(cell: _Cell, gutters: Sequence[float]) -> int:
    return bisect_left(gutters, cell.middle)


def _shared_out(
    cells: Sequence[_Cell], columns: Sequence[int], gutters: Sequence[float], below: frozenset[int]
) -> list[Place]:
    """Neighbouring group headings with the run of columns around them, each with its part of it."""
    first, last = columns[0], columns[-1]
    while first - 1 in below and first > 1:
        first -= 1
    while last + 1 in below:
        last += 1
    run = list(range(first, last + 1))
    cuts = _best_cuts(cells, run, gutters)
    return [Place(cell.span, run[a], b - a) for cell, (a, b) in zip(cells, cuts, strict=True)]


def _best_cuts(cells: Sequence[_Cell], run: Sequence[int], gutters: Sequence[float]) -> list[tuple[int, int]]:
    """The parts of `run` (as from, to) that the headings stand nearest over: the least sum of distances."""
    edges = [gutters[run[0] - 1] if run[0] else 0.0, *(gutters[column] for column in run if column < len(gutters))]
    if run[-1] == len(gutters):
        edges.append(edges[-1] + (edges[-1] - edges[-2] if len(edges) > 1 else TAB))

    def distance(cell: _Cell, a: int, b: int) -> float:
        return min(abs(cell.middle - (edges[a] + edges[b]) / 2), abs(cell.left - edges[a]))

    best: dict[int, tuple[float, list[tuple[int, int]]]] = {0: (0.0, [])}
    for n, cell in enumerate(cells):
        left = len(cells) - n - 1
        nearer: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for a, (cost, parts) in best.items():
            for b in range(a + 1, len(run) - left + 1):
                reached = cost + distance(cell, a, b)
                if b not in nearer or reached < nearer[b][0]:
                    nearer[b] = (reached, [*parts, (a, b)])
        best = nearer
    return best[len(run)][1] if len(run) in best else [(i, i + 1) for i in range(len(cells))]
