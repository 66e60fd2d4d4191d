"""Places: half-open offsets into the canonical text, and boxes on a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets into a document's canonical text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

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
