"""Of which year a score or rank is: the measured year, never that of the news about it."""

from __future__ import annotations

from datetime import date

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.dates import ResolvedDate
from pipeline.assemble.slots import Period
from pipeline.match.layers import within
from pipeline.match.mention import Mention
from pipeline.match.names import IndexMention, NameKind
from pipeline.model import BlockKind, Span
from pipeline.values.periods import months, period_code

_MONTHLY = frozenset({"DVC_766"})
_COMPARED = regex.compile(r"(?<!\w)(?:so với|so|đặt cạnh|so sánh với|hơn|kém|thấp hơn|cao hơn|nhiều hơn|nhỉnh hơn|ít hơn|bằng|ngang|như)\s+(?:cả |cùng kỳ |kết quả |mức |điểm )*$")
_PLAN = regex.compile(r"(?<!\w)(?:đến|giai đoạn|từ|vào|kế hoạch|nhiệm kỳ|mục tiêu|phương hướng|kể từ|trước)\s+$")
_YEAR_BEFORE = regex.compile(r"(?<!\w)(?:năm (?:trước(?: đó)?|liền trước|ngoái|liền kề|trước liền kề)|cùng kỳ(?: năm (?:trước|ngoái))?)(?!\w)")
_MONTH_BEFORE = regex.compile(r"(?<!\w)tháng (?:trước|liền trước)(?!\w)")
_IN_BRACKETS = regex.compile(
    r"(?<!\w)(?:trong (?:dấu )?ngoặc(?: đơn)?(?!\w)[^.;:()]{0,40}|(?:điểm |số liệu |kết quả )?(?:năm|tháng|kỳ) [^.;:()]{0,15}trong (?:dấu )?ngoặc)"
)
_BARE_YEAR = regex.compile(r"(?<=\()\s*((?:19|20)\d{2})\s*:")
_OWN_BEHIND = regex.compile(r"\s*(?:điểm|%)?\s*\(?\s*(?:của |vào |trong )?$")
_NEAR_INDEX = 60


