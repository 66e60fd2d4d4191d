"""One page of a PDF through pdfium: its characters with their boxes, and its ruling lines."""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise, repeat
from operator import sub
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.read.glyphs import HYPHEN_AT_LINE_END, Glyph
from pipeline.read.ruled_tables import MAX_EDGES, Stroke
from pipeline.text.legacy import font_encoding

Box = tuple[float, float, float, float]
_BULLETS = frozenset("\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d\uf0a8\uf06e\uf071")
SAMPLE = 400
"""So many characters of a page tell which way its text runs."""


Column = Sequence[float]
"""One coordinate of many boxes."""


def turner(page: pdfium.PdfPage, turn: int = 0) -> Callable[[Column, Column, Column, Column], list[list[float]]]:
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


def _bare(name: str, result: type, *arguments: type) -> Callable[..., Any]:
    """A function of pdfium that takes addresses as plain numbers, so that `map` can call it without Python between."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    assert address
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_POINTER = ctypes.c_void_p
_unicode_of = _bare("FPDFText_GetUnicode", ctypes.c_uint, _POINTER, ctypes.c_int)
_loose_box = _bare("FPDFText_GetLooseCharBox", ctypes.c_int, _POINTER, ctypes.c_int, _POINTER)
_tight_box = _bare("FPDFText_GetCharBox", ctypes.c_int, _POINTER, ctypes.c_int, *[_POINTER] * 4)


def glyphs(page: pdfium.PdfPage, turn: int = 0) -> list[Glyph]:
    """The characters of a page in the order of its content; blanks that pdfium makes up have no width."""
    text_page = page.get_textpage()
    handle: Any = text_page.raw
    try:
        count = text_page.count_chars()
        address = ctypes.cast(handle, _POINTER).value
        made = _all(address, count, turner(page, turn))
        out: list[Glyph] = []
        places: list[int] = []
        done = 0
        codes, found, tall, wide = made.codes, made.found, made.tall, made.wide
        for k in made.odd:
            out += made.glyphs[done:k]
            places += range(done, k)
            done = k + 1
            if codes[k] in _SKIPPED or not found[k]:
                continue
            glyph = made.glyphs[k]
            if tall[k] <= 0 or wide[k] < 0:
                # A blank that pdfium makes up stands nowhere; what it says is that a word ended.
                if not glyph.text.isspace() or not out or out[-1].text.isspace():
                    continue
                before = out[-1]
                glyph = before._replace(text=" ", x0=before.right, x1=before.right, left=before.right)
            out.append(glyph)
            places.append(k)
        out += made.glyphs[done:]
        places += range(done, count)
        if _seems_legacy(out):
            out = [_as_set(glyph, _font(handle, k)) for glyph, k in zip(out, places, strict=True)]
    finally:
        text_page.close()
    return out


class _Characters(NamedTuple):
    """All characters of a page as pdfium has them; `odd` are the numbers of those that need a closer look."""

    codes: list[int]
    found: list[int]
    glyphs: list[Glyph]
    tall: list[float]
    wide: list[float]
    odd: list[int]


def _all(address: int | None, count: int, to_page: Callable[..., list[list[float]]]) -> _Characters:
    """The characters of a text page. pdfium fills whole tables, and these are turned column by column."""
    loose, ink = array("f", bytes(16 * count)), array("d", bytes(32 * count))
    at, ink_at = loose.buffer_info()[0], ink.buffer_info()[0]
    numbers, same = range(count), repeat(address)
    codes = list(map(_unicode_of, same, numbers))
    found = list(map(_loose_box, same, numbers, range(at, at + 16 * count, 16)))
    corners = [range(ink_at + 8 * i, ink_at + 8 * i + 32 * count, 32) for i in range(4)]
    deque(map(_tight_box, same, numbers, *corners), maxlen=0)
    # FS_RECTF holds left, top, right, bottom; the ink is left, right, bottom, top. Both count from the page's foot.
    left, top, right, bottom = (loose[i::4] for i in range(4))
    ink_left, ink_right, ink_bottom, ink_top = (ink[i::4] for i in range(4))
    texts = list(map(_char, codes))
    tall, wide = list(map(sub, top, bottom)), list(map(sub, right, left))
    lefts, highs, rights, lows = to_page(left, bottom, right, top)
    x0s, tops, x1s, bottoms = to_page(ink_left, ink_bottom, ink_right, ink_top)
    # A blank has the box of its advance, as has what leaves no ink.
    for k, (text, low, up, first, last) in enumerate(zip(texts, ink_bottom, ink_top, ink_left, ink_right, strict=True)):
        if up <= low or last <= first or text == " " or text.isspace():
            x0s[k], tops[k], x1s[k], bottoms[k] = lefts[k], highs[k], rights[k], lows[k]
    never = [False] * count
    columns = (texts, x0s, tops, x1s, bottoms, lefts, rights, highs, lows, never, never)
    glyphs = list(map(Glyph._make, zip(*columns, strict=True)))
    odd = [
        k
        for k, (code, there, high, broad) in enumerate(zip(codes, found, tall, wide, strict=True))
        if not there or high <= 0 or broad < 0 or code in _SKIPPED
    ]
    return _Characters(codes, found, glyphs, tall, wide, odd)


def _seems_legacy(glyphs: Sequence[Glyph]) -> bool:
    """Whether a page may hold text in a legacy encoding, so that the names of its fonts are worth asking for."""
    signs = sum(1 for glyph in glyphs if glyph.text in _LEGACY_SIGNS)
    return signs >= 5 and signs > sum(1 for glyph in glyphs if "\u1ea0" <= glyph.text <= "\u1ef9")


_LEGACY_SIGNS = frozenset("®©µ¸§·¶¹¬−×ÖÞøùûïåäÕ")


def _font(handle: Any, index: int) -> str:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(handle, index, name, len(name), ctypes.byref(flags))
    return name.value.decode("utf-8", "replace")


def _as_set(glyph: Glyph, font: str) -> Glyph:
    """The glyph with what its font does: some legacy fonts show small letters as capitals."""
    said = font_encoding(font)
    return glyph._replace(capital=True) if said and said.capitals else glyph


_SKIPPED = frozenset((0, 10, 13, 0xFEFF))


@lru_cache(maxsize=4096)
def _char(code: int) -> str:
    if code in (0x02, 0xFFFE):
        return HYPHEN_AT_LINE_END
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    char = chr(code)
    return "•" if char in _BULLETS else char


def sideways(glyphs: Sequence[Glyph]) -> int:
    """By how many degrees clockwise a page must be turned for most of its text to run from left to right."""
    steps = {0: 0, 90: 0, 180: 0, 270: 0}
    for a, b in islice(pairwise(glyphs), SAMPLE):
        across, down = (b.x0 + b.x1) - (a.x0 + a.x1), (b.top + b.bottom) - (a.top + a.bottom)
        size = 4 * max(a.x1 - a.x0, a.bottom - a.top, 1.0)
        if abs(across) + abs(down) < size:
            steps[(0 if across > 0 else 180) if abs(across) >= abs(down) else (270 if down > 0 else 90)] += 1
    best = max(steps, key=lambda turn: steps[turn])
    return best if steps[best] > 2 * steps[0] else 0


def turned_back(boxes: array[float], turn: int, width: float, height: float) -> array[float]:
    """Boxes of a page that was turned by `turn` degrees, on the page as shown (`width`, `height` in points)."""
    out: array[float] = array("f")
    for x0, top, x1, bottom in zip(*[iter(boxes)] * 4, strict=True):
        if x0 > x1:
            out.extend((x0, top, x1, bottom))
        elif turn == 90:
            out.extend((top, height - x1, bottom, height - x0))
        elif turn == 180:
            out.extend((width - x1, height - bottom, width - x0, height - top))
        else:
            out.extend((width - bottom, x0, width - top, x1))
    return out


def strokes(page: pdfium.PdfPage, turn: int = 0) -> list[Stroke]:
    """The straight lines and shapes of a page that may rule a table; none if there are too few or too many."""
    to_page = turner(page, turn)
    found: list[Stroke] = []
    bounds = [ctypes.c_float() for _ in range(4)]
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    for path in _paths(page):
        if len(found) > MAX_EDGES:
            return found
        raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroked))
        if not fill.value and not stroked.value:
            continue
        if not raw.FPDFPageObj_GetBounds(path, *map(ctypes.byref, bounds)):
            continue
        (x0,), (top,), (x1,), (bottom,) = to_page(*([value.value] for value in bounds))
        is_line = bool(stroked.value) and raw.FPDFPath_CountSegments(path) == 2
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


def _paths(page: pdfium.PdfPage) -> Iterator[Any]:
    handle: Any = page.raw
    get, kind = raw.FPDFPage_GetObject, raw.FPDFPageObj_GetType
    for k in range(raw.FPDFPage_CountObjects(handle)):
        element = get(handle, k)
        if kind(element) == raw.FPDF_PAGEOBJ_PATH:
            yield element
