"""Of which year a score or rank is: the measured year, never that of the news about it."""

from __future__ import annotations

from bisect import bisect_left

import regex

from pipeline.assemble.index_editions import NEAR_INDEX, IndexEditions
from pipeline.assemble.index_relative import (
    NEAR_FIGURE,
    is_beside_own,
    is_of_year_before,
    period_before,
    relative,
    years_after,
)
from pipeline.assemble.index_stated import OWN_BEHIND, SET_BEHIND, Role, Stated, period_of
from pipeline.assemble.index_year_lists import joined_years, labelled_year, year_in_turn
from pipeline.assemble.made_on import made_on
from pipeline.assemble.slots import Period
from pipeline.match.layers import within
from pipeline.match.mention import Mention
from pipeline.match.names import NameKind
from pipeline.match.numbers import NumberAtom
from pipeline.model import Span
from pipeline.text.spacing import spaced
from pipeline.values.periods import months

_CLAUSE_END = regex.compile(r"[;.](?=\s)")
_YEAR_END = spaced(r"(?<!\w)(?:đến|tới|vào|từ nay đến) (?:cuối|hết) năm(?: nay)?(?! \d)(?!\w)")
_ENDS = spaced(r"\s*[.;]?\s*")
# What is to come, or another time, closes the sentence: "…, phấn đấu đạt 90% vào năm 2025".
_REACHES = spaced(
    r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu|kế hoạch|sẽ|dự kiến|yêu cầu|giao)(?!\w)"
    r"|(?<!\w)(?:đến|tới|vào|trong|từ|cuối|hết|so với|thay|kể)(?: cuối| hết| đầu)?\s+$|;"
)
_BASE_BRACKET = spaced(
    r"(?<!\w)(?:so với|so|hơn|kém)(?: cùng kỳ)?(?: của)? (?:năm|kỳ|tháng) "
    r"(?:trước(?: đó)?|liền trước|ngoái|(?:19|20)\d{2})\s*$"
)
_OPENS_NAME = spaced(r"\s*(?:điểm|%)?\s*\(?\s*")
_CLOSES = spaced(r"\s*\)\s*[.;]?\s*")
_FROM_PLACE = spaced(r"(?<!\w)từ (?:vị trí |ngôi vị )?$")
_TO_PLACE = spaced(r"\s*(?:cả nước |toàn quốc )?(?:vươn |tụt |lùi |rơi |rớt |trượt )?(?:lên|xuống|về)(?!\w)")
# "(năm 2022: hạng 23)": the year goes with what follows it.
_GOVERNS_NEXT = spaced(r"\s*(?:[:–-]|(?:là|đạt|được|mới|có|tỉnh|xếp|đứng)(?!\w))")
_GOVERNS_IN_BRACKET = spaced(
    r"\s*,?\s*(?:[:–-]|\d|(?:là|đạt|được|mới|có|tỉnh|xếp|đứng|chỉ|phấn đấu|ước|dự kiến|hạng|thứ|tăng|giảm)(?!\w))"
)
_IN_BRACKETS = spaced(
    r"(?<!\w)(?:trong (?:dấu )?ngoặc(?: đơn)?(?!\w)[^.;:()]{0,40}"
    r"|(?:điểm |số liệu |kết quả )?(?:năm|tháng|kỳ) [^.,;:()]{0,15}trong (?:dấu )?ngoặc)"
)
_HEADER_YEAR = spaced(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_YEAR_ROW = spaced(r"\s*(?:năm )?(?:19|20)\d{2}\s*")
_HEADER_MONTH = spaced(r"(?i)(?<!\w)tháng (\d{1,2})\s*[/-]\s*((?:19|20)\d{2})")
# "tăng 13 bậc so với vị trí thứ 22 của 2015", "so với mức 80,1% năm 2022": the year of what is compared with.
_AGAINST_FIGURE = spaced(
    r"(?<!\w)(?:so với|hơn|kém) (?:vị trí |thứ hạng |hạng |mức |điểm số |thứ |con số )*\d+(?:[.,]\d+)?(?: ?/ ?\d+)?"
    r"(?: ?%| điểm| tỉnh, thành phố)?\s*\(?(?:của |vào |ở |trong )?(?:năm )?(?P<year>(?:19|20)\d{2})(?!\d)"
)
# "PCI tăng 5 bậc, PAPI tăng 10 bậc, PAR INDEX tăng 3 bậc so với năm 2021": one base for all of a list.
_CHANGES_LISTED = spaced(
    r"\s*(?:bậc|hạng|vị trí|điểm|%)?(?:\s*(?:,|;|và|, và)\s*[^,;.()\d]{2,60}?(?:tăng|giảm|thăng|tụt)\s+"
    r"(?:thêm\s+)?\d[\d.,]*\s*(?:bậc|hạng|vị trí|điểm|%))+\s*so (?:với|cùng kỳ)\s+(?:năm\s+)?"
)


class IndexPeriods(IndexEditions):
    """The periods of one document, and the choice among them for a number of an index."""

    def of(self, mention: Mention, sentence: Span, block: int) -> tuple[Period | None, bool]:
        """The period of a number, and whether it stands outside the number's sentence."""
        code = (mention.index or "").partition("/")[0]
        if mention.cell is not None:
            return self._of_cell(mention.cell, code), True
        stated = self.stated.of(sentence, code)
        place = mention.value_span
        if (label := labelled_year(self.view, sentence, place.start)) is not None:
            return self.stated.year(label), False
        is_change = mention.indicator.endswith("_change")
        if not is_change and (own := self._own(place, stated, sentence)) is not None:
            return own, False
        if (of_mean := self._of_mean(mention, stated)) is not None:
            return of_mean, False
        if (until := self._until_year_end(place, stated, sentence)) is not None:
            return until, False
        period, inherited = self._of_sentence(place, stated, sentence, code, block, is_change)
        if not is_change and (turn := year_in_turn(self.context.layers, place, sentence)) is not None:
            return self.stated.year(turn), False
        if "base" in mention.reasons or self._is_of_base(place, sentence):
            was = self.base(mention, sentence, period)
            if was is None and period is not None and is_beside_own(self.view, place, sentence):
                return period_before(period, 12, place), True
            return was or period, False
        if not is_change and self.starts_change(place):
            earlier = self.base(mention, sentence, period)
            period = period or self._of_end(place, stated, sentence)
            # A ranking of each month moves from month to month.
            back = 1 if code in self.stated.monthly and period and period.start.month == period.end.month else 12
            return (earlier, False) if earlier else (period and period_before(period, back, place), True)
        if not is_change and period is not None and is_of_year_before(self.view, place, sentence):
            return period_before(period, 12, place), False
        if period is None and is_change and (told := [s.period for s in stated if s.role is Role.GENERAL]):
            # "tụt 14 bậc: hạng 20 năm 2021, hạng 34 năm 2022"
            return max(told, key=lambda p: p.end), False
        if period is None and (after := self._after_compared(stated, code)) is not None:
            return after, True
        if "aside" in mention.reasons and (declared := self._declared(code, period)) is not None:
            return declared, False
        return period, inherited

    def base(self, mention: Mention, sentence: Span, period: Period | None) -> Period | None:
        """What a change is against: "so với năm 2019", over the whole chain up to a new index."""
        code = (mention.index or "").partition("/")[0]
        place = mention.value_span
        wholes = [m for m in within(self.context.layers.indices, sentence) if m.kind is NameKind.WHOLE]
        names = [m.span.start for m in wholes if m.index != code]
        end = min([start for start in names if start > place.end], default=sentence.end)
        stated = self.stated.of(sentence, code)
        compared = [s for s in stated if s.role is Role.COMPARED]
        ahead = [
            s.period
            for s in compared
            if place.end <= s.span.start
            and (s.span.start < end or _CHANGES_LISTED.fullmatch(self.view, place.end, s.span.start))
        ]
        behind = [s.period for s in compared if s.span.end <= place.start]
        if ahead or behind:
            return ahead[0] if ahead else behind[-1]
        if against := _AGAINST_FIGURE.search(self.view, place.end, min(end, place.end + NEAR_FIGURE)):
            return self.stated.year(Span(*against.span("year")))
        if period is not None and (earlier := relative(self.view, period, Span(sentence.start, end))) is not None:
            return earlier
        # "Năm 2022 tỉnh còn ở vị trí thứ 19 thì năm 2023 …, tăng 16 bậc"
        others = [
            s.period
            for s in stated
            if s.role in (Role.ASIDE, Role.FROM)
            or (s.role is Role.GENERAL and period is not None and s.period.end.year == period.end.year - 1)
        ]
        return next((p for p in others if period is None or p.end < period.start), None)

    def _own(self, place: Span, stated: list[Stated], sentence: Span) -> Period | None:
        """A period of the number alone: right behind it ("bậc 21 (năm 2015)"), or in its own bracket."""
        bracket = self.stated.bracket(place.start, sentence)
        others = [s for s in stated if s.role is not Role.COMPARED]
        for item in others:
            between = SET_BEHIND.sub("", self._without_index(Span(place.end, max(place.end, item.span.start))))
            behind = OWN_BEHIND.fullmatch(between) if item.span.start >= place.end else None
            in_bracket = behind is not None and "(" in between
            governs = _GOVERNS_IN_BRACKET if in_bracket else _GOVERNS_NEXT
            if behind and not governs.match(self.view, item.span.end):
                return item.period
        inside = [s.period for s in others if bracket is not None and bracket < s.span.start < place.start]
        return inside[-1] if inside else None

    def _until_year_end(self, place: Span, stated: list[Stated], sentence: Span) -> Period | None:
        """The year in which the document was made, where that is how far a goal reaches: "phấn đấu đến cuối năm đạt từ
        88 điểm trở lên"."""
        until = list(_YEAR_END.finditer(self.view, sentence.start, place.start))
        today = made_on(self.context.identity)
        if not until or today is None or any(until[-1].start() < s.span.start < place.start for s in stated):
            return None
        return period_of(*months(today.year, 1, 12), Span(*until[-1].span()))

    def _after_compared(self, stated: list[Stated], code: str) -> Period | None:
        """The year after the one that a yearly index is compared with, where no other is told: "tăng 1 bậc so với năm
        2020"."""
        compared = [s.period for s in stated if s.role is Role.COMPARED]
        if not compared or code in self.stated.monthly or made_on(self.context.identity) is not None:
            return None
        latest = max(compared, key=lambda p: p.end)
        return period_of(*months(latest.end.year + 1, 1, 12), latest.span)

    @staticmethod
    def _of_mean(mention: Mention, stated: list[Stated]) -> Period | None:
        """The year between the words of a mean and its figure, whatever was compared before: "cao hơn mức trung bình
        năm 2018 là 51 điểm"."""
        mean = dict(mention.cues).get("mean")
        if mean is None or mention.indicator.endswith("_change"):
            return None
        between = [s.period for s in stated if mean.end <= s.span.start and s.span.end <= mention.value_span.start]
        return between[-1] if between else None

    def several(self, mention: Mention, period: Period) -> list[Period]:
        """The further years that share a number with `period`: "năm 2019 và 2020 xếp hạng 59"."""
        if period.span is None or mention.indicator.endswith("_change"):
            return []
        return [self.stated.year(year) for year in joined_years(self.view, period.span, mention.value_span.start)]

    def _without_index(self, stretch: Span) -> str:
        """The words of a stretch without the name of an index that opens it: "hạng 37 PCI năm 2021"."""
        words = stretch.of(self.view)
        for name in within(self.context.layers.indices, stretch):
            lead = self.view[stretch.start : name.span.start]
            end = min(name.span.end, name.year.start if name.year else name.span.end)
            if _OPENS_NAME.fullmatch(lead) and end <= stretch.end:
                return lead + self.view[end : stretch.end]
        return words

    def _is_of_base(self, place: Span, sentence: Span) -> bool:
        """Whether the number stands in a bracket behind what it was before: "so với năm trước (68 điểm; hạng 10)"."""
        bracket = self.stated.bracket(place.start, sentence)
        return bracket is not None and _BASE_BRACKET.search(self.view[sentence.start : bracket]) is not None

    def _of_sentence(
        self, place: Span, stated: list[Stated], sentence: Span, code: str, block: int, is_change: bool
    ) -> tuple[Period | None, bool]:
        """The period that the sentence speaks of before the number, or with its index behind it; else outside."""
        general = [s for s in stated if s.role is Role.GENERAL]
        before = [s for s in general if s.span.end <= place.start]
        if before:
            if (edition := self._this_edition(place, before[-1], code)) is not None:
                return edition, True
            later = years_after(self.view, before[-1].period, Span(before[-1].span.end, place.start))
            own = self._of_own_clause(place, before[-1], general, code)
            return own or later or before[-1].period, False
        if (alone := self._alone_in_bracket(stated, sentence)) is not None:
            return alone, False
        # "sau đó (thể hiện qua POBI 2018) có 6 tỉnh …": the edition that a bracket names, and no figure of it.
        editions = {m.year for m in within(self.context.layers.indices, sentence) if m.index == code and m.year}
        if named := [
            s.period
            for s in stated
            if s.span in editions
            and s.role is Role.ASIDE
            and s.span.end <= place.start
            and self.view.startswith(")", s.span.end)
        ]:
            return named[-1], False
        names = [m.span for m in within(self.context.layers.indices, sentence) if m.index == code]
        for item in general:
            behind = [n for n in names if n.start >= place.end and -20 <= item.span.start - n.end <= NEAR_INDEX]
            if item.span.start >= place.end and behind:
                return item.period, False
        if (closing := self._closing(place, stated, sentence)) is not None:
            return closing, False
        return self._outside(code, sentence.start, block, is_change), True

    def _closing(self, place: Span, stated: list[Stated], sentence: Span) -> Period | None:
        """The one period of a sentence, at its end: "A xếp thứ 18 PAR INDEX (87,1%) và thứ 23 PCI (66,6 điểm) năm
        2022"."""
        if len(stated) != 1 or stated[0].role is not Role.GENERAL or stated[0].span.start < place.end:
            return None
        closes = _ENDS.fullmatch(self.view, stated[0].span.end, sentence.end)
        reaches = _REACHES.search(self.view, sentence.start, stated[0].span.start)
        return stated[0].period if closes and reaches is None else None

    def _of_own_clause(self, place: Span, before: Stated, general: list[Stated], code: str) -> Period | None:
        """The year of the index that the number's own clause names, where the year before stands in another: "Đứng thứ
        2 năm 2021, huyện vươn lên thứ 1 trên bảng xếp hạng Chỉ số CCHC năm 2022"."""
        if self.view.find(", ", before.span.end, place.start) < 0:
            return None
        item = next((s for s in general if s.span.start >= place.end), None)
        if item is None:
            return None
        between = Span(place.end, item.span.start)
        named = any(m.index == code for m in within(self.context.layers.indices, between))
        own = named and _CLAUSE_END.search(self.view, between.start, between.end) is None
        return item.period if own and not within(self.context.layers.numbers, between) else None

    def _alone_in_bracket(self, stated: list[Stated], sentence: Span) -> Period | None:
        """The one period of a sentence, in a bracket of its own at the end: "đứng thứ 20, tăng 14 bậc (năm 2023)"."""
        if len(stated) != 1 or stated[0].role is not Role.ASIDE:
            return None
        span = stated[0].span
        closed = _CLOSES.fullmatch(self.view, span.end, sentence.end)
        return stated[0].period if closed and self.view[: span.start].rstrip().endswith("(") else None

    def _of_cell(self, place: tuple[int, int, int], code: str) -> Period | None:
        """The period of a cell: its column's heading, the caption, then what is said before the table."""
        number, row, column = place
        grid = self.context.grids[number]
        table = grid.table
        for words in reversed(grid.cells[row, column].header):
            if code in self.stated.monthly and (month := _HEADER_MONTH.search(words)):
                return period_of(*months(int(month[2]), int(month[1]), int(month[1])), None)
            if year := _HEADER_YEAR.search(words):
                return period_of(*months(int(year.group()), 1, 12), None)
        for label in (c for c in grid.opening(row, column) if not c.is_header):
            # "2021 | 64,60 | 24": a row for each year.
            if _YEAR_ROW.fullmatch(label.span.of(self.view)) and (
                year := _HEADER_YEAR.search(label.span.of(self.view))
            ):
                return period_of(*months(int(year.group()), 1, 12), None)
        if table.caption and (captioned := self.stated.general(table.caption, code)):
            return captioned[0]
        blocks = self.context.layers.document.blocks
        at = bisect_left(blocks, table.span, key=lambda block: block.span)
        return self._outside(code, table.span.start, at, False)

    def between_columns(self, place: tuple[int, int, int]) -> tuple[Period, Period] | None:
        """The period of a change in a column of its own and the one that it is against: the years of the two columns
        that it stands beside, or what its heading sets it against ("So với 2022")."""
        number, row, column = place
        grid = self.context.grids[number]
        own = " | ".join(grid.cells[row, column].header)
        against = {int(year.group()) for year in _HEADER_YEAR.finditer(own)}
        headings = (heading for at in range(column) for heading in grid.headings.get(at, ()))
        beside = {int(y.group()) for h in headings for y in _HEADER_YEAR.finditer(h.span.of(self.view))}
        years = sorted(beside | against) if len(against) < 2 else sorted(against)
        if len(years) != 2 or (against - {years[0]} and len(against) == 1):
            return None
        return period_of(*months(years[1], 1, 12), None), period_of(*months(years[0], 1, 12), None)

    def starts_change(self, place: Span) -> bool:
        """Whether a number is the first end of a change."""
        atoms: list[NumberAtom] = [
            a for a in within(self.context.layers.numbers, Span(place.start, place.start + 1)) if a.number == place
        ]
        if not atoms:
            # "từ ngôi nhất xuống hạng 5"
            lead = self.view[max(0, place.start - 20) : place.start]
            return _FROM_PLACE.search(lead) is not None and _TO_PLACE.match(self.view, place.end) is not None
        return atoms[0].role == "change_from"

    def _of_end(self, place: Span, stated: list[Stated], sentence: Span) -> Period | None:
        """The period right behind the end of a change: "từ hạng 35 rơi xuống hạng 62 vào năm 2021"."""
        atoms = within(self.context.layers.numbers, Span(place.end, sentence.end))
        end = next((a for a in atoms[:3] if a.role == "change_to"), None)
        return self._own(end.number, stated, sentence) if end is not None else None

    def _declared(self, code: str, period: Period | None) -> Period | None:
        """What brackets hold throughout the document: "trong ngoặc là điểm năm 2019"."""
        for match in _IN_BRACKETS.finditer(self.view):
            stretch = Span(*match.span())
            if found := self.stated.of(stretch, code):
                return found[0].period
            if period is not None and (earlier := relative(self.view, period, stretch)) is not None:
                return earlier
        return None