class IndexPeriods:
    """The years of one document, and the choice among them for a number of an index."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.layers.view
        self.dated = [d for d in context.dates if d.mention is not None]
        years = [m.year for m in context.layers.indices if m.year]
        years += [Span(*m.span(1)) for m in _BARE_YEAR.finditer(self.view)]
        self.bare = {year: _year(int(year.of(self.view)), year) for year in years}

    def of(self, mention: Mention, sentence: Span, block: int) -> tuple[Period | None, bool]:
        """The period of a number, and whether it stands outside the number's sentence."""
        code = (mention.index or "").partition("/")[0]
        usable = [p for p in self._periods(sentence, code)]
        place = mention.value_span
        if mention.cell is not None:
            return self._of_cell(mention.cell, code, sentence, block), True
        is_change = mention.indicator.endswith("_change")
        if not is_change and (own := self._own(place, usable, "base" in mention.reasons)) is not None:
            return own, False
        stated, inherited = self._of_index(place, usable, sentence, code, block)
        if "base" in mention.reasons or (not is_change and _is_from(mention, self.context)):
            return self._base_of(mention, sentence, stated) or stated, False
        if "aside" in mention.reasons and (declared := self._declared(code, stated)) is not None:
            return declared, True
        return stated, inherited

    def _of_index(
        self, place: Span, usable: list[tuple[Period, bool]], sentence: Span, code: str, block: int
    ) -> tuple[Period | None, bool]:
        """The year that the sentence speaks of: the last before the number, one with the index behind it."""
        stated = [p for p, compared in usable if not compared and p.span is not None]
        before = [p for p in stated if p.span and p.span.end <= place.start and not self._in_closed_bracket(p.span, place)]
        if before:
            return before[-1], False
        names = [m.span for m in within(self.context.layers.indices, sentence) if m.index == code]
        for period in stated:
            if period.span and period.span.start >= place.end and any(
                -20 <= period.span.start - name.end <= _NEAR_INDEX and name.start >= place.end for name in names
            ):
                return period, False
        return self._outside(code, sentence, block), True

    def _in_closed_bracket(self, span: Span, place: Span) -> bool:
        """Whether a year stands in a bracket that is closed before the number: "84,16% (năm 2021: 85,32%), bớt 1,16%"."""
        closing = self.view.find(")", span.end, place.start)
        opening = self.view.rfind("(", 0, span.start)
        return closing >= 0 and opening >= 0 and ")" not in self.view[opening : span.start]

    def _base_of(self, mention: Mention, sentence: Span, period: Period | None) -> Period | None:
        """The year of the earlier value of a pair: the compared one, else any other of the sentence."""
        return self.base(mention, sentence, period)

    def _declared(self, code: str, period: Period | None) -> Period | None:
        """What brackets hold throughout the document: "trong ngoặc là điểm năm 2019"."""
        for match in _IN_BRACKETS.finditer(self.view):
            stretch = Span(*match.span())
            found = [p for p, _ in self._periods(stretch, code)]
            if found:
                return found[0]
            if period is not None and (earlier := self._relative(period, stretch)) is not None:
                return earlier
        return None

    def _relative(self, period: Period, stretch: Span) -> Period | None:
        """ "năm trước", "tháng trước", counted back from a period."""
        for pattern, back in ((_YEAR_BEFORE, 12), (_MONTH_BEFORE, 1)):
            if match := pattern.search(self.view, stretch.start, stretch.end):
                return _earlier(period, back, Span(*match.span()))
        return None

    def base(self, mention: Mention, sentence: Span, period: Period | None) -> Period | None:
        """What a change is against: "so với năm 2019", over the whole chain up to a new index."""
        code = (mention.index or "").partition("/")[0]
        place = mention.value_span
        names = [m.span.start for m in within(self.context.layers.indices, sentence) if m.kind is NameKind.WHOLE]
        end = min([start for start in names if start > place.end], default=sentence.end)
        compared = [p for p, is_base in self._periods(sentence, code) if is_base and p.span is not None]
        ahead = [p for p in compared if p.span is not None and place.end <= p.span.start < end]
        behind = [p for p in compared if p.span is not None and p.span.end <= place.start]
        if ahead:
            return ahead[0]
        if behind:
            return behind[-1]
        if period is not None and (earlier := self._relative(period, Span(sentence.start, end))) is not None:
            return earlier
        asides = [
            p for p, _ in self._periods(sentence, code)
            if p.span and self.view[: p.span.start].rstrip().endswith("(") and (period is None or p.end < period.start)
        ]  # fmt: skip
        return asides[0] if asides else None

    def _of_cell(self, cell: tuple[int, int, int], code: str, row: Span, block: int) -> Period | None:
        """The year of a cell: its column's heading, the caption, then what is said before the table."""
        number, at_row, column = cell
        table = next(t for t in self.context.layers.document.tables if t.number == number)
        held = next(c for c in table.cells if (c.row, c.column) == (at_row, column))
        for words in reversed(held.header):
            if match := regex.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", words):
                year = int(match.group())
                return Period(str(year), *months(year, 1, 12))
        if table.caption and (period := self._stated(table.caption, code, last=False)):
            return period
        return self._outside(code, Span(table.span.start, table.span.start), block)

    def _own(self, place: Span, usable: list[tuple[Period, bool]], is_base: bool) -> Period | None:
        """A year of the number alone: "năm 2018 mới ở mức 43/63", "bậc 21 (năm 2015)", "85,32% năm 2021"."""
        for period, compared in usable:
            span = period.span
            if span is None:
                continue
            behind = self.view[place.end : span.start] if span.start >= place.end else None
            if behind is not None and not compared and _OWN_BEHIND.fullmatch(_without_whole(behind)):
                return period
            if is_base and compared and span.end <= place.start and place.start - span.end < 40:
                return period
        return None

    def _periods(self, span: Span, code: str) -> list[tuple[Period, bool]]:
        """The periods that a stretch states, each with whether something is compared with it."""
        found = [(self._period(d), self._is_compared(d.span, d)) for d in within(self.dated, span) if self._holds(d, code)]
        known = [p.span for p, _ in found]
        found += [
            (p, self._is_compared(at, None))
            for at, p in self.bare.items()
            if span.start <= at.start < span.end and not any(k and k.overlaps(at) for k in known)
        ]
        return sorted(found, key=lambda item: item[0].span.start if item[0].span else 0)

    def _holds(self, resolved: ResolvedDate, code: str) -> bool:
        kinds = ("year", "month", "quarter", "day") if code in _MONTHLY else ("year",)
        mention = resolved.mention
        if mention is None or resolved.kind not in kinds or mention.role in ("published", "issued"):
            return False
        if resolved.kind == "day" and mention.role != "period":
            return False
        before = self.view[max(0, resolved.span.start - 20) : resolved.span.start]
        return _PLAN.search(before) is None or "mục tiêu" in before

    def _is_compared(self, span: Span, resolved: ResolvedDate | None) -> bool:
        if resolved is not None and resolved.mention and resolved.mention.role == "base_period":
            return True
        return _COMPARED.search(self.view[max(0, span.start - 40) : span.start]) is not None

    def _period(self, resolved: ResolvedDate) -> Period:
        mention = resolved.mention
        assert mention is not None
        return Period(period_code(mention.start, mention.end), mention.start, mention.end, mention.span)

    def _outside(self, code: str, sentence: Span, block: int) -> Period | None:
        """The year named with the index before, in the block, a heading or the title; else behind."""
        blocks = self.context.layers.document.blocks
        if period := self._stated(Span(blocks[block].span.start, sentence.start), code, last=True):
            return period
        named = [m for m in self.context.layers.indices if m.index == code and m.kind is NameKind.WHOLE]
        for mention in sorted(named, key=lambda m: (m.span.start > sentence.start, abs(m.span.start - sentence.start))):
            if period := self._with_index(mention, code):
                return period
        for n in range(block - 1, -1, -1):
            if blocks[n].kind in (BlockKind.TITLE, BlockKind.HEADING) and (
                period := self._stated(blocks[n].span, code, last=False)
            ):
                return period
        for n in range(block - 1, -1, -1):
            if blocks[n].kind is not BlockKind.FURNITURE and (period := self._stated(blocks[n].span, code, last=True)):
                return period
        return None

    def _stated(self, span: Span, code: str, *, last: bool) -> Period | None:
        stated = [p for p, compared in self._periods(span, code) if not compared]
        return (stated[-1] if last else stated[0]) if stated else None

    def _with_index(self, mention: IndexMention, code: str) -> Period | None:
        """The year that stands with a naming of the index: "Chỉ số CCHC của tỉnh Sơn La năm 2020"."""
        if mention.year is not None:
            return self.bare[mention.year]
        near = Span(max(0, mention.span.start - 25), min(len(self.view), mention.span.end + _NEAR_INDEX))
        stated = [p for p, compared in self._periods(near, code) if not compared and p.span is not None]
        behind = [p for p in stated if p.span and p.span.start >= mention.span.end and not regex.search(r"[.;\n]\s|\d", self.view[mention.span.end : p.span.start])]
        if behind:
            return behind[0]
        ahead = [p for p in stated if p.span and p.span.end <= mention.span.start]
        return ahead[-1] if ahead else None


def _without_whole(words: str) -> str:
    """The words behind a number without the set that it is out of: "/63 tỉnh, thành phố (năm 2020"."""
    return regex.sub(r"^\s*/\s*\d+(?:\s*tỉnh(?:, thành phố|, thành|/thành phố)?)?", "", words)


def _is_from(mention: Mention, context: Context) -> bool:
    atom = next((a for a in within(context.layers.numbers, Span(mention.value_span.start, mention.value_span.end + 1))), None)
    return atom is not None and atom.role == "change_from"


def _year(year: int, span: Span) -> Period:
    start, end = months(year, 1, 12)
    return Period(str(year), start, end, span)


def _earlier(period: Period, back: int, span: Span) -> Period | None:
    """The period as long as this one, `back` months before; None for lengths that do not fit."""
    if back == 12:
        start, end = date(period.start.year - 1, period.start.month, 1), period.end
        first, last = months(period.start.year - 1, start.month, end.month if end.year == period.start.year else 12)
        return Period(period_code(first, last), first, last, span)
    if period.start.month != period.end.month:
        return None
    year, month = (period.start.year - 1, 12) if period.start.month == 1 else (period.start.year, period.start.month - 1)
    first, last = months(year, month, month)
    return Period(period_code(first, last), first, last, span)
