"""Places kept through changes of a text: edits applied, and offsets carried over in both directions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """`span` of the old text is replaced by `text`; an empty span is an insertion, an empty text a deletion."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where changed stretches stood in the old text and stand in the new: as many of each, in order and apart."""

    old: tuple[Span, ...] = ()
    new: tuple[Span, ...] = ()

    def original(self, span: Span) -> Span:
        """The place in the old text of a span of the new one; one that cuts a change covers all of it."""
        return _carried(span, self.new, self.old)

    def changed(self, span: Span) -> Span:
        """The place in the new text of a span of the old one; one that cuts a change covers all of it."""
        return _carried(span, self.old, self.new)


def _carried(span: Span, here: Sequence[Span], there: Sequence[Span]) -> Span:
    """A start moves past what vanished at its place, an end stops before it."""
    start, end = span.start, span.end
    last = bisect_right(here, start, key=lambda change: change.start) - 1
    if last >= 0:
        start = there[last].start if start in here[last] else there[last].end + start - here[last].end
    last = bisect_left(here, end, key=lambda change: change.start) - 1
    if last >= 0:
        end = there[last].end if end in here[last] else there[last].end + end - here[last].end
    return Span(min(start, end), end) if span else Span(start, max(start, end))


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """`text` with all edits made, and the map between the two. Edits that overlap raise ValueError."""
    parts: list[str] = []
    old: list[Span] = []
    new: list[Span] = []
    done = length = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < done:
            raise ValueError(f"edits overlap at {edit.span}")
        kept = text[done : edit.span.start]
        start = length + len(kept)
        length = start + len(edit.text)
        parts += (kept, edit.text)
        old.append(edit.span)
        new.append(Span(start, length))
        done = edit.span.end
    return "".join((*parts, text[done:])), OffsetMap(tuple(old), tuple(new))
