"""The spellings of days, months, quarters, halves and years, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from pipeline.model import Span
from pipeline.text.gate import gated
from pipeline.values.dates import CalendarPoint, parse_ordinal


@dataclass(frozen=True, slots=True)
class DateAtom:
    """A calendar expression of the text.

    `kind` is day, month, quarter, half, months (any other run of months), year, interval, or deictic
    ("đến nay"; then `anchor` names which). `first` and `last` are its ends, with a year only where one
    is written; both are None for a deictic. `shared` says that the year was written with a neighbour
    ("tháng 9 và quý III/2021").
    """

    span: Span
    kind: str
    rule_id: str
    first: CalendarPoint | None = None
    last: CalendarPoint | None = None
    anchor: str = ""
    weak: bool = False
    shared: bool = False

    @property
    def year(self) -> int | None:
        return self.last.year if self.last else None


_Y = r"(?P<y>(?:19|20)[0-9]{2})(?![0-9])"
_YEAR_TAIL = rf"(?: {{0,2}}[/.-] {{0,2}}| {{0,3}},? {{0,3}}(?:của )?năm {{0,4}}| {{1,2}}){_Y}"
_M = r"(?P<m>0?[1-9]|1[0-2])(?![0-9])"
_D = r"(?P<d>0?[1-9]|[12][0-9]|3[01])(?![0-9])"
_FREE = r"(?<![0-9])(?<![0-9][/.,-])(?<![0-9] [/-])"
_END = r"(?![0-9])(?![/-] ?[0-9])(?![.,][0-9])"
_WORD_NUMBER = r"(?:mười hai|mười một|mười|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín)"
_PART = r"(?P<part>đầu|cuối)"
_OF_MONTHS = rf" {{1,3}}tháng {{1,3}}{_PART}(?: {{1,3}}của)? {{1,3}}năm(?: {{1,3}}{_Y})?(?!\w)"
_OF_MONTHS_YEAR = (
    rf" {{1,3}}tháng(?:(?: {{1,3}}{_PART})?(?: {{1,3}}của)?(?: ?/ ?| {{1,3}}năm {{1,3}}| {{1,3}}){_Y}"
    rf"| {{1,3}}(?:đã {{1,3}})?qua(?!\w))"
)
_LONG = rf"{_D} {{0,4}}tháng {{0,4}}{_M}(?: {{0,4}},? {{0,4}}năm {{0,4}}{_Y}| {{0,2}}[/-] {{0,2}}{_Y})"
SUMMED_UP = "lũy kế|sơ kết|tổng kết|kết quả|báo cáo|tổng hợp"
"""Words before the months of a report; they run from the year's first, unless they are the length of something else."""
_NO_RUN = "đầu|cuối|của năm|năm|đã qua|qua|thực hiện|triển khai|vận hành|thi hành|hoạt động|liên|kể|sau|trước|gần"
_DIGIT_GRAMMAR = (
    ("iso", rf"{_FREE}{_Y}-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3][0-9])(?![0-9-])"),
    (
        "day_run",
        rf"{_FREE}(?P<d>[0-9]{{1,2}})/(?P<m>[0-9]{{1,2}})(?:/(?P<y>(?:19|20)[0-9]{{2}}))? ?- ?(?:ngày )?"
        rf"(?P<d2>[0-9]{{1,2}})/(?P<m2>[0-9]{{1,2}})(?:/(?P<y2>(?:19|20)[0-9]{{2}}))?{_END}",
    ),
    (
        "numeric",
        rf"{_FREE}(?P<d>[0-9]{{1,2}}) {{0,2}}[/.-] {{0,2}}(?P<m>[0-9]{{1,2}}) {{0,2}}[/.-] {{0,2}}"
        rf"(?P<y>[0-9]{{4,6}}){_END}",
    ),
    # Not the minutes of a clock: "21:07 Tháng 10-2020".
    ("long", rf"{_FREE}(?<![0-9]:){_LONG}"),
    ("years", rf"(?<=từ ){_Y} (?:đến|tới) (?:năm )?(?P<y2>(?:19|20)[0-9]{{2}}){_END}"),
    ("years", rf"{_FREE}(?P<y>(?:19|20)[0-9]{{2}}) ?- ?(?P<y2>(?:19|20)[0-9]{{2}}){_END}"),
    ("months_of", rf"(?<!\w)(?P<n>0?[1-9]|1[0-2])(?:{_OF_MONTHS}|{_OF_MONTHS_YEAR})"),
    (
        "some_months",
        r"(?:(?<=(?:qua|sau|trong|hết|tính|kế) )(?P<n>0?[2-9]|1[0-2]) tháng(?=[,;:)]| ?-|$)"
        rf"|(?<=(?:{SUMMED_UP}) )(?P<n>0?[2-9]|1[0-2]) tháng(?! (?:{_NO_RUN})(?!\w))"
        r"|(?<![\w.,/])(?P<n>0?[2-9]|1[0-2]) tháng(?= (?:giải quyết|tiếp nhận|đã|có|toàn|đạt)(?!\w))"
        r"|(?<![\w.,/])(?P<n>0?[2-9]|1[0-2]) tháng năm nay(?!\w))",
    ),
    ("quarters_of", rf"(?<!\w)(?P<n>[23]) quý đầu(?: của)? năm(?: {{1,3}}{_Y})?(?!\w)"),
    ("next_year", rf"(?<=(?:19|20)[0-9]{{2}}(?:,| và|, và|;) ?){_Y}{_END}(?! ?%)"),
    ("bare_day", rf"{_FREE}(?P<d>0?[1-9]|[12][0-9]|3[01])(?P<sep>[/.-])(?P<m>0?[1-9]|1[0-2]){_END}(?!/)"),
    ("bare_month", rf"{_FREE}(?P<m>0?[1-9]|1[0-2])[/-]{_Y}(?![/-])"),
    ("bare_year", r"(?<![\w.,/:&-])(?P<y>20[0-3][0-9]|199[0-9])(?![\w%&])(?![.,/:-][\w])"),
)
_WORD_GRAMMAR = (
    ("days", rf"(?:ngày|(?<=[(])từ) {{0,3}}(?P<d>[0-9]{{1,2}}) {{0,2}}(?:-|đến(?: hết)?(?: ngày)?|và|,) {{0,2}}"
             rf"(?P<d2>[0-9]{{1,2}}) {{0,2}}[/-] {{0,2}}{_M}(?: {{0,2}}[/-] {{0,2}}{_Y}|{_END})"),
    ("days", rf"ngày {{0,3}}(?P<d>[0-9]{{1,2}}) {{0,2}}(?:-|đến(?: hết)?(?: ngày)?) {{0,2}}(?P<d2>[0-9]{{1,2}}) {{0,3}}"
             rf"tháng {{0,3}}{_M}(?:{_YEAR_TAIL}|{_END})"),
    ("long", rf"ngày {{0,6}}{_LONG}"),
    ("long_bare", rf"ngày {{0,4}}{_D} {{0,4}}tháng {{0,4}}{_M}{_END}"),
    ("blank", r"ngày[ ._…]{1,60}tháng[ ._…]{1,60}(?:[0-9]{1,2}[ ._…]{1,30})?năm[ ._…]{0,30}(?:[0-9]{4})?"),
    ("year_start", rf"(?:từ )?đầu năm(?: {{1,3}}{_Y})?(?= {{0,3}},? ?(?:cho )?(?:đến|tới|-) )"),
    ("months_of", rf"(?P<n>{_WORD_NUMBER})(?:{_OF_MONTHS}|{_OF_MONTHS_YEAR})"),
    ("half", rf"nửa {_PART}(?: của)? năm(?: {{1,3}}{_Y})?(?!\w)"),
    ("quarter", rf"quý {{0,2}}(?P<q>iv|i{{1,3}}|[1-4]|một|hai|ba|tư|bốn)(?!\w)(?:{_YEAR_TAIL}|{_END})"),
    ("quarter", rf"(?<=quý (?:i{{1,3}}|[1-3])(?:,| và|, và) )(?P<q>iv|i{{1,3}})(?!\w){_YEAR_TAIL}"),
    ("month_run", rf"(?<![0-9] )tháng {{0,2}}{_M} ?(?:-|đến) ?(?P<m2>0?[1-9]|1[0-2])(?![0-9]){_YEAR_TAIL}"),
    ("month", rf"(?<!cách mạng )(?<![0-9] )tháng {{0,3}}{_M}(?:{_YEAR_TAIL}|{_END})"),
    # "chỉ số 766 tháng 11/2025": no day has three digits.
    ("month", rf"(?<=[0-9]{{3}} )tháng {{0,3}}{_M} ?[/-] ?{_Y}"),
    ("month", rf"tháng (?P<m>giêng|chạp|{_WORD_NUMBER})(?: năm {{1,3}}|/){_Y}"),
    ("years", rf"năm {{0,4}}{_Y} ?- ?(?:năm )?(?P<y2>(?:19|20)[0-9]{{2}}){_END}"),
    ("year", rf"năm {{0,4}}{_Y}(?![/-][0-9])"),
)  # fmt: skip
_GRAMMAR = (*_DIGIT_GRAMMAR, *_WORD_GRAMMAR)
_RULES = {f"r{n}": rule for n, (rule, _) in enumerate(_GRAMMAR)}


