"""Tables as files: a workbook (XLSX) and comma-separated lines (CSV), each with the text around the tables."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from pipeline.synthesis.formats.packages import plain_zip
from pipeline.synthesis.formats.txt import lines_of
from pipeline.synthesis.source import Block, Source


def _lines(source: Source) -> list[str]:
    head = source.head
    return [line for side in ("left", "right") for line in head.get(side, [])]


def make_csv(source: Source) -> bytes:
    """Every paragraph a line of one cell, every row of a table a line; UTF-8 with a mark, as spreadsheets save it."""
    buffer = io.StringIO()
    sheet = csv.writer(buffer)
    sheet.writerows([line] for line in _lines(source))
    for block in source.blocks:
        if block.kind == "table":
            sheet.writerows(["" if cell in ("<", "^") else cell for cell in row] for row in block.rows)
        else:
            sheet.writerows([line] for line in lines_of(block))
    return buffer.getvalue().encode("utf-8-sig")


def make_xlsx(source: Source) -> bytes:
    """One sheet, from top to bottom; header cells merged. Numbers stay as they are written, as text."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2000, 1, 1)})
    sheet = book.add_worksheet("Biểu")
    bold = book.add_format({"bold": True, "border": 1})
    ruled = book.add_format({"border": 1})
    at = 0
    for line in _lines(source):
        sheet.write_string(at, 0, line)
        at += 1
    for block in source.blocks:
        at = _table(sheet, block, at, bold, ruled) if block.kind == "table" else _paragraph(sheet, block, at)
    book.close()
    return plain_zip(buffer.getvalue())


def _paragraph(sheet, block: Block, at: int) -> int:  # type: ignore[no-untyped-def]
    for line in lines_of(block):
        sheet.write_string(at, 0, line)
        at += 1
    return at


def _table(sheet, block: Block, at: int, bold, ruled) -> int:  # type: ignore[no-untyped-def]
    for r, c, down, right, text in block.merged():
        style = bold if r < block.header_rows else ruled
        if down > 1 or right > 1:
            sheet.merge_range(at + r, c, at + r + down - 1, c + right - 1, text, style)
        else:
            sheet.write_string(at + r, c, text, style)
    return at + len(block.rows) + 1
