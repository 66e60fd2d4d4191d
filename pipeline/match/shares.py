"""Which words of a sentence belong to which of its numbers.

Reports chain a dozen figures in one sentence; each has its words on one side or the other. The text
between two numbers is parted once: at a bracket, semicolon or colon, else at the first comma, else at
a conjunction, else behind the noun of the first number. Words that a rule knows as one name are never
parted ("trước và đúng hạn" is one attribute), nor are brackets without a number ("(tỉnh, huyện, xã)").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from pipeline.match.numbers import NumberAtom
from pipeline.model import Span

_STRONG = regex.compile(r"[;()]|\.(?=\s)")
_COLON = regex.compile(r":")
_COMMA = regex.compile(r",(?!\d)")
_CONJUNCTION = regex.compile(r"(?<!\w)(?:và|còn|cùng|nhưng|với|trong khi|riêng|trong (?:đó|tổng))(?!\w)")
_LINK = regex.compile(r"(?<!\w)(?:đạt|chiếm|bằng|tương đương|tức|với|tỷ lệ|tỉ lệ)(?!\w)|=")
_LINKING = regex.compile(r"(?<!\w)(?:đạt|chiếm|bằng|tương đương|tức|với|tỷ lệ|tỉ lệ|là|khoảng|trên|gần|hơn)(?!\w)")
_LIST_MARK = regex.compile(
    r"[();]|:(?=\s*+[^\W\d])|(?<!\w)(?:trong (?:đó|số (?:đó|này))|(?:số này |bao )?gồm(?: có)?|chia ra|cụ thể|trong ấy)(?!\w)"
)
ASIDE = regex.compile(r"\([^()\d]*+\)")
_CLOSED = regex.compile(r"[;)]|\.(?=\s)")
_BRACKET_LINK = regex.compile(r"\(\s*(?:(?:đạt|chiếm|bằng|tương đương|tức|tỷ lệ|tỉ lệ|khoảng|trên|gần|hơn|=)\s*)*\(?\Z")
_NOUN = regex.compile(r"\s*\S+(?:\s\S+)?")


@dataclass(frozen=True, slots=True)
class Share:
    """A number and its words: `left` and `right` next to it, `fronted` further left in the clause.

    `whole` is the position, in the sentence's list of shares, of the number that this one is a part
    of (it stands in brackets behind it, or behind "trong đó"); None for a number of its own.
    `linked` tells that nothing but a linking word parts it from the number before ("…, đạt 99,7%").
    """

    atom: NumberAtom
    fronted: Span
    left: Span
    right: Span
    whole: int | None
    linked: bool


def shares(view: str, sentence: Span, atoms: Sequence[NumberAtom], units: Sequence[Span]) -> list[Share]:
    """The shares of a sentence's numbers, in their order. `units` are spans never to be parted."""
    asides = (Span(*m.span()) for m in ASIDE.finditer(view, sentence.start, sentence.end))
    text = _Clause(view, sorted([*units, *asides]))
    cuts = [sentence.start, *(text.cut(a.span.end, b.span.start) for a, b in pairwise(atoms))]
    wholes = _wholes(view, sentence, atoms)
    found: list[Share] = []
    for n, atom in enumerate(atoms):
        first = max([cuts[n], *(m.end() for m in text.marks(_CLOSED, cuts[n], atom.span.start))])
        near = first
        for pattern in (_STRONG, _COLON, _COMMA):
            near = max([near, *(m.end() for m in text.marks(pattern, near, atom.span.start))])
        end = cuts[n + 1] if n + 1 < len(atoms) else text.tail(atom.span.end, sentence.end)
        found.append(
            Share(
                atom=atom,
                fronted=Span(first, near),
                left=Span(near, atom.span.start),
                right=Span(atom.span.end, max(end, atom.span.end)),
                whole=wholes[n],
                linked=n > 0 and _is_link(view[atoms[n - 1].span.end : atom.span.start]),
            )
        )
    return found


class _Clause:
    """Boundaries in a text that do not fall into one of its units."""

    def __init__(self, view: str, units: Sequence[Span]) -> None:
        self.view, self.units = view, units
        self.starts = [unit.start for unit in units]

    def marks(self, pattern: regex.Pattern[str], start: int, end: int) -> list[regex.Match[str]]:
        return [m for m in pattern.finditer(self.view, start, end) if self._parts(m)]

    def _parts(self, mark: regex.Match[str]) -> bool:
        at = bisect_right(self.starts, mark.start()) - 1
        return at < 0 or mark.start() >= self.units[at].end

    def cut(self, start: int, end: int) -> int:
        """Where the words of the number that ends at `start` end, before the next at `end`."""
        for pattern, which in ((_STRONG, 0), (_COMMA, 0), (_CONJUNCTION, -1), (_COLON, 0), (_LINK, 0)):
            if marks := self.marks(pattern, start, end):
                return int(marks[which].start())
        noun = _NOUN.match(self.view, start, end)
        at = int(noun.end()) if noun else start
        return max(start, min([at, *(unit.start for unit in self.units if unit.start < at < unit.end)]))

    def tail(self, start: int, end: int) -> int:
        """The end of the last number's words: the next strong mark, or the sentence's end."""
        marks = self.marks(_STRONG, start, end)
        return int(marks[0].start()) if marks else end


def _is_link(between: str) -> bool:
    """Whether only a noun, a bracket or a comma, and a linking word stand between two numbers."""
    if _BRACKET_LINK.search(between) and ";" not in between:
        return True
    if ";" in between or ")" in between or (not regex.search(r"[,(=]", between) and not _LINK.search(between)):
        return False
    return len(regex.sub(r"[\s,(=]+", " ", _LINKING.sub(" ", between)).split()) <= 4


def _wholes(view: str, sentence: Span, atoms: Sequence[NumberAtom]) -> list[int | None]:
    """For each number the position of the number that it is a part of.

    "trong đó" ends with its clause at a semicolon; a list opened by a colon goes on over semicolons.
    """
    found: list[int | None] = []
    stack: list[tuple[int | None, bool]] = []
    whole, listed = None, False
    position = sentence.start
    for n, atom in enumerate(atoms):
        for mark in _LIST_MARK.finditer(view, position, atom.span.start):
            match mark.group():
                case "(":
                    stack.append((whole, listed))
                    whole, listed = (n - 1 if n else None), False
                case ")":
                    whole, listed = stack.pop() if stack else (None, False)
                case ";":
                    whole = whole if listed or stack else None
                case ":":
                    whole, listed = (n - 1 if n else None), True
                case _:
                    whole, listed = (n - 1 if n else None), False
        found.append(whole)
        position = atom.span.end
    return found
