"""Periods of index numbers that are told by another: "năm trước", "sau 2 năm", what a figure is set against."""

from __future__ import annotations

from pipeline.assemble.index_stated import OWN_BEHIND, SET_BEHIND, period_of
from pipeline.assemble.slots import Period
from pipeline.model import Span
from pipeline.text.spacing import spaced
from pipeline.values.periods import months

NEAR_FIGURE = 90
"""So many characters from a number the words stand that tell its year."""
_YEAR_BEFORE = spaced(
    r"(?<!\w)(?:năm (?:trước(?: đó)?|liền trước|ngoái|liền kề|trước liền kề)|cùng kỳ(?: năm (?:trước|ngoái))?)(?!\w)"
)
_YEAR_BEFORE_HAD = spaced(
    r"(?:^|[;.,(:]|(?<!\w)(?:trong khi|còn|khi|và|nếu|mà))\s*(?:của |vào |ở )?(?:chỉ số |điểm |kết quả )?"
    r"năm (?:trước(?: đó)?|liền trước|ngoái|liền kề|trước liền kề)\s+(?:(?:tỉnh|chỉ|mới|chỉ số này) )?"
    r"(?:là|đạt|được|ở|xếp|đứng|còn)(?: (?:mức|vị trí|thứ|hạng|điểm|thứ hạng))*\s*$"
)
_YEAR_BEFORE_LEADS = spaced(r"\s*(?:còn |trong khi )?năm (?:trước(?: đó)?|liền trước|liền kề|ngoái), ")
_AGAINST_EARLIER = spaced(r"\(\s*\d[\d.,]*\s*(?:điểm|%)?\s*so với\s*$")
_MONTH_BEFORE = spaced(r"(?<!\w)tháng (?:trước|liền trước)(?!\w)")
_AFTER_YEARS = spaced(
    r"(?<!\w)sau (?P<years>1|2|3|4|5|một|hai|ba|bốn|năm) năm(?!\w)(?! (?:thực hiện|triển khai|tái|kể))"
)
_YEARS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}


def period_before(period: Period, back: int, span: Span, years: int = 1) -> Period | None:
    """The period as long as this one, `back` months (12: `years` years) before; None for lengths that do not fit."""
    if period.start.year != period.end.year:
        return None
    if back == 12:
        return period_of(*months(period.start.year - years, period.start.month, period.end.month), span)
    if period.start.month != period.end.month:
        return None
    year, month = (
        (period.start.year - 1, 12) if period.start.month == 1 else (period.start.year, period.start.month - 1)
    )
    return period_of(*months(year, month, month), span)


def relative(view: str, period: Period, stretch: Span) -> Period | None:
    """ "năm trước", "tháng trước", counted back from a period."""
    for pattern, back in ((_YEAR_BEFORE, 12), (_MONTH_BEFORE, 1)):
        if match := pattern.search(view, stretch.start, stretch.end):
            return period_before(period, back, Span(*match.span()))
    if match := _AFTER_YEARS.search(view, stretch.start, stretch.end):
        return period_before(period, 12, Span(*match.span()), _count_of(match["years"]))
    return None


def years_after(view: str, period: Period, since: Span) -> Period | None:
    """The year so many years after a period, where the words behind it count them: "Năm 2019 xếp hạng 62; sau 4 năm lên
    hạng 45"."""
    counted = _AFTER_YEARS.search(view, since.start, since.end)
    if counted is None:
        return None
    return period_before(period, 12, Span(*counted.span()), -_count_of(counted["years"]))


def _count_of(word: str) -> int:
    return _YEARS.get(word) or int(word)


def is_of_year_before(view: str, place: Span, sentence: Span) -> bool:
    """Whether "năm ngoái" stands right behind the number, governs it or leads its sentence: "từ vị trí thứ 3 năm
    ngoái, vươn lên", "năm liền trước là 40,7 điểm"."""
    match = _YEAR_BEFORE.search(view, place.end, min(sentence.end, place.end + NEAR_FIGURE))
    between = SET_BEHIND.sub("", view[place.end : match.start()]) if match else ""
    if match is not None and OWN_BEHIND.fullmatch(between) is not None:
        return True
    if _YEAR_BEFORE_LEADS.match(view, sentence.start, place.start):
        return True
    start = max(sentence.start, place.start - NEAR_FIGURE)
    return _YEAR_BEFORE_HAD.search(view, start, place.start) is not None


def is_beside_own(view: str, place: Span, sentence: Span) -> bool:
    """Whether a bracket sets a figure against what it was before: "Đồng Tháp (72,81 so với 72,1)"."""
    return _AGAINST_EARLIER.search(view, max(sentence.start, place.start - NEAR_FIGURE), place.start) is not None
