"""Characters with their places on a page, and their composition into canonical text."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from itertools import compress
from operator import sub
from typing import NamedTuple

from pipeline.read.flow import Passage


class Glyph(NamedTuple):
    """A character as it stands on the page, in points from the top left.

    `x0`, `top`, `x1`, `bottom` bound its ink (of a blank: its advance); `left`, `right` its advance and
    `high`, `low` the height of its font, for telling lines and gaps.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    left: float
    right: float
    high: float
    low: float
    doubtful: bool = False
    """Recognised, and not surely."""
    capital: bool = False
    """Set in a font that shows small letters as capitals."""


HYPHEN_AT_LINE_END = "\ufffe"
"""What pdfium says for a hyphen at the end of a line."""

GAP = 0.17
"""A gap of more than this part of the font's height between two characters is a blank."""

RepairNote = tuple[int, int, str, str]


class Line(NamedTuple):
    """A line of text: its characters in NFC with a box for each, and its extent."""

    text: str
    boxes: array[float]
    x0: float
    top: float
    x1: float
    bottom: float
    height: float
    repairs: tuple[RepairNote, ...] = ()
    capitals: bool = False
    """Its font shows small letters as capitals."""

    @property
    def shown(self) -> str:
        """The text as the page shows it."""
        return self.text.upper() if self.capitals else self.text


def line_of(glyphs: Sequence[Glyph]) -> Line:
    """The line that `glyphs`, in reading order, make. All its boxes have the line's own top and bottom.

    Blanks are put in where the gap says so; they get the box of the gap. Combining marks are composed with
    their letters; the box of the letter then holds both.
    """
    height = max([g.low - g.high for g in glyphs])
    plain = _plain_line(glyphs, height)
    if plain is not None:
        return plain
    inked = [g for g in glyphs if not g.text.isspace()] or list(glyphs)
    top, bottom = min(g.top for g in inked), max(g.bottom for g in inked)
    texts: list[str] = []
    places: list[tuple[float, float]] = []
    repairs: list[RepairNote] = []
    doubts: list[tuple[int, str]] = []
    last: Glyph | None = None
    for glyph in glyphs:
        text = glyph.text
        if texts and last and glyph.left - last.right > GAP * height and not (text.isspace() or texts[-1].isspace()):
            texts.append(" ")
            places.append((last.right, glyph.left))
        if text == HYPHEN_AT_LINE_END:
            repairs.append((len(texts), len(texts) + 1, "hyphen", text))
            text = "-"
        if texts and unicodedata.combining(text[0]):
            texts[-1] = unicodedata.normalize("NFC", texts[-1] + text)
            places[-1] = (min(places[-1][0], glyph.x0), max(places[-1][1], glyph.x1))
        elif not (text.isspace() and (not texts or texts[-1].isspace())):
            texts.append(" " if text.isspace() and text != "\u00a0" else unicodedata.normalize("NFC", text))
            places.append((glyph.x0, glyph.x1))
            if glyph.doubtful:
                doubts.append((len(texts) - 1, glyph.text))
        last = glyph
    while texts and texts[-1].isspace():
        texts.pop()
        places.pop()
    boxes: array[float] = array("f")
    for text, (x0, x1) in zip(texts, places, strict=True):
        for part in range(len(text)):
            step = (x1 - x0) / len(text)
            boxes.extend((x0 + part * step, top, x0 + (part + 1) * step, bottom))
    repairs += _doubtful(doubts)
    at = [0]
    for text in texts:
        at.append(at[-1] + len(text))
    moved = tuple((at[a], at[b], kind, was) for a, b, kind, was in repairs if b < len(at))
    if not texts:
        return Line("", boxes, 0.0, top, 0.0, bottom, height)
    letters = [g for g in glyphs if g.text.isalpha()]
    capitals = bool(letters) and all(g.capital for g in letters)
    return Line("".join(texts), boxes, places[0][0], top, places[-1][1], bottom, height, moved, capitals)


_ODD = re.compile(r"^\s|\s$|\s\s|[^\S \u00a0]|[\ufffe\u0300-\u036f]")
"""What needs more than writing one character after another."""


def _plain_line(glyphs: Sequence[Glyph], height: float) -> Line | None:
    """The line of glyphs that need nothing but to stand in a row, as almost all do; None for others."""
    texts, x0s, tops, x1s, bottoms, lefts, rights, _, _, doubtful, capital = zip(*glyphs, strict=True)
    text = "".join(texts)
    if (
        len(text) != len(texts)
        or _ODD.search(text)
        or any(doubtful)
        or any(capital)
        or not unicodedata.is_normalized("NFC", text)
        or max(map(sub, lefts[1:], rights), default=0.0) > GAP * height
    ):
        return None
    if " " in text or "\u00a0" in text:
        inked = [not char.isspace() for char in texts]
        top, bottom = min(compress(tops, inked)), max(compress(bottoms, inked))
    else:
        top, bottom = min(tops), max(bottoms)
    boxes = array("f", bytes(16 * len(text)))
    boxes[0::4], boxes[2::4] = array("f", x0s), array("f", x1s)
    boxes[1::4], boxes[3::4] = array("f", (top,)) * len(text), array("f", (bottom,)) * len(text)
    return Line(text, boxes, x0s[0], top, x1s[-1], bottom, height)


def _doubtful(doubts: Sequence[tuple[int, str]]) -> list[RepairNote]:
    """One note for each stretch of characters that were recognised without certainty."""
    notes: list[RepairNote] = []
    for at, text in doubts:
        if notes and notes[-1][1] == at:
            start, _, kind, was = notes[-1]
            notes[-1] = (start, at + 1, kind, was + text)
        else:
            notes.append((at, at + 1, "ocr_doubtful", text))
    return notes


NOWHERE = (1.0, 0.0, 0.0, 0.0)


def passage_of(lines: Sequence[Line], separator: str = "\n", **said: object) -> Passage:
    """One passage of several lines, parted by `separator`, which stands nowhere on the page.

    With a blank as separator (in table cells) a number broken behind its hyphen or slash is closed up.
    """
    texts: list[str] = []
    boxes: array[float] = array("f")
    repairs: list[RepairNote] = []
    length = 0
    for line in lines:
        if not line.text:
            continue
        if texts and not (separator == " " and _is_cut(texts[-1])):
            texts.append(separator)
            boxes.extend(NOWHERE)
            length += 1
        repairs += [(length + a, length + b, kind, was) for a, b, kind, was in line.repairs]
        texts.append(line.text)
        boxes.extend(line.boxes)
        length += len(line.text)
    text = "".join(texts)
    capitals = bool(lines) and all(line.capitals for line in lines)
    return Passage(text, boxes=boxes, repairs=tuple(repairs), capitals=capitals, **said)  # type: ignore[arg-type]


def _is_cut(text: str) -> bool:
    return len(text) > 1 and text[-1] in "-/" and text[-2].isalnum()
