"""Where the characters of a passage stand: measured, or still to be measured in the file.

Reading a page needs to know where its words are; where each character is only matters for what is quoted. So a
stretch of text as pdfium has it is remembered by its numbers there, four numbers a stretch instead of four a
character, and is measured when somebody asks (`pipeline.read.pdf_ruler`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator

from pipeline.model import NOWHERE, CharBoxes, Ruler, Stretch

Measure = Callable[[int, int], tuple[float, float] | None]
"""From where to where so many characters reach, from one of this number on, on a page that is known."""


class Boxes:
    """The boxes of a text, one a character, in the form that `pipeline.model.CharBoxes` keeps."""

    __slots__ = ("data", "stretches")

    def __init__(self, stretches: array[float] | None = None, data: array[float] | None = None) -> None:
        self.stretches = array("f") if stretches is None else stretches
        """Four numbers for each stretch of the text, those of `Stretch`."""
        self.data = array("f") if data is None else data
        """The boxes that are known: x0, top, x1, bottom in points."""

    @classmethod
    def measured(cls, data: array[float]) -> Boxes:
        """Boxes that are known, four numbers each."""
        return cls(array("f", (len(data) // 4, Stretch.measured(0), 0.0, 0.0)), data) if data else cls()

    @classmethod
    def drawn(cls, first: int, count: int, top: float, bottom: float) -> Boxes:
        """Of `count` characters that pdfium has under the numbers from `first` on, on a line of this extent."""
        return cls(array("f", (count, first, top, bottom)))

    @classmethod
    def nowhere(cls, count: int) -> Boxes:
        """Of characters that stand nowhere on the page."""
        return cls(array("f", (count, NOWHERE, 0.0, 0.0)))

    @classmethod
    def of(cls, kept: CharBoxes) -> Boxes:
        """Those of a document."""
        return cls(array("f", kept.stretches), array("f", kept.data))

    def kept(self, ruler: Ruler | None = None) -> CharBoxes:
        """The same for a document."""
        return CharBoxes(self.stretches.tobytes(), self.data.tobytes(), ruler=ruler)

    def __len__(self) -> int:
        return int(sum(self.stretches[::4]))

    def __iter__(self) -> Iterator[Stretch]:
        numbers = iter(self.stretches)
        for count, first, top, bottom in zip(numbers, numbers, numbers, numbers, strict=True):
            yield Stretch(int(count), int(first), top, bottom)

    def draw(self, first: int, count: int, top: float, bottom: float) -> None:
        """Go on with those that `drawn` makes."""
        self.stretches.extend((count, first, top, bottom))

    def skip(self, count: int) -> None:
        """Go on with `count` characters that stand nowhere."""
        self.stretches.extend((count, NOWHERE, 0.0, 0.0))

    def extend(self, other: Boxes) -> None:
        """Go on with the boxes of another text."""
        if not other.data:
            self.stretches.extend(other.stretches)
            return
        known = len(self.data) // 4
        self.data.extend(other.data)
        for stretch in other:
            self.stretches.extend(stretch.moved(known) if stretch.is_measured else stretch)

    def between(self, start: int, end: int) -> Boxes:
        """Those of the characters from `start` up to `end`."""
        if start <= 0 and len(self) <= end:
            return self
        out = Boxes()
        at = 0
        for stretch in self:
            a, b = max(start - at, 0), min(end - at, stretch.length)
            if a < b:
                part = stretch.part(a, b)
                if part.is_measured:
                    known = part.box
                    part = part._replace(first=Stretch.measured(len(out.data) // 4))
                    out.data.extend(self.data[4 * known : 4 * (known + b - a)])
                out.stretches.extend(part)
            at += stretch.length
        return out

    def each(self, measure: Measure | None = None) -> array[float]:
        """Four numbers for each character, x0 > x1 for one without a place; `measure` is asked for what is unknown."""
        out: array[float] = array("f")
        for stretch in self:
            if stretch.is_measured:
                out.extend(self.data[4 * stretch.box : 4 * (stretch.box + stretch.length)])
                continue
            for number in range(stretch.first, stretch.first + stretch.length):
                reach = None if measure is None or stretch.first == NOWHERE else measure(number, 1)
                out.extend((reach[0], stretch.top, reach[1], stretch.bottom) if reach else (1.0, 0.0, 0.0, 0.0))
        return out

    def shown(self, place: Callable[[array[float]], array[float]]) -> Boxes:
        """The same with each known box put where `place` says."""
        return Boxes(self.stretches, place(self.data)) if self.data else self


def joined(parts: Iterable[Boxes]) -> Boxes:
    """The boxes of several texts written one after another."""
    out = Boxes()
    for part in parts:
        out.extend(part)
    return out
