"""Calendar expressions as written, before it is known which year "6 tháng đầu năm" means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from pipeline.match.date_words import DateWords, load_date_words
from pipeline.model import Span
from pipeline.text.fold import lower_view
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
_OF_MONTHS = rf" tháng {_PART}(?: của)? năm(?: {{1,3}}{_Y})?(?!\w)"
_OF_MONTHS_YEAR = rf" tháng(?:(?: {_PART})?(?: của)?(?: ?/ ?| năm {{1,3}}| ){_Y}| (?:đã )?qua(?!\w))"
_LONG = rf"{_D} {{0,4}}tháng {{0,4}}{_M}(?: {{0,4}},? {{0,4}}năm {{0,4}}{_Y}| {{0,2}}[/-] {{0,2}}{_Y})"
_DIGIT_GRAMMAR = (
    ("iso", rf"{_FREE}{_Y}-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3][0-9])(?![0-9-])"),
    (
        "numeric",
        rf"{_FREE}(?P<d>[0-9]{{1,2}}) {{0,2}}[/.-] {{0,2}}(?P<m>[0-9]{{1,2}}) {{0,2}}[/.-] {{0,2}}"
        rf"(?P<y>[0-9]{{4,6}}){_END}",
    ),
    ("long", rf"{_FREE}{_LONG}"),
    ("years", rf"(?<=từ ){_Y} (?:đến|tới) (?:năm )?(?P<y2>(?:19|20)[0-9]{{2}}){_END}"),
    ("years", rf"{_FREE}(?P<y>(?:19|20)[0-9]{{2}}) ?- ?(?P<y2>(?:19|20)[0-9]{{2}}){_END}"),
    ("months_of", rf"(?<!\w)(?P<n>0?[1-9]|1[0-2])(?:{_OF_MONTHS}|{_OF_MONTHS_YEAR})"),
    ("some_months", r"(?<=(?:qua|sau|trong|hết|tính) )(?P<n>0?[2-9]|1[0-2]) tháng(?=[,;:)]| ?-|$)"),
    ("next_year", rf"(?<=(?:19|20)[0-9]{{2}}(?:,| và|, và|;) ?){_Y}{_END}(?! ?%)"),
    ("bare_day", rf"{_FREE}(?P<d>0?[1-9]|[12][0-9]|3[01])(?P<sep>[/.-])(?P<m>0?[1-9]|1[0-2]){_END}(?!/)"),
    ("bare_month", rf"{_FREE}(?P<m>0?[1-9]|1[0-2])[/-]{_Y}(?![/-])"),
    ("bare_year", r"(?<![\w.,/:&-])(?P<y>20[0-3][0-9]|199[0-9])(?![\w%&])(?![.,/:-][\w])"),
)
_WORD_GRAMMAR = (
    ("days", rf"ngày {{0,3}}(?P<d>[0-9]{{1,2}}) {{0,2}}(?:-|đến(?: ngày)?|và|,) {{0,2}}(?P<d2>[0-9]{{1,2}}) {{0,2}}/"
             rf" {{0,2}}{_M}(?: {{0,2}}/ {{0,2}}{_Y}|{_END})"),
    ("long", rf"ngày {{0,6}}{_LONG}"),
    ("long_bare", rf"ngày {{0,4}}{_D} {{0,4}}tháng {{0,4}}{_M}{_END}"),
    ("blank", r"ngày[ ._…]{1,60}tháng[ ._…]{1,60}(?:[0-9]{1,2}[ ._…]{1,30})?năm[ ._…]{0,30}(?:[0-9]{4})?"),
    ("year_start", rf"(?:từ )?đầu năm(?: {{1,3}}{_Y})?(?= {{0,3}},? ?(?:cho )?(?:đến|tới|-) )"),
    ("months_of", rf"(?P<n>{_WORD_NUMBER})(?:{_OF_MONTHS}|{_OF_MONTHS_YEAR})"),
    ("half", rf"nửa {_PART}(?: của)? năm(?: {{1,3}}{_Y})?(?!\w)"),
    ("quarter", rf"quý {{0,2}}(?P<q>iv|i{{1,3}}|[1-4]|một|hai|ba|tư|bốn)(?!\w)(?:{_YEAR_TAIL}|{_END})"),
    ("month_run", rf"(?<![0-9] )tháng {{0,2}}{_M} ?(?:-|đến) ?(?P<m2>0?[1-9]|1[0-2])(?![0-9]){_YEAR_TAIL}"),
    ("month", rf"(?<!cách mạng )(?<![0-9] )tháng {{0,3}}{_M}(?:{_YEAR_TAIL}|{_END})"),
    ("month", rf"tháng (?P<m>giêng|chạp|{_WORD_NUMBER})(?: năm {{1,3}}|/){_Y}"),
    ("years", rf"năm {{0,4}}{_Y} ?- ?(?:năm )?(?P<y2>(?:19|20)[0-9]{{2}}){_END}"),
    ("year", rf"năm {{0,4}}{_Y}(?![/-][0-9])"),
)  # fmt: skip
_GRAMMAR = (*_DIGIT_GRAMMAR, *_WORD_GRAMMAR)
_RULES = {f"r{n}": rule for n, (rule, _) in enumerate(_GRAMMAR)}


def _alternatives(grammar: tuple[tuple[str, str], ...], offset: int) -> str:
    return "|".join(f"(?P<r{offset + n}>{pattern})" for n, (_, pattern) in enumerate(grammar))


# Each branch is tried only where a digit, or the first letter of one of its words, stands.
_PATTERN = regex.compile(
    rf"(?=[0-9])(?:{_alternatives(_DIGIT_GRAMMAR, 0)})"
    rf"|(?=[nđtqmhbsc])(?<!\w)(?:{_alternatives(_WORD_GRAMMAR, len(_DIGIT_GRAMMAR))})"
)
_LINK = regex.compile(
    r" {0,3}(?:(?P<strong>(?:cho )?(?:đến|tới)(?: hết)?)|(?P<dash>-))(?: ngày| tháng)? {0,3}", regex.IGNORECASE
)
_FROM = regex.compile(r"(?r)(?:từ|kể từ|tính từ)(?: ngày| đầu| tháng)? {0,2}")
_SHARE = regex.compile(r"(?: {0,2},| và|,? và cả|;| cũng như cả) {0,2}(?:\w+ ){0,5}")


def date_atoms(text: str) -> tuple[DateAtom, ...]:
    """Every calendar expression of `text`, in order, intervals put together from their ends.

    Ratios (20/63, "5/9 huyện", "01/7 TP") are none: without a year, d/m counts only behind words such
    as "ngày", "từ", "đến", with no unit behind it.
    """
    words = load_date_words()
    view = lower_view(text)
    single = list(_single(view, words))
    joined = [whole for atom in _join(view, single) if (whole := _without_start(atom))]
    said = {(atom.first, atom.last) for atom in joined if not atom.weak and atom.kind in ("half", "months")}
    licensed = [atom for atom in joined if not atom.weak or _licensed(view, atom, words, said)]
    return tuple(sorted((*_share(view, licensed), *_deictics(view, licensed, words)), key=lambda atom: atom.span))


def _single(view: str, words: DateWords) -> Iterator[DateAtom]:
    """The expressions one by one, doubtful ones marked weak."""
    for match in _PATTERN.finditer(view):
        rule = _RULES[str(next(name for name in _RULES if match.group(name) is not None))]
        atom = _READERS[rule](match)
        if atom is None or not atom.first or not atom.last or not (atom.first.is_real() and atom.last.is_real()):
            continue
        if rule == "bare_year" and not words.is_year(view, atom.span):
            continue
        yield atom


def _atom(
    match: regex.Match[str], kind: str, first: CalendarPoint, last: CalendarPoint, weak: bool = False
) -> DateAtom:
    rule = _RULES[next(name for name in _RULES if match.group(name) is not None)]
    return DateAtom(Span(*match.span()), kind, f"date/{rule}", first, last, weak=weak)


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
    "days": _read_days, "iso": _read_day, "numeric": _read_day, "long": _read_day, "long_bare": _read_day,
    "blank": lambda match: None, "years": _read_years, "year_start": _read_year_start, "months_of": _read_months_of,
    "some_months": _read_some_months, "half": _read_half, "quarter": _read_quarter, "month_run": _read_month_run,
    "month": _read_month, "year": _read_year, "next_year": _read_year, "bare_day": _read_day,
    "bare_month": _read_bare_month, "bare_year": _read_year,
}  # fmt: skip


def _join(view: str, atoms: list[DateAtom]) -> Iterator[DateAtom]:
    """Put "từ A đến B" together; a first end without a year takes the last one's."""
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        following = atoms[at + 1] if at + 1 < len(atoms) else None
        interval = _interval(view, atom, following) if following else None
        yield interval or atom
        at += 2 if interval else 1


