"""What stands out in the source of a fact on the desk: the fact, what each slot rests on, and what is beside it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from pipeline.model import Cell, Document, Span, Table
from pipeline.web.marking import Mark
from pipeline.web.page_boxes import PageBox, boxes_of
from pipeline.web.view import View

SLOT_OF_ROLE = {
    "subject": "subject", "group": "subject", "period": "time_period", "base_period": "base_period", "level": "level",
    "index": "index", "component": "index",
}  # fmt: skip
"""Which slot the words of a role give; those of any other role are cues of the measure."""
_ITSELF = ("quote", "value")


def slot_of(role: str) -> str:
    """The slot that words of this role give."""
    return SLOT_OF_ROLE.get(role, "indicator")


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one fact's desk. `query` is the queue's filter, which every link carries on."""

    view: View
    row: sqlite3.Row
    evidence: list[sqlite3.Row]
    facts: list[sqlite3.Row]
    numerals: list[sqlite3.Row]
    added: list[sqlite3.Row]
    query: str

    def in_text(self, document: Document) -> Iterator[Mark]:
        """As stretches of the text."""
        for numeral in self.numerals:
            yield Mark(numeral["char_start"], numeral["char_end"], "left", self._adding(numeral), self._left(numeral))
        for fact in self.facts:
            if fact["obs_id"] != self.row["obs_id"]:
                yield Mark(fact["char_start"], fact["char_end"], "fact", self.href(fact), self._said(fact))
        for one in self.added:
            slots = json.loads(one["slots"])
            yield Mark(int(slots["char_start"]), int(slots["char_end"]), "fact added", self.href(one), self._added)
        for span in header_spans(document, self.row["table"]):
            yield Mark(span.start, span.end, "header")
        yield Mark(self.row["char_start"], self.row["char_end"], "quote", anchor="here")
        for slot, words in self._slots():
            yield Mark(words["char_start"], words["char_end"], f"slot slot-{slot}", title=self._slot(slot))
        yield Mark(self.row["value_start"], self.row["value_end"], "value", title=self._slot("value"))

    def on_page(self, number: int) -> list[PageBox]:
        """As rectangles of a page."""
        found: list[PageBox] = []
        for numeral in self.numerals:
            found += _on(number, dict(numeral), "left", self._adding(numeral), self._left(numeral))
        for fact in self.facts:
            if fact["obs_id"] != self.row["obs_id"]:
                found += _on(number, dict(fact), "fact", self.href(fact), self._said(fact))
        for one in self.added:
            place = {"page": None, "boxes": None} | json.loads(one["slots"])
            on_page = {**place, "page": int(place["page"]) if place["page"] else None}
            found += _on(number, on_page, "fact added", self.href(one), self._added)
        found += _on(number, dict(self.row), "quote", "", "", "here")
        for slot, words in self._slots():
            found += _on(number, dict(words), f"slot slot-{slot}", "", self._slot(slot))
        for words in self.evidence:
            if words["role"] == "value":
                found += _on(number, dict(words), "value", "", self._slot("value"))
        return found

    def href(self, fact: sqlite3.Row) -> str:
        """Where a fact has its desk."""
        return f"/review/{quote(fact['obs_id'])}{self.query}"

    @property
    def _added(self) -> str:
        return self.view.language.say("state.added")

    def _slots(self) -> Iterator[tuple[str, sqlite3.Row]]:
        for words in self.evidence:
            if words["role"] not in _ITSELF:
                yield slot_of(words["role"]), words

    def _slot(self, slot: str) -> str:
        return self.view.language.say(f"slot.{slot}")

    def _said(self, fact: sqlite3.Row) -> str:
        return f"{self.view.names.indicator(fact['indicator'], self.view.language.code)}: {self.view.value(fact)}"

    def _left(self, numeral: sqlite3.Row) -> str:
        return self.view.language.say("desk.left", words=numeral["quote"])

    def _adding(self, numeral: sqlite3.Row) -> str:
        joint = "&" if self.query else "?"
        place = f"start={numeral['char_start']}&end={numeral['char_end']}"
        return f"/review/{quote(self.row['obs_id'])}/add{self.query}{joint}{place}"


def _on(number: int, row: Mapping[str, Any], kind: str, href: str, title: str, anchor: str = "") -> Iterator[PageBox]:
    """The rectangles of a row, if it stands on page `number`."""
    if row["page"] == number:
        yield from boxes_of(row, kind, href, title, anchor)


def cell_of(document: Document, place: str | None) -> tuple[Table, Cell] | None:
    """The table and the cell that `place` names ("2.5.3": table, row, column); None where there is none."""
    if not place:
        return None
    number, row, column = map(int, place.split("."))
    table = next((table for table in document.tables if table.number == number), None)
    cell = table and next((cell for cell in table.cells if (cell.row, cell.column) == (row, column)), None)
    return (table, cell) if table and cell else None


def header_spans(document: Document, place: str | None) -> list[Span]:
    """Where the headings of a cell's column, and the words that begin its row, stand."""
    found = cell_of(document, place)
    if found is None:
        return []
    table, cell = found
    above = [
        other.span
        for other in table.cells
        if other.is_header and other.row < cell.row and len(other.span)
        and other.column < cell.column + cell.column_span and cell.column < other.column + other.column_span
    ]  # fmt: skip
    heading = row_words(document, table, cell)
    return [*above, *([heading.span] if heading else [])]


def row_words(document: Document, table: Table, cell: Cell) -> Cell | None:
    """The first cell of the row of `cell` that has words: what its row is about."""
    row = sorted(
        (other for other in table.cells if other.row <= cell.row < other.row + other.row_span),
        key=lambda other: other.column,
    )
    return next((other for other in row if other.column < cell.column and _has_letters(document, other)), None)


def _has_letters(document: Document, cell: Cell) -> bool:
    return any(character.isalpha() for character in cell.span.of(document.text))
