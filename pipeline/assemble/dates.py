"""Which days a calendar expression means, and what it says of them: its role."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import regex

from pipeline.assemble.beginnings import began_on, months_since
from pipeline.assemble.made_on import made_on
from pipeline.assemble.publication import Publication, publications
from pipeline.match.date_words import load_date_words
from pipeline.match.dates import DateAtom
from pipeline.model import DateMention, Document, DocumentFacts, Span
from pipeline.text.fold import lower_view
from pipeline.values.periods import Interval, months, parse_period, precision

_UNNUMBERED_ACT = regex.compile(
    r"(?r)(?<!\w)(?:luật|bộ luật|pháp lệnh|hiến pháp)(?!\w)[^.;0-9]{0,200}?(?:,? ngày|ngày)? {0,3}"
)
_DATELINE = regex.compile(r"(?r)(?:^|[\n\t|]) *[\p{Lu}][^\n.;:0-9]{1,40}, *")
_OUTLOOK = regex.compile(r"(?r)(?:đến|tầm nhìn|định hướng|mục tiêu)(?: đến)?(?: cuối| hết)? *")
# "2 nhiệm vụ còn lại chuyển sang năm 2020": a year to come, that no more is told of.
_PUT_OFF = regex.compile(r"(?r)(?<!\w)(?:sang|lùi (?:đến|tới)) *")
# "tổng kết năm 2023, triển khai nhiệm vụ năm 2024": a time that is only looked forward to.
_LOOKED_FORWARD_TO = regex.compile(
    r"(?r)(?<!\w)(?:nhiệm vụ|phương hướng|giải pháp|mục tiêu)(?: (?!năm|tháng|quý)[^\W\d]+){0,5},? *"
    r"(?:(?:trong|cho) *)?"
)
_WEEK_OF = regex.compile(r"(?r)(?<!\w)tuần (?:thứ )?\d{1,2}[ ,]*(?:năm *)?")
# "so với lần thống kê trước (15/6/2021)", "so với quý trước (quý I/2023)"
_SAME_TIME_BEFORE = regex.compile(
    r"(?r)(?:so với|so sánh với|(?:cao|thấp|nhiều|ít) hơn)(?!\w)[^().;:0-9]{0,30}"
    r"(?<!\w)(?:kỳ|lần|đợt|năm|quý|tháng|giai đoạn|thời điểm)(?!\w)[^().;:0-9]{0,30}\( *(?:ngày *)?"
)
_UNTIL = regex.compile(r"(?r)(?<!\w)(?:đến|tới|hết|cuối)(?: (?:hết|cuối))?(?: ngày)? *")
# "…, các xã phải hoàn thành"
_DUTY = regex.compile(r",? *(?:(?!(?:đã|được)(?!\w))\w+ +){0,4}?(?:phải|bắt buộc|cần phải)(?!\w)")
_AT_LATEST = regex.compile(r"[ ]*(?:(?:là|vào|trong|hết|đầu|giữa|cuối)[ ]*)?")
_DATED_ACT = regex.compile(r"(?r)(?<!\w)(?:ban hành|phát hành)(?: vào)?(?: ngày)? *")
_DUE_COLUMN = regex.compile(
    r"(?<!\w)(?:thời hạn|hạn (?:hoàn thành|chót|cuối|thực hiện)|tiến độ|thời gian hoàn thành)(?!\w)"
)
_WHEN_COLUMN = regex.compile(r"\W*(?:thời gian(?: thực hiện)?|hoàn thành)\W*")
_TASK_COLUMN = regex.compile(
    r"(?<!\w)(?:nhiệm vụ|nội dung|công việc|hoạt động|sản phẩm|chủ trì|đơn vị thực hiện)(?!\w)"
)
_WEEK = timedelta(days=6)
_TO_COME_DAYS = 92
"""Periods without a year that begin later than this after the day of writing are the year before's."""
_OPEN_DAYS = 183
"""Nor is a run of months told of that goes on for longer than this after the day of writing."""
_NEAR = 10
"""So many expressions back a sentence is searched for its year."""
_BREAK = regex.compile(r"[.;!?]\s|\n")


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """A calendar expression with its days.

    `kind` is the atom's (day, month, quarter, half, months, year, interval) or deictic; a deictic gives
    no row of `dates`. `mention` is None where the days cannot be known. `inferred`: the year does not
    stand in the expression. `anchor` names a deictic (now, year_to_date, same_period …).
    """

    span: Span
    kind: str
    mention: DateMention | None
    inferred: bool = False
    anchor: str = ""


