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
_COMPARED = regex.compile(r"(?<!\w)(?:so với|so|đặt cạnh|so sánh với|hơn|kém|thấp hơn|cao hơn|nhiều hơn|nhỉnh hơn|ít hơn)\s+(?:cả |cùng kỳ |kết quả |mức |điểm )*$")
_PLAN = regex.compile(r"(?<!\w)(?:đến|giai đoạn|từ|vào|kế hoạch|nhiệm kỳ|mục tiêu|phương hướng|kể từ|trước)\s+$")
_YEAR_BEFORE = regex.compile(r"(?<!\w)(?:năm (?:trước(?: đó)?|liền trước|ngoái|liền kề|trước liền kề)|cùng kỳ(?: năm (?:trước|ngoái))?)(?!\w)")
_MONTH_BEFORE = regex.compile(r"(?<!\w)tháng (?:trước|liền trước)(?!\w)")
_OWN_AHEAD = regex.compile(r"[^\d.;]{0,45}$")
_OWN_BEHIND = regex.compile(r"\s*(?:điểm|%)?\s*\(?\s*(?:của |vào |trong )?$")
_NEAR_INDEX = 60


class IndexPeriods:
    """The years of one document, and the choice among them for a number of an index."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.layers.view
        self.dated = [d for d in context.dates if d.mention is not None]
        self.bare = {m.year: _year(int(m.year.of(self.view)), m.year) for m in context.layers.indices if m.year}

    def of(self, mention: Mention, sentence: Span, block: int) -> tuple[Period | None, bool]:
        """The period of a number, and whether it stands outside the number's sentence."""
        code = (mention.index or "").partition("/")[0]
        usable = [p for p in self._periods(sentence, code)]
        place = mention.value_span
        if mention.cell is not None:
            return self._outside(code, sentence, block), True
        own = self._own(place, usable, sentence, "base" in mention.reasons)
        if own is not None:
            return own, False
        base = self.base(mention, sentence, None)
        if _is_from(mention, self.context) and base is not None:
            return base, False
        stated = [p for p, compared in usable if not compared and p.span is not None]
        before = [p for p in stated if p.span is not None and p.span.end <= place.start]
        if before:
            return before[-1], False
        if stated:
            return stated[0], False
        return self._outside(code, sentence, block), True

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
        if period is not None:
            for pattern, back in ((_YEAR_BEFORE, 12), (_MONTH_BEFORE, 1)):
                if match := pattern.search(self.view, sentence.start, end):
                    return _earlier(period, back, Span(*match.span()))
        return None

    def _own(
        self, place: Span, usable: list[tuple[Period, bool]], sentence: Span, is_base: bool
    ) -> Period | None:
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
        kinds = ("year", "month", "quarter", "months", "half", "interval", "day") if code in _MONTHLY else ("year",)
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
