"""Which words of a sentence belong to which of its numbers.

Reports chain a dozen figures in one sentence; each has its words on one side or the other. The text
between two numbers is parted once: at a bracket, semicolon or colon, else at the first comma, else at
a conjunction, else behind the noun of the first number. Words that a rule knows as one name are never
parted ("trước và đúng hạn" is one attribute), nor are brackets without a number ("(tỉnh, huyện, xã)").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence, Set
from itertools import pairwise
from typing import NamedTuple

import regex

from pipeline.match.numbers import NumberAtom
from pipeline.model import Span
from pipeline.text.spacing import spaced, spaced_regex

_MARK = regex.compile(r"[;():]|\.(?=\s)|,(?!\d)|(?<=[^\W\d]\s)[-–](?=\s)")
_STRONG, _CLOSED, _COLON, _COMMA = ";().", ";).", ":", ","
"""Marks that end a clause; that end it or an aside before it; and the weaker ones."""
_CONJUNCTION = spaced(
    r"(?<!\w)(?:và|còn|cùng|nhưng|thì|với|trong khi|riêng|trong (?:đó|tổng)"
    r"|thành(?! (?:phố|tích|lập|viên|phần|công)))(?!\w)"
)
_LINK = spaced(r"(?<!\w)(?:đạt|chiếm|bằng|tương đương|tương ứng|tức|với|tỷ lệ|tỉ lệ)(?!\w)|=")
# "hoàn thành 171 nhiệm vụ, tất cả đúng hạn, còn 16": the aside is said of the number before.
_ALL_OF_THEM = spaced(r"\s*(?:và )?(?:tất cả|toàn bộ|đều)(?!\w)")
_LINKING = spaced(
    r"(?<!\w)(?:đạt|chiếm|bằng|tương đương|tương ứng|tức|với|tỷ lệ|tỉ lệ|là|khoảng|trên|gần|hơn|mới|chỉ|đến|tới"
    r"|có|còn)(?!\w)"
)
_LIST_MARK = spaced(
    r"[();]|:(?=\s*+[^\W\d])|(?<!\w)(?:trong (?:đó|số (?:đó|này))|(?:số này |bao )?gồm(?: có)?|chia ra|cụ thể|trong ấy"
    r"|kể cả|tính cả)(?!\w)"
)
# "17 sở, ngành", "các huyện, thị xã, thành phố": kinds of units that a comma does not part.
_KINDS_OF_UNITS = spaced(
    r"(?<!\w)(?:bộ|sở|cơ quan|đơn vị|huyện|quận|xã|phường)(?:(?:,| và|, và) (?:ban|ngành|đơn vị|cơ quan|địa phương"
    r"|thị xã|thành phố|huyện|quận|xã|phường|thị trấn|đặc khu|đoàn thể)(?!\w))+"
)
ASIDE = regex.compile(r"\([^()\d]*+\)")
# "Trong 312 hồ sơ tiếp nhận có 5 hồ sơ trễ hạn": up to "có" the words are those of the whole.
OF_ALL = spaced(r"(?<!\w)(?:trong|trên)(?: (?:tổng )?số)?\s*\Z")
_AND_HAS = spaced(r"\s*(?:và )?có \d")
_HAS = spaced_regex(
    r"(?<!\w)(?<!trong đó )(?:(?:thì|đã|chỉ|mới|vẫn) ){0,2}(?:có|còn)(?: (?:đến|tới|hơn|trên|gần|khoảng|chỉ))*\s*\Z"
)
_RATE_OPENS = spaced(
    r"[^\d,;:.()]{0,60}\(\s*(?:(?:đạt|chiếm|bằng|tương đương|tương ứng|tỷ lệ|tỉ lệ|khoảng|gần|hơn|trên)\s+){0,3}"
)
_RATE_ENDS = regex.compile(r"\s*%?\s*\)")
_ADJUNCT = spaced(r"\s*(?:trên|thuộc|ở|tại|trong|cho|của)(?!\w)")
_WORD = regex.compile(r"\w")
_JOINED = regex.compile(r"[,(=]|\s[-–]\s")
_OF = spaced(r"(?<!\w)(?:của|tại|ở|thuộc)\s*\Z")
_UNITS_BEHIND = spaced(r"\s*(?:đơn vị|cơ quan|địa phương|sở|huyện|xã|phường)(?!\w)[^\d(;.]{0,40}\(")
_NOUN = regex.compile(r"\s*\S+(?:\s\S+)?")


class Share(NamedTuple):
    """A number and its words: `left` and `right` next to it, `fronted` further left in the clause.

    `whole` is the position, in the sentence's list of shares, of the number that this one is a part
    of (it stands in brackets behind it, or behind "trong đó"); None for a number of its own.
    `linked` is the position of the number that it is said of in other measure: nothing but a linking
    word stands before it ("4.157 hồ sơ, đạt 99,7%"; behind a closed bracket, the number before that).
    """

    atom: NumberAtom
    fronted: Span
    left: Span
    right: Span
    whole: int | None
    linked: int | None


def shares(view: str, sentence: Span, atoms: Sequence[NumberAtom], units: Sequence[Span]) -> list[Share]:
    """The shares of a sentence's numbers, in their order. `units` are spans never to be parted."""
    whole = (Span(*m.span()) for p in (ASIDE, _KINDS_OF_UNITS) for m in p.finditer(view, sentence.start, sentence.end))
    text = _Clause(view, sorted([*units, *whole]))
    cuts, parts, told_behind = [sentence.start], set(), {}
    for n, (a, b) in enumerate(pairwise(atoms), start=1):
        has = OF_ALL.search(view, cuts[-1], a.text_span.start) and text.predicate(a.span.end, b.text_span.start)
        cut = has or text.cut(a.span.end, b.span.start)
        if n > 1 and (since := _behind_rate(view, atoms[n - 2], a)) and (told := text.clause(since, b.span.start)):
            cut = told_behind[n - 2] = told
        cuts.append(cut)
        if has:
            parts.add(n)
    if len(atoms) > 1 and (since := _behind_rate(view, atoms[-2], atoms[-1])):
        told_behind[len(atoms) - 2] = text.tail(since, sentence.end)
    wholes = _wholes(view, sentence, atoms, parts)
    found: list[Share] = []
    for n, atom in enumerate(atoms):
        first = near = cuts[n]
        for at, mark in text.marks(cuts[n], atom.span.start):
            near = at + 1
            first = near if mark in _CLOSED else first
        end = told_behind.get(n) or (cuts[n + 1] if n + 1 < len(atoms) else text.tail(atom.span.end, sentence.end))
        found.append(
            Share(
                atom=atom,
                fronted=Span(first, near),
                left=Span(near, atom.span.start),
                right=Span(atom.span.end, max(end, atom.span.end)),
                whole=wholes[n],
                linked=_link(view, atoms, n, Span(first, atom.span.start), wholes),
            )
        )
    return found


