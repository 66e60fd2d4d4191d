"""The periods that a document states."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.dates import ResolvedDate
from pipeline.assemble.made_on import made_on
from pipeline.match.layers import within
from pipeline.model import Block, BlockKind, DateMention, Span
from pipeline.text.spacing import spaced
from pipeline.values.periods import period_code

CLAUSE_BREAK = regex.compile(r"[,;.:]")
_BRACKET = regex.compile(r"\([^()]*\)")
_COMPARED = regex.compile(
    r"(?<!\w)(?:so với|so cùng|cùng kỳ|kể từ|từ năm|bắt đầu|ban hành|trước|sang năm|chuyển sang|cuối|quy định)"
    r"\s*(?:năm|ngày|tháng)?\s*$"
)
_BY_THE_END = regex.compile(r"(?<!\w)(?:đến|tới) (?:hết |trước )?cuối\s*$")
# "giai đoạn 2021 - 2025, định hướng đến năm 2030": how far a plan looks beyond its own time.
_OUTLOOK = regex.compile(
    r"\d{4}[\s,;]*(?:và\s+)?(?:định hướng|tầm nhìn)(?:\s+[^\W\d]+){0,2}?(?:\s+(?:đến|tới))?(?:\s+năm)?\s*$"
)
# "từ năm 2026, phấn đấu …": a goal of that year.
_FROM_THEN = regex.compile(r"\s*(?:trở đi)?,?\s*(?:phấn đấu|bảo đảm|đảm bảo|yêu cầu|phải)(?!\w)")
_PLAN = regex.compile(r"(?<!\w)(?:kế hoạch|chương trình)(?!\w)[^,;.:()]*$")
# "Đề án … giai đoạn 2021 - 2025": the years of what is named, no figure's.
_NAMED_FOR_YEARS = regex.compile(
    r"(?<!\w)(?:kế hoạch|chương trình|đề án|nghị quyết|chiến lược|chỉ thị|quyết định|phương án|quy hoạch|dự án)(?!\w)"
    r"[^,;.:]*$"
)
_OPENS = regex.compile(r"(?i)(?:^|[.\n)]\s*)(?:trong |cả )?\Z")
_THEN = regex.compile(r"\s*,\s*(?:tỉnh|thành phố|toàn|cả|huyện|xã|phường|sở|bộ|ubnd|trung tâm|có|tỷ lệ|số|các)(?!\w)")
_MOVED_ON = regex.compile(r"\s*chuyển (?:sang|qua)")
_SINCE = regex.compile(r"(?<!\w)từ(?: (?:ngày|tháng|năm|đầu|khi [^().;]*\())?\s*$")
NUMBERED = spaced(r"\s*(?:\d{1,2}|[ivx]{1,4}|[a-zđ])[.)](?:\d{1,2}[.)]?)*\s")
_UP_TO_BEHIND = spaced(r"(?:\s+[^\W\d]+){0,4}?\s*[,(]?\s*(?:tính )?(?:đến|tới)(?: hết| cuối)?(?: ngày)?\s*")
_LEAD = 400
_NAME = 160
"""Characters before its years in which the name of a plan or an act may begin."""
_LONG = timedelta(days=380)
SLACK = timedelta(days=45)
_OF_DAYS = frozenset({"date/interval", "date/day_run", "date/days"})
"""The rules of periods that are told by days."""
# Deictics that name a time of their own; "hiện nay", "đến nay", "trong kỳ" take the document's.
_OWN_TIME = frozenset(
    {
        "year_to_date",
        "this_year",
        "past_year",
        "whole_year",
        "this_half",
        "this_quarter",
        "this_month",
        "year_end",
        "first_months",
        "this_week",
    }
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A period that the text states: the brackets that it stands in, and whether it is only the year
    of a plan ("Kế hoạch cải cách hành chính năm 2022") or of an index ("PAR INDEX 2020")."""

    mention: DateMention
    aside: Span | None
    of_plan: bool
    of_index: bool = False
    of_part: bool = False
    """Days in brackets behind the name of one part of a report: those of that part alone."""
    span: Span = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "span", self.mention.span)

    @property
    def is_long(self) -> bool:
        """Whether it is of more than a year: what a paragraph sums up, or what stands below a heading; not the time of
        a report."""
        return self.mention.end - self.mention.start > _LONG


