"""When a counted number holds: the nearest period that the text states, from the clause outwards.

A reporting period may be said as a label and as days ("quý II/2022 (từ 15/3 đến 14/6/2022)"): the
days win for every later mention of the label (NĐ 09/2019/NĐ-CP art. 12 lets periods close early).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.dates import ResolvedDate
from pipeline.assemble.slots import Period
from pipeline.match.layers import within
from pipeline.model import BlockKind, Span
from pipeline.values.periods import period_code

_CLAUSE_END = regex.compile(r"[;.](?=\s)")
_COMPARED = regex.compile(r"(?<!\w)(?:so với|cùng kỳ|kể từ|từ năm|bắt đầu|ban hành|trước|sang năm)\s*(?:năm|ngày|tháng)?\s*$")
_DECLARED = regex.compile(
    r"(?<!\w)(?:số liệu|kỳ báo cáo|thời (?:gian|điểm) (?:lấy|chốt|thống kê)|tính (?:từ|số liệu))(?!\w)[^.;]*$"
)
_UP_TO = regex.compile(r"(?<!\w)(?:tính |chốt |kể |lũy kế )?(?:đến|tới)(?: hết| thời điểm| ngày| cuối)*\s*$")
_LONG = timedelta(days=380)
_SLACK = timedelta(days=45)


class Periods:
    """The periods of one document, and the choice among them for a number."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.layers.view
        self.stated = [d for d in context.dates if self._can_hold(d)]
        self.days_of = self._labels_in_days()
        self.declared = self._declared()

    def of(self, place: Span, sentence: Span, block: int, *, stock: bool) -> tuple[Period | None, bool]:
        """The period of a number and whether it stands outside the number's own sentence."""
        start = max([sentence.start, *(m.end() for m in _CLAUSE_END.finditer(self.view, sentence.start, place.start))])
        clause_end = _CLAUSE_END.search(self.view, place.end, sentence.end)
        end = clause_end.start() if clause_end else sentence.end
        for span, last in (
            (Span(start, place.start), True),
            (Span(place.end, end), False),
            (Span(sentence.start, start), True),
        ):
            found = within(self.stated, span)
            if found:
                return self._period(found[-1 if last else 0], stock), False
        return self._outside(sentence, block, stock), True

    def _outside(self, sentence: Span, block: int, stock: bool) -> Period | None:
        """The period of a number whose own sentence names none."""
        blocks = self.context.layers.document.blocks
        own = blocks[block]
        found = within(self.stated, Span(own.span.start, sentence.start))
        if found:
            return self._period(found[-1], stock)
        if self.declared:
            return self._period(self.declared, stock)
        for n in range(block - 1, -1, -1):
            candidate = blocks[n]
            if candidate.kind is BlockKind.FURNITURE:
                continue
            if found := within(self.stated, candidate.span):
                return self._period(found[-1], stock)
            if candidate.kind is BlockKind.TITLE:
                break
        return self._whole_document(stock)

    def _whole_document(self, stock: bool) -> Period | None:
        title = next((b for b in self.context.layers.document.blocks if b.kind is BlockKind.TITLE), None)
        if title and (found := within(self.stated, title.span)):
            return self._period(found[0], stock)
        return None

    def _can_hold(self, resolved: ResolvedDate) -> bool:
        """Whether a calendar expression can be a number's period."""
        mention = resolved.mention
        if mention is None or mention.role not in ("period",):
            return False
        if mention.end - mention.start > _LONG:
            return False
        before = self.view[max(0, mention.span.start - 30) : mention.span.start]
        return _COMPARED.search(before) is None

    def _labels_in_days(self) -> dict[str, ResolvedDate]:
        """For a label ("2022-Q2") the explicit days that the text gives for it."""
        found: dict[str, ResolvedDate] = {}
        for label, days in zip(self.stated, self.stated[1:], strict=False):
            a, b = label.mention, days.mention
            if a is None or b is None or a.precision == "interval" or b.precision != "interval":
                continue
            close = b.span.start - a.span.end <= 40
            near = abs(a.start - b.start) <= _SLACK and abs(a.end - b.end) <= _SLACK
            if close and near and (a.start, a.end) != (b.start, b.end):
                found.setdefault(period_code(a.start, a.end), days)
        return found

    def _declared(self) -> ResolvedDate | None:
        """The interval that the document declares for its figures."""
        for resolved in self.stated:
            mention = resolved.mention
            if mention and mention.precision == "interval":
                if _DECLARED.search(self.view[max(0, mention.span.start - 120) : mention.span.start]):
                    return resolved
        return None

    def _period(self, resolved: ResolvedDate, stock: bool) -> Period:
        mention = resolved.mention
        assert mention is not None
        start, end = mention.start, mention.end
        code = period_code(start, end)
        if code in self.days_of:
            days = self.days_of[code].mention
            assert days is not None
            return Period(period_code(days.start, days.end), days.start, days.end, days.span)
        if start == end and not stock and _UP_TO.search(self.view[max(0, mention.span.start - 30) : mention.span.start]):
            # A flow up to a day runs from the year's first day.
            start = date(end.year, 1, 1)
        return Period(period_code(start, end), start, end, mention.span)


def shifted(period: Period, span: Span) -> Period:
    """The period as stated elsewhere."""
    return replace(period, span=span)
