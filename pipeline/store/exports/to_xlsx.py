"""An Excel workbook: a sheet for each table, with Vietnamese titles, filters, frozen headings and links.

Numbers are numbers and dates dates. A text is never a formula: it is written as a text, and where Excel
would make a formula of it when somebody edits the cell, it bears Excel's own mark of a text (the apostrophe
that is not shown).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.store.cells import defused
from pipeline.store.delimited import decimal_text
from pipeline.store.exports.job import PUBLISHED, ExportError, Job
from pipeline.store.files import replacing
from pipeline.store.plain import lists
from pipeline.store.schema import SCALE, Column, Kind, Row, Table, Value
from pipeline.store.tables import SCHEMA_VERSION

MOST_ROWS = 1_048_576
MOST_LINKS = 65_530
MOST_CHARACTERS = 32_767
"""What one sheet, and one cell, of Excel can hold."""
_FIRST_DATE = date(1900, 3, 1)
"""Before it Excel's calendar is wrong."""
_WIDTHS = {Kind.TEXT: 24, Kind.INTEGER: 10, Kind.DECIMAL: 16, Kind.FLOAT: 10, Kind.DATE: 12, Kind.TEXTS: 24}
_ABOUT = "Mô tả"


def export(job: Job) -> list[str]:
    """Write one workbook. Raises ExportError for a base URL that no link may lead to."""
    if not job.base_url.startswith(("http://", "https://")):
        raise ExportError(f"{job.base_url!r} is no address of a web application", "Give http://… or https://….")
    import xlsxwriter

    job.place.parent.mkdir(parents=True, exist_ok=True)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    # Through a stream: xlsxwriter warns of a name that does not end in .xlsx.
    with replacing([job.place]) as [place], place.open("wb") as file, xlsxwriter.Workbook(file, options) as workbook:
        workbook.set_properties({"title": "Số liệu từ báo cáo của các cơ quan nhà nước", "category": "solieu"})
        book = _Book(workbook, job)
        for table in PUBLISHED:
            book.add(table)
        book.describe()
    return [f"{len(PUBLISHED)} tables in {job.place}"]


class _Book:
    """The open workbook with its formats."""

    def __init__(self, workbook: Any, job: Job) -> None:
        self._workbook, self._job = workbook, job
        self._head = workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "valign": "vcenter"})
        self._quoted = workbook.add_format({"quote_prefix": True})
        self._link = workbook.add_format({"font_color": "#0563C1", "underline": 1})
        self._date = workbook.add_format({"num_format": "dd/mm/yyyy"})
        self._share = workbook.add_format({"num_format": "0.00"})
        self._whole = workbook.add_format({"num_format": "0"})
        self._decimals = [
            workbook.add_format({"num_format": "#,##0" + ("." + "0" * places if places else "")})
            for places in range(SCALE + 1)
        ]
        self._writers: dict[Kind, Callable[[Any, int, int, Any], None]] = {
            Kind.TEXT: self._text,
            Kind.INTEGER: lambda sheet, row, column, value: sheet.write_number(row, column, value, self._whole),
            Kind.DECIMAL: self._decimal,
            Kind.FLOAT: lambda sheet, row, column, value: sheet.write_number(row, column, value, self._share),
            Kind.DATE: self._day,
            Kind.TEXTS: self._json,
            Kind.BOXES: self._json,
        }

    def add(self, table: Table) -> None:
        """A sheet for a table; more than one where its rows are more than a sheet holds."""
        part, sheet, row = 1, self._sheet(table, 1), 0
        for rows in self._job.rows(table):
            for cells in rows:
                if row + 1 == MOST_ROWS:
                    self._close(sheet, table, row)
                    part, row = part + 1, 0
                    sheet = self._sheet(table, part)
                row += 1
                self._row(sheet, row, table, cells)
        self._close(sheet, table, row)

    def describe(self) -> None:
        """The last sheet: what each sheet and column is."""
        sheet = self._workbook.add_worksheet(_ABOUT)
        heads = ("Trang", "Cột", "Tên cột trong dữ liệu", "Ý nghĩa", "Title", "Meaning")
        sheet.write_row(0, 0, heads, self._head)
        lines = [
            (table.vi, column.vi, f"{table.name}.{column.name}", column.vi_description, column.en, column.description)
            for table in PUBLISHED
            for column in table.columns
        ]
        for row, line in enumerate(lines, 1):
            for at, text in enumerate(line):
                self._text(sheet, row, at, text)
        sheet.write_row(len(lines) + 2, 0, ("Phiên bản lược đồ", SCHEMA_VERSION))
        sheet.set_column(0, 2, 24)
        sheet.set_column(3, 5, 60)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(lines), len(heads) - 1)

    def _sheet(self, table: Table, part: int) -> Any:
        sheet = self._workbook.add_worksheet(table.vi if part == 1 else f"{table.vi} ({part})")
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, _WIDTHS.get(column.kind, 24))
            sheet.write_string(0, at, column.vi, self._head)
        sheet.freeze_panes(1, 0)
        return sheet

    def _close(self, sheet: Any, table: Table, rows: int) -> None:
        sheet.autofilter(0, 0, rows, len(table.columns) - 1)

    def _row(self, sheet: Any, row: int, table: Table, cells: Row) -> None:
        for at, column in enumerate(table.columns):
            value = cells[column.name]
            if value is None:
                continue
            if column.name == "doc_id" and row <= MOST_LINKS:
                address = f"{self._job.base_url.rstrip('/')}/documents/{value}"
                sheet.write_url(row, at, address, self._link, str(value))
            else:
                self._cell(sheet, row, at, column, value)

    def _cell(self, sheet: Any, row: int, at: int, column: Column, value: Value) -> None:
        self._writers[column.kind](sheet, row, at, value)

    def _text(self, sheet: Any, row: int, at: int, text: str) -> None:
        if len(text) > MOST_CHARACTERS:
            text = text[: MOST_CHARACTERS - 1] + "…"
        if text.startswith("<r>") and text.endswith("</r>"):
            text += " "  # xlsxwriter would take it for markup of its own and write it unescaped
        sheet.write_string(row, at, text, self._quoted if defused(text) != text else None)

    def _json(self, sheet: Any, row: int, at: int, value: Any) -> None:
        if value:
            self._text(sheet, row, at, json.dumps(lists(value), ensure_ascii=False))

    def _day(self, sheet: Any, row: int, at: int, day: date) -> None:
        if day >= _FIRST_DATE:
            sheet.write_datetime(row, at, day, self._date)
        else:
            sheet.write_string(row, at, day.isoformat())

    def _decimal(self, sheet: Any, row: int, at: int, value: Decimal) -> None:
        # Excel keeps fifteen digits: a longer number would silently become another one.
        if Decimal(repr(float(value))) != value:
            sheet.write_string(row, at, decimal_text(value))
            return
        places = max(0, -int(value.as_tuple().exponent))
        sheet.write_number(row, at, float(value), self._decimals[min(places, SCALE)])
