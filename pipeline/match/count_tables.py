"""Counted things in tables: a column's heading path says what a cell counts, its row says for whom.

The annex forms of Thông tư 01/2020/TT-VPCP (columns "Đã giải quyết › Trước hạn" …) and the tables of
portals are read alike: one family for the whole table, which the headings, the caption or the text
before it name; the heading path of each column gives the attributes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from pipeline.match.layers import Layers, within
from pipeline.match.mention import Mention
from pipeline.match.numbers import NumberAtom
from pipeline.model import Cell, Span, Table
from pipeline.rulebook.count_rules import CountRules, Reading
from pipeline.text.fold import lower_view
from pipeline.text.phrase_places import PhraseText, phrase_text
from pipeline.text.spacing import spaced

_PERCENT = spaced(r"%|(?<!\w)(?:tỷ|tỉ) lệ(?!\w)")
_DAYS = regex.compile(r"(?<!\w)ngày(?!\w)")
_COUNTER = regex.compile(r"(?:stt|tt|số tt|số thứ tự|ghi chú|năm|\s|[|])*")
_BOUNDS = {
    "ge": regex.compile(r"(?<!\w)(?:tối thiểu|ít nhất|trở lên)(?!\w)|≥"),
    "le": regex.compile(r"(?<!\w)(?:tối đa|không quá)(?!\w)|≤"),
}
_LEAD = 800
_LETTER = regex.compile(r"\w")
_UNIT_COLUMN = regex.compile(r"\s*(?:đvt|đơn vị tính)\s*")
Header = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """One family's readings of a table's columns, and how well it fits the table."""

    rules: CountRules
    readings: dict[Header, Reading]
    score: tuple[int, int]


def table_count_mentions(layers: Layers, families: Sequence[CountRules]) -> tuple[Mention, ...]:
    """All counts and rates that stand in tables."""
    return tuple(m for table in layers.document.tables for m in _read_table(layers, table, families))


def _read_table(layers: Layers, table: Table, families: Sequence[CountRules]) -> Iterator[Mention]:
    """The cells of a table under the family that fits its headings best."""
    headers = {cell.header for cell in table.cells if cell.header and not cell.is_header}
    if any(_UNIT_COLUMN.fullmatch(lower_view(header[-1])) for header in headers):
        return  # each row measures something else, in its own unit
    lead = phrase_text(layers.view[max(0, table.span.start - _LEAD) : table.span.start])
    words = {header: phrase_text(lower_view(" | ".join(header))) for header in headers}
    fits = [fit for rules in families if (fit := _columns(rules, words, lead)) is not None]
    best = max(fits, key=lambda fit: fit.score, default=None)
    if best is None:
        return
    chosen = {header: _own_family(header, best, fits) for header in headers}
    for cell in table.cells:
        if cell.is_header or cell.header not in chosen:
            continue
        columns = chosen[cell.header]
        reading = columns.readings.get(cell.header)
        atoms = within(layers.numbers, cell.span)
        if reading is None or len(atoms) != 1 or not _is_number_cell(cell, atoms[0].text_span, layers.view):
            continue
        atom = atoms[0]
        if atom.unit not in (None, reading.unit):
            continue  # "95,24 %" is no count
        value = _whole(atom) if reading.unit == "count" else atom.value
        for code in reading.gives:
            if columns.rules.by_code[code].allows(value):
                yield Mention(
                    indicator=code,
                    unit=reading.unit,
                    value=value,
                    value_high=atom.value_high,
                    out_of=atom.out_of,
                    comparator=_bound(cell.header) if atom.comparator == "eq" else atom.comparator,
                    value_span=atom.number,
                    quote_span=atom.text_span,
                    rule_id=f"{reading.rule_id}/table",
                    cell=(table.number, cell.row, cell.column),
                    reasons=("table",),
                )


def _whole(atom: NumberAtom) -> Decimal:
    """The value of a count: "38,412" in a column of dossiers parts thousands, whatever the rest of the text does."""
    return next((v for v in (atom.value, *atom.alternatives) if v == int(v)), atom.value)


def _own_family(header: Header, best: _Columns, fits: Sequence[_Columns]) -> _Columns:
    """The family of one column: the table's, unless the heading names the noun of another alone."""
    words = phrase_text(lower_view(" | ".join(header)))
    if best.rules.masked(words).search(best.rules.heads):
        return best
    named = [fit for fit in fits if fit.readings.get(header) and fit.rules.masked(words).search(fit.rules.heads)]
    return max(named, key=lambda fit: fit.score, default=best)


def _bound(header: Header) -> str:
    """The comparator that a heading sets for its column ("Tỷ lệ đúng hạn tối thiểu (%)")."""
    words = lower_view(" ".join(header))
    return next((code for code, pattern in _BOUNDS.items() if pattern.search(words)), "eq")


def _columns(rules: CountRules, headers: Mapping[Header, PhraseText], lead: PhraseText) -> _Columns | None:
    """A family's readings of the headings; None where its noun is not named or no column is read."""
    if not any(text.starts(rules.heads) for text in (*headers.values(), lead)):
        return None
    words = {header: rules.masked(text) for header, text in headers.items()}
    in_headers = sum(text.search(rules.heads) is not None for text in words.values())
    nearest = max((m.end() for m in rules.masked(lead).finditer(rules.heads)), default=-1)
    if not in_headers and nearest < 0:
        return None
    readings = {header: reading for header, text in words.items() if (reading := _reading(rules, text)) is not None}
    if not any(reading.gives for reading in readings.values()):
        return None
    weak = {name for name, attribute in rules.attributes.items() if attribute.weak}
    telling = sum(not reading.all_of <= weak for reading in readings.values())
    return _Columns(rules, readings, (telling + 2 * bool(in_headers), nearest))


def _reading(rules: CountRules, words: PhraseText) -> Reading | None:
    """What the cells under a heading path count."""
    if _COUNTER.fullmatch(words.view):
        return None
    unit = "percent" if _PERCENT.search(words.view) else "day" if _DAYS.search(words.view) else "count"
    found = {str(m.lastgroup) for m in words.finditer(rules.cues)}
    names = {name for name in found if not rules.attributes[name].weak} or found
    if any(rules.attributes[name].blocks for name in names):
        return None
    return rules.reading(unit, names)


def _is_number_cell(cell: Cell, number: Span, view: str) -> bool:
    """Whether a cell holds the number and nothing else of weight."""
    rest = view[cell.span.start : number.start] + view[number.end : cell.span.end]
    return not _LETTER.search(rest)
