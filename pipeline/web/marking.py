"""A document's text laid out for reading, with its facts marked where they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import Block, BlockKind, Document, Span, Table

_PART = 60_000
"""Characters that a page shows at once, where a block ends."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that stands out. `kind` is a class of the style sheet; `href` is where it leads."""

    start: int
    end: int
    kind: str
    href: str = ""
    title: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that has the same marks throughout; `at` is its offset."""

    text: str
    kinds: str = ""
    href: str = ""
    title: str = ""
    anchor: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class CellView:
    """A table cell as it is shown."""

    pieces: list[Piece]
    row_span: int
    column_span: int
    is_header: bool


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block as it is shown: pieces, or, of a table, rows of cells."""

    kind: str
    level: int
    pieces: list[Piece]
    rows: list[list[CellView]]


def parts_of(document: Document, size: int = _PART) -> list[Span]:
    """The document's text in parts that one page can show: of `size` characters, or of one longer block."""
    parts: list[Span] = []
    start = 0
    for block in document.blocks:
        if block.span.end - start > size and block.span.start > start:
            parts.append(Span(start, block.span.start))
            start = block.span.start
    return [*parts, Span(start, len(document.text))]


def part_with(parts: Sequence[Span], offset: int) -> int:
    """The number (from 0) of the part that holds an offset."""
    return min(max(bisect_right([part.start for part in parts], offset) - 1, 0), len(parts) - 1)


def layout(document: Document, part: Span, marks: Iterable[Mark]) -> Iterator[BlockView]:
    """The blocks of a part with the marks that fall into them; text outside of all blocks is a paragraph."""
    known = sorted(_near(list(marks), part), key=lambda mark: (mark.start, -mark.end))
    tables = {table.span: table for table in document.tables}
    at = part.start
    for block in [*document.blocks, Block(BlockKind.PARAGRAPH, Span(part.end, part.end))]:
        if block.span.end < part.start or block.span.start > part.end:
            continue
        between = Span(at, max(at, block.span.start))
        if between.of(document.text).strip():
            yield _paragraph(document, Block(BlockKind.PARAGRAPH, between), known)
        at = max(at, block.span.end)
        if len(block.span):
            table = tables.get(block.span) if block.kind is BlockKind.TABLE else None
            yield _table(document, table, known) if table else _paragraph(document, block, known)


def pieces(text: str, span: Span, marks: Iterable[Mark]) -> list[Piece]:
    """The text of a span, cut wherever a mark begins or ends.

    Where marks lie over each other a piece has the kinds of all, and leads where the innermost leads. Each mark's
    anchor is on its first piece.
    """
    inside = [mark for mark in marks if mark.start < span.end and span.start < mark.end]
    cuts = {span.start, span.end}
    for mark in inside:
        cuts |= {max(mark.start, span.start), min(mark.end, span.end)}
    bounds = sorted(cuts)
    return [_piece(text, start, end, inside) for start, end in pairwise(bounds)]


def _piece(text: str, start: int, end: int, marks: list[Mark]) -> Piece:
    over = [mark for mark in marks if mark.start <= start and end <= mark.end]
    over.sort(key=lambda mark: mark.start - mark.end)
    kinds = " ".join(dict.fromkeys(mark.kind for mark in over))
    href = next((mark.href for mark in reversed(over) if mark.href), "")
    title = next((mark.title for mark in reversed(over) if mark.title), "")
    anchor = next((mark.anchor for mark in reversed(over) if mark.anchor and mark.start == start), "")
    return Piece(text[start:end], kinds, href, title, anchor, start)


def _near(marks: list[Mark], span: Span) -> list[Mark]:
    return [mark for mark in marks if mark.start < span.end and span.start < mark.end]


def _paragraph(document: Document, block: Block, marks: list[Mark]) -> BlockView:
    found = pieces(document.text, block.span, _near(marks, block.span))
    return BlockView(str(block.kind), block.level, found, [])


def _table(document: Document, table: Table, marks: list[Mark]) -> BlockView:
    near = _near(marks, table.span)
    rows: list[list[CellView]] = [[] for _ in range(table.rows)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        found = pieces(document.text, cell.span, near) if len(cell.span) else []
        rows[cell.row].append(CellView(found, cell.row_span, cell.column_span, cell.is_header))
    return BlockView("table", 0, [], rows)
