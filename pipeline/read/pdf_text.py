"""The text of a PDF page in bulk: whole lines as pdfium has them, measured at the ends of their words.

Asking pdfium for each character costs many times what it takes to extract the text. Where a line is plain (blanks
between words that stand as close as words do, letters of one height), the ends of its words say all that the
layout wants to know. Any other line is looked at character by character, and so is a page of which this cannot
be told.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Sequence
from itertools import groupby, repeat
from math import hypot
from operator import sub
from typing import Any, NamedTuple
from unicodedata import is_normalized

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.read import pdf_glyphs
from pipeline.read.glyphs import Glyph, Run
from pipeline.read.layout import SEGMENT_GAP, runs_of
from pipeline.read.pdfium_calls import POINTER, bare
from pipeline.read.table_text import TableText

_count_rects = bare("FPDFText_CountRects", ctypes.c_int, POINTER, ctypes.c_int, ctypes.c_int)
_rect = bare("FPDFText_GetRect", ctypes.c_int, POINTER, ctypes.c_int, *[POINTER] * 4)
_loose_box = bare("FPDFText_GetLooseCharBox", ctypes.c_int, POINTER, ctypes.c_int, POINTER)

_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"[^ \r\n]+")
_ODD = re.compile(r"  |[^\S ]|[\x00-\x1f\ufffe\ufeff\ufffd\u0300-\u036f\ud800-\udfff]")
"""What needs more than writing one character after another."""
SAMPLE = 200
"""So many words of a page tell whether its text runs from left to right."""
_BULLETS = str.maketrans(dict.fromkeys(pdf_glyphs.BULLETS, "•"))


def read(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, into: TableText) -> bool:
    """Put the runs of a page where they stand, in the order of its content.

    False, and nothing is put, where the whole page needs a closer look.
    """
    count = text_page.count_chars()
    text = _text(text_page, count)
    if page.get_rotation() or len(text) != count or not count or pdf_glyphs.seems_legacy(text):
        return False
    source = _Source(page, text_page, text)
    words = source.words
    if words.run_elsewhere():
        return False
    at = 0
    for found in _LINE.finditer(text):
        start, end = found.span()
        first = at
        while at < len(words.starts) and words.starts[at] < end:
            at += 1
        if first == at:
            continue
        cells = source.cells_of(first, at, into) if into.boxes else None
        if cells is None:
            into.outside += source.runs(first, at, start, end)
        elif _ACROSS in cells:
            part = TableText(into.outlines)
            part.add_glyphs(pdf_glyphs.of(page, text_page, start=start, count=end - start))
            into.outside += source.sized(part.outside)
            for there, more in zip(into.inside, part.inside, strict=True):
                there += more
        else:
            for cell, group in groupby(range(first, at), key=lambda k: cells[k - first]):
                numbers = list(group)
                a, b = words.starts[numbers[0]], words.ends[numbers[-1]]
                made = source.runs(numbers[0], numbers[-1] + 1, a, b)
                if cell is None:
                    into.outside += made
                else:
                    into.inside[cell] += made
    return True


_ACROSS = -1
"""Stands for the cell of a word that reaches over the side of one."""


class _Source:
    """A page with its text and the places of its words."""

    def __init__(self, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, text: str) -> None:
        self.page, self.text_page, self.text = page, text_page, text
        self.left, _, _, self.head = page.get_bbox()
        handle: Any = text_page.raw
        self.address = ctypes.cast(handle, POINTER).value
        self.words = _words(text, self.address)

    def runs(self, first: int, end: int, start: int, stop: int) -> list[Run]:
        """The runs that the words from `first` up to `end` make: the characters from `start` up to `stop`."""
        run = self._plain(first, end, self.text[start:stop])
        return [run] if run else self.sized(runs_of(self._glyphs(start, stop)))

    def _glyphs(self, start: int, stop: int) -> list[Glyph]:
        return pdf_glyphs.of(self.page, self.text_page, start=start, count=stop - start)

    def sized(self, runs: Sequence[Run]) -> list[Run]:
        return sized(self.text_page, runs)

    def _plain(self, first: int, end: int, written: str) -> Run | None:
        """The words as one run if they are plain; `written` is their text with what stands around it."""
        words = self.words
        if _ODD.search(written.strip(" ")) or not is_normalized("NFC", written) or not words.are_plain(first, end):
            return None
        start, stop = words.starts[first], words.ends[end - 1]
        x0, bottom, x1, top = ink_of(self.address, start, stop - start)
        if top <= bottom:
            return None
        left, head = self.left, self.head
        run = Run(
            self.text[start:stop].translate(_BULLETS),
            words.lefts[first] - left,
            words.rights[end - 1] - left,
            head - max(top, *words.tops[first:end], *words.last.tops[first:end]),
            head - min(bottom, *words.bottoms[first:end], *words.last.bottoms[first:end]),
            x0 - left,
            head - top,
            x1 - left,
            head - bottom,
            start,
        )
        return self.sized([run])[0]

    def cells_of(self, first: int, end: int, tables: TableText) -> list[int | None] | None:
        """The cell of each of these words, None outside of all; None for all if no cell is near."""
        words, left, head = self.words, self.left, self.head
        tops, bottoms = words.tops[first:end], words.bottoms[first:end]
        near = tables.beside(head - max(tops), head - min(bottoms))
        if not near:
            return None
        found: list[int | None] = []
        for x0, x1, top, bottom in zip(words.lefts[first:end], words.rights[first:end], tops, bottoms, strict=True):
            middle = head - (top + bottom) / 2
            cell = tables.cell_at((x0 + x1) / 2 - left, middle, near)
            # A word of several cells is one to pdfium where nothing but their border stands between them.
            if tables.cell_at(x0 - left + _SLACK, middle, near) == tables.cell_at(x1 - left - _SLACK, middle, near):
                found.append(cell)
            else:
                found.append(_ACROSS)
        return found


_SLACK = 1.0
"""Points by which a letter may reach over the border of its cell."""


def _text(text_page: pdfium.PdfTextPage, count: int) -> str:
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    return bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")


def sized(text_page: pdfium.PdfTextPage, runs: Sequence[Run]) -> list[Run]:
    """Runs with the size that their first character's font has on the page."""
    handle: Any = text_page.raw
    matrix = raw.FS_MATRIX()
    out: list[Run] = []
    for run in runs:
        size = raw.FPDFText_GetFontSize(handle, run.first)
        if size > 0 and raw.FPDFText_GetMatrix(handle, run.first, matrix):
            run = run._replace(size=size * hypot(matrix.c, matrix.d))
        out.append(run)
    return out


