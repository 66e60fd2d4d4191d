"""One page of a PDF through pdfium: its characters with their boxes, and its ruling lines."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.read.pdfium_calls import POINTER, bare
from pipeline.read.ruling import Stroke

Box = tuple[float, float, float, float]

_element = bare("FPDFPage_GetObject", POINTER, POINTER, ctypes.c_int)
_kind = bare("FPDFPageObj_GetType", ctypes.c_int, POINTER)
_bounds = bare("FPDFPageObj_GetBounds", ctypes.c_int, POINTER, *[POINTER] * 4)
_draw_mode = bare("FPDFPath_GetDrawMode", ctypes.c_int, POINTER, POINTER, POINTER)
_segments = bare("FPDFPath_CountSegments", ctypes.c_int, POINTER)
_parts = bare("FPDFFormObj_CountObjects", ctypes.c_int, POINTER)
_part = bare("FPDFFormObj_GetObject", POINTER, POINTER, ctypes.c_ulong)
MOST = 100_000
"""So many elements of a page are looked at."""
MOST_PARTS = 200
"""So many elements of a form are looked at."""

Column = Sequence[float]
"""One coordinate of many boxes."""
Turn = Callable[[Column, Column, Column, Column], list[list[float]]]


def turner(page: pdfium.PdfPage, turn: int = 0) -> Turn:
    """From boxes in the page's own space (their left, bottom, right, top; origin at the foot) to the page as shown,
    turned clockwise by `turn` degrees more: x0, top, x1, bottom in points from its top left. Rotation and crop
    box of the page are taken into account. Boxes go in and come out as one list for each side."""
    left, foot, right, head = page.get_bbox()
    width, height = right - left, head - foot

    def upright(x0: Column, y0: Column, x1: Column, y1: Column) -> list[list[float]]:
        return [[x - left for x in x0], [head - y for y in y1], [x - left for x in x1], [head - y for y in y0]]

    def quarter(x0: Column, y0: Column, x1: Column, y1: Column) -> list[list[float]]:
        return [[y - foot for y in y0], [x - left for x in x0], [y - foot for y in y1], [x - left for x in x1]]

    def half(x0: Column, y0: Column, x1: Column, y1: Column) -> list[list[float]]:
        back_to_x0, back_to_x1 = [width - (x - left) for x in x1], [width - (x - left) for x in x0]
        return [back_to_x0, [y - foot for y in y0], back_to_x1, [y - foot for y in y1]]

    def three_quarters(x0: Column, y0: Column, x1: Column, y1: Column) -> list[list[float]]:
        tops, feet = [width - (x - left) for x in x1], [width - (x - left) for x in x0]
        return [[height - (y - foot) for y in y1], tops, [height - (y - foot) for y in y0], feet]

    return {0: upright, 90: quarter, 180: half, 270: three_quarters}[(page.get_rotation() + turn) % 360]


class Elements(NamedTuple):
    """What a page is drawn of: the address of each element and its kind (`FPDF_PAGEOBJ_…`)."""

    addresses: list[int]
    kinds: list[int]

    def of_kind(self, *kinds: int) -> list[int]:
        """The addresses of those of some kinds."""
        return [address for address, kind in zip(*self, strict=True) if kind in kinds]


def elements(page: pdfium.PdfPage) -> Elements:
    """What a page is drawn of, as far as it is looked at."""
    handle: Any = page.raw
    count = min(MOST, raw.FPDFPage_CountObjects(handle))
    address = ctypes.cast(handle, POINTER).value
    found = list(map(_element, repeat(address), range(count)))
    return Elements(found, list(map(_kind, found)))


def strokes(page: pdfium.PdfPage, drawn: Elements, turn: int = 0) -> list[Stroke]:
    """The straight lines and shapes of a page that may rule a table; none if there are too few."""
    paths = drawn.of_kind(raw.FPDF_PAGEOBJ_PATH)
    if len(paths) < 4:
        return []
    modes, bounds = array("i", bytes(8 * len(paths))), array("f", bytes(16 * len(paths)))
    at, bounds_at = modes.buffer_info()[0], bounds.buffer_info()[0]
    known = list(map(_draw_mode, paths, *(range(at + 4 * i, at + 4 * i + 8 * len(paths), 8) for i in range(2))))
    sides = (range(bounds_at + 4 * i, bounds_at + 4 * i + 16 * len(paths), 16) for i in range(4))
    bounded = list(map(_bounds, paths, *sides))
    fills, stroked = modes[0::2], modes[1::2]
    placed = zip(*turner(page, turn)(*(bounds[i::4] for i in range(4))), strict=True)
    found: list[Stroke] = []
    for k, (x0, top, x1, bottom) in enumerate(placed):
        if known[k] and bounded[k] and (fills[k] or stroked[k]):
            is_line = bool(stroked[k]) and _segments(paths[k]) == 2
            if is_line:
                x0, top, x1, bottom = _axis(x0, top, x1, bottom)
            found.append(Stroke(x0, top, x1, bottom, is_line))
    return found


def _axis(x0: float, top: float, x1: float, bottom: float) -> Box:
    """The axis of a stroked line: pdfium's bounds hold its width too."""
    if x1 - x0 > bottom - top:
        middle = (top + bottom) / 2
        return x0, middle, x1, middle
    middle = (x0 + x1) / 2
    return middle, top, middle, bottom


def parts_of_form(element: int) -> list[int]:
    """The forms that an element of a page holds, where it is a form of several forms and nothing else: the fields of
    a signed page, far apart, are such a one."""
    parts = [_part(element, index) for index in range(min(_parts(element), MOST_PARTS))]
    return parts if len(parts) > 1 and all(_kind(part) == raw.FPDF_PAGEOBJ_FORM for part in parts) else []


def bounds_of(element: int) -> Box | None:
    """Left, bottom, right and top of an element of a page, in its own space; None for what has none."""
    sides = array("f", bytes(16))
    at = sides.buffer_info()[0]
    if not _bounds(element, at, at + 4, at + 8, at + 12):
        return None
    left, bottom, right, top = sides
    return left, bottom, right, top