class _Clause:
    """Boundaries in a text that do not fall into one of its units."""

    def __init__(self, view: str, units: Sequence[Span]) -> None:
        self.view, self.units = view, _outermost(units)
        self.starts = [unit.start for unit in self.units]

    def marks(self, start: int, end: int) -> list[tuple[int, str]]:
        """The marks of punctuation in a stretch, and where they stand."""
        # A dash between words parts them as a comma does: "hồ sơ nộp qua mạng – 82,4%".
        found = (
            (m.start(), m.group().replace("–", _COMMA).replace("-", _COMMA))
            for m in _MARK.finditer(self.view, start, end)
        )
        return [(at, mark) for at, mark in found if self._parts(at)]

    def _words(self, pattern: re.Pattern[str], start: int, end: int) -> list[int]:
        return [m.start() for m in pattern.finditer(self.view, start, end) if self._parts(m.start())]

    def _parts(self, place: int) -> bool:
        """Whether a place lies within no unit."""
        at = bisect_right(self.starts, place) - 1
        return at < 0 or place >= self.units[at].end

    def cut(self, start: int, end: int) -> int:
        """Where the words of the number that ends at `start` end, before the next at `end`."""
        marks = self.marks(start, end)
        if (place := next((at for at, mark in marks if mark in _STRONG), None)) is not None:
            return place
        if commas := [at for at, mark in marks if mark == _COMMA]:
            return commas[1 if len(commas) > 1 and _ALL_OF_THEM.match(self.view, commas[0] + 1) else 0]
        if conjunctions := self._words(_CONJUNCTION, start, end):
            return conjunctions[-1]
        if (place := next((at for at, mark in marks if mark == _COLON), None)) is not None:
            return place
        if links := self._words(_LINK, start, end):
            return links[0]
        noun = _NOUN.match(self.view, start, end)
        # The noun may be known: "14 buổi tuyên truyền cho 1.250 lượt người".
        known = (
            unit.end
            for unit in self.units
            if noun
            and start <= unit.start <= start + 3
            and unit.end <= end
            and not self.view[start : unit.start].strip()
        )
        at = max(known, default=int(noun.end()) if noun else start)
        for unit in self.units:
            # "46 nhiệm vụ cụ thể trên 7 lĩnh vực": what a preposition goes on from is the first one's.
            if at <= unit.start <= at + 2 and _ADJUNCT.match(self.view, unit.end, end):
                return unit.end
        inside = (unit.start for unit in self.units if start + 2 < unit.start < at or unit.start < at < unit.end)
        return max(start, min([at, *inside]))

    def clause(self, start: int, end: int) -> int | None:
        """Where words end that a mark or a conjunction parts from the next number at `end`; None where there are no
        words, or nothing parts them."""
        ends = [*(at for at, mark in self.marks(start, end) if mark != _COLON), *self._words(_CONJUNCTION, start, end)]
        at = min(ends, default=start)
        return at if _WORD.search(self.view, start, at) else None

    def predicate(self, start: int, end: int) -> int | None:
        """Where the "có" begins that tells a part of the number at `start`, if no mark stands before it."""
        has = _HAS.search(self.view, start, end)
        return has.start() if has and not self.marks(start, has.start()) else None

    def tail(self, start: int, end: int) -> int:
        """The end of the last number's words: the next strong mark, or the sentence's end."""
        return next((at for at, mark in self.marks(start, end) if mark in _STRONG), end)


