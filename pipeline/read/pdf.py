"""PDF: text and boxes through pdfium, ruled tables by the lines drawn around their cells, page by page."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pypdfium2 as pdfium
import regex as re

from pipeline.model import BlockKind, Cause, ReadError
from pipeline.read import pdf_glyphs, pdf_page, pdf_stamps, pdf_text, ruled_tables, scan, text_layer
from pipeline.read.boxes import Boxes
from pipeline.read.flow import Flow, PageFlow, Passage, Piece
from pipeline.read.glyphs import Line, passage_of
from pipeline.read.page_parts import Column, parts_of, passages, table_pieces
from pipeline.read.pdf_ruler import PdfRuler
from pipeline.read.settings import ReadSettings
from pipeline.read.table_text import RuledTable, TableText

_PASSWORD = 4
"""pdfium's FPDF_ERR_PASSWORD."""
_PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*", re.IGNORECASE)


class _Page(NamedTuple):
    """A page as read, before what repeats on all pages is known."""

    number: int
    width: float
    height: float
    parts: list[Column | RuledTable]
    turn: int = 0
    """By how much the page was turned for reading; `width` and `height` are those of the page so turned."""


def flow(data: bytes, kind: str, settings: ReadSettings, depth: int = 0) -> Flow:
    """The pages of a PDF file with their passages and tables.

    Raises ReadError (CORRUPT, ENCRYPTED, NO_TEXT; MISSING_PACKAGE for scans without tesseract).
    """
    document = _open(data)
    warnings: list[str] = []
    if b"%%EOF" not in data[-2048:]:
        warnings.append("the file ends early: it may have been cut off")
    try:
        count = len(document)
        if count > settings.max_pages:
            warnings.append(f"of {count:,} pages the first {settings.max_pages:,} were read")
        pages: list[_Page | PageFlow] = []
        for number in range(1, min(count, settings.max_pages) + 1):
            if depth == 0 and number in settings.left_out:
                warnings.append(f"page {number} took too long and was left out")
                continue
            if depth == 0 and settings.page_begins is not None:
                settings.page_begins(number)
            try:
                page = pdf_stamps.opened(document, number)
            except pdfium.PdfiumError:
                warnings.append(f"page {number} is damaged and was left out")
                continue
            try:
                pages.append(_page(page, number, settings, warnings))
            finally:
                page.close()
        title = (document.get_metadata_value("Title") or "").strip() or None
    finally:
        document.close()
    if not pages:
        raise ReadError(Cause.CORRUPT, "no page of the PDF can be read", "Copy the file anew from its source.")
    return Flow(pages=tuple(_in_order(pages)), ruler=PdfRuler(lambda: data), title=title, warnings=tuple(warnings))


def _page(page: pdfium.PdfPage, number: int, settings: ReadSettings, warnings: list[str]) -> _Page | PageFlow:
    """A page by its text layer, or recognised where it has none that can be used."""
    drawn = pdf_page.elements(page)
    found = _read_page(page, number, drawn)
    if not settings.ocr or not text_layer.is_picture(page, drawn):
        return found
    state = text_layer.judge("\n".join(_lines(found)))
    if state is text_layer.State.USABLE:
        return found
    width, height = page.get_size()
    scale = min(settings.ocr_dpi / 72, (settings.max_pixels / max(1.0, width * height)) ** 0.5)
    try:
        recognised = scan.page(page.render(scale=scale).to_pil(), number, width, height, settings)
    except ReadError as error:
        if not found.parts:
            if error.cause is Cause.MISSING_PACKAGE and number == 1:
                raise
            warnings.append(f"page {number} is a picture and was not recognised: {error.message}")
        elif state is text_layer.State.GARBLED:
            warnings.append(f"the text layer of page {number} is garbled, and it was not recognised: {error.message}")
        return found
    if state is text_layer.State.GARBLED and not text_layer.is_better(recognised, "\n".join(_lines(found))):
        return found
    return recognised if recognised.pieces else found


def _lines(page: _Page) -> list[str]:
    """The text of a page by lines and cells."""
    out: list[str] = []
    for part in page.parts:
        if isinstance(part, Column):
            out += [line.text for line in part.lines]
        else:
            out += [cell.text for cell in part.grid.cells]
    return out


def _in_order(pages: list[_Page | PageFlow]) -> list[PageFlow]:
    """The pages with their furniture marked and their tables carried over page breaks. Empties `pages`."""
    furniture = _repeated([page for page in pages if isinstance(page, _Page)])
    on_scans = _repeated_on_scans([page for page in pages if isinstance(page, PageFlow)])
    flows: list[PageFlow] = []
    last: RuledTable | None = None
    # Each page is let go of when it is done with: a thousand of them would not fit beside each other twice.
    waiting = deque(pages)
    pages.clear()
    while waiting:
        page = waiting.popleft()
        if isinstance(page, PageFlow):
            flows.append(_with_furniture(page, on_scans))
            last = None
            continue
        pieces, last = _pieces(page, furniture, last)
        flows.append(_as_shown(page, pieces))
    return flows


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise ReadError(
                Cause.ENCRYPTED,
                "the PDF is encrypted with a password",
                "Open it with its password, save it without one, and run again.",
            ) from error
        raise ReadError(
            Cause.CORRUPT,
            "the PDF is damaged or cut off",
            "Copy the file anew from its source, or print it to a new PDF.",
        ) from error


