"""Counted things in tables: a column's heading path says what a cell counts, its row says for whom.

The annex forms of Thông tư 01/2020/TT-VPCP (columns "Đã giải quyết › Trước hạn" …) and the tables of
portals are read alike: the heading path gives the attributes, the heading, the caption or the text
before the table gives the noun.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from pipeline.match.layers import Layers, within
from pipeline.match.mention import Mention
from pipeline.model import Cell, Span, Table
from pipeline.rulebook.count_rules import CountRules, Reading
from pipeline.text.fold import lower_view

_PERCENT = regex.compile(r"%|(?<!\w)(?:tỷ|tỉ) lệ(?!\w)")
_DAYS = regex.compile(r"(?<!\w)ngày(?!\w)")
_COUNTER = regex.compile(r"(?<!\w)(?:stt|tt|số tt|số thứ tự|ghi chú|năm)(?!\w)")
_LEAD = 600


def table_count_mentions(layers: Layers, families: Sequence[CountRules]) -> tuple[Mention, ...]:
    """All counts and rates that stand in tables."""
    return tuple(m for table in layers.document.tables for m in _read_table(layers, table, families))


def _read_table(layers: Layers, table: Table, families: Sequence[CountRules]) -> Iterator[Mention]:
    """The cells of a table, column by column under the reading of its headings."""
    lead = layers.view[max(0, table.span.start - _LEAD) : table.span.start]
    readings: dict[tuple[str, ...], tuple[CountRules, Reading] | None] = {}
    for cell in table.cells:
        if cell.is_header or not cell.header:
            continue
        atoms = within(layers.numbers, cell.span)
        if len(atoms) != 1 or not _is_number_cell(cell, atoms[0].text_span, layers.view):
            continue
        if cell.header not in readings:
            readings[cell.header] = _column_reading(cell.header, lead, families)
        if (held := readings[cell.header]) is None:
            continue
        rules, reading = held
        atom = atoms[0]
        indicators = {i.code: i for i in rules.indicators}
        for code in reading.gives:
            indicator = indicators[code]
            if indicator.low <= float(atom.value) <= indicator.high:
                yield Mention(
                    indicator=code, unit=reading.unit, value=atom.value, value_high=atom.value_high,
                    out_of=atom.out_of, comparator=atom.comparator, value_span=atom.number, quote_span=atom.text_span,
                    rule_id=f"{reading.rule_id}/table", cell=(table.number, cell.row, cell.column), reasons=("table",),
                )  # fmt: skip


def _is_number_cell(cell: Cell, number: Span, view: str) -> bool:
    """Whether a cell holds the number and nothing else of weight."""
    rest = view[cell.span.start : number.start] + view[number.end : cell.span.end]
    return not regex.search(r"\w", rest)


def _column_reading(
    header: tuple[str, ...], lead: str, families: Sequence[CountRules]
) -> tuple[CountRules, Reading] | None:
    """What the cells under a heading path count; None where the headings do not tell."""
    words = lower_view(" | ".join(header))
    if _COUNTER.fullmatch(words.strip()):
        return None
    unit = "percent" if _PERCENT.search(words) else "day" if _DAYS.search(words) else "count"
    best: tuple[tuple[int, int, int], CountRules, Reading] | None = None
    for rules in families:
        view = rules.lookalikes.sub(lambda m: "\x01" * len(m.group()), words) if rules.lookalikes else words
        names = {str(m.lastgroup) for m in rules.cues.finditer(view)}
        head = 3 if rules.heads.search(view) else 2 if rules.heads.search(lead) else 0
        if not names or not head:
            continue
        fits = [r for r in rules.readings if r.unit == unit and r.all_of <= names and not r.none_of & names]
        for reading in fits:
            score = (len(reading.all_of), head, -reading.line)
            if best is None or score > best[0]:
                best = (score, rules, reading)
    return (best[1], best[2]) if best and best[2].gives else None