def _interval(view: str, left: DateAtom, right: DateAtom) -> DateAtom | None:
    between = view[left.span.end : right.span.start]
    link = _LINK.fullmatch(between)
    if link is None or left.kind == "interval" or right.kind == "interval" or not (left.first and right.last):
        return None
    opened = left.kind == "start" or _FROM.match(view, pos=0, endpos=left.span.start) is not None
    exact = left.kind == right.kind == "day" and not (left.weak and right.weak)
    if not ((opened and (link.group("strong") or exact)) or (exact and (link.group("strong") or right.year))):
        return None
    first, last = left.first, right.last
    if first.year is None and last.year is not None:
        later = (first.month or 1, first.day or 1) > (last.month or 12, last.day or 31)
        first = first.in_year(last.year - 1 if later else last.year)
    if first.year is not None and last.year is None:
        earlier = (last.month or 12, last.day or 31) < (first.month or 1, first.day or 1)
        last = last.in_year(first.year + 1 if earlier else first.year)
    if first.year is not None and last.year is not None and first.year > last.year:
        return None
    span = Span(left.span.start, right.span.end)
    return DateAtom(span, "interval", "date/interval", first, last, weak=left.weak and right.weak and not opened)


def _without_start(atom: DateAtom) -> DateAtom | None:
    """ "đầu năm 2021" that opens no interval is the year; without a year it is no date yet."""
    if atom.kind != "start":
        return atom
    point = CalendarPoint(atom.year)
    return replace(atom, kind="year", first=point, last=point) if atom.year else None


