"""When what a text tells of began its work: the day from which "sau một tháng" and "tháng đầu tiên" are counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.match.date_words import load_date_words
from pipeline.match.dates import DateAtom
from pipeline.model import Span
from pipeline.text.spacing import spaced
from pipeline.values.dates import parse_ordinal

_FROM = spaced(r"(?<!\w)(?:từ|kể từ)(?: ngày)?\s*$")
_WORK_BEGINS = spaced(
    r"(?<!\w)(?:hoạt động|vận hành|mở cửa|khai trương|ra mắt|thành lập|hợp nhất|sáp nhập|triển khai|áp dụng|thực hiện"
    r"|tiếp nhận|thí điểm)(?!\w)"
)
_COUNT = spaced(r"(?P<more>hơn |gần |trên )?(?P<count>\d{1,2}|[^\W\d]+) tháng")
_NEAR = 90
"""So many characters on each side of its day the words stand that say that work began."""
_SHORTLY = timedelta(days=3)
"""So long before the end of a month one may tell what it brought."""
_LONGEST = 12


def began_on(view: str, atoms: Sequence[DateAtom], today: date) -> date | None:
    """The one day from which a text says that work was begun, by the day that the text is of; else that of a reform
    which it speaks of and everybody knows."""
    days = {
        day
        for atom in atoms
        if atom.kind in ("day", "interval") and _FROM.search(view, max(0, atom.span.start - 20), atom.span.start)
        if (day := _first_day(atom, today)) is not None and _tells_work(view, atom.span)
    }
    if len(days) == 1:
        return days.pop()
    known = {day for day, named in load_date_words().beginnings if day <= today and named.search(view)}
    return known.pop() if not days and len(known) == 1 else None


def months_since(words: str, began: date, today: date) -> tuple[date, date] | None:
    """The days of "sau một tháng", "tháng đầu tiên" in a text that is of `today`; None where they are not over yet."""
    told = _COUNT.search(words)
    count = (parse_ordinal(told["count"]) if told else 1) or 0
    if not 1 <= count <= _LONGEST:
        return None
    month = began.month - 1 + count
    end = _on(began.year + month // 12, month % 12 + 1, began.day) - timedelta(days=1)
    if told and told["more"]:
        return (began, today) if began < today else None
    return (began, end) if end <= today + _SHORTLY else None


def _first_day(atom: DateAtom, today: date) -> date | None:
    point = atom.first
    if point is None or point.day is None:
        return None
    for year in (point.year,) if point.year else (today.year, today.year - 1):
        dated = point.in_year(year)
        if dated.is_real() and dated.first_day() <= today:
            return dated.first_day()
    return None


def _tells_work(view: str, span: Span) -> bool:
    return _WORK_BEGINS.search(view, max(0, span.start - _NEAR), span.end + _NEAR) is not None


def _on(year: int, month: int, day: int) -> date:
    """A day of a month, or the first of the next where the month has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)