def _read_page(page: pdfium.PdfPage, number: int, drawn: pdf_page.Elements) -> _Page:
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        text = TableText(ruled_tables.outlines(pdf_page.strokes(page, drawn)))
        if pdf_text.read(page, text_page, text):
            tables = text.tables()
            return _Page(number, width, height, parts_of(text.outside, tables))
        glyphs = pdf_glyphs.of(page, text_page)
        turn = pdf_glyphs.sideways(glyphs)
        if turn:
            glyphs = pdf_glyphs.of(page, text_page, turn)
            width, height = (height, width) if turn != 180 else (width, height)
            text = TableText(ruled_tables.outlines(pdf_page.strokes(page, drawn, turn)))
        pdf_text.read_closely(text_page, glyphs, text)
        tables = text.tables()
        return _Page(number, width, height, parts_of(text.outside, tables), turn)
    finally:
        text_page.close()


def _repeated(pages: Sequence[_Page]) -> frozenset[str]:
    """The wordings, digits aside, of lines at the head or foot of pages that come again on at least half of them."""
    counts: Counter[str] = Counter()
    if len(pages) < 2:
        return frozenset()
    for page in pages:
        lines = [line for part in page.parts if isinstance(part, Column) for line in part.lines]
        edges = [line for line in lines if line.bottom < 0.12 * page.height or line.top > 0.88 * page.height]
        counts.update({_wording(line.text) for line in edges})
    least = max(2, len(pages) // 2)
    return frozenset(wording for wording, count in counts.items() if count >= least)


def _repeated_on_scans(pages: Sequence[PageFlow]) -> frozenset[str]:
    """The same for pages that were recognised, by their passages."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_wording(p.text) for p in page.pieces if isinstance(p, Passage) and _is_edge(p, page)})
    return frozenset(wording for wording, count in counts.items() if count >= max(2, len(pages) // 2))


def _with_furniture(page: PageFlow, repeated: frozenset[str]) -> PageFlow:
    """A recognised page with its number and what its head or foot repeats marked as furniture."""
    pieces = tuple(
        replace(piece, kind=BlockKind.FURNITURE)
        if isinstance(piece, Passage)
        and _is_edge(piece, page)
        and (_PAGE_NUMBER.fullmatch(piece.text) or _wording(piece.text) in repeated)
        else piece
        for piece in page.pieces
    )
    return replace(page, pieces=pieces)


def _is_edge(passage: Passage, page: PageFlow) -> bool:
    """Whether a passage stands in the head or the foot of its page."""
    boxes = passage.boxes.data if passage.boxes is not None else ()
    placed = [i for i in range(0, len(boxes), 4) if boxes[i] <= boxes[i + 2]]
    if not placed:
        return False
    foot, head = max(boxes[i + 3] for i in placed), min(boxes[i + 1] for i in placed)
    return foot < 0.12 * page.height or head > 0.88 * page.height


def _wording(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()).lower())


def _is_furniture(line: Line, page: _Page, repeated: frozenset[str]) -> bool:
    if not (line.bottom < 0.12 * page.height or line.top > 0.88 * page.height):
        return False
    return bool(_PAGE_NUMBER.fullmatch(line.text)) or _wording(line.text) in repeated


def _pieces(page: _Page, repeated: frozenset[str], last: RuledTable | None) -> tuple[list[Piece], RuledTable | None]:
    """The pieces of a page; `last` is the table that reached the foot of the page before, if one did."""
    pieces: list[Piece] = []
    for part in page.parts:
        if isinstance(part, RuledTable):
            continues = last is not None and _same_columns(last, part)
            pieces += table_pieces(part, continues)
            last = part
            continue
        body: list[Line] = []
        for line in part.lines:
            if not line.text:
                continue
            if _is_furniture(line, page, repeated):
                pieces += passages(body)
                body = []
                pieces.append(passage_of([line], kind=BlockKind.FURNITURE))
            else:
                body.append(line)
        if body:
            last = None
        pieces += passages(body)
    return pieces, last


def _as_shown(page: _Page, pieces: Sequence[Piece]) -> PageFlow:
    """The page with all boxes where a reader sees them."""
    if not page.turn:
        return PageFlow(page.number, page.width, page.height, tuple(pieces))
    width, height = (page.height, page.width) if page.turn != 180 else (page.width, page.height)

    def back(boxes: Boxes | None) -> Boxes | None:
        return boxes and boxes.shown(lambda known: pdf_glyphs.turned_back(known, page.turn, width, height))

    shown: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Passage):
            shown.append(replace(piece, boxes=back(piece.boxes)))
        else:
            shown.append(replace(piece, cells=tuple(replace(cell, boxes=back(cell.boxes)) for cell in piece.cells)))
    return PageFlow(page.number, width, height, tuple(shown))


def _same_columns(a: RuledTable, b: RuledTable) -> bool:
    return len(a.edges) == len(b.edges) and all(abs(x - y) < 6 for x, y in zip(a.edges, b.edges, strict=True))
