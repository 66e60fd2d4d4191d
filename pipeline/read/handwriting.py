"""Numbers written by hand on dotted lines, in the head of a recognised page: left blank rather than guessed.

"Số: 1983 /BC-SYT" and "ngày 12 tháng 10 năm 2017" are printed forms in which a clerk fills in figures. Recognition
makes something of them, but it is not sure of it (36 to 78 of 100 on real scans, where print has 90 and more).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex as re

from pipeline.read.glyphs import Glyph

BLANK = "…"
"""What stands where a figure was written: the dots that it was written on."""
SURE = 85.0
"""Print is recognised with this confidence at least."""
_NUMBER = re.compile(r"(?:^|[\s|_])S[ốóôổỗ6]\s*[:;]\s*(?P<number>.{1,20}?)\s*(?P<symbol>/\s?\p{Lu}{2}\S*)")
_DAY = re.compile(r",\s*ngày(?P<day>.{1,9}?)\s*tháng(?P<month>.{0,6}?)\s*năm")
# Anywhere on the page: "(Kèm theo Quyết định số 46 /QĐ-UBND)", its figures apart from its symbol.
_PARTED = re.compile(r"(?<!\p{L})[Ss][ốóôổỗ6]\s*[:;]?\s+(?P<number>[^\s/]{1,8})\s*(?P<symbol>/\s?\p{Lu}{2}\S*)")


class Sign(NamedTuple):
    """A recognised character and how sure that is, 0 to 100."""

    glyph: Glyph
    confidence: float


class Field(NamedTuple):
    """The number of an act that is filled into a form: where its figures stand on the line, where its symbol ends."""

    start: int
    end: int
    symbol_end: int


def number_fields(line: Sequence[Sign]) -> Iterator[Field]:
    """The forms for a number on a line, of the head of an act or of a letter that goes with it, in order."""
    text = _text(line)
    if len(text) != len(line):
        return
    found = list(_NUMBER.finditer(text))
    starts = {match.start("number") for match in found}
    found += [
        match for match in _PARTED.finditer(text) if match.start("number") not in starts and _is_parted(line, match)
    ]
    for match in sorted(found, key=lambda match: match.start()):
        # The other column of a head stands apart, without a blank.
        start, end = match.span("symbol")
        yield Field(*match.span("number"), next((at + 1 for at in range(start, end - 1) if is_gap(line, at)), end))


def left_blank(line: Sequence[Sign], *, head: bool = True) -> list[Glyph]:
    """The characters of a line, each doubtful figure in the fields of its form as one blank that is marked doubtful.

    `head`: whether the line stands in the head of a page, where a number need not be parted from its symbol and the
    day of an act may be filled in, too.
    """
    text = _text(line)
    out = [sign.glyph for sign in line]
    if len(text) != len(line):
        return out
    if head:
        filled = [(field.start, field.end) for field in number_fields(line)]
        filled += [span for match in _DAY.finditer(text) for span in match.regs[1:]]
    else:
        filled = [match.span("number") for match in _PARTED.finditer(text) if _is_parted(line, match)]
    for start, end in sorted(filled, reverse=True):
        inside = [i for i in range(start, end) if not text[i].isspace()]
        if inside and min(line[i].confidence for i in inside) < SURE:
            first, last = inside[0], inside[-1] + 1
            out[first:last] = [_around(out[first:last])]
    return out


def _is_parted(line: Sequence[Sign], match: re.Match[str]) -> bool:
    """Whether a blank or a gap stands between figures and symbol."""
    last = match.end("number") - 1
    return match.start("symbol") > last + 1 or is_gap(line, last)


def is_gap(line: Sequence[Sign], at: int) -> bool:
    """Whether a gap stands behind a sign, which no blank fills."""
    return line[at + 1].glyph.left > line[at].glyph.right + 0.1


def _text(line: Sequence[Sign]) -> str:
    return "".join(sign.glyph.text for sign in line)


def _around(glyphs: Sequence[Glyph]) -> Glyph:
    """One blank in the place of `glyphs`."""
    left, right = min(g.x0 for g in glyphs), max(g.x1 for g in glyphs)
    return glyphs[0]._replace(text=BLANK, x0=left, x1=right, left=left, right=right, doubtful=True)