def _licensed(
    view: str, atom: DateAtom, words: DateWords, said: set[tuple[CalendarPoint | None, CalendarPoint | None]]
) -> bool:
    """Whether a doubtful expression is a date after all."""
    if atom.rule_id == "date/some_months" and atom.first and atom.last:
        # "qua 10 tháng" is a length unless the text also says "10 tháng đầu năm".
        months = atom.first.month, atom.last.month
        return any((first and first.month, last and last.month) == months for first, last in said)
    return words.governs_day(view, atom.span)


def _share(view: str, atoms: list[DateAtom]) -> Iterator[DateAtom]:
    """Give "tháng 9" in "tháng 9 và quý III/2021" the year of its neighbour."""
    for at, atom in enumerate(atoms):
        following = atoms[at + 1] if at + 1 < len(atoms) else None
        if atom.first and atom.last and atom.year is None and following and following.year and following.first:
            between = view[atom.span.end : following.span.start]
            if following.first.month is not None and _SHARE.fullmatch(between):
                year = following.first.year or following.year
                yield replace(atom, first=atom.first.in_year(year), last=atom.last.in_year(year), shared=True)
                continue
        yield atom


def _deictics(view: str, atoms: list[DateAtom], words: DateWords) -> Iterator[DateAtom]:
    """Times said without a number, outside the expressions already found."""
    taken = iter(atoms)
    current = next(taken, None)
    for match in words.deictics.finditer(view):
        span = Span(*match.span())
        while current is not None and current.span.end <= span.start:
            current = next(taken, None)
        # "thực hiện" holds "hiện": alone it tells the time only where a clause begins.
        if match.group() == "hiện" and view[max(0, span.start - 4) : span.start].rstrip()[-1:] not in (
            "",
            ".",
            ",",
            ";",
            ":",
            "(",
        ):
            continue
        if current is None or not current.span.overlaps(span):
            yield DateAtom(span, "deictic", "date/deictic", anchor=str(match.lastgroup))