def _outermost(units: Sequence[Span]) -> list[Span]:
    """The units, sorted by start, that lie within no other: "thủ tục hành chính (TTHC)" has a noun in its brackets."""
    found: list[Span] = []
    for unit in units:
        if not (found and found[-1].covers(unit)):
            found.append(unit)
    return found


def _link(view: str, atoms: Sequence[NumberAtom], n: int, lead: Span, wholes: Sequence[int | None]) -> int | None:
    """The number that the `n`-th one is said of: only linking words lead from the one to the other."""
    if n == 0:
        return None
    between = view[atoms[n - 1].span.end : atoms[n].span.start]
    if ";" in between or not (_JOINED.search(between) or _LINK.search(between)):
        return None
    if _WORD.search(_LINKING.sub(" ", lead.of(view))):
        return None
    # A bracket that opens behind the number as well only says more of it: "(Quyết định số 105/QĐ-UBND …), đạt 52,7%".
    return wholes[n - 1] if between.count(")") > between.count("(") else n - 1


def _behind_rate(view: str, count: NumberAtom, rate: NumberAtom) -> int | None:
    """Where the words go on that a share in brackets parts from their count: "44.000 hồ sơ (99%) được giải quyết đúng
    hạn"; None where the second number is no such share."""
    if (
        count.unit is not None
        or rate.unit != "percent"
        or not _RATE_OPENS.fullmatch(view, count.span.end, rate.text_span.start)
    ):
        return None
    closed = _RATE_ENDS.match(view, rate.span.end)
    return closed.end() if closed else None


def _broken_down(view: str, atoms: Sequence[NumberAtom], n: int) -> int:
    """What a bracket behind the `n`-th number breaks down: that number, or where it only says of how many units, the
    one before ("09 nhiệm vụ quá hạn của 05 đơn vị (Sở Xây dựng 03, …)")."""
    if n == 0:
        return n
    of_whom = _OF.search(view, atoms[n - 1].span.end, atoms[n].span.start)
    return n - 1 if of_whom and _UNITS_BEHIND.match(view, atoms[n].span.end) else n


def _wholes(view: str, sentence: Span, atoms: Sequence[NumberAtom], parts: Set[int]) -> list[int | None]:
    """For each number the position of the number that it is a part of; those of `parts` are one of the number
    right before.

    "trong đó" ends with its clause at a semicolon, unless the next one goes on with "có"; a list opened by a
    colon goes on over semicolons.
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
                    whole, listed = (_broken_down(view, atoms, n - 1) if n else None), False
                case ")":
                    whole, listed = stack.pop() if stack else (None, False)
                case ";":
                    whole = whole if listed or stack or _AND_HAS.match(view, mark.end()) else None
                case ":":
                    # Behind a semicolon the colon opens a list of its own.
                    told = n > 0 and ";" not in view[position : mark.start()]
                    whole, listed = (n - 1 if told else None), True
                case _:
                    whole, listed = (n - 1 if n else None), False
        if n in parts:
            whole, listed = n - 1, False
        found.append(whole)
        position = atom.span.end
    return found
