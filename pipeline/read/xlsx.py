"""Excel's XLSX: each sheet as the lines above its table, the table, and the lines below.

ECMA-376 part 1 (SpreadsheetML). The stored results of formulas are read, formulas are not run. Numbers are
written as a Vietnamese reader writes them, with a decimal comma and without points between thousands, so
that none can be taken for another.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from lxml import etree

from pipeline.model import BlockKind, Cause, ReadError
from pipeline.read import office_xml
from pipeline.read.container import Container
from pipeline.read.flow import Flow, Grid, GridCell, Passage, Piece, Run
from pipeline.read.office_xml import whole
from pipeline.read.settings import ReadSettings

MAX_CELLS = 400_000
"""Filled cells read of one file; what comes after is left out with a warning."""
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DATE_FORMAT = re.compile(r"[dmyhs]", re.IGNORECASE)
_NO_NAME = re.compile(r"(?:sheet|trang tính|bảng tính)\s*\d*", re.IGNORECASE)
_PERCENT_IDS, _DATE_IDS = frozenset((9, 10)), frozenset((*range(14, 23), 45, 46, 47))
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


def flow(data: bytes, kind: str, settings: ReadSettings, depth: int = 0) -> Flow:
    """The sheets of an XLSX file, hidden ones too, in their order.

    Raises ReadError (CORRUPT, ENCRYPTED, TOO_LARGE).
    """
    container = Container(data, settings)
    workbook = office_xml.part(container, "xl/workbook.xml")
    if workbook is None:
        raise ReadError(Cause.CORRUPT, "the file has no workbook part", "Open it in Excel and save it anew.")
    properties = workbook.find(f"{_S}workbookPr")
    epoch = _EPOCH_1904 if properties is not None and properties.get("date1904") in ("1", "true") else _EPOCH
    book = _Book(_strings(container), _formats(container), epoch)
    pieces: list[Piece] = []
    for name, part in _sheets(container, workbook):
        content = container.read(part)
        if content is None:
            continue
        sheet = _sheet_pieces(book.sheet(content))
        if sheet and not _NO_NAME.fullmatch(name.strip()):
            pieces.append(Passage(name.strip(), BlockKind.HEADING, 1))
        pieces += sheet
    warnings = (f"of all cells the first {MAX_CELLS:,} were read",) if book.left <= 0 else ()
    return Flow(tuple(pieces), warnings=warnings)


def _sheets(container: Container, workbook: etree._Element) -> Iterator[tuple[str, str]]:
    """The name and the part of each sheet."""
    relations = office_xml.part(container, "xl/_rels/workbook.xml.rels")
    targets = {r.get("Id"): r.get("Target") or "" for r in relations} if relations is not None else {}
    for sheet in workbook.iterfind(f"{_S}sheets/{_S}sheet"):
        target = targets.get(sheet.get(f"{_R}id"), "")
        yield sheet.get("name") or "", target.lstrip("/") if target.startswith("/") else f"xl/{target}"


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    runs: tuple[Run, ...] = ()


def _strings(container: Container) -> list[_Text]:
    root = office_xml.part(container, "xl/sharedStrings.xml")
    return [_rich(item) for item in root.iterfind(f"{_S}si")] if root is not None else []


def _rich(item: etree._Element) -> _Text:
    """The text of a string with the fonts of its parts; phonetic guides are left out."""
    runs: list[Run] = []
    texts: list[str] = []
    for part in item:
        if part.tag == f"{_S}t":
            texts.append(part.text or "")
            runs.append((len(texts[-1]), None))
        elif part.tag == f"{_S}r":
            texts.append(part.findtext(f"{_S}t") or "")
            font = part.find(f"{_S}rPr/{_S}rFont")
            runs.append((len(texts[-1]), font.get("val") if font is not None else None))
    return _Text("".join(texts), tuple(runs))


@dataclass(frozen=True, slots=True)
class _Format:
    """How a cell shows a number, and the font of its text."""

    percent: bool = False
    date: bool = False
    decimals: int | None = None
    font: str | None = None


def _formats(container: Container) -> list[_Format]:
    root = office_xml.part(container, "xl/styles.xml")
    if root is None:
        return []
    codes = {whole(f.get("numFmtId")): f.get("formatCode") or "" for f in root.iterfind(f"{_S}numFmts/{_S}numFmt")}
    names = [font.find(f"{_S}name") for font in root.iterfind(f"{_S}fonts/{_S}font")]
    fonts = [name.get("val") if name is not None else None for name in names]
    return [_format(xf, codes, fonts) for xf in root.iterfind(f"{_S}cellXfs/{_S}xf")]


def _format(xf: etree._Element, codes: dict[int, str], fonts: Sequence[str | None]) -> _Format:
    number, font = whole(xf.get("numFmtId")), whole(xf.get("fontId"))
    code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", codes.get(number, "")).split(";")[0]
    percent = number in _PERCENT_IDS or "%" in code
    date = number in _DATE_IDS or (bool(_DATE_FORMAT.search(code)) and "0" not in code and "#" not in code)
    places = re.search(r"\.(0+)", code)
    decimals = len(places.group(1)) if places else {2: 2, 4: 2, 9: 0, 10: 2, 1: 0, 3: 0}.get(number)
    if decimals is None and code and code != "General" and ("0" in code or "#" in code):
        decimals = 0
    return _Format(percent, date, decimals, fonts[font] if font < len(fonts) else None)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The filled cells of a sheet by row and column (from 0), and its merged ranges by their first cell."""

    cells: dict[int, dict[int, _Text]]
    merged: dict[tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class _Book:
    """What the sheets of one file share; `left` counts down the cells that may still be read."""

    strings: list[_Text]
    formats: list[_Format]
    epoch: datetime
    left: int = field(default=MAX_CELLS)

    def sheet(self, data: bytes) -> _Sheet:
        cells: dict[int, dict[int, _Text]] = {}
        merged: dict[tuple[int, int], tuple[int, int]] = {}
        events = etree.iterparse(
            io.BytesIO(data),
            events=("end",),
            tag=(f"{_S}c", f"{_S}row", f"{_S}mergeCell"),
            resolve_entities=False,
            recover=True,
        )
        for _, element in events:
            if element.tag == f"{_S}row":
                element.clear()
            elif element.tag == f"{_S}mergeCell":
                first, _, last = (element.get("ref") or "").partition(":")
                a, b = _place(first), _place(last)
                if a is not None and b is not None:
                    merged[a] = (b[0] - a[0] + 1, b[1] - a[1] + 1)
            elif self.left > 0:
                place, text = _place(element.get("r") or ""), self._value(element)
                if place is not None and text.text.strip():
                    cells.setdefault(place[0], {})[place[1]] = text
                    self.left -= 1
        return _Sheet(cells, merged)

    def _value(self, cell: etree._Element) -> _Text:
        style = whole(cell.get("s"))
        form = self.formats[style] if style < len(self.formats) else _Format()
        kind, value = cell.get("t"), cell.findtext(f"{_S}v") or ""
        if kind == "s":
            number = whole(value, len(self.strings))
            found = self.strings[number] if number < len(self.strings) else _Text("")
            return _Text(found.text, tuple((size, font or form.font) for size, font in found.runs))
        if kind == "inlineStr":
            inline = cell.find(f"{_S}is")
            return _rich(inline) if inline is not None else _Text("")
        if kind in ("str", "e"):
            return _Text(value, ((len(value), form.font),))
        if kind == "b":
            return _Text("đúng" if value == "1" else "sai")
        return _Text(self._number(value, form))

    def _number(self, value: str, form: _Format) -> str:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if form.date and 0 < number < 200_000:
            moment = self.epoch + timedelta(days=float(number))
            return moment.strftime("%d/%m/%Y") if number == int(number) else moment.strftime("%d/%m/%Y %H:%M")
        if form.percent:
            number *= 100
        if form.decimals is not None and abs(number) < Decimal(10) ** 20:
            number = round(number, form.decimals)
        else:
            # What is stored as 84.840000000000003 was 84.84.
            number = Decimal(f"{number:.15g}")
        shown = f"{number:f}"
        shown = shown.rstrip("0").rstrip(".") if "." in shown and form.decimals is None else shown
        return shown.replace(".", ",") + ("%" if form.percent else "")


def _place(name: str) -> tuple[int, int] | None:
    """Row and column (from 0) of "B7"."""
    found = _PLACE.fullmatch(name)
    if found is None:
        return None
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)) - 1, column - 1


