"""Calendar expressions as written, before it is known which year "6 tháng đầu năm" means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from pipeline.match.date_grammar import SUMMED_UP, DateAtom, in_order, scan
from pipeline.match.date_words import DateWords, load_date_words
from pipeline.model import Span
from pipeline.text.fold import lower_view
from pipeline.text.phrase_places import phrase_text
from pipeline.values.dates import CalendarPoint

__all__ = ["DateAtom", "date_atoms"]

_LINK = regex.compile(
    r"(?P<closed>\))?(?: (?:của )?năm (?:trước|ngoái))?"
    r"(?P<aside>,(?:[^,.;()\d]|\d(?![\d/.-])|\([^()]*\)){5,120},)? {0,3}"
    r"(?:(?P<strong>(?:cho )?(?:đến|tới)(?: hết)?(?: \d{1,2} ?(?:giờ|h)(?: ?\d{2})?)?)|(?P<dash>-))"
    r"(?: (?:(?P<begin>đầu)|giữa|cuối))?(?: ngày| tháng)? {0,3}",
    regex.IGNORECASE,
)
_FROM = regex.compile(r"(?r)(?:từ|kể từ|tính từ)(?: \d{1,2} ?(?:giờ|h)(?: ?\d{2})?)?(?: ngày| đầu| tháng)? {0,2}")
# "từ khi đi vào hoạt động (01/7/2025) đến ngày 10/12/2025"
_SINCE = regex.compile(r"(?<!\w)(?:từ|kể từ)(?!\w)[^().;]*\(\s*$")
# A month that is all that a table's cell holds: "| 10/2023 |".
_CELL_BEGINS, _CELL_ENDS = regex.compile(r"[|\t]\s*\Z|\n\s*\Z"), regex.compile(r"[ ]*(?:[|\t])")
# "lũy kế 5 tháng", "sơ kết 6 tháng": the months of the year up to the one that is summed up.
_SUMS_UP = regex.compile(rf"(?<!\w)(?:{SUMMED_UP}) \Z")
_COMPARED = regex.compile(r"(?<!\w)(?:so với|hơn|kém)(?: \w+)?\s*\Z")
_HEAD = 400
"""Characters in which the day of a page or an act stands."""
_SHARE = regex.compile(r"(?: {0,2},| và|,? và cả|;| cũng như cả) {0,2}(?:\w+ ){0,5}")


def date_atoms(text: str) -> tuple[DateAtom, ...]:
    """Every calendar expression of `text`, in order, intervals put together from their ends.

    Ratios (20/63, "5/9 huyện", "01/7 TP") are none: without a year, d/m counts only behind words such
    as "ngày", "từ", "đến", with no unit behind it.
    """
    words = load_date_words()
    view = lower_view(text)
    single = [atom for atom in scan(view) if atom.rule_id != "date/bare_year" or words.is_year(view, atom.span)]
    joined = [whole for atom in _join(view, single) if (whole := _without_start(atom))]
    said = {atom.last.month for atom in joined if not atom.weak and atom.last and _tells_months(view, atom)}
    # In a text of the eleventh month "10 tháng" are those of its year; "sau 10 tháng" is a length there too.
    passed = {a.last.month - 1 for a in joined if a.kind == "day" and a.year and a.last and a.last.month and _heads(a)}
    licensed: list[DateAtom] = []
    for atom in joined:
        if (
            not atom.weak
            or _licensed(view, atom, words, said if _is_since(view, atom) else said | passed)
            or _continues(view, licensed, atom)
        ):
            licensed.append(atom)
    return tuple(sorted((*_share(view, licensed), *_deictics(view, licensed, words)), key=lambda atom: atom.span))


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
    if link.group("closed") and not _SINCE.search(view, max(0, left.span.start - 90), left.span.start):
        return None
    opened = (
        bool(link.group("closed"))
        or (link.group("strong") is not None and _is_bracketed(view, left, right))
        or left.kind == "start"
        or _FROM.match(view, pos=0, endpos=left.span.start) is not None
    )
    if link.group("aside") and not (opened and left.kind == right.kind == "day" and right.year):
        return None
    exact = left.kind == right.kind == "day" and not (left.weak and right.weak)
    if not ((opened and (link.group("strong") or exact)) or (exact and (link.group("strong") or right.year))):
        return None
    begins = link.group("begin") and right.kind == "month"
    last = replace(right.last, day=1) if begins else right.last  # "đến đầu tháng 11"
    ends = in_order(left.first, last)
    if ends is None:
        return None
    span = Span(left.span.start, right.span.end)
    return DateAtom(span, "interval", "date/interval", *ends, weak=left.weak and right.weak and not opened)


def _is_bracketed(view: str, left: DateAtom, right: DateAtom) -> bool:
    """Whether nothing but two days stands in a bracket: "sau một tháng hoạt động (1-7 đến 31-7)"."""
    days = left.kind == right.kind == "day"
    return days and view[: left.span.start].endswith("(") and view.startswith(")", right.span.end)


def _without_start(atom: DateAtom) -> DateAtom | None:
    """ "đầu năm 2021" that opens no interval is the year; without a year it is no date yet."""
    if atom.kind != "start":
        return atom
    point = CalendarPoint(atom.year)
    return replace(atom, kind="year", first=point, last=point) if atom.year else None


def _heads(atom: DateAtom) -> bool:
    """Whether an expression stands where the day of a page or an act does."""
    return atom.span.start < _HEAD


def _is_since(view: str, atom: DateAtom) -> bool:
    """Whether months are counted from something: "sau 10 tháng"."""
    return view.endswith("sau ", 0, atom.span.start)


def _tells_months(view: str, atom: DateAtom) -> bool:
    """Whether a text that has an expression may count the year's months up to its last: "10 tháng đầu năm", or
    "tháng 10"; not a month that another is compared with."""
    if atom.kind in ("half", "months"):
        return atom.first is not None and atom.first.month == 1
    return atom.kind == "month" and _COMPARED.search(view, max(0, atom.span.start - 20), atom.span.start) is None


def _licensed(view: str, atom: DateAtom, words: DateWords, said: set[int | None]) -> bool:
    """Whether a doubtful expression is a date after all."""
    if atom.rule_id == "date/some_months" and atom.last:
        # "qua 10 tháng" is a length unless the text also says "10 tháng đầu năm"; "lũy kế 10 tháng" is none.
        summed_up = _SUMS_UP.search(view, max(0, atom.span.start - 12), atom.span.start) is not None
        return summed_up or atom.last.month in said
    if atom.rule_id == "date/bare_month" and _CELL_BEGINS.search(view, max(0, atom.span.start - 9), atom.span.start):
        return _CELL_ENDS.match(view, atom.span.end) is not None
    return words.governs_day(view, atom.span)


def _continues(view: str, found: list[DateAtom], atom: DateAtom) -> bool:
    """Whether a day goes on with a list of days: "các ngày 1/7, 15/7 và 1/8"."""
    before = found[-1] if found else None
    if before is None or before.kind != "day" or atom.kind != "day":
        return False
    return view[before.span.end : atom.span.start].strip() in (",", "và", ", và", ";")


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
    for match in phrase_text(view).finditer(words.deictics):
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
