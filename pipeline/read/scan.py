"""Pages that are pictures: recognised, then laid out like any other page, with every character in its place."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from pipeline.read import layout, ocr
from pipeline.read.flow import PageFlow, Passage, Piece
from pipeline.read.glyphs import Line, passage_of
from pipeline.read.pdf_page import turned_back
from pipeline.read.settings import ReadSettings
from pipeline.read.skew import skewed_back


def page(image: Image.Image, number: int, width: float, height: float, settings: ReadSettings) -> PageFlow:
    """The page that `image` shows; `width` and `height` are its size in points. Raises what `ocr.recognise` does."""
    found = ocr.recognise(image, width / image.width, settings)
    columns = layout.columns_of(layout.rows_of(found.glyphs))
    pieces: list[Piece] = []
    for column in columns:
        before: Line | None = None
        for paragraph in layout.paragraphs_of(column):
            spaced = before is None or paragraph[0].top - before.bottom > 0.9 * paragraph[0].height
            pieces.append(_shown(passage_of(paragraph, spaced=spaced), found, width, height))
            before = paragraph[-1]
    return PageFlow(number, width, height, tuple(pieces), ocr=True)


def _shown(passage: Passage, found: ocr.Recognised, width: float, height: float) -> Passage:
    """The passage with its boxes where a reader sees them on the page as it was scanned."""
    boxes = passage.boxes
    if boxes is None:
        return passage
    if found.skew:
        across, down = (height, width) if found.turn in (90, 270) else (width, height)
        boxes = skewed_back(boxes, found.skew, across, down)
    if found.turn:
        boxes = turned_back(boxes, found.turn, width, height)
    return replace(passage, boxes=boxes)