def resolve_dates(
    document: Document, atoms: Sequence[DateAtom], identity: DocumentFacts, issued: Collection[Span] = ()
) -> tuple[ResolvedDate, ...]:
    """Every expression with its days and role, in order.

    `issued` are the spans of atoms that date a document (`references.issue_dates`). The clock of a
    page is left out.
    """
    view = lower_view(document.text)
    published = {item.atom.span: item for item in publications(document, atoms)}
    years = _Years(document, view, atoms, identity)
    due = due_cells(document)
    found = []
    for at, atom in enumerate(atoms):
        item = published.get(atom.span)
        if item is not None and item.clock:
            continue
        days = years.deictic(at) if atom.kind == "deictic" else years.of(at)
        mention = None
        if days is not None:
            role = _role(document.text, view, atom, item, atom.span in issued)
            if role == "period" and (_is_due(view, atom) or any(cell.covers(atom.span) for cell in due)):
                role = "event"
            mention = DateMention(
                *days, precision(*days), role, atom.span.of(document.text), atom.span, atom.rule_id
            )  # fmt: skip
        found.append(ResolvedDate(atom.span, atom.kind, mention, atom.year is None or atom.shared, atom.anchor))
    return tuple(found)


def date_rows(resolved: Sequence[ResolvedDate]) -> tuple[DateMention, ...]:
    """The rows of the table `dates`: what has days and numbers."""
    return tuple(item.mention for item in resolved if item.mention is not None and item.kind != "deictic")


def due_cells(document: Document) -> tuple[Span, ...]:
    """The cells of tables of tasks that say when each is due."""
    found = []
    for table in document.tables:
        headings = {cell.column: lower_view(" ".join(cell.header)) for cell in table.cells if cell.header}
        of_tasks = any(_TASK_COLUMN.search(heading) for heading in headings.values())
        columns = {
            column
            for column, heading in headings.items()
            if column and (_DUE_COLUMN.search(heading) or (of_tasks and _WHEN_COLUMN.fullmatch(heading)))
        }
        found += [cell.span for cell in table.cells if cell.header and cell.column in columns]
    return tuple(found)


