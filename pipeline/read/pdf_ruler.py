"""Measures characters of a PDF when somebody asks where they stand."""

from __future__ import annotations

import ctypes
from array import array
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

import pypdfium2 as pdfium

from pipeline.read.pdf_page import Turn, turner
from pipeline.read.pdf_stamps import opened
from pipeline.read.pdf_words import address_of, each_of, extent_of

_OPEN = 8
"""So many pages are kept open: quotes of one page are asked for one after another, table by table."""


class _Open(NamedTuple):
    page: pdfium.PdfPage
    text_page: pdfium.PdfTextPage
    address: ctypes.c_void_p
    turned: Turn

    def close(self) -> None:
        self.text_page.close()
        self.page.close()


class PdfRuler:
    """The `pipeline.model.Ruler` of one PDF; `load` gives its bytes, and is not called before they are needed."""

    def __init__(self, load: Callable[[], bytes]) -> None:
        self._load = load
        self._document: pdfium.PdfDocument | None = None
        self._pages: OrderedDict[int, _Open] = OrderedDict()
        self._measured: dict[int, tuple[array[float], array[float]]] = {}

    def __call__(self, page: int, first: int, count: int) -> tuple[float, float] | None:
        """From where to where the ink of some characters reaches; None where they leave none."""
        there = self._opened(page)
        left, bottom, right, top = extent_of(there.address, first, count)
        if right <= left:
            return None
        [x0], _, [x1], _ = there.turned([left], [bottom], [right], [top])
        return x0, x1

    def each(self, page: int, first: int, count: int) -> tuple[array[float], array[float]]:
        """The same for each of the characters; that of one without ink is its advance."""
        if page not in self._measured:
            there = self._opened(page)
            self.measure(page, there.page, there.text_page)
        lefts, rights = self._measured[page]
        return lefts[first : first + count], rights[first : first + count]

    def measure(self, number: int, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> None:
        """Measure all characters of page `number`, which is open, so that it need not be opened for them again."""
        x0s, _, x1s, _ = turner(page)(*each_of(address_of(text_page), text_page.count_chars()))
        self._measured[number] = array("f", x0s), array("f", x1s)

    def _opened(self, number: int) -> _Open:
        found = self._pages.get(number)
        if found is not None:
            self._pages.move_to_end(number)
            return found
        if self._document is None:
            self._document = pdfium.PdfDocument(self._load())
        page = opened(self._document, number)
        text_page = page.get_textpage()
        self._pages[number] = _Open(page, text_page, address_of(text_page), turner(page))
        if len(self._pages) > _OPEN:
            self._pages.popitem(last=False)[1].close()
        return self._pages[number]
