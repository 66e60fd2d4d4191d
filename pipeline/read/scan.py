"""Pages that are pictures: recognised, then laid out like any other page, with every character in its place."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from pipeline.read import layout, ocr
from pipeline.read.flow import PageFlow, Passage, Piece
from pipeline.read.glyphs import Line, passage_of
from pipeline.read.pdf_page import turned_back
from pipeline.read.settings import ReadSettings


def page(image: Image.Image, number: int, width: float, height: float, settings: ReadSettings) -> PageFlow:
    """The page that `image` shows; `width` and `height` are its size in points. Raises what `ocr.recognise` does."""
    found = ocr.recognise(image, width / image.width, settings)
    columns = layout.columns_of(layout.rows_of(found.glyphs))
    pieces: list[Piece] = []
    for column in columns:
        before: Line | None = None
        for paragraph in layout.paragraphs_of(column):
            spaced = before is None or paragraph[0].top - before.bottom > 0.9 * paragraph[0].height
            pieces.append(_shown(passage_of(paragraph, spaced=spaced), found.turn, width, height))
            before = paragraph[-1]
    return PageFlow(number, width, height, tuple(pieces), ocr=True)


def _shown(passage: Passage, turn: int, width: float, height: float) -> Passage:
    if not turn or passage.boxes is None:
        return passage
    return replace(passage, boxes=turned_back(passage.boxes, turn, width, height))
