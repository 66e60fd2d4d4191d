"""When a counted number holds: the nearest period that the text states, from the clause outwards.

A reporting period may be said as a label and as days ("quý II/2022 (từ 15/3 đến 14/6/2022)"): the
days win for every later mention of the label (NĐ 09/2019/NĐ-CP art. 12 lets periods close early).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice

import regex

from pipeline.assemble.carried import SILENT, Carried, Silence
from pipeline.assemble.context import Context
from pipeline.assemble.dates import ResolvedDate
from pipeline.assemble.lent_periods import OF_NUMBER, OPENS_LIST, LentPeriods
from pipeline.assemble.made_on import made_on
from pipeline.assemble.slots import Period
from pipeline.assemble.stated_periods import CLAUSE_BREAK, NUMBERED, Stated, in_days, is_stretch
from pipeline.match.layers import within
from pipeline.model import BlockKind, DateMention, Span
from pipeline.text.spacing import spaced
from pipeline.values.periods import months, period_code

_CLAUSE_END = regex.compile(r"[;.](?=\s)")
_BEHIND = regex.compile(r"\s*%?\s*(?:điểm|bậc|hồ sơ|nhiệm vụ)?\s*(?:\(|trong|vào|của|ở)?\s*")
_SAME_TIME = spaced(r"(?<!\w)cùng kỳ(?: năm (?:trước|ngoái))?\s*(?:\(|:|là|đạt|chỉ|có|tiếp nhận|\s)*\Z")
# "Cùng kỳ năm 2023, tỉnh chỉ nhận 59.330 hồ sơ", "(tháng 4: 26.905; cùng kỳ năm trước: 24.118)": the same part of
# another year is told of, and not what something is held against.
_SAME_PART = spaced(
    r"(?<!\w)(?:(?:của|vào|ở|trong) )?cùng (?:kỳ|thời gian|thời điểm|giai đoạn)(?: này)?"
    r" (?:của )?năm (?:trước|ngoái|liền trước|(?P<year>(?:19|20)\d{2}))(?! (?:so|với|tăng|giảm))(?!\w)"
)
_OF_SAME_PART = spaced(
    r"\s*%?(?:\s+[^\W\d]+){0,5}?\s+(?:của|ở) cùng kỳ(?: năm (?:trước|ngoái|liền trước|(?P<year>(?:19|20)\d{2})))?(?!\w)"
)
_TURNS_TO = spaced(r"(?:[;.,(:]|(?<!\w)(?:trong khi|còn|khi))\s*[-+]?\s*\Z")
_CLOSES = regex.compile(r"[;.](?=\s)|[()]")
_OF_BASE = regex.compile(r"\s*%?\s*(?:của|vào)?\s*(?:cùng kỳ)?\s*")
# "giảm so với trước khi Tổ công tác được thành lập (25%)": of a time that no date tells.
_SINCE_EVENT = spaced(r"(?<!\w)so với trước (?:khi|thời điểm)(?!\w)[^;.()\d]*\(\s*\Z")
_GOAL_OF = spaced(r"(?<!\w)(?:mục tiêu|chỉ tiêu|kế hoạch)(?: của| đề ra)?\s*$")
_OF_A_PLAN = spaced(r"(?<!\w)kế hoạch(?! (?:và|đầu))(?!\w)(?![^.;]*(?<!\w)giao(?!\w))[^.;]*\Z")
_GIVEN = spaced(r"(?<!\w)giao(?!\w)[^.;]*\Z")
_DUE = spaced(r"[^.;,]{0,30}?(?<!\w)(?:đến hạn|trong (?:tháng|quý|kỳ|6 tháng)|của (?:tháng|quý))(?!\w)")
_OPENS_CLAUSE = spaced(
    r"(?:\A|[.;:,(]|(?<!\w)(?:riêng|trong|chỉ|còn|và))\s*(?:(?:trong|riêng|chỉ|còn|và) )*"
    r"(?:ngày(?: mùng \d{1,2} tết)?|sáng|chiều|hôm)?\s*\(?\s*\Z"
)
_OTHER_DEED = (
    r"họp|kiểm tra|tổ chức|cho biết|ban hành|báo cáo|công bố|chỉ đạo|yêu cầu|khai|làm việc|ký|quyết định|theo|về"
)
_DONE_ON = spaced(
    rf"\)?\s*,?\s*(?:(?!(?:{_OTHER_DEED})(?!\w))[^\W\d]+\s+){{0,14}}?(?:đã |được |mới )?"
    r"(?:tiếp nhận|nhận|giải quyết|trả|xử lý|phát sinh)(?!\w)"
)
_BY_THIS_ACT = spaced(r"(?<!\w)(?:kèm )?theo (?:quyết định|thông báo|công văn) này(?!\w)")
_CUMULATIVE = regex.compile(r"(?<!\w)lũy kế(?!\w)")
_SO_FAR = regex.compile(r"(?<!\w)lũy kế(?:\s(?:là|đạt|có|được|đến nay))*:?\s*\Z")
_LIST_LENGTH = 12
"""So many items above one the words that open their list may stand."""
_OPENING = 30
"""Characters with which an item begins."""
_LEADS = 3
"""So many paragraphs may be the lead of a headline, which datelines and pictures stand before."""


class Periods(LentPeriods):
    """The periods of one document, and the choice among them for a number."""

    def __init__(self, context: Context, counted: Sequence[Span] | None = None, *, of_plan: bool = False) -> None:
        """`counted`: the numbers that count something, by default all; `of_plan`: the document is a plan."""
        super().__init__(context, counted, of_plan)
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
        issued = self.context.identity.issued_on
        if period is None and issued and _BY_THIS_ACT.search(self.view, sentence.start, place.start):
            return Period(period_code(issued, issued), issued, issued), True
        if plan and outside and _OF_A_PLAN.search(self.view, sentence.start, place.start):
            # "Kế hoạch của Sở có 42 nhiệm vụ" in a report on nine months: those of the year.
            period = self.time.plan_year or period
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
                period = self.time.reported
                return _from_new_year(period) if period else None
        return None

    def _nearest(
        self, place: Span, sentence: Span, block: int, stock: bool, plan: bool, compared: bool
    ) -> tuple[Period | None, bool]:
        if (same := self._same_part(place, sentence)) is not None:
            opening, year = same
            before = Span(sentence.start, opening)
            now, outside = self._nearest(Span(opening, opening), before, block, stock, plan, False)
            back = now.end.year - year if now and year else 1
            return (_years_before(now, back) if now else None), outside
        if behind_it := _OF_SAME_PART.match(self.view, place.end, sentence.end):
            # "giảm so với mức 2.310 hồ sơ trễ hạn của cùng kỳ năm 2023"
            now, outside = self._nearest(Span(place.start, behind_it.end()), sentence, block, stock, plan, False)
            back = now.end.year - int(behind_it["year"]) if now and behind_it["year"] else 1
            return (_years_before(now, back) if now and back >= 0 else now), outside
        if compared and (since := self._same_time(place, sentence)) is not None:
            now, outside = self._nearest(Span(since, since), sentence, block, stock, plan, False)
            return (_years_before(now) if now else None), outside
        if not compared and self._is_left(place) and not self._right_behind(place, sentence):
            return None, False
        if compared and _SINCE_EVENT.search(self.view, sentence.start, place.start):
            return None, False
        if compared and (dated := self._compared(place, sentence)):
            return self._period(dated, stock), False
        if (day := self._on_day(place, sentence)) is not None:
            return day, False
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
        # What is given to somebody to do is none of a plan's tasks, even where a plan is told of before.
        planned = plan and (self.time.looks_ahead or not _GIVEN.search(self.view, sentence.start, place.start))
        return self._outside(sentence, block, stock, planned), True

    def _on_day(self, place: Span, sentence: Span) -> Period | None:
        """The day on which something was counted that opens its clause: "Ngày 1/7, trung tâm nhận 312 hồ sơ"."""
        before = within(self.context.dates, Span(sentence.start, place.start))
        dated = next((d for d in reversed(before) if d.mention is not None), None)
        if dated is None or dated.mention is None or dated.kind != "day" or dated.mention.role != "event":
            return None
        opens = _OPENS_CLAUSE.search(self.view[sentence.start : dated.span.start])
        if opens is None or _DONE_ON.match(self.view, dated.span.end, place.start) is None:
            return None
        return Period(
            period_code(dated.mention.start, dated.mention.end), dated.mention.start, dated.mention.end, dated.span
        )

    def _is_left(self, place: Span) -> bool:
        """Whether a number is where a change began, at a time that nothing tells: "giảm từ 7,92% xuống còn 2,06%"."""
        return any(atom.role == "change_from" for atom in within(self.context.layers.numbers, place))

    def _same_time(self, place: Span, sentence: Span) -> int | None:
        """Where the words stand that set a number against the same time a year before, without saying which:
        "tăng 6,7% so với cùng kỳ (191.670 hồ sơ)"."""
        found = _SAME_TIME.search(self.view, sentence.start, place.start)
        return found.start() if found else None

    def _same_part(self, place: Span, sentence: Span) -> tuple[int, int | None] | None:
        """Where the sentence turns to the same part of another year, of which a number behind is told, and that year
        where it is named."""
        told = next(reversed(list(_SAME_PART.finditer(self.view, sentence.start, place.start))), None)
        if told is None or _CLOSES.search(self.view, told.end(), place.start):
            return None
        opens = told.start() == sentence.start or _TURNS_TO.search(self.view, sentence.start, told.start())
        if not opens or within(self.stated, Span(told.end(), place.start)):
            return None
        opening = self.view.rfind("(", sentence.start, told.start() + 1)
        is_aside = opening >= 0 and ")" not in self.view[opening : place.start]
        return opening if is_aside else told.start(), int(told["year"]) if told["year"] else None

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
            bool(between) and OF_NUMBER.fullmatch(self.view, between[-1].text_span.end, stated.span.start) is not None
        )

    def of_whole_plan(self, period: Period, place: Span) -> Period:
        """The year of the tasks that a report wants done in the rest of it ("Nhiệm vụ quý IV: hoàn thành 100% nhiệm
        vụ"), unless they are those that are due then."""
        due = _DUE.match(self.view, place.end) is not None
        if due or self.time.looks_ahead or period.start.year != period.end.year:
            return period
        start, end = months(period.end.year, 1, 12)
        return Period(period_code(start, end), start, end, period.span)

    def planned(self, stock: bool) -> Period | None:
        """The period that the title of a plan speaks of: the last one that it names."""
        found = [s for block in self.blocks if block.kind is BlockKind.TITLE for s in within(self.stated, block.span)]
        return self._period(found[-1], stock) if found else self.time.reported

    def _outside(self, sentence: Span, block: int, stock: bool, plan: bool) -> Period | None:
        """The period of a number whose own sentence names none: earlier in its block, in the words
        that open its list, the headings above, what the document declares, earlier paragraphs, the
        title."""
        own = Span(self.blocks[block].span.start, sentence.start)
        if (block, plan) not in self._above:
            self._above[block, plan] = self._stated_above(block, plan)
        stated = self._first_stated([(own, True)], plan, None) or self._above[block, plan]
        return self._period(stated, stock) if stated else self.time.reported

    def _stated_above(self, block: int, plan: bool) -> Stated | None:
        """The period that is stated outside a block: by what opens its list, its section, the headings over it, the
        document, earlier paragraphs, titles; the nearest that states any."""
        own = self.blocks[block]
        return (
            self._stated_in(((opener, True) for opener in self._openers(block)), plan)
            or self._in_section[plan].before(block)
            or self._item_before(block)
            or self._stated_in(self._declaring(block), plan)
            or self._in_prose[plan].before(block)
            or self._stated_in(((title, False) for title in self._titles), plan)
            # Nothing above says it: what an item of the same list says.
            or self._stated_in([(Span(0, own.span.start), False)], plan)
        )

    def _stated_in(self, scopes: Iterable[tuple[Span, bool]], plan: bool) -> Stated | None:
        """The period that the first scope outside a block states: its last one there, or its first."""
        return self._first_stated(scopes, plan, self.time.reported, apart=True)

    def _openers(self, block: int) -> Iterator[Span]:
        """The headings and words right above a block, or above the list that it is an item of."""
        own = self.blocks[block]
        above = (b for b in map(self.blocks.__getitem__, range(block - 1, -1, -1)) if b.kind is not BlockKind.FURNITURE)
        for candidate in islice(above, _LIST_LENGTH):
            if candidate.kind is BlockKind.HEADING or OPENS_LIST.match(self.view, *candidate.span):
                yield candidate.span
            if candidate.kind is not BlockKind.LIST_ITEM or own.kind is not BlockKind.LIST_ITEM:
                break

    def _item_before(self, block: int) -> Stated | None:
        """The days by which a report's figures were collected, with which an item before in the same list begins: "- Từ
        ngày 01/12/2022 đến 30/11/2023, phường nhận 5.127 hồ sơ", then "- Hồ sơ trực tuyến: 3.204"."""
        numbered = NUMBERED.match(self.view, self.blocks[block].span.start)
        for above in reversed(self.blocks[max(0, block - _LIST_LENGTH) : block + 1]):
            ends = NUMBERED.match(self.view, above.span.start) and not numbered  # what the list is part of
            if above.kind is not BlockKind.LIST_ITEM or ends:
                return None
            opening = Span(above.span.start, min(above.span.end, above.span.start + _OPENING))
            for stated in within(self.stated, opening)[:1]:
                if in_days(stated.mention) and self.time.is_near(stated.mention):
                    return stated
        return None

    def _of_section(self, plan: bool, block: int) -> Stated | Silence | None:
        """The period that a paragraph leaves to those behind it in its section, which a heading ends."""
        kind, span = self.blocks[block].kind, self.blocks[block].span
        if kind in (BlockKind.HEADING, BlockKind.TITLE):
            return None
        if kind is BlockKind.LIST_ITEM and NUMBERED.match(self.view, span.start):
            # "b) Kết quả giải quyết hồ sơ (từ 15/12/2022 đến 14/3/2023):", up to "c)".
            opens = OPENS_LIST.match(self.view, *span) is not None
            return next((s for s in within(self.stated, span) if opens and self._opens_list(s)), None)
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
        own = self.blocks[block]
        yield from ((heading.span, True) for heading in self.context.outline.over(block))
        if self.declared is not None and not (self.declared.of_part and own.span.start < self.declared.span.start):
            yield self.declared.span, True
        if own.kind is BlockKind.TITLE:
            # A headline is of the time of its lead.
            below = (b.span for b in islice(self.blocks, block + 1, None) if b.kind is BlockKind.PARAGRAPH)
            yield from ((span, False) for span in islice(below, _LEADS))
        if self.context.identity.number:
            yield from ((title, False) for title in self._titles)

    def _is_over(self, mention: DateMention) -> bool:
        made = made_on(self.context.identity)
        return made is None or mention.end <= made or mention.precision == "day"

    def _period(self, stated: Stated, stock: bool) -> Period:
        mention = stated.mention
        start, end = mention.start, mention.end
        # A plan's year is a year, by whatever days the figures of a report on it are counted.
        if not stated.of_plan and (days := self.days_of.get(period_code(start, end))):
            return Period(period_code(days.start, days.end), days.start, days.end, days.span)
        if not stock and self._is_up_to(stated) and self._is_over(mention):
            # A flow up to a day or a month runs from the year's first day.
            start = date(end.year, 1, 1)
        return Period(period_code(start, end), start, end, mention.span)


def _years_before(period: Period, years: int = 1) -> Period:
    """The same time so many years before."""
    start, end = (_in_year(day, day.year - years) for day in (period.start, period.end))
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
