"""The words of a PDF page with the places of their ends, asked of pdfium in bulk."""

from __future__ import annotations

import ctypes
import re
from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from itertools import accumulate, compress, count, repeat
from math import hypot
from operator import add, le, or_, sub
from typing import Any
from unicodedata import is_normalized

import pypdfium2 as pdfium

from pipeline.read.layout import SEGMENT_GAP
from pipeline.read.pdfium_calls import POINTER, bare

_loose_box = bare("FPDFText_GetLooseCharBox", ctypes.c_int)
_tight_box = bare("FPDFText_GetCharBox", ctypes.c_int)
_count_rects = bare("FPDFText_CountRects", ctypes.c_int)
_rect = bare("FPDFText_GetRect", ctypes.c_int)
_font_size = bare("FPDFText_GetFontSize", ctypes.c_double)
_matrix = bare("FPDFText_GetMatrix", ctypes.c_int)

_ODD = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    "\u0300-\u036f\ud800-\udfff\ufeff\ufffd\ufffe]"
)
"""What needs more than writing one character after another: white space of other kinds, marks, what is no character."""
SAMPLE = 200
"""So many words of a page tell whether its text runs from left to right."""

Ink = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the page's foot."""


def address_of(text_page: pdfium.PdfTextPage) -> ctypes.c_void_p:
    """Where pdfium keeps the text of a page."""
    handle: Any = text_page.raw
    return ctypes.cast(handle, POINTER)


class PageWords:
    """The words of a page: where each stands in its text, and the advances of their first and last characters."""

    def __init__(self, text_page: pdfium.PdfTextPage, text: str) -> None:
        self.address = address_of(text_page)
        lengths = list(map(len, text.replace("\r", " ").replace("\n", " ").split(" ")))
        ends = list(map(add, accumulate(lengths), count()))
        # Nothing stands between two blanks.
        self.starts = list(compress(map(sub, ends, lengths), lengths))
        self.ends = list(compress(ends, lengths))
        numbers = [0] * (2 * len(self.starts))
        numbers[0::2], numbers[1::2] = self.starts, [end - 1 for end in self.ends]
        boxes = advances(self.address, numbers)
        # Of each word those of its first character, then those of its last.
        self.tops, self.bottoms = boxes[1::4].tolist(), boxes[3::4].tolist()
        self.lefts, self.rights = boxes[0::8].tolist(), boxes[6::8].tolist()
        self._last_lefts = boxes[4::8]
        self._gaps = list(map(sub, self.lefts[1:], self.rights))
        """What stands between each word and the next; across lines it says nothing."""
        self._odd = [found.start() for found in _ODD.finditer(text)]
        self._text, self._is_normal = text, is_normalized("NFC", text)

    def extent(self, first: int, end: int) -> tuple[float, float] | None:
        """From how high to how low the words from `first` up to `end` reach, if they stand on one line as words do:
        side by side, no wide gap between them, and nothing else in their text than characters and single blanks."""
        start, stop = self.starts[first], self.ends[end - 1]
        at = bisect_left(self._odd, start)
        if at < len(self._odd) and self._odd[at] < stop:
            return None
        words = self._text[start:stop]
        if "  " in words or not (self._is_normal or is_normalized("NFC", words)):
            return None
        tops, bottoms = self.tops[2 * first : 2 * end], self.bottoms[2 * first : 2 * end]
        high, low = tops[0], bottoms[0]
        lowest = high - low
        if tops.count(high) != len(tops) or bottoms.count(low) != len(bottoms):
            # Several fonts, or boxes that are those of the ink.
            heights = list(map(sub, tops, bottoms))
            high, low, lowest = max(tops), min(bottoms), min(heights)
            if min(tops) - max(bottoms) <= 0.4 * (high - low) and not _overlap(tops, bottoms, heights):
                return None
        if lowest <= 0:
            return None
        if end - first > 1:
            gaps = self._gaps[first : end - 1]
            # Where the boxes are those of the ink, a dash or a full stop is much lower than its font.
            widest = max(SEGMENT_GAP * lowest, 0.5 * (high - low))
            if max(gaps) >= widest or min(gaps) <= -0.6 * widest:
                return None
        return high, low

    def run_elsewhere(self) -> bool:
        """Whether more than a few of the longer words run down, up or back."""
        sides = zip(
            self.starts[:SAMPLE],
            self.ends,
            self.lefts,
            self._last_lefts,
            self.tops[::2],
            self.tops[1::2],
            self.bottoms[::2],
            self.bottoms[1::2],
            strict=False,
        )
        # The ends of a word of one character are one.
        odd = [
            last <= left or top < foot or top < last_foot or last_top < foot or last_top < last_foot
            for start, end, left, last, top, last_top, foot, last_foot in sides
            if end - start > 1
        ]
        return odd.count(True) * 10 > len(odd)