class StatedPeriods:
    """The periods of one document: all, by their offsets; the days of labels."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.layers.view
        self.all = list(self._all())
        self.days_of = self._labels_in_days()
        """For a label ("2022-Q2") its days."""

    def _all(self) -> Iterator[Stated]:
        """The calendar expressions that can be a number's period."""
        asides = [Span(*m.span()) for m in _BRACKET.finditer(self.view)]
        at = 0
        for mention in self._mentions():
            while at < len(asides) and asides[at].end <= mention.span.start:
                at += 1
            inside = at < len(asides) and asides[at].covers(mention.span)
            before = self.view[max(0, mention.span.start - 80) : mention.span.start]
            of_plan = _PLAN.search(before) is not None
            # The edition of a yearly index is a year, never months of one.
            of_index = mention.precision in ("year", "month") and self._is_of_index(mention.span)
            of_part = inside and self._is_of_part(mention.span)
            yield Stated(mention, asides[at] if inside else None, of_plan, of_index, of_part)

    def _is_of_part(self, span: Span) -> bool:
        """Whether a time stands within a numbered part: "b) Kết quả giải quyết hồ sơ (từ 15/12/2022 đến 14/6/2023)"."""
        own = self._block_of(span)
        return (
            own is not None
            and own.kind is not BlockKind.TITLE
            and NUMBERED.match(self.view, own.span.start) is not None
        )

    def _block_of(self, span: Span) -> Block | None:
        """The block in which a time is told."""
        blocks = self.context.layers.document.blocks
        at = bisect_right(blocks, span.start, key=lambda block: block.span.start) - 1
        return blocks[at] if at >= 0 else None

    def _mentions(self) -> Iterator[DateMention]:
        dates = self.context.dates
        for before, resolved, after in zip((None, *dates), dates, (*dates[1:], None), strict=False):
            if resolved.mention is None or (after and self._and_after(resolved, after)):
                continue
            if (
                whole := self._since(before, resolved)
                or self._from_beginning(before, resolved)
                or self._and_after(before, resolved)
            ):
                yield whole
            elif self._can_hold(resolved) or self._sums_up(resolved.mention):
                yield resolved.mention

    def _since(self, before: ResolvedDate | None, resolved: ResolvedDate) -> DateMention | None:
        """The time up to now since a date that is told: "từ ngày 01/7/2025 đến nay"."""
        now, first = resolved.mention, before.mention if before else None
        if resolved.anchor != "now" or now is None or first is None or first.start >= now.end:
            return None
        if self.view[first.span.end : now.span.start].strip(" )"):
            return None
        if _SINCE.search(self.view, max(0, first.span.start - 90), first.span.start) is None:
            return None
        span = Span(first.span.start, now.span.end)
        quote = span.of(self.context.layers.document.text)
        return replace(now, start=first.start, precision="interval", span=span, quote=quote)

    def _from_beginning(self, before: ResolvedDate | None, resolved: ResolvedDate) -> DateMention | None:
        """The time from the beginning of work up to a cut-off: "Sau 9 tháng vận hành, đến hết tháng 3/2019"."""
        until, first = resolved.mention, before.mention if before else None
        if before is None or first is None or until is None or before.anchor != "first_months":
            return None
        if _UP_TO_BEHIND.fullmatch(self.view, before.span.end, resolved.span.start) is None or first.start >= until.end:
            return None
        span = Span(before.span.start, resolved.span.end)
        quote = span.of(self.context.layers.document.text)
        return replace(until, start=first.start, precision="interval", span=span, quote=quote)

    def _and_after(self, before: ResolvedDate | None, resolved: ResolvedDate) -> DateMention | None:
        """A year and the months right after it, told of as one: "năm 2021 và 2 tháng đầu năm 2022"."""
        year, months = before.mention if before else None, resolved.mention
        if year is None or months is None or year.precision != "year" or resolved.kind not in ("months", "half"):
            return None
        if months.start != year.end + timedelta(days=1) or months.role != "period":
            return None
        if self.view[year.span.end : months.span.start].strip() != "và":
            return None
        span = Span(year.span.start, months.span.end)
        quote = span.of(self.context.layers.document.text)
        return replace(months, start=year.start, precision="interval", span=span, quote=quote)

    def _sums_up(self, mention: DateMention) -> bool:
        """Whether several years that are over are told of what is counted, not of a plan or an act that is named for
        them: "Trong 3 năm (2021 - 2023), …"."""
        made = made_on(self.context.identity)
        if mention.role != "period" or mention.precision != "interval" or mention.end - mention.start <= _LONG:
            return False
        if made and mention.end.year > made.year:
            return False
        own = self._block_of(mention.span)
        opened = max(own.span.start if own else 0, mention.span.start - _NAME)
        lead = self.view[opened : mention.span.start]
        return _NAMED_FOR_YEARS.search(lead) is None

    def _is_of_index(self, span: Span) -> bool:
        """Whether a year says which edition of an index is meant."""
        near = within(self.context.layers.indices, Span(max(0, span.start - 60), span.end))
        ends = (m.span.end for m in near if m.span.end <= span.start)
        return any(not CLAUSE_BREAK.search(self.view, end, span.start) for end in ends)

    def _can_hold(self, resolved: ResolvedDate) -> bool:
        mention = resolved.mention
        if mention is not None and resolved.anchor == "last_year":
            return self._opens_sentence(resolved.span)
        if mention is None or mention.role != "period" or mention.end - mention.start > _LONG:
            return False
        if resolved.kind == "deictic" and resolved.anchor not in _OWN_TIME:
            # "trong năm" of a half-year's report may be the half year.
            return resolved.anchor == "within_year" and self.context.identity.period is None
        before = self.view[max(0, resolved.span.start - 30) : resolved.span.start]
        if mention.precision == "year" and before.rstrip().endswith("từ"):
            return _FROM_THEN.match(self.view, resolved.span.end) is not None
        if _MOVED_ON.match(self.view, resolved.span.end) or _OUTLOOK.search(before):
            return False
        if mention.precision in ("year", "quarter", "month") and _BY_THE_END.search(before):
            return True
        return _COMPARED.search(before) is None

    def _opens_sentence(self, span: Span) -> bool:
        """Whether a time governs its sentence: "Năm ngoái, tỉnh tiếp nhận 650.120 hồ sơ"; elsewhere it is what
        something is compared with."""
        return (
            _OPENS.search(self.context.layers.document.text, max(0, span.start - 12), span.start) is not None
            and _THEN.match(self.view, span.end) is not None
        )

    def _labels_in_days(self) -> dict[str, DateMention]:
        """For a label ("2022-Q2") the explicit days that the text gives for it: right behind it, or, for
        the label of an official report's title, in its first paragraphs."""
        found: dict[str, DateMention] = {}
        title = {b.span for b in self.context.layers.document.blocks if b.kind is BlockKind.TITLE}
        if (own := self.context.identity.title) and (at := self.context.layers.document.text.find(own)) >= 0:
            title.add(Span(at, at + len(own)))
        for one, other in pairwise(self.all):
            a, b = one.mention, other.mention
            titled = any(span.covers(a.span) for span in title)
            if titled and in_days(a) and not in_days(b):
                # "… từ ngày 21/4 đến ngày 20/5/2022" above, "trong tháng 5/2022" below it.
                a, b = b, a
            if in_days(a) or not in_days(b) or (a.start, a.end) == (b.start, b.end):
                continue
            near = abs(a.start - b.start) <= SLACK and abs(a.end - b.end) <= SLACK
            if near and not (titled and other.of_part) and abs(b.span.start - a.span.end) <= (_LEAD if titled else 40):
                found.setdefault(period_code(a.start, a.end), b)
        return found


def in_days(mention: DateMention) -> bool:
    """Whether a period is told by its first and last day."""
    return mention.rule_id in _OF_DAYS


def is_stretch(mention: DateMention) -> bool:
    """Whether a period is told by days, or is none that has a name (a quarter, a half): "5 tháng đầu năm"."""
    return mention.precision == "interval" or in_days(mention)