def _alternatives(grammar: tuple[tuple[str, str], ...], offset: int) -> str:
    return "|".join(f"(?P<r{offset + n}>{pattern})" for n, (_, pattern) in enumerate(grammar))


_DIGITS_OF_DATE = r"[0-9]{1,2} {0,4}[/.tq-]|(?:19|20)[0-9]{2}"
_FIRST_WORDS = r"ngày|năm|tháng|quý|nửa|đầu|từ|một|hai|ba|tư|bốn|sáu|bảy|tám|chín|mười|i"
_START = re.compile(rf"(?=[0-9nđtqmhbsci])(?<!\w)(?={_DIGITS_OF_DATE}|{_FIRST_WORDS})")
_PATTERN = regex.compile(
    rf"(?={_DIGITS_OF_DATE})(?:{_alternatives(_DIGIT_GRAMMAR, 0)})"
    rf"|(?<!\w)(?={_FIRST_WORDS})(?:{_alternatives(_WORD_GRAMMAR, len(_DIGIT_GRAMMAR))})"
)


def scan(view: str) -> Iterator[DateAtom]:
    """The expressions of the lower-case view one by one, doubtful ones marked weak, no ratio ruled out yet."""
    for match in gated(_START, _PATTERN, view):
        atom = _READERS[_rule(match)](match)
        if atom is not None and atom.first and atom.last and atom.first.is_real() and atom.last.is_real():
            yield atom


