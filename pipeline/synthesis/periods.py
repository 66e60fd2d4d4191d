"""Periods of reports with the ways in which they are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.synthesis.entries import Period, last_day

ROMAN = ("", "I", "II", "III", "IV")


def year(number: int) -> Period:
    return Period(str(number), date(number, 1, 1), date(number, 12, 31), (f"năm {number}",))


def years(first: int, last: int) -> Period:
    forms = (f"giai đoạn {first} - {last}", f"giai đoạn {first}-{last}")
    return Period(f"{first}/{last}", date(first, 1, 1), date(last, 12, 31), forms)


def half(number: int, which: int) -> Period:
    start, end = (date(number, 1, 1), date(number, 6, 30)) if which == 1 else (date(number, 7, 1), date(number, 12, 31))
    words = "đầu" if which == 1 else "cuối"
    forms = (f"6 tháng {words} năm {number}", f"sáu tháng {words} năm {number}", f"06 tháng {words} năm {number}")
    return Period(f"{number}-S{which}", start, end, forms)


def quarter(number: int, which: int) -> Period:
    forms = tuple(f"quý {name}{join}{number}" for name in (ROMAN[which], str(which)) for join in ("/", " năm "))
    return Period(f"{number}-Q{which}", date(number, 3 * which - 2, 1), last_day(number, 3 * which), forms[:3])


def month(number: int, which: int) -> Period:
    forms = (f"tháng {which}/{number}", f"tháng {which:02}/{number}", f"tháng {which} năm {number}")
    return Period(f"{number}-{which:02}", date(number, which, 1), last_day(number, which), forms)


def nine_months(number: int) -> Period:
    start, end = date(number, 1, 1), date(number, 9, 30)
    forms = (f"9 tháng đầu năm {number}", f"9 tháng năm {number}", f"chín tháng đầu năm {number}")
    return Period(f"{start.isoformat()}/{end.isoformat()}", start, end, forms)


def interval(start: date, end: date) -> Period:
    days = [(f"{d.day:02}/{d.month}/{d.year}", f"{d.day}/{d.month}/{d.year}") for d in (start, end)]
    forms = (
        f"từ ngày {days[0][0]} đến ngày {days[1][0]}",
        f"từ {days[0][1]} đến {days[1][1]}",
        f"từ ngày {start.day} tháng {start.month} năm {start.year} đến ngày {end.day} tháng {end.month} năm {end.year}",
    )
    return Period(f"{start.isoformat()}/{end.isoformat()}", start, end, forms)


def day(on: date) -> Period:
    forms = (
        f"ngày {on.day:02}/{on.month:02}/{on.year}",
        f"ngày {on.day}/{on.month}/{on.year}",
        f"ngày {on.day} tháng {on.month} năm {on.year}",
    )
    return Period(on.isoformat(), on, on, forms)


def year_before(period: Period) -> Period:
    """The same stretch a year earlier, with the forms of its kind."""
    number = period.start.year - 1
    start = period.start.replace(year=number)
    end = last_day(period.end.year - 1, period.end.month) if period.end.day > 27 else period.end.replace(year=number)
    label = str(number) + period.label[4:] if "/" not in period.label else f"{start.isoformat()}/{end.isoformat()}"
    forms = tuple(form.replace(str(number + 1), str(number)) for form in period.forms)
    return replace(period, label=label, start=start, end=end, forms=forms)
