"""Word's DOCX: its XML walked in order, with tables, headers and footers, notes, text boxes and list numbers.

ECMA-376 part 1 (WordprocessingML). Deleted text (w:del) and hidden text (w:vanish) are not part of the
document; insertions are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.model import BlockKind, Cause, Document, ReadError, Source
from pipeline.read.build import build
from pipeline.read.container import Container
from pipeline.read.docx_lists import Numbering, numbering_of
from pipeline.read.flow import Flow, Grid, GridCell, Passage, Piece
from pipeline.read.settings import ReadSettings
from pipeline.read.spanning import flat, unrolled

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT_W = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BODY = "word/document.xml"
_MAX_DEPTH = 60
_HEADING_LEVELS = {f"heading{level}": level for level in range(1, 10)}


def read(data: bytes, source: Source, settings: ReadSettings) -> Document:
    """The document of a DOCX file. Raises ReadError (CORRUPT, ENCRYPTED, TOO_LARGE, NO_TEXT)."""
    return build(source, flow_of(data, settings), settings)


def flow_of(data: bytes, settings: ReadSettings) -> Flow:
    """The pieces of a DOCX file in reading order: headers, body, notes, footers."""
    container = Container(data, settings)
    body = _xml(container, _BODY)
    if body is None:
        raise ReadError(Cause.CORRUPT, "the file has no document part", "Open it in Word and save it anew.")
    reader = _Reader(_styles(container), numbering_of(_xml(container, "word/numbering.xml")))
    names = sorted(container.names)
    pieces = [piece for name in names if _is_part(name, "header") for piece in reader.furniture(_xml(container, name))]
    element = body.find(f"{_W}body")
    pieces += reader.blocks(body if element is None else element, 0)
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        notes = _xml(container, name)
        if notes is not None:
            pieces += reader.notes(notes)
    pieces += [piece for name in names if _is_part(name, "footer") for piece in reader.furniture(_xml(container, name))]
    return Flow(tuple(pieces), title=_core_title(container))


def _is_part(name: str, kind: str) -> bool:
    return name.startswith(f"word/{kind}") and name.endswith(".xml") and "/" not in name[5:]


def _xml(container: Container, name: str) -> etree._Element | None:
    data = container.read(name)
    if data is None:
        return None
    # The strict variant of the standard only differs in the names of its namespaces.
    data = data.replace(_STRICT_W, _W[1:-1].encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(Cause.CORRUPT, f"{name} is damaged", "Open the file in Word and save it anew.") from error


def _core_title(container: Container) -> str | None:
    core = _xml(container, "docProps/core.xml")
    if core is None:
        return None
    words = core.findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    return " ".join(words.split()) or None


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says: a kind, a heading's level, its list."""

    kind: BlockKind | None = None
    level: int = 0
    list_id: str | None = None
    list_level: int = 0


def _styles(container: Container) -> dict[str, _Style]:
    root = _xml(container, "word/styles.xml")
    styles: dict[str, _Style] = {}
    for style in () if root is None else root.iterfind(f"{_W}style"):
        name = _value(style.find(f"{_W}name")).lower().replace(" ", "")
        kind, level = None, _HEADING_LEVELS.get(name, 0)
        if level:
            kind = BlockKind.HEADING
        elif name == "title":
            kind = BlockKind.TITLE
        elif name == "caption":
            kind = BlockKind.CAPTION
        numbers = style.find(f"{_W}pPr/{_W}numPr")
        list_id = _value(numbers.find(f"{_W}numId")) if numbers is not None else None
        depth = _value(numbers.find(f"{_W}ilvl")) if numbers is not None else ""
        styles[style.get(f"{_W}styleId") or ""] = _Style(
            kind, level, list_id or None, int(depth) if depth.isdigit() else 0
        )
    return styles


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val") or ""


@dataclass(slots=True)
class _Reader:
    """Walks one file; it keeps count of its lists."""

    styles: dict[str, _Style]
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
        words = "".join(_words(element, boxes))
        properties = element.find(f"{_W}pPr")
        style = self.styles.get(_value(properties.find(f"{_W}pStyle")) if properties is not None else "", _PLAIN)
        marker = self._marker(properties, style)
        pieces: list[Piece] = []
        for box in boxes:
            pieces += self.blocks(box, depth + 1)
        lines = [line.strip() for line in words.split("\n") if line.strip()]
        for i, line in enumerate(lines):
            kind = style.kind
            pieces.append(Passage(marker + line if i == 0 else line, kind, style.level))
        return pieces

    def _marker(self, properties: etree._Element | None, style: _Style) -> str:
        numbers = properties.find(f"{_W}numPr") if properties is not None else None
        if numbers is not None:
            level = _value(numbers.find(f"{_W}ilvl"))
            list_id = _value(numbers.find(f"{_W}numId")) or style.list_id or ""
            return self.numbering.next(list_id, int(level) if level.isdigit() else style.list_level)
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
                if merge is not None and _value(merge) != "restart" and column in open_cells:
                    i = open_cells[column]
                    old = cells[i]
                    inside = self.blocks(cell, depth + 1)
                    contents[i] += inside
                    text = f"{old.text} {flat(inside)}".strip()
                    cells[i] = GridCell(old.row, old.column, text, row - old.row + 1, old.column_span, old.header)
                else:
                    inside = self.blocks(cell, depth + 1)
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = len(cells)
                    contents.append(inside)
                    cells.append(GridCell(row, column, _flat_with_tables(inside), 1, across, heading))
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
            text = piece.text if isinstance(piece, Passage) else _flat_with_tables([piece])
            if text not in self.seen_furniture:
                self.seen_furniture.add(text)
                pieces.append(Passage(text, BlockKind.FURNITURE))
        return pieces

    def notes(self, root: etree._Element) -> list[Piece]:
        pieces: list[Piece] = []
        for note in root:
            if note.get(f"{_W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            mark = note.get(f"{_W}id") or ""
            for i, piece in enumerate(self.blocks(note, 0)):
                if isinstance(piece, Passage) and i == 0:
                    piece = Passage(f"[{mark}] {piece.text}", BlockKind.PARAGRAPH)
                pieces.append(piece)
        return pieces


_PLAIN = _Style()
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
_AS_TEXT = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}ptab": "\t"}


def _words(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """The text of a paragraph; the contents of text boxes inside it are put aside in `boxes`."""
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag in _AS_TEXT:
            yield _AS_TEXT[tag]
        elif tag == f"{_W}sym":
            yield _symbol(child)
        elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            yield f"[{child.get(f'{_W}id') or ''}]"
        elif tag == f"{_W}r":
            if child.find(f"{_W}rPr/{_W}vanish") is None:
                yield from _words(child, boxes)
        elif tag in _INSIDE:
            yield from _words(child, boxes)
        elif tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            if choice is not None:
                yield from _words(choice, boxes)
        elif tag in (f"{_W}drawing", f"{_W}pict", f"{_W}object"):
            boxes.extend(child.iter(f"{_W}txbxContent"))


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
    value = _value(properties.find(f"{_W}{name}")) if properties is not None else ""
    return min(int(value), 500) if value.isdigit() and len(value) < 6 else default


def _flat_with_tables(pieces: list[Piece]) -> str:
    return " ".join(
        piece.text if isinstance(piece, Passage) else " ".join(cell.text for cell in piece.cells if cell.text)
        for piece in pieces
    )
