"""Of which time a document tells: decided once, from its title, from what it declares and from how it begins.

What the words around a figure say goes before it. This is what holds for all figures that nothing nearer dates, and
what the times that a text mentions are held against: whether one is an excursion, lies ahead, or frames the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.made_on import made_on
from pipeline.assemble.slots import Period
from pipeline.assemble.stated_periods import SLACK, Stated, StatedPeriods, in_days
from pipeline.match.layers import within
from pipeline.model import BlockKind, DateMention
from pipeline.values.periods import months, parse_period, period_code

_DECLARED = regex.compile(
    r"(?<!\w)(?:số liệu|kỳ báo cáo|thời (?:gian|điểm) (?:lấy|chốt|thống kê)|tính (?:từ|số liệu)"
    r"|báo cáo (?:kết quả|tình hình))(?!\w)[^.;]*$"
)
_SHORTEST = timedelta(days=20)
"""Fewer days are those of an event, not of a report."""
_SHORT = 80
"""Characters; shorter paragraphs are datelines and names."""


class ReportingTime:
    """The time of one document: what its title `reported` on, and the days that are `declared` for its figures.

    `looks_ahead`: it is a plan, or its period was not nearly over when it was made.
    """

    def __init__(self, context: Context, stated: StatedPeriods, of_plan: bool = False) -> None:
        self.context, self.view = context, context.layers.view
        self.stated = stated
        self.reported = self._reported()
        self.declared = self._declared()
        made = made_on(context.identity)
        ends = self.reported.end if self.reported else None
        self.looks_ahead = of_plan or (made is not None and ends is not None and made + SLACK < ends)

    @property
    def plan_year(self) -> Period | None:
        """The year of the plan that the document tells the progress of: the one that it reports on or on a part of."""
        if self.reported is None or self.looks_ahead or self.reported.end.year - self.reported.start.year > 1:
            return None
        start, end = months(self.reported.end.year, 1, 12)
        return Period(period_code(start, end), start, end, self.reported.span)

    def is_near(self, mention: DateMention) -> bool:
        """Whether days that are told are those of the period that is reported on, closed somewhat earlier or later."""
        if self.reported is None:
            return False
        begins, ends = self.reported.start, self.reported.end
        return abs(mention.start - begins) <= SLACK and abs(mention.end - ends) <= SLACK

    def _reported(self) -> Period | None:
        """The period that the title tells, with the days that the text gives for it."""
        code = self.context.identity.period
        if code is None:
            return None
        start, end = parse_period(code)
        days = self.stated.days_of.get(code)
        return Period(period_code(days.start, days.end), days.start, days.end) if days else Period(code, start, end)

    def _declared(self) -> Stated | None:
        """The interval that the document declares for its figures: by words, by the days behind the name of one part of
        a report, which hold from there on, or by the days that its first paragraph gives for what follows."""
        for stated in self.stated.all:
            if stated.of_part:
                if in_days(stated.mention) and self.is_near(stated.mention):
                    return stated
                continue
            before = self.view[max(0, stated.span.start - 120) : stated.span.start]
            if stated.mention.precision == "interval" and _DECLARED.search(before):
                return stated
        return next((stated for stated in self._lead() if self._has_just_ended(stated.mention)), None)

    def _lead(self) -> Sequence[Stated]:
        """What the first paragraph below the title states."""
        blocks = self.context.layers.document.blocks
        titled = [n for n, block in enumerate(blocks) if block.kind is BlockKind.TITLE]
        below = blocks[titled[-1] + 1 :] if titled else blocks
        prose = (block.span for block in below if block.kind is BlockKind.PARAGRAPH and len(block.span) > _SHORT)
        lead = next(prose, None)
        return within(self.stated.all, lead) if lead else ()

    def _has_just_ended(self, mention: DateMention) -> bool:
        """Whether a period told by its days was over not long before the document was made."""
        made = made_on(self.context.identity)
        if made is None or not in_days(mention) or mention.end - mention.start < _SHORTEST:
            return False
        return mention.end <= made <= mention.end + SLACK
