"""What one family finds in a sentence: its nouns and cues, and its reading of each number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pipeline.match.numbers import NumberAtom
from pipeline.model import Span
from pipeline.rulebook.count_rules import Attribute, CountRules, Reading
from pipeline.text.phrase_places import PhraseText
from pipeline.text.spacing import spaced

_NUMBER = 24
_NUMBER_BEFORE = spaced(
    r"(?:\d|(?<!\w)(?:nghìn|ngàn|vạn|triệu|trăm|mươi|mười|chục|một|hai|ba|bốn|năm|sáu|bảy|tám|chín))\s*"
    r"(?:\([^()]*\))?\s*\Z"
)
"""What a noun that is one behind a number only has before it."""


_LEADS_ON = spaced(r"\s+(?:năm|quý|tháng|đối với|với|về|riêng|khối|cấp)(?!\w)")


class Cue(NamedTuple):
    """Words that give an attribute."""

    attribute: Attribute
    span: Span


Cues = tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """Heads and cues of one family in one sentence, in order."""

    heads: tuple[Span, ...]
    cues: Cues
    units: tuple[Span, ...]
    """The stretches that must not be parted."""

    def cues_in(self, span: Span) -> Cues:
        start, end = span
        return tuple(cue for cue in self.cues if start <= cue.span[0] and cue.span[1] <= end)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One family's reading of one number; of `cues` those in `own` are the number's own words."""

    rules: CountRules
    reading: Reading
    cues: Cues
    own: Cues
    head: Span | None
    score: tuple[int, bool, int, int]
    reasons: tuple[str, ...]
    place: int = 0
    """Where its number stands."""
    value: Decimal = Decimal(0)
    comparator: str | None = None
    """The comparator, where it is lent by the number before."""


def may_be_named(text: PhraseText, rules: CountRules) -> bool:
    """Whether a text may hold the family's noun or a cue for it; asked before look-alikes are blanked out."""
    return bool(text.starts(rules.heads)) or any(attribute.alone for attribute in rules.attributes.values())


def is_named(text: PhraseText, rules: CountRules) -> bool:
    """Whether a text holds anything that lets the family be read at all: its noun, or a cue that stands
    for it."""
    if text.search(rules.heads):
        return True
    alone = {name for name, attribute in rules.attributes.items() if attribute.alone}
    return bool(alone) and any(m.lastgroup in alone for m in text.finditer(rules.cues))


def scan_family(text: PhraseText, span: Span, rules: CountRules, entities: Sequence[Span]) -> Scan:
    """Heads and cues of a sentence; a cue inside a name ("Sở Giao thông vận tải") is none."""
    first = bisect_left(entities, Span(span.start, span.start))
    names = entities[first : bisect_left(entities, Span(span.end, span.end), first)]
    heads = tuple(
        Span(*m.span())
        for m in text.finditer(rules.heads, span.start, span.end)
        if m.group() not in rules.counters or _NUMBER_BEFORE.search(text.view, max(0, m.start() - _NUMBER), m.start())
    )
    found = (
        Cue(rules.attributes[str(m.lastgroup)], Span(*m.span()))
        for m in text.finditer(rules.cues, span.start, span.end)
    )
    cues = (
        tuple(c for c in found if not any(n.covers(c.span) and n != c.span for n in names)) if names else tuple(found)
    )
    if names:
        # "…, còn Sở Y tế 12 hồ sơ": "còn" leads over to the next name, nothing is left there.
        named = {name.start for name in names}
        cues = tuple(c for c in cues if not (c.attribute.in_denial and c.span.end + 1 in named))
    # "còn năm nay đã đạt 99,3%", "còn cấp xã 12 hồ sơ"
    cues = tuple(c for c in cues if not (c.attribute.in_denial and _LEADS_ON.match(text.view, c.span.end)))
    return Scan(heads, cues, tuple(sorted([*heads, *(cue.span for cue in cues)])))


UNNAMED = Scan((), (), ())
"""What a family finds in a sentence without a word of its own."""


def strong(cues: Cues) -> Cues:
    """The cues that do not give way to others."""
    return tuple(cue for cue in cues if not cue.attribute.weak)


def best_reading(rules: CountRules, cues: Cues, must: Cues, unit: str) -> Reading | None:
    """The reading with the most of the attributes; it must use those of `must`."""
    names = {cue.attribute.name for cue in strong(cues) or cues}
    needed = {cue.attribute.name for cue in must}
    return rules.reading(unit, names, needed)


def end_of(atom: NumberAtom) -> int:
    """Where the figure with its unit ends and its noun may follow."""
    return max(atom.span.end, atom.unit_span.end if atom.unit_span else 0)
