"""The characters of a PDF page one by one, each with its place: for lines that need a closer look, and for tables."""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice, pairwise, repeat
from operator import sub
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.read.glyphs import HYPHEN_AT_LINE_END, Glyph
from pipeline.read.pdf_page import turner
from pipeline.read.pdf_words import address_of, advances, ink_of_each
from pipeline.read.pdfium_calls import bare
from pipeline.text.legacy import font_encoding

BULLETS = frozenset("\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d\uf0a8\uf06e\uf071")
SAMPLE = 400
"""So many characters of a page tell which way its text runs."""

_unicode_of = bare("FPDFText_GetUnicode", ctypes.c_uint)


def of(
    page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, turn: int = 0, start: int = 0, count: int | None = None
) -> list[Glyph]:
    """`count` characters of a page (all by default) from number `start` on, in the order of its content.

    Blanks that pdfium makes up have no width.
    """
    handle: Any = text_page.raw
    if count is None:
        count = text_page.count_chars() - start
    made = _all(address_of(text_page), range(start, start + count), turner(page, turn), turned=bool(turn))
    out: list[Glyph] = []
    places: list[int] = []
    done = 0
    codes, tall, wide = made.codes, made.tall, made.wide
    for k in made.odd:
        out += made.glyphs[done:k]
        places += range(done, k)
        done = k + 1
        if codes[k] in _SKIPPED:
            continue
        glyph = made.glyphs[k]
        if tall[k] <= 0 or wide[k] < 0:
            # A blank that pdfium makes up stands nowhere; what it says is that a word ended.
            if not glyph.text.isspace() or not out or out[-1].text.isspace():
                continue
            before = out[-1]
            glyph = before._replace(text=" ", x0=before.right, x1=before.right, left=before.right, number=glyph.number)
        out.append(glyph)
        places.append(k)
    out += made.glyphs[done:]
    places += range(done, count)
    if seems_legacy("".join([glyph.text for glyph in out])):
        out = [_as_set(glyph, _font(handle, start + k)) for glyph, k in zip(out, places, strict=True)]
    return out


class _Characters(NamedTuple):
    """All characters of a page as pdfium has them; `odd` are the numbers of those that need a closer look."""

    codes: list[int]
    glyphs: list[Glyph]
    tall: list[float]
    wide: list[float]
    odd: list[int]


def _all(
    address: ctypes.c_void_p, numbers: range, to_page: Callable[..., list[list[float]]], *, turned: bool
) -> _Characters:
    """The characters of a text page. pdfium fills whole tables, and these are turned column by column."""
    count = len(numbers)
    codes = list(map(_unicode_of, repeat(address), numbers))
    loose, ink = advances(address, numbers), ink_of_each(address, numbers)
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
    columns = (texts, x0s, tops, x1s, bottoms, lefts, rights, highs, lows, never, never, _named(numbers, turned=turned))
    glyphs = list(map(Glyph._make, zip(*columns, strict=True)))
    odd = [
        k
        for k, (code, high, broad) in enumerate(zip(codes, tall, wide, strict=True))
        if high <= 0 or broad < 0 or code in _SKIPPED
    ]
    return _Characters(codes, glyphs, tall, wide, odd)


def _named(numbers: range, *, turned: bool) -> Sequence[int]:
    """The numbers by which characters can be found again; none on a page that was turned for reading."""
    return [-1] * len(numbers) if turned else numbers


def seems_legacy(text: str) -> bool:
    """Whether a page may hold text in a legacy encoding, so that the names of its fonts are worth asking for."""
    signs = len(_LEGACY_SIGNS.findall(text))
    return signs >= 5 and signs > len(_TONED.findall(text))


_LEGACY_SIGNS = re.compile("[®©µ¸§·¶¹¬−×ÖÞøùûïåäÕ]")
_TONED = re.compile("[\u1ea0-\u1ef9]")


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
    return "•" if char in BULLETS else char


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
