"""Word's DOCX: its XML walked in order, with tables, headers and footers, notes, text boxes and list numbers.

ECMA-376 part 1 (WordprocessingML). Deleted text (w:del) and hidden text (w:vanish) are not part of the
document; insertions are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from pipeline.model import BlockKind, Cause, ReadError
from pipeline.read import office_xml
from pipeline.read.container import Container
from pipeline.read.docx_lists import Numbering, numbering_of
from pipeline.read.docx_styles import Style, Styles, styles_of, value_of
from pipeline.read.flow import Flow, Grid, GridCell, Passage, Piece, Run, joined
from pipeline.read.office_xml import whole
from pipeline.read.settings import ReadSettings
from pipeline.read.spanning import unrolled

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BODY = "word/document.xml"
_MAX_DEPTH = 60


def flow(data: bytes, kind: str, settings: ReadSettings, depth: int = 0) -> Flow:
    """The pieces of a DOCX file in reading order: headers, body, notes, footers.

    Raises ReadError (CORRUPT, ENCRYPTED, TOO_LARGE).
    """
    container = Container(data, settings)
    body = office_xml.part(container, _BODY)
    if body is None:
        raise ReadError(Cause.CORRUPT, "the file has no document part", "Open it in Word and save it anew.")
    reader = _Reader(
        styles_of(office_xml.part(container, "word/styles.xml")),
        numbering_of(office_xml.part(container, "word/numbering.xml")),
    )
    names = sorted(container.names)
    pieces = [
        piece
        for name in names
        if _is_part(name, "header")
        for piece in reader.furniture(office_xml.part(container, name))
    ]
    element = body.find(f"{_W}body")
    pieces += reader.blocks(body if element is None else element, 0)
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        notes = office_xml.part(container, name)
        if notes is not None:
            pieces += reader.notes(notes)
    pieces += [
        piece
        for name in names
        if _is_part(name, "footer")
        for piece in reader.furniture(office_xml.part(container, name))
    ]
    return Flow(tuple(pieces), title=_core_title(container))


def _is_part(name: str, kind: str) -> bool:
    return name.startswith(f"word/{kind}") and name.endswith(".xml") and "/" not in name[5:]


def _core_title(container: Container) -> str | None:
    core = office_xml.part(container, "docProps/core.xml")
    if core is None:
        return None
    words = core.findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    return " ".join(words.split()) or None


@dataclass(slots=True)
class _Reader:
    """Walks one file; it keeps count of its lists."""

    styles: Styles
    numbering: Numbering
    seen_furniture: set[str] = field(default_factory=set)

    def blocks(self, parent: etree._Element, depth: int) -> list[Piece]:
        pieces: list[Piece] = []
        if depth > _MAX_DEPTH:
            return pieces
        for child in parent:
            tag = child.tag
            if tag == f"{_W}p":
                pieces += self.paragraph(child, depth)
            elif tag == f"{_W}tbl":
                pieces += self.table(child, depth)
            elif tag in _WRAPPERS:
                inner = child.find(f"{_W}sdtContent") if tag == f"{_W}sdt" else child
                pieces += self.blocks(inner, depth + 1) if inner is not None else []
        return pieces

    def paragraph(self, element: etree._Element, depth: int) -> list[Piece]:
        boxes: list[etree._Element] = []
        properties = element.find(f"{_W}pPr")
        style = self.styles.of(value_of(properties.find(f"{_W}pStyle")) if properties is not None else "")
        words = list(_words(element, boxes, style.font, self.styles))
        marker = self._marker(properties, style)
        pieces: list[Piece] = []
        for box in boxes:
            pieces += self.blocks(box, depth + 1)
        for i, (text, runs) in enumerate(_lines(words)):
            first = marker if i == 0 else ""
            pieces.append(
                Passage(
                    first + text, style.kind, style.level, runs=((len(first), style.font), *runs) if first else runs
                )
            )
        return pieces

    def _marker(self, properties: etree._Element | None, style: Style) -> str:
        numbers = properties.find(f"{_W}numPr") if properties is not None else None
        if numbers is not None:
            level = value_of(numbers.find(f"{_W}ilvl"))
            list_id = value_of(numbers.find(f"{_W}numId")) or style.list_id or ""
            return self.numbering.next(list_id, whole(level, style.list_level))
        return self.numbering.next(style.list_id, style.list_level) if style.list_id else ""

    def table(self, element: etree._Element, depth: int) -> list[Piece]:
        """A table with its merged cells; one that only lays out the page comes as its passages."""
        open_cells: dict[int, int] = {}
        cells: list[GridCell] = []
        contents: list[list[Piece]] = []
        row = width = 0
        for line in _rows(element):
            column = _skipped(line)
            heading = line.find(f"{_W}trPr/{_W}tblHeader") is not None
            for cell in _cells(line):
                properties = cell.find(f"{_W}tcPr")
                across = _number(properties, "gridSpan", 1)
                merge = properties.find(f"{_W}vMerge") if properties is not None else None
                if merge is not None and value_of(merge) != "restart" and column in open_cells:
                    i = open_cells[column]
                    old = cells[i]
                    inside = self.blocks(cell, depth + 1)
                    contents[i] += inside
                    text, runs = joined(contents[i])
                    cells[i] = GridCell(
                        old.row, old.column, text, row - old.row + 1, old.column_span, old.header, runs=runs
                    )
                else:
                    inside = self.blocks(cell, depth + 1)
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = len(cells)
                    contents.append(inside)
                    text, runs = joined(inside)
                    cells.append(GridCell(row, column, text, 1, across, heading, runs=runs))
                column += across
            width = max(width, column)
            row += 1
        if not cells:
            return []
        grid = Grid(row, width, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))
        has_table = any(isinstance(piece, Grid) for inside in contents for piece in inside)
        if has_table and (width <= 2 or row == 1):
            return [piece for inside in contents for piece in inside]
        return unrolled(grid, contents, cells) or [grid]

    def furniture(self, root: etree._Element | None) -> list[Piece]:
        """A header or footer part; the same words in several parts are kept once."""
        pieces: list[Piece] = []
        for piece in self.blocks(root, 0) if root is not None else []:
            text, runs = joined([piece])
            if text not in self.seen_furniture:
                self.seen_furniture.add(text)
                pieces.append(Passage(text, BlockKind.FURNITURE, runs=runs))
        return pieces

    def notes(self, root: etree._Element) -> list[Piece]:
        pieces: list[Piece] = []
        for note in root:
            if note.get(f"{_W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            mark = note.get(f"{_W}id") or ""
            for i, piece in enumerate(self.blocks(note, 0)):
                if isinstance(piece, Passage) and i == 0:
                    sign = f"[{mark}] "
                    runs = ((len(sign), None), *piece.runs) if piece.runs else ()
                    piece = Passage(sign + piece.text, BlockKind.PARAGRAPH, runs=runs)
                pieces.append(piece)
        return pieces


_WRAPPERS = {f"{_W}{name}" for name in ("sdt", "ins", "smartTag", "customXml", "moveTo")}
_INSIDE = {
    f"{_W}{name}"
    for name in (
        "r",
        "hyperlink",
        "smartTag",
        "ins",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
        "moveTo",
        "dir",
        "bdo",
    )
}
_AS_TEXT = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "\u00ad",
    f"{_W}ptab": "\t",
}


Word = tuple[str, str | None]
"""Some text and the font that it is set in."""


def _words(element: etree._Element, boxes: list[etree._Element], font: str | None, styles: Styles) -> Iterator[Word]:
    """The text of a paragraph; the contents of text boxes inside it are put aside in `boxes`."""
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            yield child.text or "", font
        elif tag in _AS_TEXT:
            yield _AS_TEXT[tag], font
        elif tag == f"{_W}sym":
            yield _symbol(child), font
        elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            yield f"[{child.get(f'{_W}id') or ''}]", font
        elif tag == f"{_W}r":
            properties = child.find(f"{_W}rPr")
            if properties is None:
                yield from _words(child, boxes, font, styles)
            elif properties.find(f"{_W}vanish") is None:
                yield from _words(child, boxes, styles.run_font(properties) or font, styles)
        elif tag in _INSIDE:
            yield from _words(child, boxes, font, styles)
        elif tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            if choice is not None:
                yield from _words(choice, boxes, font, styles)
        elif tag in (f"{_W}drawing", f"{_W}pict", f"{_W}object"):
            boxes.extend(child.iter(f"{_W}txbxContent"))


def _lines(words: list[Word]) -> Iterator[tuple[str, tuple[Run, ...]]]:
    """The lines of a paragraph that are not empty, trimmed, with their runs."""
    text = "".join(part for part, _ in words)
    fonts = [font for part, font in words for _ in part]
    at = 0
    for line in text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        end = start + len(line.strip())
        if start < end:
            runs = tuple((len(list(group)), font) for font, group in groupby(fonts[start:end]))
            yield text[start:end], runs
        at += len(line) + 1


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font; those of Wingdings and its like are bullets and ticks."""
    code = element.get(f"{_W}char") or ""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return "•" if 0xF000 <= value <= 0xF0FF else chr(value)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag in _WRAPPERS:
            inner = child.find(f"{_W}sdtContent") if child.tag == f"{_W}sdt" else child
            if inner is not None:
                yield from _rows(inner)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in _WRAPPERS:
            inner = child.find(f"{_W}sdtContent") if child.tag == f"{_W}sdt" else child
            if inner is not None:
                yield from _cells(inner)


def _skipped(row: etree._Element) -> int:
    return _number(row.find(f"{_W}trPr"), "gridBefore", 0)


def _number(properties: etree._Element | None, name: str, default: int) -> int:
    value = value_of(properties.find(f"{_W}{name}")) if properties is not None else ""
    return min(whole(value, default), 500)
