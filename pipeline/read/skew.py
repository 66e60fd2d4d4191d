"""Scans that lie at an angle: how far, the picture set straight, and places brought back to where they were.

tesseract bears with one degree; at two and a half it lost 33 words of a page of 438 where 14 are lost set straight.
"""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

from PIL import Image, ImageOps

LEAST = 1.25
"""Degrees; a smaller angle is left, as turning a picture blurs it."""
LEAST_OF_TABLES = 0.15
"""The same where lines rule a table."""
_MOST = 6
_SIZE = 700
_FINE = (-0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75)
_FINEST = (-0.15, -0.1, -0.05, 0.0, 0.05, 0.1, 0.15)


def angle_of(image: Image.Image, least: float = LEAST) -> float:
    """By how many degrees counter-clockwise a grey picture must be turned for its lines to be level; 0 where they
    nearly are. Lines are level where the darkness of the rows of the picture differs most from row to row."""
    factor = min(1.0, _SIZE / max(image.size))
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    dark = ImageOps.invert(image.convert("L").resize(size, Image.Resampling.BOX))

    def contrast(angle: float) -> int:
        turned = dark.rotate(angle, Image.Resampling.BILINEAR, fillcolor=0)
        rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
        return sum((b - a) ** 2 for a, b in pairwise(rows))

    coarse = max(range(-_MOST, _MOST + 1), key=contrast)
    angle = max((coarse + step for step in _FINE), key=contrast)
    if least < LEAST:
        angle = max((round(angle + step, 2) for step in _FINEST), key=contrast)
        return angle if abs(angle) >= least and contrast(angle) > contrast(0.0) else 0.0
    return angle if abs(angle) >= least and contrast(angle) > 1.2 * contrast(0.0) else 0.0


def straightened(image: Image.Image, angle: float) -> Image.Image:
    """A grey picture turned by `angle` degrees counter-clockwise about its middle, paper in its corners."""
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) if angle else image


def skewed_back(boxes: array[float], angle: float, width: float, height: float) -> array[float]:
    """Boxes found on a straightened page (`width`, `height` in points), around their places on the page as it lies."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    across, down = width / 2, height / 2
    out: array[float] = array("f")
    for x0, top, x1, bottom in zip(*[iter(boxes)] * 4, strict=True):
        if x0 > x1:
            out.extend((x0, top, x1, bottom))
            continue
        x, y = (x0 + x1) / 2 - across, (top + bottom) / 2 - down
        middle_x, middle_y = across + x * cos - y * sin, down + x * sin + y * cos
        wide, tall = (x1 - x0) / 2, (bottom - top) / 2
        out.extend((middle_x - wide, middle_y - tall, middle_x + wide, middle_y + tall))
    return out