def _overlap(tops: Sequence[float], bottoms: Sequence[float], heights: Sequence[float]) -> bool:
    """Whether each box stands beside the one before it, by 0.4 of the lower of the two."""
    return all(
        min(tops[i], tops[i + 1]) - max(bottoms[i], bottoms[i + 1]) > 0.4 * min(heights[i], heights[i + 1])
        for i in range(len(tops) - 1)
    )


_BATCH = 2_048
_TABLE = (ctypes.c_float * 4 * _BATCH)()
_ROWS = list(_TABLE)
"""Where pdfium writes boxes: to make such a row takes as long as to fill it, so they are made once."""


def advances(address: ctypes.c_void_p, numbers: Sequence[int]) -> array[float]:
    """The boxes that characters take with their fonts' height: left, top, right, bottom, as pdfium writes them."""
    boxes = array("f")
    for at in range(0, len(numbers), _BATCH):
        batch = numbers[at : at + _BATCH]
        deque(map(_loose_box, repeat(address), batch, _ROWS), maxlen=0)
        boxes.frombytes(memoryview(_TABLE).cast("B")[: 16 * len(batch)])
    return boxes


_MATRIX = (ctypes.c_float * 6)()


def size_of(address: ctypes.c_void_p, number: int) -> float:
    """The size that a character's font has on the page; 0 where that is not known."""
    if not _matrix(address, number, _MATRIX):
        return 0.0
    size: float = _font_size(address, number)
    return max(0.0, size * hypot(_MATRIX[2], _MATRIX[3]))


_RECTANGLE = (ctypes.c_double * 4)()
_SIDES = [ctypes.byref(_RECTANGLE, 8 * side) for side in range(4)]
"""Where pdfium writes a rectangle: left, top, right, bottom. It is used by one thread of a process."""


def ink_of(address: ctypes.c_void_p, first: int, count: int) -> Ink:
    """The ink of some characters; right is not right of left where there is none."""
    rectangles: list[list[float]] = []
    for number in range(_count_rects(address, first, count)):
        _rect(address, number, *_SIDES)
        rectangles.append(_RECTANGLE[:])
    if len(rectangles) == 1:
        left, top, right, bottom = rectangles[0]
        return left, bottom, right, top
    lefts, tops, rights, bottoms = zip(*rectangles, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def extent_of(address: ctypes.c_void_p, first: int, count: int) -> Ink:
    """The same, with the advance of a first or last character that leaves no ink (as one that its font lacks)."""
    left, bottom, right, top = ink_of(address, first, count)
    for number in {first, first + count - 1}:
        x0, y0, x1, y1 = ink_of(address, number, 1)
        if x1 > x0 and y1 > y0:
            continue
        x0, y1, x1, y0 = advances(address, [number])
        if x1 > x0 and right > left:
            left, bottom, right, top = min(left, x0), min(bottom, y0), max(right, x1), max(top, y1)
        elif x1 > x0:
            left, bottom, right, top = x0, y0, x1, y1
    return left, bottom, right, top


_INK = (ctypes.c_double * (4 * _BATCH))()
_INK_SIDES = [[ctypes.byref(_INK, 8 * (4 * row + side)) for row in range(_BATCH)] for side in range(4)]
"""Where pdfium writes the ink of characters: left, right, bottom, top of each."""


def ink_of_each(address: ctypes.c_void_p, numbers: Sequence[int]) -> array[float]:
    """The ink of characters: left, right, bottom, top of each, as pdfium writes them."""
    ink = array("d")
    for at in range(0, len(numbers), _BATCH):
        batch = numbers[at : at + _BATCH]
        deque(map(_tight_box, repeat(address), batch, *_INK_SIDES), maxlen=0)
        ink.frombytes(memoryview(_INK).cast("B")[: 32 * len(batch)])
    return ink


def each_of(address: ctypes.c_void_p, count: int) -> tuple[array[float], ...]:
    """The ink of each character of a page, as all their left, lower, right and upper sides; of one that leaves none
    its advance."""
    ink = ink_of_each(address, range(count))
    lefts, rights, feet, heads = (ink[side::4] for side in range(4))
    blank = list(compress(range(count), map(or_, map(le, rights, lefts), map(le, heads, feet))))
    # pdfium gives left, top, right, bottom for advances.
    boxes = advances(address, blank)
    for i, k in enumerate(blank):
        lefts[k], heads[k], rights[k], feet[k] = boxes[4 * i : 4 * i + 4]
    return lefts, feet, rights, heads
