"""Where the characters of a text stand on their pages."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, Protocol

NOWHERE = -1
"""Stands for the number of a character that is not on the page (a line feed put in by the reader)."""


class Stretch(NamedTuple):
    """Characters that follow each other on one line: how many, what is known of them, the extent of their line.

    `first` is the number that the first of them has in its page of the file, where their places are still to be
    measured; NOWHERE; or, below that, says which of the known boxes is the first one's. The extent is empty where
    each of the known boxes has its own.
    """

    length: int
    first: int
    top: float
    bottom: float

    @staticmethod
    def measured(index: int) -> int:
        """`first` for characters whose boxes are known, from box `index` on."""
        return NOWHERE - 1 - index

    @property
    def is_measured(self) -> bool:
        return self.first < NOWHERE

    @property
    def box(self) -> int:
        """Which of the known boxes is the first one's."""
        return NOWHERE - 1 - self.first

    def part(self, start: int, end: int) -> Stretch:
        """The characters from `start` up to `end` of it."""
        first = self.first
        if first > NOWHERE:
            first += start
        elif first < NOWHERE:
            first -= start
        return Stretch(end - start, first, self.top, self.bottom)

    def moved(self, known: int) -> Stretch:
        """The same, where `known` boxes were put before its own."""
        return self._replace(first=self.first - known)


class Ruler(Protocol):
    """Measures characters in the file that a document was read from."""

    def __call__(self, page: int, first: int, count: int) -> tuple[float, float] | None:
        """From where to where the ink of `count` characters of page `page` (from 1) reaches, in points from the
        left; None where there is none. `first` is the number of the first in that page's text."""

    def each(self, page: int, first: int, count: int) -> tuple[array[float], array[float]]:
        """The same for each of the characters, as all left sides and all right sides; that of a blank is its
        advance."""


Extent = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class CharBoxes:
    """The places of all characters of a text, stretch by stretch; those in a PDF are measured when asked for.

    `stretches` holds four 32-bit floats for each `Stretch`, `data` four for each known box: x0, top, x1, bottom
    in points from the page's top left (`array('f')` bytes). Whole numbers up to ten million are exact in both.
    `lefts` and `rights` hold from where to where each character of the text reaches, if they were measured.
    """

    stretches: bytes
    data: bytes = b""
    lefts: bytes = b""
    rights: bytes = b""
    ruler: Ruler | None = field(default=None, compare=False, repr=False, metadata={"kept": False})
    """Measures what is not known."""

    @classmethod
    def of_each(cls, boxes: array[float]) -> CharBoxes:
        """Boxes that are all known, four numbers for each character; one without a place has x0 > x1."""
        count = len(boxes) // 4
        return cls(array("f", (count, Stretch.measured(0), 0.0, 0.0)).tobytes(), boxes.tobytes())

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to be measured."""
        return bool(self.lefts) or not any(first > NOWHERE for first in memoryview(self.stretches).cast("f")[1::4])

    def complete(self, pages: Sequence[tuple[int, int]]) -> CharBoxes:
        """The same with all characters measured; `pages` are the numbers of pages with the offsets at which they end.

        Raises RuntimeError where something must be measured and nothing is there to do it with.
        """
        if self.is_complete:
            return self
        lefts, rights = array("f"), array("f")
        numbers = iter(memoryview(self.stretches).cast("f"))
        here = 0
        for count, first, _, _ in zip(numbers, numbers, numbers, numbers, strict=True):
            while here < len(pages) - 1 and len(lefts) >= pages[here][1]:
                here += 1
            if first > NOWHERE:
                x0s, x1s = self._measure().each(pages[here][0], int(first), int(count))
            else:
                x0s = x1s = array("f", bytes(4 * int(count)))
            lefts.extend(x0s)
            rights.extend(x1s)
        return CharBoxes(self.stretches, self.data, lefts.tobytes(), rights.tobytes())

    def _measure(self) -> Ruler:
        if self.ruler is None:
            raise RuntimeError("the file is needed to tell where its characters stand")
        return self.ruler

    def between(self, start: int, end: int, page: int) -> Iterator[Extent]:
        """Boxes around the characters from `start` up to `end`, which stand on `page`: one or more for each line.

        Raises RuntimeError where something must be measured and nothing is there to do it with.
        """
        starts = _starts(self.stretches)
        numbers = memoryview(self.stretches).cast("f")
        for at in range(max(0, bisect_right(starts, start) - 1), len(starts)):
            if starts[at] >= end:
                return
            count, first, top, bottom = numbers[4 * at : 4 * at + 4]
            a, b = max(0, start - starts[at]), min(int(count), end - starts[at])
            if a >= b or first == NOWHERE:
                continue
            if first < NOWHERE:
                yield from self._known(Stretch(int(count), int(first), top, bottom).part(a, b))
            elif reach := self._reach(starts[at] + a, page, int(first) + a, b - a):
                yield reach[0], top, reach[1], bottom

    def _known(self, stretch: Stretch) -> Iterator[Extent]:
        values = memoryview(self.data)[16 * stretch.box : 16 * (stretch.box + stretch.length)].cast("f")
        sides = values[0::4], values[1::4], values[2::4], values[3::4]
        yield from (box for box in zip(*sides, strict=True) if box[0] <= box[2])

    def _reach(self, at: int, page: int, first: int, count: int) -> tuple[float, float] | None:
        """From where to where `count` characters of the text reach, of which the first stands at offset `at`, and
        has the number `first` in its page of the file; None where they leave no ink."""
        if not self.lefts:
            return self._measure()(page, first, count)
        x0 = min(memoryview(self.lefts)[4 * at : 4 * (at + count)].cast("f"))
        x1 = max(memoryview(self.rights)[4 * at : 4 * (at + count)].cast("f"))
        return (x0, x1) if x0 <= x1 else None


@lru_cache(maxsize=4)
def _starts(stretches: bytes) -> tuple[int, ...]:
    """The offset at which each stretch begins."""
    counts = [int(count) for count in memoryview(stretches).cast("f")[::4]]
    return tuple(accumulate(counts[:-1], initial=0)) if counts else ()
