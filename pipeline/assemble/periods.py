"""When a counted number holds: the nearest period that the text states, from the clause outwards.

A reporting period may be said as a label and as days ("quý II/2022 (từ 15/3 đến 14/6/2022)"): the
days win for every later mention of the label (NĐ 09/2019/NĐ-CP art. 12 lets periods close early).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import islice

import regex

from pipeline.assemble.carried import SILENT, Carried, Silence
from pipeline.assemble.context import Context
from pipeline.assemble.dates import ResolvedDate
from pipeline.assemble.made_on import made_on
from pipeline.assemble.slots import Period
from pipeline.assemble.stated_periods import CLAUSE_BREAK, Stated, StatedPeriods, in_days, is_stretch
from pipeline.match.layers import within
from pipeline.model import Block, BlockKind, DateMention, Span
from pipeline.text.spacing import spaced
from pipeline.values.periods import parse_period, period_code

_CLAUSE_END = regex.compile(r"[;.](?=\s)")
_UP_TO = regex.compile(r"(?<!\w)(?:tính |chốt |kể |lũy kế )?(?:đến|tới)(?: hết| thời điểm| ngày| cuối)*\s*$")
_BEHIND = regex.compile(r"\s*%?\s*(?:điểm|bậc|hồ sơ|nhiệm vụ)?\s*(?:\(|trong|vào|của|ở)?\s*")
_SAME_TIME = spaced(r"(?<!\w)cùng kỳ(?: năm (?:trước|ngoái))?\s*(?:\(|:|là|đạt|chỉ|có|tiếp nhận|\s)*\Z")
_OF_BASE = regex.compile(r"\s*%?\s*(?:của|vào)?\s*(?:cùng kỳ)?\s*")
_OF_NUMBER = regex.compile(r"\s*%?\s*(?:của|năm|vào)?\s*")
_HELD_AGAINST = regex.compile(r"(?<!\w)(?:so với|hơn|kém|bằng|từ)(?:\s+(?:mức|tỷ lệ|con số|kết quả))?\s*$")
_EXCURSION = spaced(r"(?<!\w)(?:tính(?: chung| riêng| cả)?(?: trong)?|riêng(?: trong)?)\s*$")
# "giảm so với trước khi Tổ công tác được thành lập (25%)": of a time that no date tells.
_SINCE_EVENT = spaced(r"(?<!\w)so với trước (?:khi|thời điểm)(?!\w)[^;.()\d]*\(\s*\Z")
_LOOKED_BACK = spaced(
    r"\s*,?\s*(?:(?:hai|ba|bốn|các|những) )?(?:tỷ lệ|tỉ lệ|con số|số|mức|chỉ tiêu) (?:này|đó|ấy)(?!\w)"
)
_GOAL_OF = spaced(r"(?<!\w)(?:mục tiêu|chỉ tiêu|kế hoạch)(?: của| đề ra)?\s*$")
_LOOKS_BACK = spaced(r"(?<!\w)(?:tỷ lệ|tỉ lệ|con số|số|mức) (?:này|đó|ấy)(?!\w)[^;.]*$")
_OPENS_LIST = regex.compile(r"(?r)[:：]\s*")
"""Matched backwards from the end of a stretch."""
_CUMULATIVE = regex.compile(r"(?<!\w)lũy kế(?!\w)")
_SO_FAR = regex.compile(r"(?<!\w)lũy kế(?:\s(?:là|đạt|có|được|đến nay))*:?\s*\Z")
_OUTLOOK = regex.compile(
    r"(?<!\w)(?:triển khai (?:các )?nhiệm vụ|nhiệm vụ trọng tâm|phương hướng|giải pháp)(?!\w)[^.;:()\d]{0,40}$"
    r"|(?:,|(?<!\w)và) nhiệm vụ\s*$"
)
_EXPORTED_BY = timedelta(days=15)
_LIST_LENGTH = 12
"""So many items above one the words that open their list may stand."""
_FIRST_TIMES = 100
"""So many times that are stated before a block may be the first that its figures are of."""
_LEADS = 3
"""So many paragraphs may be the lead of a headline, which datelines and pictures stand before."""


class Periods:
    """The periods of one document, and the choice among them for a number."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.layers.view
        self.blocks: Sequence[Block] = context.layers.document.blocks
        self.kinds = {block.span: block.kind for block in self.blocks}
        stated = StatedPeriods(context)
        self.stated, self.days_of, self.declared = stated.all, stated.days_of, stated.declared
        self._above: dict[tuple[int, bool], Stated | None] = {}
        """For a block, and for plans or not, the period that its surroundings state."""
        self._titles = [block.span for block in self.blocks if block.kind is BlockKind.TITLE]
        self._in_section = {plan: Carried(partial(self._of_section, plan)) for plan in (False, True)}
        self._in_prose = {plan: Carried(partial(self._of_prose, plan)) for plan in (False, True)}

    def of(
        self,
        place: Span,
        sentence: Span,
        block: int,
        *,
        stock: bool = False,
        plan: bool = False,
        compared: bool = False,
    ) -> tuple[Period | None, bool]:
        """The period of a number and whether it stands outside the number's own sentence.

        `plan`: the number is one of a plan, whose year is its period. `compared`: it is set beside
        another in brackets, and the words before the bracket date it ("hơn năm 2018 (99,6%)").
        """
        if plan and (year := self._whole_year_behind(place, sentence)):
            return self._period(year, stock), False
        period, outside = self._nearest(place, sentence, block, stock, plan, compared)
        if period is not None and not stock and _SO_FAR.search(self.view, sentence.start, place.start):
            # "Tháng 5 nhận 9.412 hồ sơ, lũy kế 44.085": from the year's first day.
            period = _from_new_year(period)
        return period, outside

    def _whole_year_behind(self, place: Span, sentence: Span) -> Stated | None:
        """The year of what is to be done "trong năm": "xác định 32 nhiệm vụ phải thực hiện trong năm"."""
        end = CLAUSE_BREAK.search(self.view, place.end, sentence.end)
        behind = within(self.context.dates, Span(place.end, end.start() if end else sentence.end))
        found = [d.mention for d in behind if d.anchor in ("whole_year", "within_year") and d.mention]
        return Stated(found[-1], None, False) if found else None

    def of_cell(self, cell: tuple[int, int, int], stock: bool) -> Period | None:
        """The period that a table cell's headings name, the nearest first, or its row's label."""
        number, row, column = cell
        grid = self.context.grids[number]
        for heading in (*grid.headings.get(column, ()), *grid.beside(row, column)):
            if found := within(self.stated, heading.span):
                return self._period(found[-1], stock)
            if not stock and _CUMULATIVE.search(self.view, heading.span.start, heading.span.end):
                period = self._identified()
                return _from_new_year(period) if period else None
        return None

    def _nearest(
        self, place: Span, sentence: Span, block: int, stock: bool, plan: bool, compared: bool
    ) -> tuple[Period | None, bool]:
        if compared and (since := self._same_time(place, sentence)) is not None:
            now, outside = self._nearest(Span(since, since), sentence, block, stock, plan, False)
            return (_year_before(now) if now else None), outside
        if not compared and self._is_left(place) and not self._right_behind(place, sentence):
            return None, False
        if compared and _SINCE_EVENT.search(self.view, sentence.start, place.start):
            return None, False
        if compared and (dated := self._compared(place, sentence)):
            return self._period(dated, stock), False
        if behind := self._right_behind(place, sentence):
            return self._period(behind, stock), False
        start = max([sentence.start, *(m.end() for m in _CLAUSE_END.finditer(self.view, sentence.start, place.start))])
        clause_end = _CLAUSE_END.search(self.view, place.end, sentence.end)
        end = clause_end.start() if clause_end else sentence.end
        for span, last in (
            (Span(start, place.start), True),
            (Span(place.end, end), False),
            (Span(sentence.start, start), True),
        ):
            # A date in brackets dates the figures in these brackets alone.
            found = [
                s for s in within(self.stated, span)
                if (s.aside is None or s.aside.covers(place) or is_stretch(s.mention) or self._cuts_off(s))
                and (plan or not s.of_plan)
                and (plan or not s.of_index) and not self._is_of_another(s, place)
                and not (span.end == start and self._frames(s))
            ]  # fmt: skip
            if span.end == start and (framing := [s for s in found if not self._is_up_to(s)]):
                # How far something had come by a day is said of its own clause.
                found = framing
            if found:
                return self._period(found[-1 if last else 0], stock), False
        return self._outside(sentence, block, stock, plan), True

    def _cuts_off(self, stated: Stated) -> bool:
        """Whether a cut-off in brackets is that of what goes on behind them: "Theo kết quả rà soát (tính đến ngày
        02/12/2025), toàn tỉnh hiện có …"."""
        return stated.aside is not None and self.view.startswith(",", stated.aside.end) and self._is_up_to(stated)

    def _is_left(self, place: Span) -> bool:
        """Whether a number is where a change began, at a time that nothing tells: "giảm từ 7,92% xuống còn 2,06%"."""
        return any(atom.role == "change_from" for atom in within(self.context.layers.numbers, place))

    def _same_time(self, place: Span, sentence: Span) -> int | None:
        """Where the words stand that set a number against the same time a year before, without saying which:
        "tăng 6,7% so với cùng kỳ (191.670 hồ sơ)"."""
        found = _SAME_TIME.search(self.view, sentence.start, place.start)
        return found.start() if found else None

    def _compared(self, place: Span, sentence: Span) -> Stated | None:
        """The time that a number in brackets, or one set beside another, is of, whatever its role."""
        for resolved in within(self.context.dates, Span(place.end, min(sentence.end, place.end + 30)))[:1]:
            lead = self.view[place.end : resolved.span.start]
            if resolved.mention and resolved.mention.role == "base_period" and _OF_BASE.fullmatch(lead):
                return Stated(resolved.mention, None, False)
        dates = [d for d in within(self.context.dates, Span(sentence.start, place.start)) if d.mention is not None]
        if not dates or regex.search(r"\d\s*%[^(]*\)", self.view[dates[-1].span.end : place.start]):
            return None
        bases = [d.mention for d in dates if d.mention and d.mention.role == "base_period"]
        dated = bases[-1] if bases and not self._is_goal_of(dates[-1], place) else dates[-1].mention
        return Stated(dated, None, False) if dated else None

    def _is_goal_of(self, date: ResolvedDate, place: Span) -> bool:
        """Whether a date is that of the goal that the number is: "(tăng 6,82% so với năm 2020), mục tiêu năm 2021 là
        30%"."""
        lead = self.view[max(0, date.span.start - 20) : date.span.start]
        return _GOAL_OF.search(lead) is not None and place.start - date.span.end < 20

    def _right_behind(self, place: Span, sentence: Span) -> Stated | None:
        """A date that follows the number at once: "từ 21,7% năm 2021 lên 43,5% trong năm 2022"."""
        for stated in within(self.stated, Span(place.end, min(sentence.end, place.end + 24)))[:1]:
            if stated.aside is None and _BEHIND.fullmatch(self.view, place.end, stated.span.start):
                return stated
        return None

    def _is_of_another(self, stated: Stated, place: Span) -> bool:
        """Whether a date follows another number at once: "0,63%, giảm so với mức 2,1% của 6 tháng đầu
        năm 2025" dates the 2,1% alone."""
        if stated.span.start < place.end:
            return False
        between = within(self.context.layers.numbers, Span(place.end, stated.span.start))
        if between and stated.mention.quote.lower().startswith("cả năm"):
            return True
        return (
            bool(between) and _OF_NUMBER.fullmatch(self.view, between[-1].text_span.end, stated.span.start) is not None
        )

    def planned(self, stock: bool) -> Period | None:
        """The period that the title of a plan speaks of: the last one that it names."""
        found = [s for block in self.blocks if block.kind is BlockKind.TITLE for s in within(self.stated, block.span)]
        return self._period(found[-1], stock) if found else self._identified()

    def _identified(self) -> Period | None:
        """The period that the document as a whole is of."""
        code = self.context.identity.period
        if code is None:
            return None
        start, end = parse_period(code)
        days = self.days_of.get(code)
        return Period(period_code(days.start, days.end), days.start, days.end) if days else Period(code, start, end)

    def _outside(self, sentence: Span, block: int, stock: bool, plan: bool) -> Period | None:
        """The period of a number whose own sentence names none: earlier in its block, in the words
        that open its list, the headings above, what the document declares, earlier paragraphs, the
        title."""
        own = Span(self.blocks[block].span.start, sentence.start)
        if (block, plan) not in self._above:
            self._above[block, plan] = self._stated_above(block, plan)
        stated = self._first_stated([(own, True)], plan, None) or self._above[block, plan]
        return self._period(stated, stock) if stated else self._identified()

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
        if apart and (self._is_excursion(stated) or self._is_in_frame(stated, span) or self._is_stock_day(stated)):
            return False
        if self._governs(span):
            return True
        return not ((apart and stated.is_long) or self._frames(stated) or self._lies_ahead(stated))

    def _is_stock_day(self, stated: Stated) -> bool:
        """Whether a day within the time that a report is of is that of its own paragraph's stock: "Tính đến ngày 15/6,
        Bộ có 474 thủ tục" in a report of the second quarter."""
        mention, reported = stated.mention, self._identified()
        if mention.precision != "day" or reported is None or self.context.identity.number is None:
            return False
        return reported.start <= mention.end < reported.end and self._is_up_to(stated)

    def _is_excursion(self, stated: Stated) -> bool:
        """Whether a time is that of its own sentence: "Tính trong 9 tháng qua, tỷ lệ trễ hạn là 1,57%"."""
        before = self.view[max(0, stated.span.start - 80) : stated.span.start]
        looks_back = _LOOKS_BACK.search(before) or _LOOKED_BACK.match(self.view, stated.span.end)
        return looks_back is not None or _EXCURSION.search(before) is not None

    def _is_in_frame(self, stated: Stated, span: Span) -> bool:
        """Whether a cut-off lies in the part of a year that its paragraph began with, which the paragraph leaves to
        what follows: "Quý II Bộ công bố 86 thủ tục … Tính đến ngày 15/6, Bộ có 474 thủ tục"."""
        if not self._is_up_to(stated):
            return False
        day = stated.mention.end
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
        if _OPENS_LIST.match(self.view, span.start, span.end):
            return True
        return self.kinds.get(span) in (BlockKind.HEADING, BlockKind.TITLE, BlockKind.CAPTION)

    def _dates_a_base(self, stated: Stated) -> bool:
        """Whether a date is that of a figure that another is held against: "so với 99,1% của năm 2021"."""
        before = within(self.context.layers.numbers, Span(max(0, stated.span.start - 30), stated.span.start))
        if not before or not _OF_NUMBER.fullmatch(self.view, before[-1].text_span.end, stated.span.start):
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

    def _heads(self, stated: Stated, span: Span) -> bool:
        """Whether days in brackets end a heading: "2. Kết quả giải quyết hồ sơ (từ ngày 01/01 đến ngày 10/9/2023)"."""
        ends = stated.aside is not None and not self.view[stated.aside.end : span.end].strip(" .:\n")
        return ends and in_days(stated.mention) and self._governs(span)

    def _stated_above(self, block: int, plan: bool) -> Stated | None:
        """The period that is stated outside a block: by what opens its list, its section, the headings over it, the
        document, earlier paragraphs, titles; the nearest that states any."""
        own = self.blocks[block]
        return (
            self._stated_in(((opener, True) for opener in self._openers(block)), plan)
            or self._in_section[plan].before(block)
            or self._stated_in(self._declaring(block), plan)
            or self._in_prose[plan].before(block)
            or self._stated_in(((title, False) for title in self._titles), plan)
            # Nothing above says it: what an item of the same list says.
            or self._stated_in([(Span(0, own.span.start), False)], plan)
        )

    def _stated_in(self, scopes: Iterable[tuple[Span, bool]], plan: bool) -> Stated | None:
        """The period that the first scope outside a block states: its last one there, or its first."""
        return self._first_stated(scopes, plan, self._identified(), apart=True)

    def _openers(self, block: int) -> Iterator[Span]:
        """The headings and words right above a block, or above the list that it is an item of."""
        own = self.blocks[block]
        above = (b for b in map(self.blocks.__getitem__, range(block - 1, -1, -1)) if b.kind is not BlockKind.FURNITURE)
        for candidate in islice(above, _LIST_LENGTH):
            if candidate.kind is BlockKind.HEADING or _OPENS_LIST.match(self.view, *candidate.span):
                yield candidate.span
            if candidate.kind is not BlockKind.LIST_ITEM or own.kind is not BlockKind.LIST_ITEM:
                break

    def _of_section(self, plan: bool, block: int) -> Stated | Silence | None:
        """The period that a paragraph leaves to those behind it in its section, which a heading ends."""
        kind = self.blocks[block].kind
        if kind in (BlockKind.HEADING, BlockKind.TITLE):
            return None
        return self._left_by(block, plan) if kind is BlockKind.PARAGRAPH else SILENT

    def _of_prose(self, plan: bool, block: int) -> Stated | Silence | None:
        """The period that a paragraph leaves to those behind it in any section, up to the next title."""
        kind = self.blocks[block].kind
        if kind is BlockKind.TITLE:
            return None
        return self._left_by(block, plan) if kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION) else SILENT

    def _left_by(self, block: int, plan: bool) -> Stated | Silence:
        return self._stated_in([(self.blocks[block].span, True)], plan) or SILENT

    def _declaring(self, block: int) -> Iterator[tuple[Span, bool]]:
        """The headings over a block, what declares the document's period, the lead of a headline, and of a numbered
        document its title."""
        yield from ((heading.span, True) for heading in self.context.outline.over(block))
        if self.declared is not None:
            yield self.declared.span, True
        if self.blocks[block].kind is BlockKind.TITLE:
            # A headline is of the time of its lead.
            below = (b.span for b in islice(self.blocks, block + 1, None) if b.kind is BlockKind.PARAGRAPH)
            yield from ((span, False) for span in islice(below, _LEADS))
        if self.context.identity.number:
            yield from ((title, False) for title in self._titles)

    def _is_up_to(self, stated: Stated) -> bool:
        """Whether a day, a month or a quarter is the last of a time that began earlier: "tính đến hết tháng 9"."""
        mention = stated.mention
        if mention.precision not in ("day", "month", "quarter"):
            return False
        return _UP_TO.search(self.view[max(0, mention.span.start - 30) : mention.span.start]) is not None

    def _is_over(self, mention: DateMention) -> bool:
        made = made_on(self.context.identity)
        return made is None or mention.end <= made or mention.precision == "day"

    def _period(self, stated: Stated, stock: bool) -> Period:
        mention = stated.mention
        start, end = mention.start, mention.end
        if days := self.days_of.get(period_code(start, end)):
            return Period(period_code(days.start, days.end), days.start, days.end, days.span)
        if not stock and self._is_up_to(stated) and self._is_over(mention):
            # A flow up to a day or a month runs from the year's first day.
            start = date(end.year, 1, 1)
        return Period(period_code(start, end), start, end, mention.span)


def _year_before(period: Period) -> Period:
    """The same time a year before."""
    start, end = (_in_year(day, day.year - 1) for day in (period.start, period.end))
    return Period(period_code(start, end), start, end, period.span)


def _in_year(day: date, year: int) -> date:
    """The day in another year; the last of February for its 29th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _from_new_year(period: Period) -> Period:
    """A period prolonged backwards to its year's first day."""
    start = date(period.end.year, 1, 1)
    return Period(period_code(start, period.end), start, period.end, period.span) if start < period.start else period
