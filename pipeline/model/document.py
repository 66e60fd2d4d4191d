"""A document as read: canonical text, its blocks and tables, and where each character stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from pipeline.model.places import CharBoxes
from pipeline.model.span import Box, Span


class BlockKind(StrEnum):
    """What a stretch of text is on its page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes that a document was read from. `doc_id` is their SHA-256 in hex."""

    path: str
    doc_id: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the canonical text of one kind; `level` is a heading's depth from 1."""

    kind: BlockKind
    span: Span
    level: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: place in the grid, place in the text, and the headings that govern it.

    `header` runs from the outermost column heading to the nearest ("Đã giải quyết", "Trước hạn");
    it is empty for heading cells themselves. A merged cell appears once, with its extent.
    """

    span: Span
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: tuple[str, ...] = ()
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its place in the text (rows end in a line feed, cells are parted by a tab)."""

    number: int
    span: Span
    cells: tuple[Cell, ...]
    rows: int
    columns: int
    page: int | None = None
    caption: Span | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size in points and the part of the text that stands on it."""

    number: int
    width: float
    height: float
    span: Span
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Repair:
    """A change that the reader made to the text: `kind` names it, `span` is where it now stands."""

    kind: str
    span: Span
    original: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader gives: everything later is said in offsets into `text`.

    Blocks are in order of their offsets and do not overlap; every table has a block of kind TABLE
    with the same span. `text` is NFC with line feeds; nothing of the document is left out of it.
    """

    source: Source
    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    pages: tuple[Page, ...] = ()
    char_boxes: CharBoxes | None = None
    repairs: tuple[Repair, ...] = ()
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()
    title: str | None = None
    """The title that the format itself gives (HTML og:title, DOCX core properties), if any."""

    def page_of(self, offset: int) -> int | None:
        """The page (from 1) on which a character stands; None for formats without pages."""
        at = bisect_right(self.pages, offset, key=_start) - 1
        if at < 0:
            return None
        page = self.pages[at]
        return page.number if offset < max(page.span.end, page.span.start + 1) else None

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """One box for each line of `span`, in points from its page's top left."""
        if self.char_boxes is None:
            return ()
        boxes: list[Box] = []
        first = max(0, bisect_right(self.pages, span.start, key=_start) - 1)
        for page in self.pages[first:]:
            if page.span.start >= span.end:
                break
            start, end = max(span.start, page.span.start), min(span.end, page.span.end)
            opened = len(boxes)
            for x0, top, x1, bottom in self.char_boxes.between(start, end, page.number):
                last = boxes[-1] if len(boxes) > opened else None
                # What starts left of the last one, or below its foot, opens a line.
                if last and top < last.bottom and bottom > last.top and x1 > last.x0:
                    x0, top, x1, bottom = (
                        min(last.x0, x0),
                        min(last.top, top),
                        max(last.x1, x1),
                        max(last.bottom, bottom),
                    )
                    boxes.pop()
                boxes.append(Box(page.number, x0, top, x1, bottom))
        return tuple(boxes)

    def measured(self) -> Document:
        """The same with the places of all characters known, to be kept without its file."""
        if self.char_boxes is None:
            return self
        pages = [(page.number, page.span.end) for page in self.pages]
        return replace(self, char_boxes=self.char_boxes.complete(pages))


def _start(page: Page) -> int:
    return page.span.start


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a document says about itself (one row of `documents`, with its Source)."""

    title: str | None = None
    doc_type: str | None = None
    number: str | None = None
    issuer: str | None = None
    ref_area: str | None = None
    area_regime: str | None = None
    issued_on: date | None = None
    published_at: str | None = None
    source_name: str | None = None
    language: str = "vi"
    period: str | None = None
    flags: tuple[str, ...] = field(default_factory=tuple)
