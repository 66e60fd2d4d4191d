"""Text recognition by tesseract, one page at a time, in a process of its own and with one thread.

The page segmentation is tesseract's automatic one (psm 3): "a uniform block" (psm 6) lost half of the numbers
of a table page.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from statistics import fmean

from PIL import Image

from pipeline.read import act_numbers, picture_lines, skew, tesseract
from pipeline.read.glyphs import Glyph
from pipeline.read.handwriting import Sign, left_blank
from pipeline.read.ruling import Stroke
from pipeline.read.settings import ReadSettings

DOUBTFUL = 60.0
"""Words that tesseract is less sure of (0 to 100) are noted as doubtful."""
HEAD = 0.4
"""The part of a page, from its top, in which the number and the day of an act stand."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The characters found on an image, in points from its top left, in order of reading.

    `turn`: by how many degrees clockwise the image was turned to stand upright; the places are those on
    the image so turned and set level. `confidence` is the mean over the words, 0 to 100.
    """

    glyphs: tuple[Glyph, ...]
    turn: int
    confidence: float
    upright: bool = True
    """Whether its words are wider than high, as those of a page that stands upright are."""
    skew: float = 0.0
    """By how many degrees counter-clockwise the image, once upright, was turned for its lines to be level."""
    strokes: tuple[Stroke, ...] = ()
    """The lines that rule its tables, where it has any."""
    picture: Image.Image | None = None
    """The image as it was read at last: upright, level, without ruling lines."""


def recognise(image: Image.Image, points_per_pixel: float, settings: ReadSettings) -> Recognised:
    """The text on `image`. Raises ReadError: MISSING_PACKAGE without tesseract or its Vietnamese, TIMEOUT, CRASH."""
    grey = without_red(image)
    first = _read_straight(grey, 0, points_per_pixel, settings)
    if first.confidence >= DOUBTFUL and first.upright:
        return first
    turn = tesseract.orientation(_png(grey), settings)
    if not turn:
        return first
    second = _read_straight(grey.rotate(-turn, expand=True), turn, points_per_pixel, settings)
    return max(first, second, key=lambda found: (found.upright, found.confidence * len(found.glyphs)))


def without_red(image: Image.Image) -> Image.Image:
    """A grey image in which red ink is as light as paper: seals and stamps would cover the words under them."""
    if image.mode in ("1", "L", "I;16", "LA", "P") and not (
        image.mode == "P" and image.info.get("transparency") is None
    ):
        return image.convert("L")
    return image.convert("RGB").getchannel("R")


def _read_straight(image: Image.Image, turn: int, scale: float, settings: ReadSettings) -> Recognised:
    angle = skew.angle_of(image)
    level = skew.straightened(image, angle)
    lines = picture_lines.bars(level)
    if lines:
        # A table wants to lie straighter than text: its cells are cut along its lines.
        angle = skew.angle_of(image, least=skew.LEAST_OF_TABLES)
        level = skew.straightened(image, angle)
        lines = picture_lines.bars(level)
    clean = picture_lines.without(level, lines) if lines else level
    found = _read(clean, turn, scale, settings)
    return replace(found, skew=angle, strokes=picture_lines.strokes(lines, scale), picture=clean)


def _read(image: Image.Image, turn: int, scale: float, settings: ReadSettings) -> Recognised:
    out = tesseract.run(_png(image), "3", settings)
    rows = csv.DictReader(io.StringIO(out), delimiter="\t", quoting=csv.QUOTE_NONE)
    lines: list[list[Sign]] = []
    sure: list[float] = []
    tall: list[bool] = []
    line: tuple[str, ...] = ()
    for row in rows:
        text = (row["text"] or "").strip()
        if row["level"] != tesseract.WORD_LEVEL or not text:
            continue
        confidence = float(row["conf"])
        left, top, width, height = (float(row[name]) * scale for name in ("left", "top", "width", "height"))
        here = (row["block_num"], row["par_num"], row["line_num"])
        if here != line:
            lines.append([])
        line, signs = here, lines[-1]
        # A wide gap is left open: it may part two columns that tesseract took for one line.
        if signs and 0 <= left - signs[-1].glyph.right < 1.2 * height:
            last = signs[-1].glyph
            blank = last._replace(text=" ", x0=last.right, x1=left, left=last.right, right=left, doubtful=False)
            signs.append(Sign(blank, 100.0))
        signs += [Sign(glyph, confidence) for glyph in _glyphs(text, left, top, width, height, confidence < DOUBTFUL)]
        sure.append(confidence)
        if len(text) >= 3:
            tall.append(height > width)
    head = HEAD * image.height * scale
    lines = act_numbers.read_again(lines, image, scale, settings)
    glyphs = [glyph for signs in lines for glyph in left_blank(signs, head=signs[0].glyph.top < head)]
    return Recognised(tuple(glyphs), turn, fmean(sure) if sure else 0.0, 2 * sum(tall) <= len(tall))


def _glyphs(text: str, left: float, top: float, width: float, height: float, doubtful: bool) -> list[Glyph]:
    """The characters of a word, its width shared out between them."""
    step = width / len(text)
    edges = [left + i * step for i in range(len(text) + 1)]
    low = top + height
    return [
        Glyph(char, a, top, b, low, a, b, top, low, doubtful)
        for char, a, b in zip(text, edges, edges[1:], strict=False)
    ]


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
