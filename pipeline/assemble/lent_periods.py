"""Which of the times that a text states its further figures may be of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.made_on import made_on
from pipeline.assemble.reporting_time import ReportingTime
from pipeline.assemble.slots import Period
from pipeline.assemble.stated_periods import Stated, StatedPeriods, in_days, is_stretch
from pipeline.match.layers import within
from pipeline.model import Block, BlockKind, Span
from pipeline.text.spacing import spaced

_UP_TO = regex.compile(r"(?<!\w)(?:tính |chốt |kể |lũy kế )?(?:đến|tới)(?: hết| thời điểm| ngày| cuối)*\s*$")
_HELD_AGAINST = regex.compile(r"(?<!\w)(?:so với|hơn|kém|bằng|từ)(?:\s+(?:mức|tỷ lệ|con số|kết quả))?\s*$")
_EXCURSION = spaced(
    r"(?<!\w)(?:tính(?: chung| riêng| cả)?(?: trong)?|riêng(?: trong)?)(?: (?:ngày|tháng|tuần|quý|năm))?\s*$"
)
_LOOKED_BACK = spaced(
    r"\s*,?\s*(?:(?:hai|ba|bốn|các|những) )?(?:tỷ lệ|tỉ lệ|con số|số|mức|chỉ tiêu) (?:này|đó|ấy)(?!\w)"
)
_LOOKS_BACK = spaced(r"(?<!\w)(?:tỷ lệ|tỉ lệ|con số|số|mức) (?:này|đó|ấy)(?!\w)[^;.]*$")
_OUTLOOK = regex.compile(
    r"(?<!\w)(?:triển khai (?:các )?nhiệm vụ|nhiệm vụ trọng tâm|phương hướng|giải pháp)(?!\w)[^.;:()\d]{0,40}$"
    r"|(?:,|(?<!\w)và) nhiệm vụ\s*$"
)
_AIMED_AT = spaced(
    r"(?<!\w)(?:(?:đến|tới|vào|trước)(?: hết| cuối)?(?: năm| tháng| quý)?|dự kiến|dự báo|ước|phấn đấu)\s*\Z"
)
_EXPORTED_BY = timedelta(days=15)
_FIRST_TIMES = 100
"""So many times that are stated before a block may be the first that its figures are of."""
OF_NUMBER = regex.compile(r"\s*%?\s*(?:của|năm|vào)?\s*")
OPENS_LIST = regex.compile(r"(?r)[:：]\s*")
"""Matched backwards from the end of a stretch."""


class LentPeriods:
    """The times that one document states, and which of them the figures behind or below them take over."""

    def __init__(self, context: Context, counted: Sequence[Span] | None, of_plan: bool) -> None:
        self.context = context
        self.counted = [number.number for number in context.layers.numbers] if counted is None else counted
        self.view = context.layers.view
        self.blocks: Sequence[Block] = context.layers.document.blocks
        self.starts = [sentence.span.start for sentence in context.layers.sentences]
        self.kinds = {block.span: block.kind for block in self.blocks}
        stated = StatedPeriods(context)
        self.stated, self.days_of = stated.all, stated.days_of
        self.time = ReportingTime(context, stated, of_plan)
        self.declared = self.time.declared

    def _first_stated(
        self, scopes: Iterable[tuple[Span, bool]], plan: bool, reported: Period | None, *, apart: bool = False
    ) -> Stated | None:
        """The period that the first scope with any states: its last one or its first; in scopes `apart`, none that
        its own paragraph leaves again, and none of several years.

        A paragraph on a time before the one that is `reported` is an excursion: its time is not inherited.
        """
        for span, last in scopes:
            since = reported.start if reported and not self._governs(span) else date.min
            stated = within(self.stated, span)
            nearest = reversed(stated) if last else stated[:_FIRST_TIMES]
            candidates = (s for s in nearest if plan or not s.of_plan)
            lending = (
                s
                for s in candidates
                if s.mention.end >= since
                and self._may_lend(s, span, apart=apart)
                and not self._is_export(s, span, reported)
            )
            if (found := next(lending, None)) is not None:
                return found
        return None

    def _may_lend(self, stated: Stated, span: Span, *, apart: bool) -> bool:
        """Whether figures of a scope may be of a time stated in it: not one told aside, of an index or of a base; where
        the scope is no heading, neither one that frames what is declared nor one that lies ahead."""
        if stated.of_index or self._dates_a_base(stated):
            return False
        if stated.aside is not None and not (
            stated is self.declared
            or self._opens_list(stated)
            or self._heads(stated, span)
            or (not apart and (self._sets_in(stated) or self._cuts_off(stated)))
        ):
            return False
        if apart and (self._is_excursion(stated) or self._is_cut_off_within(stated, span)):
            return False
        if self._governs(span):
            return True
        if apart and (self._is_mentioned(stated) or self._is_aimed_at(stated)):
            return False
        return not ((apart and stated.is_long) or self._frames(stated) or self._lies_ahead(stated))

    def _is_mentioned(self, stated: Stated) -> bool:
        """Whether a day, or a month within a sentence, is that of something that happened, and no figure is told of it:
        "Đến ngày 12/10, còn ba xã chưa niêm yết"."""
        at = bisect_right(self.starts, stated.span.start) - 1
        sentence = self.context.layers.sentences[at].span
        opens = stated.mention.precision == "month" and not self.view[sentence.start : stated.span.start].strip()
        # A line without an end is a heading or a label, and no sentence.
        opens = opens or sentence.of(self.view).rstrip()[-1:] not in (".", "!", "?", "…", ";")
        if opens or stated.mention.precision not in ("day", "month"):
            return False
        at = bisect_left(self.counted, Span(sentence.start, sentence.start))
        return at == len(self.counted) or self.counted[at].start >= sentence.end

    def _is_aimed_at(self, stated: Stated) -> bool:
        """Whether a time to come is the end of one goal: "c) Đến năm 2025 giảm 10% đơn vị", of no other item."""
        made = made_on(self.context.identity)
        if made is None or stated.mention.end <= made:
            return False
        return _AIMED_AT.search(self.view, max(0, stated.span.start - 30), stated.span.start) is not None

    def _is_excursion(self, stated: Stated) -> bool:
        """Whether a time is that of its own sentence: "Tính trong 9 tháng qua, tỷ lệ trễ hạn là 1,57%"."""
        before = self.view[max(0, stated.span.start - 80) : stated.span.start]
        looks_back = _LOOKS_BACK.search(before) or _LOOKED_BACK.match(self.view, stated.span.end)
        return looks_back is not None or _EXCURSION.search(before) is not None

    def _is_cut_off_within(self, stated: Stated, span: Span) -> bool:
        """Whether a cut-off lies within a longer time that what follows is of: that of a numbered report, or the part
        of a year that its paragraph began with: "Quý II Bộ công bố 86 thủ tục … Tính đến ngày 15/6, Bộ có 474 thủ
        tục"."""
        if not self._is_up_to(stated):
            return False
        day = stated.mention.end
        reported = self.time.reported if self.context.identity.number is not None else None
        if stated.mention.precision == "day" and reported is not None and reported.start <= day < reported.end:
            return True
        return any(
            told.aside is None
            and told.mention.start < day <= told.mention.end
            and told.mention.precision in ("month", "quarter", "half")
            and not (told.of_index or told.of_plan or self._is_up_to(told))
            for told in within(self.stated, Span(span.start, stated.span.start))
        )

    def _frames(self, stated: Stated) -> bool:
        """Whether a time is the year around the days that the document declares ("Năm 2023, Sở đề ra 42 nhiệm vụ; đến
        nay hoàn thành 23"): what has come of it by then is of these days."""
        told = self.declared.mention if self.declared is not None else None
        if told is None or stated.mention.precision != "year":
            return False
        return stated.mention.start <= told.end < stated.mention.end

    def _is_export(self, stated: Stated, span: Span, reported: Period | None) -> bool:
        """Whether a day is the one, after the period that is reported, on which its figures were taken from a system
        ("số liệu kết xuất lúc 8 giờ ngày 01/11")."""
        if reported is None or stated.mention.start != stated.mention.end:
            return False
        if self.kinds.get(span) in (BlockKind.HEADING, BlockKind.TITLE):
            return False
        return reported.end < stated.mention.end <= reported.end + _EXPORTED_BY

    def _lies_ahead(self, stated: Stated) -> bool:
        """Whether a time is named for what is still to be done: "… và triển khai nhiệm vụ 6 tháng cuối năm 2023"."""
        made = made_on(self.context.identity)
        if made is not None and stated.mention.end <= made:
            return False
        return _OUTLOOK.search(self.view, max(0, stated.span.start - 60), stated.span.start) is not None

    def _governs(self, span: Span) -> bool:
        """Whether a stretch is a heading, a title, or opens a list: what stands below is of its time."""
        if OPENS_LIST.match(self.view, span.start, span.end):
            return True
        return self.kinds.get(span) in (BlockKind.HEADING, BlockKind.TITLE, BlockKind.CAPTION)

    def _dates_a_base(self, stated: Stated) -> bool:
        """Whether a date is that of a figure that another is held against: "so với 99,1% của năm 2021"."""
        before = within(self.context.layers.numbers, Span(max(0, stated.span.start - 30), stated.span.start))
        if not before or not OF_NUMBER.fullmatch(self.view, before[-1].text_span.end, stated.span.start):
            return False
        return (
            _HELD_AGAINST.search(self.view[max(0, before[-1].text_span.start - 30) : before[-1].text_span.start])
            is not None
        )

    def _opens_list(self, stated: Stated) -> bool:
        """Whether days in brackets are those of all that follows: "2. Về hồ sơ (từ 01/7 đến 20/9/2025): …"."""
        return stated.aside is not None and is_stretch(stated.mention) and self.view.startswith(":", stated.aside.end)

    def _sets_in(self, stated: Stated) -> bool:
        """Whether days in brackets are those of the rest of their paragraph: "Sau 5 tháng vận hành (từ 01/7 đến 30/11),
        trung tâm …"."""
        return stated.aside is not None and in_days(stated.mention) and self.view.startswith(",", stated.aside.end)

    def _cuts_off(self, stated: Stated) -> bool:
        """Whether a cut-off in brackets is that of what goes on behind them: "Theo kết quả rà soát (tính đến ngày
        02/12/2025), toàn tỉnh hiện có …"."""
        return stated.aside is not None and self.view.startswith(",", stated.aside.end) and self._is_up_to(stated)

    def _heads(self, stated: Stated, span: Span) -> bool:
        """Whether days in brackets end a heading: "2. Kết quả giải quyết hồ sơ (từ ngày 01/01 đến ngày 10/9/2023)"."""
        ends = stated.aside is not None and not self.view[stated.aside.end : span.end].strip(" .:\n")
        return ends and in_days(stated.mention) and self._governs(span)

    def _is_up_to(self, stated: Stated) -> bool:
        """Whether a day, a month or a quarter is the last of a time that began earlier: "tính đến hết tháng 9"."""
        mention = stated.mention
        if mention.precision not in ("day", "month", "quarter"):
            return False
        return _UP_TO.search(self.view[max(0, mention.span.start - 30) : mention.span.start]) is not None
