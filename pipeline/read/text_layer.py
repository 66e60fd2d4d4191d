"""Whether the text layer of a PDF page can be used, or the page has to be recognised."""

from __future__ import annotations

from enum import Enum, auto
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.read import pdf_page
from pipeline.read.flow import PageFlow, joined
from pipeline.text.legacy import Legacy, convert
from pipeline.text.plausible import syllable_plausibility

FEW = 60
"""A page with fewer characters than this, and a picture over it, is a scan with a stamp or a page number."""
PICTURE = 0.4
"""The share of the page that its pictures cover at least."""
PLAUSIBLE = 0.72
MIN_WORDS = 25
MOST = 20_000
"""So many pictures of a page are looked at."""
SHAPES = 400
"""A page of more shapes may have its letters drawn."""


class State(Enum):
    """What a text layer is worth."""

    USABLE = auto()
    MISSING = auto()
    GARBLED = auto()


def is_picture(page: pdfium.PdfPage, drawn: pdf_page.Elements) -> bool:
    """Whether pictures, or letters drawn as shapes, cover much of a page: only then may its text layer be none."""
    if drawn.kinds.count(raw.FPDF_PAGEOBJ_PATH) > SHAPES:
        return True
    width, height = page.get_size()
    pictures = drawn.of_kind(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)[:MOST]
    parts = (part for picture in pictures for part in pdf_page.parts_of_form(picture) or (picture,))
    return bool(sum(map(_area, parts)) >= PICTURE * width * height)


def judge(text: str) -> State:
    """The state of the text layer `text` of a page that is a picture. Legacy encodings are usable, they are
    converted later."""
    if len(list(islice(filter(str.isalnum, text), FEW))) < FEW:
        return State.MISSING
    if len(text.split()) < MIN_WORDS or syllable_plausibility(text) >= PLAUSIBLE:
        return State.USABLE
    if any(syllable_plausibility(convert(text, encoding).text) >= PLAUSIBLE for encoding in Legacy):
        return State.USABLE
    return State.GARBLED


def is_better(recognised: PageFlow, text: str) -> bool:
    """Whether what was recognised on a page is better spelled than its text layer."""
    return syllable_plausibility(joined(recognised.pieces)[0]) > syllable_plausibility(text)


def _area(element: int) -> float:
    left, bottom, right, top = pdf_page.bounds_of(element) or (0.0, 0.0, 0.0, 0.0)
    return max(0.0, right - left) * max(0.0, top - bottom)
