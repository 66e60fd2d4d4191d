"""The left side of the desk: the page, or the text, or the table, on which a fact stands."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Document, Page, Span
from pipeline.web import marking
from pipeline.web.desk import queue
from pipeline.web.desk.marks import Marks, cell_of, row_words
from pipeline.web.marking import BlockView
from pipeline.web.page_boxes import PageBox
from pipeline.web.texts import Texts
from pipeline.web.view import View

_PART = 16_000
"""Characters of the text that are shown at once: enough to read on, little enough to be there at once."""
_KEPT = 12
"""Documents that are held ready: neighbours in the queue are often of the same one."""


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a table cell stands, in words: its row and the path of its column's headings."""

    table: int
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Source:
    """What the left side shows: a `page` with `boxes` or `blocks` of the text; neither where the text is gone.

    `number` of `last` is the page or the part of the text; `facts` are those that stand on it.
    """

    pictured: bool
    number: int
    last: int
    facts: tuple[sqlite3.Row, ...] = ()
    page: Page | None = None
    boxes: tuple[PageBox, ...] = ()
    blocks: tuple[BlockView, ...] = ()
    cell: CellPlace | None = None

    @property
    def shows(self) -> str:
        """page, text or nothing."""
        return "page" if self.page else "text" if self.blocks else "nothing"


@lru_cache(maxsize=_KEPT)
def _held(texts: Texts, doc_id: str, key: str) -> Document | None:
    return texts.document(doc_id)


def document_of(view: View, doc_id: str) -> Document | None:
    """The document as the run read it; the last ones are held ready. None where it is gone."""
    return _held(view.archive.texts, doc_id, view.snapshot.key)


def source_of(view: View, row: sqlite3.Row, evidence: list[sqlite3.Row], query: str) -> Source:
    """The source of a fact, at the page or part that the address asks for, else where the fact stands."""
    document = document_of(view, row["doc_id"])
    if document is None:
        return Source(False, 1, 1)
    pictured = bool(document.pages and document.char_boxes)
    cell = _cell_place(document, row["table"])
    if pictured and view.asked("show") != "text":
        number = view.number_asked("page", int(row["page"] or 1), 1, len(document.pages))
        page = next((page for page in document.pages if page.number == number), document.pages[0])
        facts, numerals = _within(view, row["doc_id"], page.span)
        marks = Marks(view, row, evidence, facts, numerals, queue.added(view.db, row["doc_id"]), query)
        boxes = tuple(marks.on_page(page.number))
        return Source(True, page.number, len(document.pages), tuple(facts), page=page, boxes=boxes, cell=cell)
    parts = marking.parts_of(document, _PART)
    number = view.number_asked("part", marking.part_with(parts, row["char_start"]) + 1, 1, len(parts))
    facts, numerals = _within(view, row["doc_id"], parts[number - 1])
    marks = Marks(view, row, evidence, facts, numerals, queue.added(view.db, row["doc_id"]), query)
    blocks = tuple(marking.layout(document, parts[number - 1], marks.in_text(document)))
    return Source(pictured, number, len(parts), tuple(facts), blocks=blocks, cell=cell)


def _within(view: View, doc_id: str, span: Span) -> tuple[list[sqlite3.Row], list[sqlite3.Row]]:
    """The facts of a stretch of a document, and the numbers in it that no fact, date or reference explains."""
    numerals = view.db.execute(
        "SELECT * FROM numerals WHERE doc_id = ? AND char_start >= ? AND char_start < ?"
        " AND class IN ('unexplained', 'quantity')",
        (doc_id, span.start, span.end),
    ).fetchall()
    return queue.facts_between(view.db, doc_id, span.start, span.end), numerals


def _cell_place(document: Document, place: str | None) -> CellPlace | None:
    found = cell_of(document, place)
    if found is None:
        return None
    table, cell = found
    words = row_words(document, table, cell)
    return CellPlace(
        table.number, _line(words.span.of(document.text)) if words else "", " › ".join(map(_line, cell.header))
    )


def _line(text: str) -> str:
    return " ".join(text.split())