def _rule(match: regex.Match[str]) -> str:
    return _RULES[next(name for name in _RULES if match.group(name) is not None)]


def in_order(first: CalendarPoint, last: CalendarPoint) -> tuple[CalendarPoint, CalendarPoint] | None:
    """The two ends of an interval, the year of one given to the other; None where they run backwards."""
    turns = (first.month or 1, first.day or 1) > (last.month or 12, last.day or 31)
    if first.year is None and last.year is not None:
        first = first.in_year(last.year - turns)
    if last.year is None and first.year is not None:
        last = last.in_year(first.year + turns)
    if first.year is not None and last.year is not None and (first.year, turns) > (last.year, False):
        return None
    return first, last


def _atom(
    match: regex.Match[str], kind: str, first: CalendarPoint, last: CalendarPoint, weak: bool = False
) -> DateAtom:
    return DateAtom(Span(*match.span()), kind, f"date/{_rule(match)}", first, last, weak=weak)


def _number(match: regex.Match[str], group: str) -> int | None:
    text = match.groupdict().get(group)
    return parse_ordinal(text) if text else None


def _read_day(match: regex.Match[str]) -> DateAtom | None:
    point = CalendarPoint(_number(match, "y"), _number(match, "m"), _number(match, "d"))
    weak = "sep" in match.groupdict() and match.group("sep") is not None
    return _atom(match, "day", point, point, weak)


