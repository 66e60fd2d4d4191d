"""The text of a PDF page in bulk: whole lines as pdfium has them, measured at the ends of their words.

Asking pdfium for each character costs many times what it takes to extract the text. Where a line is plain (single
blanks between words that stand as close as words do), the ends of its words say all that the layout wants to
know. Any other line is looked at character by character, and so is a page of which this cannot be told.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.read import pdf_glyphs
from pipeline.read.glyphs import Glyph, Run
from pipeline.read.layout import runs_of
from pipeline.read.pdf_words import PageWords, address_of, ink_of, size_of
from pipeline.read.table_text import TableText

_LINE = re.compile(r"[^\r\n]+")
_BULLET = re.compile(f"[{''.join(sorted(pdf_glyphs.BULLETS))}]")
SLACK = 1.0
"""Points by which a letter may reach over the border of its cell."""
_ACROSS = -1
"""Stands for the cell of a word that reaches over the side of one."""


def read(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, into: TableText) -> bool:
    """Put the runs of a page where they stand, in the order of its content.

    False, and nothing is put, where the whole page needs a closer look.
    """
    count = text_page.count_chars()
    text = _text(text_page, count)
    if page.get_rotation() or len(text) != count or not count or pdf_glyphs.seems_legacy(text):
        return False
    words = PageWords(text_page, text)
    if words.run_elsewhere():
        return False
    source = _Source(page, text_page, _BULLET.sub("•", text), words)
    end = 0
    for found in _LINE.finditer(text):
        first, end = end, bisect_left(words.starts, found.end())
        if first < end:
            source.put(first, end, found.span(), into)
    into.sized(partial(size_of, words.address))
    return True


def read_closely(text_page: pdfium.PdfTextPage, glyphs: Sequence[Glyph], into: TableText) -> None:
    """Put the characters of a page where they stand."""
    into.add_glyphs(glyphs)
    into.sized(partial(size_of, address_of(text_page)))


def _text(text_page: pdfium.PdfTextPage, count: int) -> str:
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    return bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")


class _Source:
    """A page with its text and the places of its words."""

    def __init__(self, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, text: str, words: PageWords) -> None:
        self.page, self.text_page, self.text, self.words = page, text_page, text, words
        self.left, _, _, self.head = page.get_bbox()

    def put(self, first: int, end: int, span: tuple[int, int], into: TableText) -> None:
        """Put a line where it stands: the words from `first` up to `end`, the characters of `span`."""
        cells = self._cells_of(first, end, into) if into.boxes else None
        if cells is None:
            into.outside += self._runs(first, end, *span)
        elif _ACROSS in cells:
            into.add_glyphs(self._glyphs(*span))
        else:
            for cell, group in groupby(range(first, end), key=lambda k: cells[k - first]):
                numbers = list(group)
                a, b = numbers[0], numbers[-1]
                runs = self._runs(a, b + 1, self.words.starts[a], self.words.ends[b])
                if cell is None:
                    into.outside += runs
                else:
                    into.inside[cell] += runs

    def _runs(self, first: int, end: int, start: int, stop: int) -> list[Run]:
        extent = self.words.extent(first, end)
        run = self._plain(first, end, *extent) if extent else None
        return [run] if run else runs_of(self._glyphs(start, stop))

    def _glyphs(self, start: int, stop: int) -> list[Glyph]:
        return pdf_glyphs.of(self.page, self.text_page, start=start, count=stop - start)

    def _plain(self, first: int, end: int, high: float, low: float) -> Run | None:
        """Plain words that reach so high and low as one run; None if they leave no ink."""
        words, left, head = self.words, self.left, self.head
        start, stop = words.starts[first], words.ends[end - 1]
        x0, bottom, x1, top = ink_of(words.address, start, stop - start)
        if top <= bottom:
            return None
        return Run(
            self.text[start:stop],
            words.lefts[first] - left,
            words.rights[end - 1] - left,
            head - max(top, high),
            head - min(bottom, low),
            x0 - left,
            head - top,
            x1 - left,
            head - bottom,
            start,
            (),
            size_of(words.address, start),
        )

    def _cells_of(self, first: int, end: int, tables: TableText) -> list[int | None] | None:
        """The cell of each of these words, None outside of all; None for all if no cell is near."""
        words, left, head = self.words, self.left, self.head
        tops, bottoms = words.tops[2 * first : 2 * end : 2], words.bottoms[2 * first : 2 * end : 2]
        near = tables.beside(head - max(tops), head - min(bottoms))
        if not near:
            return None
        found: list[int | None] = []
        for x0, x1, top, bottom in zip(words.lefts[first:end], words.rights[first:end], tops, bottoms, strict=True):
            middle = head - (top + bottom) / 2
            cell = tables.cell_at(x0 - left + SLACK, middle, near)
            # A word of several cells is one to pdfium where nothing but their border stands between them.
            found.append(cell if tables.holds(cell, x1 - left - SLACK, middle, near) else _ACROSS)
        return found
