"""PDF: text and boxes through pdfium, ruled tables by the lines drawn around their cells, page by page."""

from __future__ import annotations

import pypdfium2 as pdfium

from pipeline.model import Cause, ReadError
from pipeline.read import pdf_glyphs, pdf_page, pdf_stamps, pdf_text, ruled_tables, scan, text_layer
from pipeline.read.flow import Flow, PageFlow
from pipeline.read.page_parts import Column, parts_of
from pipeline.read.pdf_pages import ReadPage, ReadPages
from pipeline.read.pdf_ruler import PdfRuler
from pipeline.read.settings import ReadSettings
from pipeline.read.table_text import TableText

_PASSWORD = 4
"""pdfium's FPDF_ERR_PASSWORD."""


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
        pages, ruler = ReadPages(), PdfRuler(lambda: data)
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
                pages.add(_page(page, number, settings, warnings, ruler))
            finally:
                page.close()
        title = (document.get_metadata_value("Title") or "").strip() or None
    finally:
        document.close()
    if not pages:
        raise ReadError(Cause.CORRUPT, "no page of the PDF can be read", "Copy the file anew from its source.")
    return Flow(pages=tuple(pages.in_order()), ruler=ruler, title=title, warnings=tuple(warnings))


def _page(
    page: pdfium.PdfPage, number: int, settings: ReadSettings, warnings: list[str], ruler: PdfRuler
) -> ReadPage | PageFlow:
    """A page by its text layer, or recognised where it has none that can be used."""
    drawn = pdf_page.elements(page)
    found = _read_page(page, number, drawn, ruler if settings.measured else None)
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


def _lines(page: ReadPage) -> list[str]:
    """The text of a page by lines and cells."""
    out: list[str] = []
    for part in page.parts:
        if isinstance(part, Column):
            out += [line.text for line in part.lines]
        else:
            out += [cell.text for cell in part.grid.cells]
    return out


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


def _read_page(page: pdfium.PdfPage, number: int, drawn: pdf_page.Elements, ruler: PdfRuler | None) -> ReadPage:
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        if ruler is not None:
            ruler.measure(number, page, text_page)
        text = TableText(ruled_tables.outlines(pdf_page.strokes(page, drawn)))
        if pdf_text.read(page, text_page, text):
            tables = text.tables()
            return ReadPage(number, width, height, parts_of(text.outside, tables))
        glyphs = pdf_glyphs.of(page, text_page)
        turn = pdf_glyphs.sideways(glyphs)
        if turn:
            glyphs = pdf_glyphs.of(page, text_page, turn)
            width, height = (height, width) if turn != 180 else (width, height)
            text = TableText(ruled_tables.outlines(pdf_page.strokes(page, drawn, turn)))
        pdf_text.read_closely(text_page, glyphs, text)
        tables = text.tables()
        return ReadPage(number, width, height, parts_of(text.outside, tables), turn)
    finally:
        text_page.close()
