"""Periods of the calendar and their codes: 2020, 2021-S1, 2022-Q1, 2021-06, 2021-06-18, A/B."""

from __future__ import annotations

import calendar
import re
from datetime import date

Interval = tuple[date, date]

_HALF = re.compile(r"(\d{4})-S([12])")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_PRECISIONS = {12: "year", 6: "half", 3: "quarter", 1: "month"}


def months(year: int, first: int, last: int) -> Interval:
    """From the first day of month `first` to the last day of month `last` of a year."""
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def precision(start: date, end: date) -> str:
    """day, month, quarter, half, year, or interval for any other pair of days."""
    if start == end:
        return "day"
    length = end.month - start.month + 1
    whole = start.year == end.year and (start, end) == months(start.year, start.month, end.month)
    if whole and length in _PRECISIONS and (start.month - 1) % length == 0:
        return _PRECISIONS[length]
    return "interval"


def period_code(start: date, end: date) -> str:
    """The shortest code of a period. Raises ValueError where it ends before it starts."""
    if end < start:
        raise ValueError(f"period ends before it starts: {start}/{end}")
    match precision(start, end):
        case "day":
            return start.isoformat()
        case "month":
            return f"{start:%Y-%m}"
        case "quarter":
            return f"{start:%Y}-Q{(start.month + 2) // 3}"
        case "half":
            return f"{start:%Y}-S{1 if start.month == 1 else 2}"
        case "year":
            return f"{start:%Y}"
        case _:
            return f"{start.isoformat()}/{end.isoformat()}"


def parse_period(code: str) -> Interval:
    """The first and the last day of a code. Raises ValueError for anything else."""
    if "/" in code:
        left, right = code.split("/", 1)
        start, end = parse_period(left)[0], parse_period(right)[1]
        if end < start:
            raise ValueError(f"period ends before it starts: {code}")
        return start, end
    if half := _HALF.fullmatch(code):
        return months(int(half[1]), 6 * int(half[2]) - 5, 6 * int(half[2]))
    if quarter := _QUARTER.fullmatch(code):
        return months(int(quarter[1]), 3 * int(quarter[2]) - 2, 3 * int(quarter[2]))
    if _YEAR.fullmatch(code):
        return months(int(code), 1, 12)
    if (month := _MONTH.fullmatch(code)) and 1 <= int(month[2]) <= 12:
        return months(int(month[1]), int(month[2]), int(month[2]))
    if len(code) == 10:
        day = date.fromisoformat(code)
        return day, day
    raise ValueError(f"not a period: {code!r}")