class _Years:
    """Finds the year of expressions that state none: by the sentence, the document's period, its date."""

    def __init__(self, document: Document, view: str, atoms: Sequence[DateAtom], identity: DocumentFacts) -> None:
        self.view, self.text, self.atoms = view, document.text, atoms
        self.today = made_on(identity)
        self.period = parse_period(identity.period) if identity.period else None
        told = [a for a in atoms if a.year and not _OUTLOOK.match(view, pos=0, endpos=a.span.start)]
        # "tăng so với cùng kỳ năm 2024": the text's own year is the one after.
        compared = bool(told) and all(_cue("base_period", view, a.span) for a in told)
        stated = [((a.year or 0) + compared, a.kind) for a in told]
        # "Tuần 03 năm 2024" tells a week, no year that is over.
        weeks = {a.span for a in told if a.kind == "year" and _WEEK_OF.match(view, pos=0, endpos=a.span.start)}
        exact = [year for (year, kind), a in zip(stated, told, strict=True) if kind != "year" or a.span in weeks]
        whole = [year for year, kind in stated if kind == "year"]
        self.told = max(exact, default=None) or max(whole, default=None)
        # Where only whole years are told, the text looks back on them: its own days lie after.
        self.after = self.told is not None and not exact and not compared
        self._began: list[date | None] = []
        """Once it is asked for, the day on which the work began that is told of."""

    def of(self, at: int) -> Interval | None:
        """The first and last day of the atom at a place; None where its year cannot be known."""
        atom = self.atoms[at]
        if atom.first is None or atom.last is None:
            return None
        year = atom.last.year or self._infer(at)
        if year is None:
            return None
        first, last = atom.first, atom.last.in_year(year)
        if first.year is None:
            later = (first.month or 1, first.day or 1) > (last.month or 12, last.day or 31)
            first = first.in_year(year - 1 if later else year)
        if self._is_other_run(atom):
            return None
        if (run := self._run_up_to_period(atom)) is not None:
            return run
        try:
            days = first.first_day(), last.last_day()
        except ValueError:
            return None
        return days if days[0] <= days[1] else None

    def _is_other_run(self, atom: DateAtom) -> bool:
        """Whether "3 tháng qua" is no run of the year's first months: those are over, or were a month before."""
        if atom.kind not in ("months", "half") or self.period or not self.today or not atom.last or not atom.last.month:
            return False
        passed = self.view[atom.span.start : atom.span.end].endswith("qua")
        return passed and self.today.month % 12 not in (atom.last.month % 12, (atom.last.month + 1) % 12)

    def _run_up_to_period(self, atom: DateAtom) -> Interval | None:
        """The months of "trong 3 tháng qua" in a report on part of a year: the last ones of what it reports on."""
        if atom.kind not in ("months", "half") or not self.period or not atom.last or not atom.last.month:
            return None
        start, end = self.period
        if not self.view[atom.span.start : atom.span.end].endswith("qua") or (start.month, end.month) == (1, 12):
            return None
        first = end.month - atom.last.month + 1
        return months(end.year, first, end.month) if start.year == end.year and first >= 1 else None

    def deictic(self, at: int) -> Interval | None:
        """The days of a time said without a number, as far as the document's own date tells them."""
        anchor, today = self.atoms[at].anchor, self.today
        if anchor == "now":
            return (today, today) if today else None
        if anchor == "year_to_date":
            return self._year_to_date(at) if today else None
        if anchor in ("this_month", "this_quarter"):
            return self._told_before(at, anchor.removeprefix("this_")) or self._part_of_year(
                3 if anchor == "this_quarter" else 1
            )
        if anchor == "first_months":
            return self._since_beginning(self.atoms[at].span.of(self.view))
        if anchor == "this_week":
            return self._week_told_before(at)
        if anchor == "year_end":
            return self._whole(self._document_year())
        if anchor == "within_year":
            year = self._document_year() if self.period else self._closed()
            return self._told_before(at, "year") or self._whole(year)
        if anchor == "past_year":
            return self._whole(self._closed())
        # "năm nay" is the year of writing, "cả năm" the year that is reported on.
        year = self._document_year() if anchor == "whole_year" else today.year if today else self.told
        if year is None or anchor not in ("this_year", "last_year", "whole_year"):
            return None
        return self._whole(year - 1 if anchor == "last_year" else year)

    def _since_beginning(self, words: str) -> Interval | None:
        """The months from the day on which the work began that is told of."""
        if self.today is None:
            return None
        if not self._began:
            self._began.append(began_on(self.view, self.atoms, self.today))
        began = self._began[0]
        return months_since(words, began, self.today) if began else None

    def _year_to_date(self, at: int) -> Interval | None:
        """From the year's first day to the day of writing; "lũy kế từ đầu năm" to the end of the month just told."""
        if self.today is None:
            return None
        new_year = date(self.today.year, 1, 1)
        if cut_off := self._cut_off_before(at):
            return date(cut_off.year, 1, 1), cut_off
        if self.period and self.period[1] < self.today and self.period[1].year == self.today.year:
            # "từ đầu năm" of a report on July that was made in August
            return new_year, self.period[1]
        if self.period and self.period[0] == new_year and self.today <= self.period[1] < date(self.today.year, 12, 31):
            return self.period  # of a report on nine months that was made in the ninth
        lead = self.view[: self.atoms[at].span.start][-12:]
        told = self._told_before(at, "month") if lead.rstrip().endswith("lũy kế") else None
        end = told[1] if told and told[1] <= self.today else self.today
        return date(end.year, 1, 1), end

    @staticmethod
    def _whole(year: int | None) -> Interval | None:
        return None if year is None else months(year, 1, 12)

    def _closed(self) -> int | None:
        """The year that is over, or nearly over, on the day of writing; None where none is looked back on yet."""
        if self.today is None or 3 < self.today.month < 11:
            return None
        return self.today.year - (self.today.month <= 3)

    def _told_before(self, at: int, kind: str) -> Interval | None:
        """The month or quarter that the text told last: "Tháng 10-2020 … Trong tháng", whatever day it is from."""
        if self.period:
            return None
        for before in range(at - 1, -1, -1):
            atom = self.atoms[before]
            if atom.kind == kind and not _cue("base_period", self.view, atom.span) and not self._is_put_off(atom):
                return self.of(before)
        return None

    def _cut_off_before(self, at: int) -> date | None:
        """The day up to which a sentence counts: "Tính đến ngày 15/7, các sở được giao 1.930 nhiệm vụ từ đầu năm"."""
        for before in range(at - 1, max(-1, at - 1 - _NEAR), -1):
            atom = self.atoms[before]
            if _BREAK.search(self.text, atom.span.end, self.atoms[at].span.start):
                return None
            if atom.kind == "day" and _cue("cutoff", self.view, atom.span) and (days := self.of(before)):
                return days[1]
        return None

    def _week_told_before(self, at: int) -> Interval | None:
        """The days of the week that the text told last."""
        for before in range(at - 1, -1, -1):
            days = self.of(before) if self.atoms[before].kind == "interval" else None
            if days and days[1] - days[0] <= _WEEK:
                return days
        return None

    def _is_put_off(self, atom: DateAtom) -> bool:
        over = atom.year and atom.last and self.today and atom.last.last_day() <= self.today
        looked_to = not over and _LOOKED_FORWARD_TO.match(self.view, pos=0, endpos=atom.span.start) is not None
        return looked_to or _PUT_OFF.match(self.view, pos=0, endpos=atom.span.start) is not None

    def _part_of_year(self, length: int) -> Interval | None:
        """The month or quarter that the document's period ends with, else that of its own day."""
        day = self.period[1] if self.period else self.today
        if day is None:
            return None
        first = (day.month - 1) // length * length + 1
        return months(day.year, first, first + length - 1)

    def _document_year(self) -> int | None:
        if self.period:
            return self.period[1].year
        return self.today.year if self.today else self.told

    def _infer(self, at: int) -> int | None:
        atom = self.atoms[at]
        if atom.kind == "day":
            return self._year_of_day(atom)
        near = self._year_in_sentence(at)
        if near is not None:
            return near
        if atom.kind == "month" and self.today and atom.last and atom.last.month:
            # Told from its day, a month is a past one or one of the next two.
            return self.today.year - (atom.last.month > self.today.month + 2)
        year = self._document_year() if self.period or self.today else self._year_told_before(at)
        point = atom.last if atom.kind == "interval" else atom.first
        if year is None or self.period or not self.today or not point or not point.in_year(year).is_real():
            return year
        # In January "quý IV" is last year's, as is "10 tháng đầu năm"; in June "6 tháng cuối năm" is to come.
        ahead = (point.in_year(year).first_day() - self.today).days
        if atom.kind == "months" and atom.last and (atom.last.in_year(year).last_day() - self.today).days > _OPEN_DAYS:
            return year - 1
        return year - 1 if ahead > _TO_COME_DAYS else year

    def _year_told_before(self, at: int) -> int | None:
        """In a text without a date of its own the year that it speaks of: the one told last, else the latest."""
        told = (
            a
            for a in reversed(self.atoms[:at])
            if a.year and not _cue("base_period", self.view, a.span) and not self._is_put_off(a)
        )
        before = next(told, None)
        return before.year if before else self.told

    def _year_of_day(self, atom: DateAtom) -> int | None:
        point = atom.last
        if point is None:
            return None
        if self.today is None:
            return None if self.told is None else self.told + self.after
        deadline = _cue("deadline", self.view, atom.span)
        for year in (self.today.year, self.today.year + (1 if deadline else -1)):
            if not point.in_year(year).is_real():
                continue
            day = point.in_year(year).first_day()
            if day >= self.today if deadline else day <= self.today:
                return year
        return self.today.year

    def _year_in_sentence(self, at: int) -> int | None:
        """The year of the last expression before this one in the same sentence, unless it is compared with."""
        for other in reversed(self.atoms[max(0, at - _NEAR) : at]):
            if _BREAK.search(self.text, other.span.end, self.atoms[at].span.start):
                return None
            if other.year and other.kind != "day" and not _cue("base_period", self.view, other.span):
                return other.year
        return None


