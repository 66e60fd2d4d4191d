"""When a page was published: the dates of its head and foot, apart from the clock of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

import regex

from pipeline.match.date_words import load_date_words
from pipeline.match.dates import DateAtom
from pipeline.model import BlockKind, Document, Span
from pipeline.text.fold import lower_view

_CLOCK_TIME = regex.compile(r"(?<![0-9:])([01]?[0-9]|2[0-3])[:h]([0-5][0-9])(?::([0-5][0-9]))?(?: ?(am|pm))?(?![0-9])")
_DRESS = regex.compile(
    r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|gmt ?\+? ?0?7|ngày|lúc|am|pm|in trang(?: này)?|cỡ chữ|a[-+]?|"
    r"lượt xem|đã xem|chia sẻ|[0-9]+(?:[.,:h][0-9]+)*|[^\w\s])(?!\w)"
)
_WEEKDAY = regex.compile(r"(?<!\w)(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?!\w)")
# "trước 15 giờ thứ Sáu (09/4/2021)": the brackets say which day is meant.
_DAY_TOLD = regex.compile(
    r"(?<!\w)(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|hôm (?:nay|qua|kia|sau)|cùng ngày|ngày"
    r"|(?:ngày|sáng|chiều|tối) (?:mai|kia|nay|qua))(?: (?:tới|sau|này|tuần (?:sau|này|tới)))? *\($"
)
_TODAY = regex.compile(r"hôm nay *:?|bây giờ *:?")
_PARTED = regex.compile(r"[^\W\d](?:\s*\||\s+[–-])\s*$")
_TOP = 300
_LINE = 300
"""So far on each side of a date its line is read."""
_HEAD = 2000
"""A bare line with a date is the page's date only near its head."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A date on which a page, or an item that it lists, was published.

    `marked`: words say so ("Đăng ngày"). `listed`: it belongs to another item ("… (06/03/2018)").
    `clock`: it is the time of access, and no publication at all.
    """

    atom: DateAtom
    day: date
    at: time | None = None
    marked: bool = False
    listed: bool = False
    clock: bool = False


def publications(document: Document, atoms: Sequence[DateAtom]) -> tuple[Publication, ...]:
    """The dates of publication that stand in the text, in order."""
    view = lower_view(document.text)
    tables = [block.span for block in document.blocks if block.kind is BlockKind.TABLE]
    furniture = [block.span for block in document.blocks if block.kind is BlockKind.FURNITURE]
    found = []
    for atom in atoms:
        if atom.kind != "day" or atom.year is None or any(table.covers(atom.span) for table in tables):
            continue
        publication = _publication(document.text, view, atom)
        if publication is None and _is_masthead(view, atom) and any(block.covers(atom.span) for block in furniture):
            publication = Publication(atom, atom.first.first_day(), clock=True) if atom.first else None
        if publication is not None:
            found.append(publication)
    return tuple(_without_clocks(found))


def page_publication(found: Sequence[Publication]) -> Publication | None:
    """The publication of the page itself: a marked one first, else the date of its head."""
    own = [item for item in found if not item.listed and not item.clock]
    return next((item for item in own if item.marked), own[0] if own else None)


def _publication(text: str, view: str, atom: DateAtom) -> Publication | None:
    opened, closed = max(0, atom.span.start - _LINE), min(len(text), atom.span.end + _LINE)
    start = max(opened, text.rfind("\n", opened, atom.span.start) + 1)
    end = text.find("\n", atom.span.end, closed)
    line = Span(start, end if end >= 0 else closed)
    before, after = view[line.start : atom.span.start], view[atom.span.end : line.end]
    if not atom.first:
        return None
    day = atom.first.first_day()
    if _TODAY.search(before):
        return Publication(atom, day, clock=True)
    at = _time(before + " " + after)
    pattern, reach = load_date_words().roles["published"]
    lead = view[max(0, atom.span.start - reach) : atom.span.start]
    cues = list(pattern.finditer(lead))
    if cues and regex.fullmatch(r"[\s:|,-]*(?:ngày|lúc)?[\s:|,-]*", _DRESS.sub(" ", lead[cues[-1].end() :])):
        return Publication(atom, day, at, marked=True)
    if regex.match(r"\W*nguồn(?: tin)? *:", before) and not after.strip(" .)"):
        return Publication(atom, day, at, marked=True)
    if _DAY_TOLD.search(before):
        return None
    if regex.search(r"\w.*\($", before) and after[:1] == ")" and not after[1:].strip(" .;"):
        return Publication(atom, day, listed=True) if len(line) < 200 else None
    rest = _DRESS.sub(" ", before) + " " + _DRESS.sub(" ", after)
    label = view[:start].rstrip().endswith(":")
    plain = atom.rule_id == "date/numeric" or at is not None or _WEEKDAY.search(before) is not None
    governed = regex.search(r"(?<!\w)(?:đến|tới|trước|từ|hết|tính|hạn)(?!\w)", before)
    # "Ngày 16 tháng 04 năm 2019" in a line of its own below the headline; a line that is broken off is none.
    alone = start < _TOP and text[: line.start].endswith("\n\n") and not (before + after).strip(" .")
    plain = plain or (alone and atom.rule_id == "date/long")
    # "Báo Kiên Giang | 08/8/2022": whose page it is, parted from the day.
    titled = start < _TOP and _PARTED.search(before) is not None
    if plain and not governed and start < _HEAD and not label and len(rest.split()) <= (6 if at or titled else 0):
        return Publication(atom, day, at)
    return None


def _is_masthead(view: str, atom: DateAtom) -> bool:
    """Whether a date is the day of access at the top of a page: "Báo … điện tử Thứ tư, 10/01/2024"."""
    before = view[max(0, atom.span.start - 24) : atom.span.start]
    return atom.span.start < _HEAD and regex.search(rf"{_WEEKDAY.pattern}[\s,|-]*(?:ngày )?$", before) is not None


def _time(line: str) -> time | None:
    match = _CLOCK_TIME.search(line)
    if match is None:
        return None
    hour = int(match[1])
    if match[4] and hour <= 12:
        hour = hour % 12 + (12 if match[4] == "pm" else 0)
    return time(hour, int(match[2]), int(match[3] or 0))


def _without_clocks(found: list[Publication]) -> list[Publication]:
    """A head date later than the marked date of publication is the clock of the page."""
    marked = min((item.day for item in found if item.marked), default=None)
    if marked is None:
        return found
    return [
        Publication(item.atom, item.day, item.at, clock=True)
        if not (item.marked or item.listed) and item.day > marked
        else item
        for item in found
    ]
