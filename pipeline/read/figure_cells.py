"""Figures in the cells of a scanned table, read a second time one by one.

Recognition of a whole page takes a lone figure for letters ("3" for "C3"), or passes over it: a line model wants a
line. Cut out and set between two figures that are known, as digits alone, hardly one is missed. What both passes
agree on is sure; where they do not, or neither makes a number of it, the cell is marked doubtful.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex as re
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline.model import ReadError
from pipeline.read import tesseract
from pipeline.read.glyphs import Glyph, run_of
from pipeline.read.settings import ReadSettings
from pipeline.read.table_text import TableText

MOST = 240
"""So many cells of a page are read again: about three seconds."""
SURE = 80.0
"""A second reading that is at least this sure of itself (0 to 100) is believed without the first."""
ANCHOR = "2"
"""The known figure before and behind the cell."""
_FIGURE = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?%?|-?\d+\.\d+%?")
_WORD = re.compile(r"\p{L}{3}")
_OTHER = re.compile(r"\(\d+|\d\s*/\s*\d")
"""Numbers of columns, shares and dates are not read again where they are sure."""
_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
_ROMAN = _ROMANS.split()
_LETTERS = [*"ABCDĐEFGHIKLMNOPQRSTUVXY"]
_LONGEST = 14
_DARK = 150
_EDGE = 4
"""Pixels along the sides of a cell in which its ruling lines may have left something."""
_GAP = 8
_MARGIN = 20


class Figure(NamedTuple):
    """A cell cut out: its number, where its ink stands in pixels, and what the first pass made of it."""

    cell: int
    box: tuple[int, int, int, int]
    picture: Image.Image
    first: str
    doubtful: bool

    @property
    def is_number(self) -> bool:
        return bool(_FIGURE.fullmatch(self.first))


def read_again(text: TableText, picture: Image.Image, scale: float, settings: ReadSettings) -> None:
    """Read the figures in the cells of `text` again and put what comes of it in their place.

    `picture` is the page as it was recognised, without ruling lines; `scale` is points a pixel. A program that
    fails leaves the first reading.
    """
    cells = list(_figures(text, picture, scale))[:MOST]
    if not cells:
        return
    try:
        found = _recognised([_between_anchors(cell.picture) for cell in cells], settings)
    except ReadError:
        return
    second = {cell.cell: one for cell, one in zip(cells, found, strict=True)}
    for column in _columns(text, cells):
        if not _holds_figures(column, second):
            continue
        for cell in column:
            said, sure = second[cell.cell]
            _settle(text, cell, said, sure, scale)


def _figures(text: TableText, picture: Image.Image, scale: float) -> Iterator[Figure]:
    """The cells whose ink may be a figure."""
    for number, (x0, top, x1, bottom) in enumerate(text.boxes):
        glyphs = [glyph for run in text.inside[number] for glyph in run.glyphs]
        first = "".join(glyph.text for glyph in glyphs).replace(" ", "")
        doubtful = any(glyph.doubtful for glyph in glyphs)
        if len(first) > _LONGEST or _WORD.search(first) or (_OTHER.search(first) and not doubtful):
            continue
        sides = [round(side / scale) for side in (x0, top, x1, bottom)]
        left, high = sides[0] + _EDGE, sides[1] + _EDGE
        if sides[2] - _EDGE <= left or sides[3] - _EDGE <= high:
            continue
        inside = picture.crop((left, high, sides[2] - _EDGE, sides[3] - _EDGE))
        ink = _ink(inside)
        if ink is not None:
            box = (left + ink[0], high + ink[1], left + ink[2], high + ink[3])
            yield Figure(number, box, inside.crop(ink), first, doubtful)


def _ink(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """Where the ink of a cell is, specks left out."""
    dark = picture.point(lambda value: 255 * (value < _DARK)).filter(ImageFilter.MedianFilter(3))
    box = dark.getbbox()
    if box is None or box[3] - box[1] < 8 or box[2] - box[0] < 3:
        return None
    return max(0, box[0] - 1), max(0, box[1] - 1), min(picture.width, box[2] + 1), min(picture.height, box[3] + 1)


@cache
def _anchor(height: int) -> Image.Image:
    """The known figure, so many pixels high."""
    font = ImageFont.load_default(size=2 * height)
    page = Image.new("L", (4 * height, 4 * height), 255)
    ImageDraw.Draw(page).text((height, height), ANCHOR, fill=0, font=font)
    box = page.point(lambda value: 255 - value).getbbox()
    figure = page.crop(box)
    return figure.resize((max(1, round(figure.width * height / figure.height)), height), Image.Resampling.LANCZOS)


def _between_anchors(cell: Image.Image) -> Image.Image:
    anchor = _anchor(cell.height)
    width = cell.width + 2 * anchor.width + 2 * _GAP + 2 * _MARGIN
    line = Image.new("L", (width, cell.height + 2 * _MARGIN), 255)
    x = _MARGIN
    for part in (anchor, cell, anchor):
        line.paste(part, (x, _MARGIN))
        x += part.width + _GAP
    return line


def _recognised(lines: Sequence[Image.Image], settings: ReadSettings) -> list[tuple[str, float]]:
    """What stands between the anchors on each line, and how sure that is; nothing where they were not found."""
    stream = io.BytesIO()
    lines[0].save(stream, "TIFF", save_all=True, append_images=lines[1:])
    out = tesseract.run(stream.getvalue(), "7", settings, language=tesseract.figures(), digits=True)
    words: defaultdict[int, list[tuple[str, float]]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(out), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == tesseract.WORD_LEVEL and (row["text"] or "").strip():
            words[int(row["page_num"])].append((row["text"].strip(), float(row["conf"])))
    found: list[tuple[str, float]] = []
    for page in range(1, len(lines) + 1):
        said = "".join(word for word, _ in words[page])
        sure = min((confidence for _, confidence in words[page]), default=0.0)
        framed = len(said) > 2 and said[0] == said[-1] == ANCHOR
        found.append((said[1:-1], sure) if framed and _FIGURE.fullmatch(said[1:-1]) else ("", 0.0))
    return found


def _columns(text: TableText, cells: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The cells that stand one below the other, table by table."""
    columns: defaultdict[tuple[int, int], list[Figure]] = defaultdict(list)
    where = dict(enumerate(text.places()))
    for cell in cells:
        columns[where[cell.cell]].append(cell)
    yield from columns.values()


