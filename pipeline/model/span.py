"""Places: half-open offsets into the canonical text, and boxes on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class _Offsets(NamedTuple):
    start: int
    end: int


class Span(_Offsets):
    """Half-open character offsets into a document's canonical text.

    A tuple, and no dataclass: a page makes some thousands, and they are sorted, hashed and searched for.
    """

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Span:
        if not 0 <= start <= end:
            raise ValueError(f"not a span: [{start}, {end})")
        return tuple.__new__(cls, (start, end))

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, offset: object) -> bool:
        return isinstance(offset, int) and self.start <= offset < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The words that stand at this place in `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the page's top left; `page` counts from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