def _cue(role: str, view: str, span: Span) -> bool:
    """Whether words of a role stand right before, with nothing but small words between."""
    pattern, reach = load_date_words().roles[role]
    lead = view[max(0, span.start - reach) : span.start]
    last = None
    for match in pattern.finditer(lead):
        last = match
    if last is None:
        return False
    # "tính đến 17h00 ngày 31/10/2023"
    between = regex.sub(r"[0-9]{1,2} ?(?:h|giờ|:) ?(?:[0-9]{2})?", " ", lead[last.end() :])
    return not regex.search(r"[.,;:()!?\"]|[0-9]", between)


def _is_due(view: str, atom: DateAtom) -> bool:
    """Whether something has to be done by a date: "trước tháng 6/2026", "hết quý II/2026 phải cung cấp"."""
    start, end = atom.span.start, atom.span.end
    if _DUTY.match(view, end) and _UNTIL.match(view, pos=max(0, start - 24), endpos=start):
        return True
    if atom.kind not in ("month", "quarter"):
        return False
    pattern, reach = load_date_words().roles["deadline"]
    lead = view[max(0, start - reach) : start]
    return any(_AT_LATEST.fullmatch(lead, match.end()) for match in pattern.finditer(lead))


def _role(text: str, view: str, atom: DateAtom, item: Publication | None, is_issue: bool) -> str:
    if is_issue:
        return "issued"
    if item is not None:
        return "published"
    if atom.kind == "day" and (
        _UNNUMBERED_ACT.match(view, pos=0, endpos=atom.span.start)
        or _DATED_ACT.match(view, pos=max(0, atom.span.start - 40), endpos=atom.span.start)
        or (atom.rule_id == "date/long" and _DATELINE.match(text, pos=0, endpos=atom.span.start))
    ):
        return "issued"
    at = atom.span.start
    if _cue("base_period", view, atom.span) or _SAME_TIME_BEFORE.match(view, pos=max(0, at - 100), endpos=at):
        return "base_period"
    if atom.kind == "day":
        return "period" if _cue("cutoff", view, atom.span) and not _cue("deadline", view, atom.span) else "event"
    if atom.kind == "month" and _cue("happened", view, atom.span):
        return "event"
    return "period"