def _holds_figures(column: Sequence[Figure], second: dict[int, tuple[str, float]]) -> bool:
    """Whether a column is one of figures: by what is a number at first sight, or else by what the second pass makes
    numbers of, unless its cells count in another way ("I", "II", "III")."""
    if 2 * sum(cell.is_number for cell in column) >= len(column):
        return True
    sure = sum(second[cell.cell][1] >= SURE for cell in column)
    return len(column) >= 3 and 4 * sure >= 3 * len(column) and not _counts_otherwise([cell.first for cell in column])


def _counts_otherwise(words: Sequence[str]) -> bool:
    """Whether neighbours follow each other as Roman numbers or letters do."""
    plain = [word.rstrip(".)").upper() for word in words]
    steps = sum(
        order.index(b) == order.index(a) + 1
        for a, b in pairwise(plain)
        for order in (_ROMAN, _LETTERS)
        if a in order and b in order
    )
    return 3 * steps >= len(words)


def _settle(text: TableText, cell: Figure, said: str, sure: float, scale: float) -> None:
    """Put what both passes together give into the cell."""
    if cell.is_number:
        differ = said not in ("", cell.first)
        words = said if differ and sure >= SURE else cell.first
        _put(text, cell, words, scale, doubtful=differ or (cell.doubtful and not said))
    elif cell.first.rstrip(".)") in _ROMAN and not cell.doubtful:
        return
    elif said and sure >= SURE:
        _put(text, cell, said, scale, doubtful=False)
    elif cell.first:
        _put(text, cell, cell.first, scale, doubtful=True)


def _put(text: TableText, cell: Figure, words: str, scale: float, *, doubtful: bool) -> None:
    left, top, right, bottom = (side * scale for side in cell.box)
    step = (right - left) / len(words)
    edges = [left + i * step for i in range(len(words) + 1)]
    glyphs = [
        Glyph(char, a, top, b, bottom, a, b, top, bottom, doubtful)
        for char, a, b in zip(words, edges, edges[1:], strict=False)
    ]
    text.inside[cell.cell] = [run_of(glyphs)]