def _read_days(match: regex.Match[str]) -> DateAtom | None:
    year, month = _number(match, "y"), _number(match, "m")
    first, last = (CalendarPoint(year, month, _number(match, group)) for group in ("d", "d2"))
    return _atom(match, "interval", first, last) if (first.day or 0) < (last.day or 0) else None


def _read_day_run(match: regex.Match[str]) -> DateAtom | None:
    left = CalendarPoint(_number(match, "y"), _number(match, "m"), _number(match, "d"))
    right = CalendarPoint(_number(match, "y2"), _number(match, "m2"), _number(match, "d2"))
    ends = in_order(left, right)
    return ends and _atom(match, "interval", *ends, weak=right.year is None)


def _read_month(match: regex.Match[str]) -> DateAtom | None:
    point = CalendarPoint(_number(match, "y"), _number(match, "m"))
    return _atom(match, "month", point, point)


def _read_bare_month(match: regex.Match[str]) -> DateAtom | None:
    atom = _read_month(match)
    return atom and replace(atom, weak=True)


def _read_month_run(match: regex.Match[str]) -> DateAtom | None:
    year = _number(match, "y")
    first, last = CalendarPoint(year, _number(match, "m")), CalendarPoint(year, _number(match, "m2"))
    return _atom(match, "months", first, last) if (first.month or 0) < (last.month or 0) else None


def _read_months_of(match: regex.Match[str]) -> DateAtom | None:
    count, year = _number(match, "n") or 12, _number(match, "y")
    first = 13 - count if match.groupdict().get("part") == "cuối" else 1
    kind = {12: "year", 6: "half"}.get(count, "months")
    return _atom(match, kind, CalendarPoint(year, first), CalendarPoint(year, first + count - 1))


def _read_some_months(match: regex.Match[str]) -> DateAtom | None:
    count = _number(match, "n") or 12
    kind = {12: "year", 6: "half"}.get(count, "months")
    return _atom(match, kind, CalendarPoint(None, 1), CalendarPoint(None, count), weak=True)


def _read_quarters_of(match: regex.Match[str]) -> DateAtom | None:
    year, count = _number(match, "y"), _number(match, "n") or 2
    return _atom(match, "half" if count == 2 else "months", CalendarPoint(year, 1), CalendarPoint(year, 3 * count))


def _read_half(match: regex.Match[str]) -> DateAtom | None:
    year, first = _number(match, "y"), 7 if match.group("part") == "cuối" else 1
    return _atom(match, "half", CalendarPoint(year, first), CalendarPoint(year, first + 5))


def _read_quarter(match: regex.Match[str]) -> DateAtom | None:
    year, last = _number(match, "y"), 3 * (_number(match, "q") or 1)
    return _atom(match, "quarter", CalendarPoint(year, last - 2), CalendarPoint(year, last))


def _read_year(match: regex.Match[str]) -> DateAtom | None:
    point = CalendarPoint(_number(match, "y"))
    return _atom(match, "year", point, point)


def _read_year_start(match: regex.Match[str]) -> DateAtom | None:
    point = CalendarPoint(_number(match, "y"), 1, 1)
    return _atom(match, "start", point, point)


def _read_years(match: regex.Match[str]) -> DateAtom | None:
    first, last = CalendarPoint(_number(match, "y")), CalendarPoint(_number(match, "y2"))
    return _atom(match, "interval", first, last) if (first.year or 0) < (last.year or 0) else None


_READERS = {
    "days": _read_days,
    "iso": _read_day,
    "day_run": _read_day_run,
    "numeric": _read_day,
    "long": _read_day,
    "long_bare": _read_day,
    "blank": lambda match: None,
    "years": _read_years,
    "year_start": _read_year_start,
    "months_of": _read_months_of,
    "some_months": _read_some_months,
    "quarters_of": _read_quarters_of,
    "half": _read_half,
    "quarter": _read_quarter,
    "month_run": _read_month_run,
    "month": _read_month,
    "year": _read_year,
    "next_year": _read_year,
    "bare_day": _read_day,
    "bare_month": _read_bare_month,
    "bare_year": _read_year,
}
