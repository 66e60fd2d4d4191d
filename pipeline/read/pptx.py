"""PowerPoint: the words of each slide in the order of its shapes, its tables, and the speaker's notes.

.ppt and .odp are converted to PPTX by LibreOffice first. ECMA-376 part 1 (PresentationML, DrawingML).
"""

from __future__ import annotations

import re

from lxml import etree

from pipeline.model import BlockKind
from pipeline.read import media_type, office, office_xml
from pipeline.read.container import Container
from pipeline.read.flow import Flow, Grid, GridCell, Passage, Piece, Run, joined
from pipeline.read.office_xml import whole
from pipeline.read.settings import ReadSettings

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_SLIDE = re.compile(r"ppt/(slides|notesSlides)/\w*?(\d+)\.xml")
_SUFFIX = {media_type.PPT: ".ppt", media_type.ODP: ".odp"}
_TITLES = frozenset({"title", "ctrTitle"})


def flow(data: bytes, kind: str, settings: ReadSettings, depth: int = 0) -> Flow:
    """The slides of a presentation by their numbers, then the notes.

    Raises ReadError (CORRUPT, TOO_LARGE; MISSING_PACKAGE for .ppt where LibreOffice is not there).
    """
    suffix = _SUFFIX.get(kind)
    if suffix is not None:
        data = office.convert(data, suffix, "pptx", settings)
    container = Container(data, settings)
    parts = sorted(
        (found.group(1) != "slides", int(found.group(2)), name)
        for name in container.names
        if (found := _SLIDE.fullmatch(name))
    )
    pieces: list[Piece] = []
    for _, _, name in parts:
        root = office_xml.part(container, name)
        pieces += _pieces(root) if root is not None else []
    return Flow(tuple(pieces))


def _pieces(element: etree._Element) -> list[Piece]:
    pieces: list[Piece] = []
    for child in element:
        if child.tag == f"{_P}sp":
            placeholder = child.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
            title = placeholder is not None and placeholder.get("type") in _TITLES
            pieces += [
                p for line in child.iter(f"{_A}p") for p in _paragraph(line, BlockKind.HEADING if title else None)
            ]
        elif child.tag == f"{_A}tbl":
            pieces.append(_table(child))
        elif isinstance(child.tag, str):
            pieces += _pieces(child)
    return pieces


def _paragraph(element: etree._Element, kind: BlockKind | None) -> list[Passage]:
    texts: list[str] = []
    runs: list[Run] = []
    for run in element:
        if run.tag == f"{_A}br":
            texts.append(" ")
            runs.append((1, None))
        elif run.tag in (f"{_A}r", f"{_A}fld"):
            texts.append(run.findtext(f"{_A}t") or "")
            font = run.find(f"{_A}rPr/{_A}latin")
            runs.append((len(texts[-1]), font.get("typeface") if font is not None else None))
    text = "".join(texts)
    return [Passage(text, kind, 1 if kind else 0, runs=tuple(runs))] if text.strip() else []


def _table(element: etree._Element) -> Grid:
    cells: list[GridCell] = []
    rows = list(element.iterfind(f"{_A}tr"))
    columns = 1
    for r, row in enumerate(rows):
        for c, cell in enumerate(row.iterfind(f"{_A}tc")):
            columns = max(columns, c + 1)
            if cell.get("hMerge") or cell.get("vMerge"):
                continue
            text, runs = joined([p for line in cell.iter(f"{_A}p") for p in _paragraph(line, None)])
            down, across = whole(cell.get("rowSpan"), 1), whole(cell.get("gridSpan"), 1)
            cells.append(GridCell(r, c, text, down, across, runs=runs))
    return Grid(max(1, len(rows)), columns, tuple(cells))
