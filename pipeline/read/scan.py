"""Pages that are pictures: recognised, then laid out like any other page, with every character in its place."""

from __future__ import annotations

from array import array
from dataclasses import replace

from PIL import Image

from pipeline.read import figure_cells, ocr, ruled_tables
from pipeline.read.boxes import Boxes
from pipeline.read.flow import Grid, PageFlow, Piece
from pipeline.read.page_parts import parts_of, passages, table_pieces
from pipeline.read.pdf_glyphs import turned_back
from pipeline.read.settings import ReadSettings
from pipeline.read.skew import skewed_back
from pipeline.read.table_text import RuledTable, TableText


def page(image: Image.Image, number: int, width: float, height: float, settings: ReadSettings) -> PageFlow:
    """The page that `image` shows; `width` and `height` are its size in points. Raises what `ocr.recognise` does."""
    found = ocr.recognise(image, width / image.width, settings)
    text = TableText(ruled_tables.outlines(found.strokes))
    text.add_glyphs(found.glyphs)
    if found.picture is not None and text.boxes:
        figure_cells.read_again(text, found.picture, width / image.width, settings)
    tables = text.tables()
    pieces: list[Piece] = []
    for part in parts_of(text.outside, tables):
        pieces += table_pieces(part, False) if isinstance(part, RuledTable) else passages(part.lines)
    return PageFlow(number, width, height, tuple(_shown(piece, found, width, height) for piece in pieces), ocr=True)


def _shown(piece: Piece, found: ocr.Recognised, width: float, height: float) -> Piece:
    """The piece with its boxes where a reader sees them on the page as it was scanned."""
    if isinstance(piece, Grid):
        return replace(
            piece,
            cells=tuple(cell._replace(boxes=_back(cell.boxes, found, width, height)) for cell in piece.cells),
        )
    return replace(piece, boxes=_back(piece.boxes, found, width, height))


def _back(boxes: Boxes | None, found: ocr.Recognised, width: float, height: float) -> Boxes | None:
    return boxes and boxes.shown(lambda known: _placed(known, found, width, height))


def _placed(boxes: array[float], found: ocr.Recognised, width: float, height: float) -> array[float]:
    if found.skew:
        across, down = (height, width) if found.turn in (90, 270) else (width, height)
        boxes = skewed_back(boxes, found.skew, across, down)
    return turned_back(boxes, found.turn, width, height) if found.turn else boxes
