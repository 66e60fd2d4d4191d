"""The layers over one document's text: each made once, each in the order of its offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

from pipeline.model import Document, Span

if TYPE_CHECKING:
    from pipeline.match.names import IndexMention
    from pipeline.match.numbers import NumberAtom
    from pipeline.text.phrase_places import PhraseText
    from pipeline.text.sentences import Sentence


class Placed(Protocol):
    """Anything with a place in the text."""

    @property
    def span(self) -> Span: ...


P = TypeVar("P", bound=Placed)
_START = attrgetter("span.start")


@dataclass(frozen=True, slots=True)
class Layers:
    """What is written where. `view` is the folded lower-case text, `normal` keeps the case; both
    have the length of the text, so that all offsets are offsets of the document. `phrases` is the
    view cut into words, for looking up phrases.

    `numbers` leaves out the digits of dates and identifiers; `entities` are the agencies and places,
    whose names may hold words that mean something elsewhere ("Sở Giao thông").
    """

    document: Document
    normal: str
    view: str
    phrases: PhraseText
    sentences: tuple[Sentence, ...]
    numbers: tuple[NumberAtom, ...]
    indices: tuple[IndexMention, ...]
    entities: tuple[Span, ...] = ()

    def names_in(self, stretch: Span) -> list[Span]:
        """The agencies and places whose names stand whole within a stretch."""
        low = bisect_left(self.entities, (stretch.start, 0))
        high = bisect_left(self.entities, (stretch.end, 0), lo=low)
        return [name for name in self.entities[low:high] if name.end <= stretch.end]


class Stretches:
    """Spans of one kind, which may lie inside each other, to be asked whether they touch another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = list(accumulate((span.end for span in ordered), max))
        """The furthest end of all spans up to each one."""

    def touches(self, span: Span) -> bool:
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._ends[before - 1] > span.start


def within(items: Sequence[P], span: Span) -> Sequence[P]:
    """The items, sorted by start, that begin inside `span`."""
    low = bisect_left(items, span.start, key=_START)
    high = bisect_left(items, span.end, lo=low, key=_START)
    return items[low:high]
