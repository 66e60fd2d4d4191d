"""The ruling lines of a table on a picture of a page, and the picture without them."""

from __future__ import annotations

from itertools import groupby

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from pipeline.read.ruled_tables import MAX_EDGES
from pipeline.read.ruling import Stroke

REACH = 40
"""Pixels: what is dark this far to both sides is a line, not a letter."""
LEAST = 150
"""A line has at least so many pixels."""
_DARK = 170
_FULL = 0.9
_GAP = 60
"""Shorter gaps in a line are flaws of the scan."""
_THICKEST = 40
Bar = tuple[int, int, int, int]
"""A line as left, top, right, bottom, in pixels."""


def bars(image: Image.Image) -> list[Bar]:
    """The level and the upright lines of a grey picture that lies straight; none where they rule no table."""
    dark = image.convert("L").point(lambda value: 255 * (value < _DARK))
    level = _level(dark)
    upright = [
        (top, left, bottom, right) for left, top, right, bottom in _level(dark.transpose(Image.Transpose.TRANSPOSE))
    ]
    return level + upright if len(level) >= 3 and len(upright) >= 2 and len(level) + len(upright) < MAX_EDGES else []


def _level(dark: Image.Image) -> list[Bar]:
    """The level lines of a picture that is white where the page is dark."""
    core = dark.filter(ImageFilter.BoxBlur((REACH, 0))).point(lambda value: 255 * (value > _FULL * 255))
    core = ImageChops.darker(core, dark)

    rows = [core.crop((0, y, core.width, y + 1)).getbbox() is not None for y in range(core.height)]
    found: list[Bar] = []
    for is_line, group in groupby(range(core.height), key=lambda y: bool(rows[y])):
        ys = list(group)
        if not is_line or len(ys) > _THICKEST:
            continue
        band = core.crop((0, ys[0], core.width, ys[-1] + 1))
        found += [(left, ys[0], right, ys[-1] + 1) for left, right in _runs(band)]
    return found


def _runs(band: Image.Image) -> list[tuple[int, int]]:
    """From where to where a band holds a line, gaps closed."""
    columns = [bool(value) for value in _any_of_column(band)]
    runs: list[tuple[int, int]] = []
    for there, group in groupby(range(len(columns)), key=lambda x: columns[x]):
        xs = list(group)
        if there:
            left, right = xs[0] - REACH, xs[-1] + 1 + REACH
            if runs and left - runs[-1][1] < _GAP:
                runs[-1] = (runs[-1][0], right)
            else:
                runs.append((max(0, left), right))
    return [(left, right) for left, right in runs if right - left >= LEAST]


def _any_of_column(band: Image.Image) -> bytes:
    row = band.crop((0, 0, band.width, 1))
    for y in range(1, band.height):
        row = ImageChops.lighter(row, band.crop((0, y, band.width, y + 1)))
    return row.tobytes()


def without(image: Image.Image, lines: list[Bar]) -> Image.Image:
    """The picture with paper where the lines were: words beside them are recognised better."""
    clean = image.copy()
    pen = ImageDraw.Draw(clean)
    for left, top, right, bottom in lines:
        pen.rectangle((left - 1, top - 2, right + 1, bottom + 2), fill=255)
    return clean


def strokes(lines: list[Bar], scale: float) -> tuple[Stroke, ...]:
    """The lines as strokes along their middle, in points; `scale` is points a pixel."""
    out: list[Stroke] = []
    for left, top, right, bottom in lines:
        x, y = (left + right) / 2 * scale, (top + bottom) / 2 * scale
        if right - left > bottom - top:
            out.append(Stroke(left * scale, y, right * scale, y, True))
        else:
            out.append(Stroke(x, top * scale, x, bottom * scale, True))
    return tuple(out)
