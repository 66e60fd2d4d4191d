"""Characters with their places on a page, and their composition into canonical text."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from operator import sub
from typing import NamedTuple

from pipeline.model import NOWHERE
from pipeline.read.boxes import Boxes, joined
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
    number: int = -1
    """Its number in the text of its page of the file, where it has one."""


HYPHEN_AT_LINE_END = "\ufffe"
"""What pdfium says for a hyphen at the end of a line."""

GAP = 0.17
"""A gap of more than this part of the font's height between two characters is a blank."""

RepairNote = tuple[int, int, str, str]


class Run(NamedTuple):
    """Characters that follow each other on one line without a wide gap, in points from the top left.

    `left`, `right` bound their advances, `high`, `low` the height of their fonts; `x0`, `top`, `x1`,
    `bottom` their ink. Those of a run that needs a closer look are in `glyphs`; one that does not is plain: `first`
    is the number that its first character has in the text of the page. `size` is the size of its font, where the
    file says so: the boxes of some fonts are those of their ink.
    """

    text: str
    left: float
    right: float
    high: float
    low: float
    x0: float
    top: float
    x1: float
    bottom: float
    first: int = -1
    glyphs: Sequence[Glyph] = ()
    size: float = 0.0

    @property
    def height(self) -> float:
        """The height of its font."""
        return self.size or self.low - self.high


def run_of(glyphs: Sequence[Glyph]) -> Run:
    """The run that `glyphs`, in reading order, make."""
    text = "".join([g.text for g in glyphs])
    inked = [g for g in glyphs if not g.text.isspace()] or glyphs
    # The tallest rules: marks set high or low must not stretch a line into its neighbours.
    high, low = max({(g.high, g.low) for g in glyphs}, key=lambda extent: extent[1] - extent[0])
    return Run(
        text,
        glyphs[0].left,
        glyphs[-1].right,
        high,
        low,
        glyphs[0].x0,
        min([g.top for g in inked]),
        glyphs[-1].x1,
        max([g.bottom for g in inked]),
        glyphs[0].number,
        glyphs,
    )


