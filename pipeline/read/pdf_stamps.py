"""What is put on a page of a PDF when it is signed: its number and its day, which stand beside the page's content.

Under Nghị định 30/2020/NĐ-CP an office signs the finished file, and its clerk's program writes "1672" and "07" into
the blanks of the head as fields of their own (widget annotations, with an appearance). A viewer shows them;
the text of the page has none of them until they are made part of its content. Remarks of readers (comments,
highlights, typed notes) are annotations too, of other kinds, and are no part of the document.
"""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MOST = 1_000
"""Annotations of a page that are looked at; a page with more is left as it is."""


def opened(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """Page `number` (from 1) with its fields as part of its content. Raises pdfium.PdfiumError for a damaged page."""
    page = document[number - 1]
    if not _only_fields(page) or raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[number - 1]


def _only_fields(page: pdfium.PdfPage) -> bool:
    """Take off all annotations of a page but its fields; False, and nothing is taken, where it has no field."""
    count = raw.FPDFPage_GetAnnotCount(page)
    if not 0 < count <= MOST:
        return False
    kinds = [_kind(page, index) for index in range(count)]
    if raw.FPDF_ANNOT_WIDGET not in kinds:
        return False
    for index in reversed(range(count)):
        if kinds[index] != raw.FPDF_ANNOT_WIDGET:
            raw.FPDFPage_RemoveAnnot(page, index)
    return True


def _kind(page: pdfium.PdfPage, index: int) -> int:
    annotation = raw.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return int(raw.FPDF_ANNOT_UNKNOWN)
    kind = int(raw.FPDFAnnot_GetSubtype(annotation))
    raw.FPDFPage_CloseAnnot(annotation)
    return kind