class _Words(NamedTuple):
    """The words of a page: where each stands in its text, and the places of its ends in points from the foot."""

    starts: list[int]
    ends: list[int]
    lefts: Sequence[float]
    rights: Sequence[float]
    tops: Sequence[float]
    bottoms: Sequence[float]
    last: _Sides
    """Of the last characters; the other sides are those of the first ones."""

    def are_plain(self, first: int, end: int) -> bool:
        """Whether words stand on one line as words do: side by side, no wide gap between them."""
        tops = _in_turn(self.tops[first:end], self.last.tops[first:end])
        bottoms = _in_turn(self.bottoms[first:end], self.last.bottoms[first:end])
        heights = list(map(sub, tops, bottoms))
        lowest, tallest = min(heights), max(tops) - min(bottoms)
        if lowest <= 0:
            return False
        if min(tops) - max(bottoms) <= 0.4 * tallest and not _overlap(tops, bottoms, heights):
            return False
        gaps = list(map(sub, self.lefts[first + 1 : end], self.rights[first : end - 1]))
        # Where the boxes are those of the ink, a dash or a full stop is much lower than its font.
        widest = max(SEGMENT_GAP * lowest, 0.5 * tallest)
        return not gaps or (max(gaps) < widest and min(gaps) > -0.6 * widest)

    def run_elsewhere(self) -> bool:
        """Whether more than a few of the longer words run down, up or back."""
        longer = [k for k, (a, b) in enumerate(zip(self.starts, self.ends, strict=True)) if b - a > 1][:SAMPLE]
        odd = sum(
            self.last.lefts[k] <= self.lefts[k]
            or min(self.tops[k], self.last.tops[k]) < max(self.bottoms[k], self.last.bottoms[k])
            for k in longer
        )
        return odd * 10 > len(longer)


class _Sides(NamedTuple):
    lefts: Sequence[float]
    tops: Sequence[float]
    bottoms: Sequence[float]


def _in_turn(firsts: Sequence[float], lasts: Sequence[float]) -> list[float]:
    """What is known of the first and the last characters of words, in the order of the line."""
    return [side for pair in zip(firsts, lasts, strict=True) for side in pair]


def _overlap(tops: Sequence[float], bottoms: Sequence[float], heights: Sequence[float]) -> bool:
    """Whether each box stands beside the one before it, by 0.4 of the lower of the two."""
    return all(
        min(tops[i], tops[i + 1]) - max(bottoms[i], bottoms[i + 1]) > 0.4 * min(heights[i], heights[i + 1])
        for i in range(len(tops) - 1)
    )


def _words(text: str, address: int | None) -> _Words:
    spans = [found.span() for found in _WORD.finditer(text)]
    starts, ends = [a for a, _ in spans], [b for _, b in spans]
    first, last = _boxes(address, starts), _boxes(address, [b - 1 for b in ends])
    # FS_RECTF holds left, top, right, bottom.
    return _Words(
        starts, ends, first[0::4], last[2::4], first[1::4], first[3::4], _Sides(last[0::4], last[1::4], last[3::4])
    )


def _boxes(address: int | None, numbers: Sequence[int]) -> array[float]:
    """The advances of characters, as pdfium writes them."""
    boxes = array("f", bytes(16 * len(numbers)))
    at = boxes.buffer_info()[0]
    for _ in map(_loose_box, repeat(address), numbers, range(at, at + 16 * len(numbers), 16)):
        pass
    return boxes


def ink_of(address: int | None, first: int, count: int) -> tuple[float, float, float, float]:
    """The ink of some characters: left, bottom, right, top in points from the page's foot."""
    number = _count_rects(address, first, count)
    sides = array("d", bytes(32 * number))
    at = sides.buffer_info()[0]
    corners = [range(at + 8 * side, at + 8 * side + 32 * number, 32) for side in range(4)]
    for _ in map(_rect, repeat(address), range(number), *corners):
        pass
    # Each is left, top, right, bottom.
    return min(sides[0::4]), min(sides[3::4]), max(sides[2::4]), max(sides[1::4])


def extent_of(address: int | None, first: int, count: int) -> tuple[float, float, float, float]:
    """The same, with the advance of a first or last character that leaves no ink (as one that its font lacks)."""
    left, bottom, right, top = ink_of(address, first, count)
    for number in {first, first + count - 1}:
        x0, y0, x1, y1 = ink_of(address, number, 1)
        if x1 <= x0 or y1 <= y0:
            x0, y1, x1, y0 = _boxes(address, [number])
            if x1 > x0 and right > left:
                left, bottom, right, top = min(left, x0), min(bottom, y0), max(right, x1), max(top, y1)
            elif x1 > x0:
                left, bottom, right, top = x0, y0, x1, y1
    return left, bottom, right, top
