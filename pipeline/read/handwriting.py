"""Numbers written by hand on dotted lines, in the head of a recognised page: left blank rather than guessed.

"Số: 1983 /BC-SYT" and "ngày 12 tháng 10 năm 2017" are printed forms in which a clerk fills in figures. Recognition
makes something of them, but it is not sure of it (36 to 78 of 100 on real scans, where print has 90 and more).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex as re

from pipeline.read.glyphs import Glyph

BLANK = "…"
"""What stands where a figure was written: the dots that it was written on."""
SURE = 85.0
"""Print is recognised with this confidence at least."""
_NUMBER = re.compile(r"(?:^|[\s|_])S[ốóôổỗ6]\s*[:;]\s*(?P<number>.{1,20}?)\s*(?=/\s?\p{Lu}{2})")
_DAY = re.compile(r",\s*ngày(?P<day>.{1,9}?)\s*tháng(?P<month>.{0,6}?)\s*năm")


class Sign(NamedTuple):
    """A recognised character and how sure that is, 0 to 100."""

    glyph: Glyph
    confidence: float


def left_blank(line: Sequence[Sign]) -> list[Glyph]:
    """The characters of a line, each doubtful figure in the fields of its form as one blank that is marked doubtful."""
    text = "".join(sign.glyph.text for sign in line)
    out = [sign.glyph for sign in line]
    if len(text) != len(line):
        return out
    fields = [span for pattern in (_NUMBER, _DAY) for found in pattern.finditer(text) for span in found.regs[1:]]
    for start, end in sorted(fields, reverse=True):
        inside = [i for i in range(start, end) if not text[i].isspace()]
        if inside and min(line[i].confidence for i in inside) < SURE:
            first, last = inside[0], inside[-1] + 1
            out[first:last] = [_around(out[first:last])]
    return out


def _around(glyphs: Sequence[Glyph]) -> Glyph:
    """One blank in the place of `glyphs`."""
    left, right = min(g.x0 for g in glyphs), max(g.x1 for g in glyphs)
    return glyphs[0]._replace(text=BLANK, x0=left, x1=right, left=left, right=right, doubtful=True)