def _sheet_pieces(sheet: _Sheet) -> list[Piece]:
    """A sheet as passages and grids: blank rows part tables, rows of one or two cells above and below are lines."""
    pieces: list[Piece] = []
    rows = sorted(sheet.cells)
    first, last = 0, len(rows)
    while first < last and _is_line(sheet.cells[rows[first]]):
        first += 1
    while last > first and _is_line(sheet.cells[rows[last - 1]]):
        last -= 1
    for row in rows[:first]:
        pieces += _line(sheet.cells[row])
    if first < last:
        pieces.append(_grid(sheet, rows[first:last]))
    for row in rows[last:]:
        pieces += _line(sheet.cells[row])
    return pieces


def _is_line(row: dict[int, _Text]) -> bool:
    """Whether a row holds a line of text (or a left and a right one), no row of a table."""
    return len(row) == 1 or (len(row) == 2 and not any(text.text.strip()[:1].isdigit() for text in row.values()))


def _line(row: dict[int, _Text]) -> list[Piece]:
    return [Passage(row[column].text.strip(), runs=_trimmed(row[column])) for column in sorted(row)]


def _trimmed(text: _Text) -> tuple[Run, ...]:
    """The runs of a text without its outer blanks."""
    fonts = [font for size, font in text.runs for _ in range(size)]
    head = len(text.text) - len(text.text.lstrip())
    kept = fonts[head : head + len(text.text.strip())]
    return tuple((1, font) for font in kept)


def _grid(sheet: _Sheet, rows: Sequence[int]) -> Grid:
    """The rows of a table without the columns and rows that are empty all through."""
    columns = sorted({column for row in rows for column in sheet.cells[row]})
    row_of = {row: i for i, row in enumerate(rows)}
    column_of = {column: i for i, column in enumerate(columns)}
    cells: list[GridCell] = []
    for row in rows:
        for column in columns:
            text = sheet.cells[row].get(column)
            if text is None:
                continue
            down, across = sheet.merged.get((row, column), (1, 1))
            down = sum(1 for r in range(row, row + min(down, 5000)) if r in row_of)
            across = sum(1 for c in range(column, column + min(across, 500)) if c in column_of)
            cells.append(
                GridCell(row_of[row], column_of[column], text.text, max(1, down), max(1, across), runs=text.runs)
            )
    return Grid(len(rows), len(columns), tuple(cells))