class Line(NamedTuple):
    """A line of text in NFC, its extent, and what tells where its characters stand.

    That is `first`, the number that the first has in the text of its page, where the others follow it there; else
    `placed`.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    height: float
    first: int = NOWHERE
    placed: Boxes | None = None
    repairs: tuple[RepairNote, ...] = ()
    capitals: bool = False
    """Its font shows small letters as capitals."""

    @property
    def boxes(self) -> Boxes:
        """Where its characters stand."""
        if self.placed is not None:
            return self.placed
        return Boxes.drawn(self.first, len(self.text), self.top, self.bottom)

    @property
    def shown(self) -> str:
        """The text as the page shows it."""
        return self.text.upper() if self.capitals else self.text


def line_of(runs: Sequence[Run]) -> Line:
    """The line that `runs`, from left to right, make. All its boxes have the line's own top and bottom.

    Blanks are put in where the gap says so. Combining marks are composed with their letters; the box of the letter
    then holds both.
    """
    if len(runs) == 1:
        [run] = runs
        return _part(run, run.height, run.top, run.bottom)
    height = max([run.height for run in runs])
    top, bottom = min([run.top for run in runs]), max([run.bottom for run in runs])
    line: Line | None = None
    right, ended = 0.0, ""
    for run in runs:
        part = _part(run, height, top, bottom)
        if not part.text:
            continue
        if line is None:
            line = part
        else:
            apart = run.left - right > GAP * height or run.text[0].isspace() or ended.isspace()
            line = _joined(line, part, apart=apart)
        right, ended = run.right, run.text[-1]
    return line or Line("", 0.0, top, 0.0, bottom, height)


def _part(run: Run, height: float, top: float, bottom: float) -> Line:
    """One run on a line of this extent."""
    if run.glyphs:
        return _of_glyphs(run.glyphs, height, top, bottom)
    return Line(run.text, run.x0, top, run.x1, bottom, height, run.first)


def _joined(line: Line, part: Line, *, apart: bool) -> Line:
    """Two parts of a line as one; a blank between them if they stand `apart`."""
    boxes = joined([line.boxes, Boxes.nowhere(1), part.boxes] if apart else [line.boxes, part.boxes])
    before = len(line.text) + apart
    repairs = line.repairs + tuple((before + a, before + b, kind, was) for a, b, kind, was in part.repairs)
    text = line.text + " " * apart + part.text
    return line._replace(text=text, placed=boxes, x1=part.x1, repairs=repairs, capitals=line.capitals and part.capitals)


def _of_glyphs(glyphs: Sequence[Glyph], height: float, top: float, bottom: float) -> Line:
    """The part of a line that `glyphs` make."""
    plain = _plain_line(glyphs, height, top, bottom)
    if plain is not None:
        return plain
    texts: list[str] = []
    places: list[tuple[float, float]] = []
    repairs: list[RepairNote] = []
    doubts: list[tuple[int, str]] = []
    last: Glyph | None = None
    wide = GAP * max([g.low - g.high for g in glyphs])
    for glyph in glyphs:
        text = glyph.text
        if texts and last and glyph.left - last.right > wide and not (text.isspace() or texts[-1].isspace()):
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
    if not texts:
        return Line("", 0.0, top, 0.0, bottom, height)
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
    letters = [g for g in glyphs if g.text.isalpha()]
    capitals = bool(letters) and all(g.capital for g in letters)
    whole = "".join(texts)
    placed = Boxes.measured(boxes)
    return Line(whole, places[0][0], top, places[-1][1], bottom, height, NOWHERE, placed, moved, capitals)


_ODD = re.compile(r"^\s|\s$|\s\s|[^\S \u00a0]|[\ufffe\u0300-\u036f]")
"""What needs more than writing one character after another."""


def _plain_line(glyphs: Sequence[Glyph], height: float, top: float, bottom: float) -> Line | None:
    """The line of glyphs that need nothing but to stand in a row, as almost all do; None for others."""
    texts, x0s, _, x1s, _, lefts, rights, highs, lows, doubtful, capital, numbers = zip(*glyphs, strict=True)
    text = "".join(texts)
    if (
        len(text) != len(texts)
        or _ODD.search(text)
        or any(doubtful)
        or any(capital)
        or not unicodedata.is_normalized("NFC", text)
        or max(map(sub, lefts[1:], rights), default=0.0) > GAP * max(map(sub, lows, highs))
    ):
        return None
    if numbers[0] >= 0 and numbers == tuple(range(numbers[0], numbers[0] + len(numbers))):
        return Line(text, x0s[0], top, x1s[-1], bottom, height, numbers[0])
    boxes = array("f", bytes(16 * len(text)))
    boxes[0::4], boxes[2::4] = array("f", x0s), array("f", x1s)
    boxes[1::4], boxes[3::4] = array("f", (top,)) * len(text), array("f", (bottom,)) * len(text)
    return Line(text, x0s[0], top, x1s[-1], bottom, height, placed=Boxes.measured(boxes))


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


def passage_of(lines: Sequence[Line], separator: str = "\n", **said: object) -> Passage:
    """One passage of several lines, parted by `separator`, which stands nowhere on the page.

    With a blank as separator (in table cells) a number broken behind its hyphen or slash is closed up.
    """
    if len(lines) == 1:
        [line] = lines
        return Passage(line.text, boxes=line.boxes, repairs=line.repairs, capitals=line.capitals, **said)  # type: ignore[arg-type]
    texts: list[str] = []
    boxes = Boxes()
    repairs: list[RepairNote] = []
    length = 0
    for line in lines:
        if not line.text:
            continue
        if texts and not (separator == " " and _is_cut(texts[-1])):
            texts.append(separator)
            boxes.skip(1)
            length += 1
        repairs += [(length + a, length + b, kind, was) for a, b, kind, was in line.repairs]
        texts.append(line.text)
        if line.placed is None:
            boxes.draw(line.first, len(line.text), line.top, line.bottom)
        else:
            boxes.extend(line.placed)
        length += len(line.text)
    text = "".join(texts)
    capitals = bool(lines) and all(line.capitals for line in lines)
    return Passage(text, boxes=boxes, repairs=tuple(repairs), capitals=capitals, **said)  # type: ignore[arg-type]


def _is_cut(text: str) -> bool:
    return len(text) > 1 and text[-1] in "-/" and text[-2].isalnum()
