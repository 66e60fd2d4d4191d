"""Whose numbers a table row holds: the agency, place or total that its label names."""

from __future__ import annotations

from dataclasses import replace

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.slots import Subject
from pipeline.assemble.subjects import Subjects
from pipeline.match.layers import within
from pipeline.model import Cell, Table

_TOTAL = regex.compile(r"(?<!\w)(?:tổng(?: số| cộng)?|cộng|toàn (?:tỉnh|thành phố|quốc)|chung)(?!\w)")


def row_subject(place: tuple[int, int, int], context: Context, subjects: Subjects) -> Subject:
    """The subject of a cell: its row's first agency or place; the document's for a row of totals."""
    number, row, column = place
    table = next(t for t in context.layers.document.tables if t.number == number)
    for cell in _labels(table, row, column):
        words = cell.span.of(context.layers.view)
        if _TOTAL.search(words):
            return subjects.document(agency=False)
        if found := within(context.agencies, cell.span):
            return subjects.agency(found[0])
        for mention in within(context.places, cell.span):
            if (subject := subjects.place(mention)) is not None:
                return subject
    labels = [cell.span.of(context.layers.document.text).strip() for cell in _labels(table, row, column)]
    part = next((label for label in labels if regex.search(r"[^\W\d]{2}", label)), None)
    return replace(subjects.document(agency=True), part=part)


def _labels(table: Table, row: int, column: int) -> list[Cell]:
    """The cells of a row (merged ones reach into it) left of a column."""
    return sorted(
        (c for c in table.cells if c.row <= row < c.row + c.row_span and c.column < column and not c.is_header),
        key=lambda c: c.column,
    )
