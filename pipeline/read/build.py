"""From what a format's reader hands on to a Document: the canonical text, its blocks, its tables."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.model import (
    Block,
    BlockKind,
    Cause,
    Cell,
    Document,
    Page,
    ReadError,
    Repair,
    Source,
    Span,
    Table,
)
from pipeline.read.boxes import Boxes
from pipeline.read.canonical import canonical
from pipeline.read.flow import Flow, Grid, GridCell, Passage, Piece
from pipeline.read.headings_of_columns import heading_paths, heading_rows
from pipeline.read.legacy import decoded
from pipeline.read.settings import ReadSettings
from pipeline.read.structure import Label, Unit, label

RepairNote = tuple[int, int, str, str]


def build(source: Source, flow: Flow, settings: ReadSettings) -> Document:
    """The Document of `flow`. Pieces are parted by a line feed.

    Raises ReadError(TOO_LARGE) when the text passes `settings.max_characters`, NO_TEXT when there is none.
    """
    flow = decoded(flow, as_shown=settings.capitals_as_shown)
    pages = [page.pieces for page in flow.pages] or [flow.pieces]
    flat = [piece for pieces in pages for piece in pieces]
    if sum(_length(piece) for piece in flat) > settings.max_characters:
        raise ReadError(
            Cause.TOO_LARGE,
            f"the text is longer than {settings.max_characters:,} characters",
            "Split the file into its documents and run again.",
        )
    labels = label([_unit(piece) for piece in flat])
    writer = _Writer(boxed=bool(flow.pages))
    spans: list[Span] = []
    at = 0
    for number, pieces in enumerate(pages, start=1):
        start = writer.length
        for piece in pieces:
            if isinstance(piece, Grid):
                writer.grid(piece, flow.pages[number - 1].number if flow.pages else None)
            else:
                writer.passage(piece, labels[at])
            at += 1
        spans.append(Span(start, writer.length))
    text = "".join(writer.parts)
    if not text or text.isspace():
        raise ReadError(Cause.NO_TEXT, "there is no text in the file", "Check whether the file is the right one.")
    return Document(
        source=source,
        text=text,
        blocks=tuple(writer.blocks),
        tables=tuple(_with_captions(writer.tables, writer.blocks)),
        pages=tuple(
            Page(page.number, page.width, page.height, span, page.ocr)
            for page, span in zip(flow.pages, spans, strict=False)
        ),
        char_boxes=writer.boxes.kept(flow.ruler) if flow.pages else None,
        repairs=tuple(writer.repairs),
        encoding=flow.encoding,
        warnings=flow.warnings,
        title=flow.title,
    )


def _length(piece: Piece) -> int:
    return len(piece.text) if isinstance(piece, Passage) else sum(len(cell.text) + 1 for cell in piece.cells)


def _unit(piece: Piece) -> Unit:
    if isinstance(piece, Grid):
        return Unit("", BlockKind.TABLE)
    return Unit(piece.text, piece.kind, piece.level, piece.spaced, piece.text.upper() if piece.capitals else "")


class _Writer:
    """Writes pieces one after another and keeps count of where each came to stand."""

    def __init__(self, *, boxed: bool) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.boxed = boxed
        self.boxes = Boxes()
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.repairs: list[Repair] = []
        self._continued: list[tuple[str, ...]] = []

    def passage(self, passage: Passage, found: Label) -> None:
        span = self._write(passage.text.strip("\n"), passage.boxes, passage.repairs)
        if span.start < span.end:
            self.blocks.append(Block(found.kind, span, found.level))
            self._part("\n")

    def grid(self, grid: Grid, page: int | None) -> None:
        headings = heading_rows(grid)
        paths = heading_paths(grid, headings)
        if grid.continues and not headings and len(self._continued) == grid.columns:
            paths = [self._continued[cell.column] for cell in grid.cells]
        start = self.length
        cells: list[Cell] = []
        row = column = 0
        for cell, path in zip(grid.cells, paths, strict=True):
            while row < cell.row:
                self._part("\t" * (grid.columns - 1 - column) + "\n")
                row, column = row + 1, 0
            if cell.column > column:
                self._part("\t" * (cell.column - column))
                column = cell.column
            span = self._write_cell(cell)
            heads = cell.row in headings
            cells.append(
                Cell(span, cell.row, cell.column, cell.row_span, cell.column_span, () if heads else path, heads)
            )
        self._part("\t" * (grid.columns - 1 - column) + "\n")
        span = Span(start, self.length)
        self.tables.append(Table(len(self.tables) + 1, span, tuple(cells), grid.rows, grid.columns, page))
        self.blocks.append(Block(BlockKind.TABLE, span))
        self._remember(grid, cells)

    def _remember(self, grid: Grid, cells: Sequence[Cell]) -> None:
        """The headings over each column, for a table that goes on over the page."""
        above: dict[int, tuple[str, ...]] = {}
        for cell in cells:
            if not cell.is_header:
                for column in range(cell.column, cell.column + cell.column_span):
                    if cell.column_span == 1 or column not in above:
                        above[column] = cell.header
        self._continued = [above.get(column, ()) for column in range(grid.columns)]

    def _write_cell(self, cell: GridCell) -> Span:
        # Line feeds and tabs inside a cell would look like rows and cells: each becomes one blank.
        text = _BREAK.sub(" ", cell.text)
        if not text or not (text[0].isspace() or text[-1].isspace()):
            return self._write(text, cell.boxes, cell.repairs)
        head = len(text) - len(text.lstrip())
        text = text.strip()
        boxes = cell.boxes.between(head, head + len(text)) if cell.boxes is not None else None
        return self._write(
            text, boxes, [(a - head, b - head, kind, was) for a, b, kind, was in cell.repairs if a >= head]
        )

    def _part(self, signs: str) -> None:
        """Write what parts blocks, rows or cells, and stands nowhere on a page."""
        self.parts.append(signs)
        self.length += len(signs)
        if self.boxed:
            self.boxes.skip(len(signs))

    def _write(self, text: str, boxes: Boxes | None = None, repairs: Sequence[RepairNote] = ()) -> Span:
        if boxes is None:
            text = canonical(text)
        start = self.length
        if text:
            self.parts.append(text)
            self.length += len(text)
            if self.boxed:
                if boxes is None:
                    self.boxes.skip(len(text))
                else:
                    self.boxes.extend(boxes)
        for a, b, kind, was in repairs:
            if b <= len(text):
                self.repairs.append(Repair(kind, Span(start + a, start + b), was))
        return Span(start, self.length)


_BREAK = re.compile("[\n\t\r\x0b\x0c\x85\u2028\u2029]")


def _with_captions(tables: Sequence[Table], blocks: Sequence[Block]) -> list[Table]:
    """Each table with the caption or heading that stands right above it."""
    above: dict[int, Block] = {}
    for before, block in itertools.pairwise(blocks):
        if block.kind is BlockKind.TABLE and before.kind in (BlockKind.CAPTION, BlockKind.HEADING):
            above[block.span.start] = before
    return [
        Table(t.number, t.span, t.cells, t.rows, t.columns, t.page, above[t.span.start].span)
        if t.span.start in above
        else t
        for t in tables
    ]
