"""Whose numbers a table row holds, and at which level: what its labels and the headings above name."""

from __future__ import annotations

from dataclasses import replace

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.slots import Subject
from pipeline.assemble.subjects import Subjects
from pipeline.match.layers import within
from pipeline.match.levels import level_named

_NAME = regex.compile(r"[^\W\d]{2}")
# Words that names of organisations begin with.
_ORGANISATION = regex.compile(
    r"\s*(?:vụ|cục|tổng cục|chi cục|phòng|ban|trung tâm|văn phòng|thanh tra|viện|trường|bệnh viện|kho bạc|chi nhánh"
    r"|đội|hạt|công ty|điện lực|bưu điện|hội|quỹ)\s+\p{L}"
)
_TOTAL = regex.compile(r"(?<!\w)(?:tổng(?: số| cộng)?|cộng|toàn (?:tỉnh|thành phố|quốc)|chung)(?!\w)")


def row_subject(place: tuple[int, int, int], context: Context, subjects: Subjects) -> Subject:
    """The subject of a cell: its row's first agency or place; the document's for a row of totals."""
    number, row, column = place
    labels = [cell for cell in context.grids[number].beside(row, column) if not cell.is_header]
    for cell in labels:
        words = cell.span.of(context.layers.view)
        if _TOTAL.search(words):
            return subjects.over_table(context.grids[number].table.span) or subjects.document(agency=False)
        if found := within(context.agencies, cell.span):
            return subjects.agency(found[0])
        for mention in within(context.places, cell.span):
            if (subject := subjects.place(mention)) is not None:
                return subject
    for cell in labels:
        if _ORGANISATION.match(context.layers.view, cell.span.start, cell.span.end):
            return _named_so(" ".join(cell.span.of(context.layers.document.text).split()), subjects)
    texts = (cell.span.of(context.layers.document.text).strip() for cell in labels)
    part = next((text for text in texts if _NAME.search(text)), None)
    return replace(subjects.document(agency=True), part=part)


def is_of_one_field(cell: tuple[int, int, int], subject: Subject, level: str | None, context: Context) -> bool:
    """Whether a row tells of one field of its subject's work alone ("Hộ tịch"): its figures are parts, of which only
    the total is the subject's. Labels of a level, and of the measures that a table names in its rows, are none."""
    return subject.part is not None and level is None and cell[0] not in context.measured_in_rows


def _named_so(label: str, subjects: Subjects) -> Subject:
    """An organisation that no list knows, by the label of its row, with the place of the document."""
    whole = subjects.document(agency=False)
    if whole.ref_area is None or not whole.name or whole.name.lower() in label.lower():
        return Subject(label)
    place = whole.name[0].lower() + whole.name[1:]
    return Subject(f"{label} {place}", whole.ref_area, whole.area_regime)


def row_level(place: tuple[int, int, int], context: Context) -> str | None:
    """The level that a row's labels, or else its column's headings, name: "Cấp huyện"."""
    number, row, column = place
    grid = context.grids[number]
    labels = [cell for cell in grid.beside(row, column) if not cell.is_header]
    for cell in [*labels, *grid.headings.get(column, ())]:
        if (named := level_named(context.layers.view, cell.span)) is not None:
            return named
    return None
