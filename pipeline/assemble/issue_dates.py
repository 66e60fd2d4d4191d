"""Which date belongs to which document: behind its number, before its verb, at its head, or in its row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

import regex

from pipeline.assemble.letterhead import datelines, is_head_number
from pipeline.match.act_words import load_act_words
from pipeline.match.dates import DateAtom
from pipeline.match.identifiers import Identifier
from pipeline.model import Cell, Document, Span
from pipeline.text.fold import lower_view

# Between a number and its date: who issued it and that it was issued, never what it is about.
_ISSUED = r"(?:đã |được |vừa )?(?:ký|ban hành|phát hành|công bố|thông qua|cấp)(?:\s+ban hành)?\s*"
_BETWEEN = regex.compile(
    r"[\s,()\"']*(?:(?:của|do|được)(?!\w)[^.;0-9]{0,90}?(?<!\w))?"
    rf"(?:{_ISSUED})*(?:vào\s+|cùng\s+)?(?:ngày(?:\s+ký|\s+ban hành)?)?[\s:]*"
)
_ABOUT = regex.compile(r"(?<!\w)(?:về|quy định|hướng dẫn|phê duyệt|sửa đổi|triển khai|kế hoạch|số)(?!\w)")
# "Nghị quyết số 01/NQ-CP và Nghị quyết số 02/NQ-CP ngày 01/01/2021": the first takes the second's date.
_LIST = regex.compile(r"\s*(?:,|và|, và|-)\s*(?:[\w ]{0,30}?số\s*:?\s*|[\w ]{0,30}?\s)?")
_BACKWARD = 160


def issue_dates(acts: Sequence[Identifier], dates: Sequence[DateAtom], text: str) -> frozenset[Span]:
    """The spans of the dates that say when a document of the text was issued."""
    return frozenset(atom.span for atom in bound_dates(acts, dates, text).values())


def bound_dates(acts: Sequence[Identifier], dates: Sequence[DateAtom], text: str) -> Mapping[int, DateAtom]:
    """For each document (by its place in `acts`) the day that the text says with it."""
    view = lower_view(text)
    days = [atom for atom in dates if atom.kind == "day" and atom.year is not None]
    heads = datelines(text, days)
    found: dict[int, DateAtom] = {}
    for at, act in enumerate(acts):
        limit = acts[at + 1].start if at + 1 < len(acts) else len(text)
        atom = _of_head(text, act, heads) or _behind(text, view, act, days, limit)
        if atom is None:
            opened = acts[at - 1].span.end if at else 0
            atom = _before(text, view, act, days, opened)
        if atom is not None:
            found[at] = atom
    for at in range(len(acts) - 2, -1, -1):
        if at not in found and at + 1 in found and _listed(view, acts[at], acts[at + 1]):
            atom = found[at + 1]
            if atom.span.start > acts[at].span.end and acts[at].year in (None, atom.year):
                found[at] = atom
    return found


def date_in_row(document: Document, act: Identifier, dates: Sequence[DateAtom]) -> DateAtom | None:
    """The day in the same table row, in a column headed as the date of issue or holding nothing else."""
    for table in document.tables:
        if not table.span.covers(act.span):
            continue
        home = next((cell for cell in table.cells if cell.span.covers(act.span)), None)
        if home is None:
            return None
        row = [cell for cell in table.cells if cell.row == home.row and cell is not home]
        return next((atom for cell in row if (atom := _lone_date(document.text, cell, dates))), None)
    return None


def _lone_date(text: str, cell: Cell, dates: Sequence[DateAtom]) -> DateAtom | None:
    for atom in dates:
        if atom.kind == "day" and atom.year and cell.span.covers(atom.span):
            heading = lower_view(" ".join(cell.header))
            alone = len(cell.span.of(text).split()) <= 2
            return atom if alone and ("ngày" in heading or not heading) else None
    return None


def _of_head(text: str, act: Identifier, heads: Sequence[DateAtom]) -> DateAtom | None:
    """The dateline nearest to a number that heads its document."""
    if not is_head_number(text, act):
        return None
    low = bisect_left(heads, act.span.end - 400, key=lambda atom: atom.span.start)
    high = bisect_left(heads, act.span.end + 900, key=lambda atom: atom.span.start)
    near = heads[low:high]
    return min(near, key=lambda atom: abs(atom.span.start - act.span.end), default=None)


def _behind(text: str, view: str, act: Identifier, days: Sequence[DateAtom], limit: int) -> DateAtom | None:
    following = bisect_left(days, act.span.end, key=lambda day: day.span.start)
    atom = days[following] if following < len(days) else None
    if atom is None or atom.span.start >= limit or atom.span.start - act.span.end > 130:
        return None
    between = view[act.span.end : atom.span.start]
    broken = text[act.span.end : atom.span.start].count("\n")
    # A date on the next line without "ngày" is the page's, not the document's.
    if broken > 1 or (broken and "ngày" not in view[act.span.end : atom.span.end]):
        return None
    return atom if _BETWEEN.fullmatch(between) and not _ABOUT.search(between) else None


def _before(text: str, view: str, act: Identifier, days: Sequence[DateAtom], opened: int) -> DateAtom | None:
    """ "Ngày 18/6/2021, UBND tỉnh ban hành Báo cáo số 203/BC-UBND"."""
    following = bisect_right(days, act.start, key=lambda day: day.span.end)
    atom = days[following - 1] if following else None
    if atom is None or atom.span.end < opened or act.start - atom.span.end > _BACKWARD:
        return None
    between = view[atom.span.end : act.start]
    if regex.search(r"[.;]\s", between) or "\n" in text[atom.span.end : act.start].strip():
        return None
    verbs = list(load_act_words().issued.finditer(between))
    if not verbs or regex.search(r"[,;:0-9]", between[verbs[-1].end() :]) or len(between) - verbs[-1].end() > 40:
        return None
    lead = view[max(0, atom.span.start - 12) : atom.span.start]
    return atom if not regex.search(r"(?:trước|đến|từ|hết)(?: hết)?(?: ngày)? *$", lead) else None


def _listed(view: str, left: Identifier, right: Identifier) -> bool:
    between = view[left.span.end : right.span.start]
    return left.doc_type == right.doc_type and _LIST.fullmatch(between) is not None
