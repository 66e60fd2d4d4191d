"""Counted things in tables: a column's heading path says what a cell counts, its row says for whom.

The annex forms of Thông tư 01/2020/TT-VPCP (columns "Đã giải quyết › Trước hạn" …) and the tables of
portals are read alike: one family for the whole table, which the headings, the caption or the text
before it name; the heading path of each column gives the attributes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from pipeline.match.count_cells import cell_mentions, reading_of
from pipeline.match.labelled_rows import names_measures_in_rows, row_mentions
from pipeline.match.layers import Layers
from pipeline.match.mention import Mention
from pipeline.model import Table
from pipeline.rulebook.count_rules import CountRules, Reading
from pipeline.text.fold import lower_view
from pipeline.text.phrase_places import PhraseText, phrase_text

_BOUNDS = {
    "ge": regex.compile(r"(?<!\w)(?:tối thiểu|ít nhất|trở lên)(?!\w)|≥"),
    "le": regex.compile(r"(?<!\w)(?:tối đa|không quá)(?!\w)|≤"),
}
_SUM = regex.compile(r"\s*(?:tổng|tổng số|tổng cộng|cộng)(?: \(?(?:hồ sơ|hs)\)?)?\s*")
_LEAD = 800
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
    if names_measures_in_rows(table):
        yield from row_mentions(layers, table, families)
        return
    headers = {cell.header for cell in table.cells if cell.header and not cell.is_header}
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
        if (reading := columns.readings.get(cell.header)) is not None:
            yield from cell_mentions(layers, table, cell, columns.rules, reading, _bound(cell.header))


def _sums(
    rules: CountRules, headers: Mapping[Header, PhraseText], readings: Mapping[Header, Reading]
) -> dict[Header, Reading]:
    """The readings of columns headed "Tổng số" that say nothing of their own, beside the columns that add up to it."""
    found = {}
    for header in headers.keys() - readings.keys():
        beside = {code for other, r in readings.items() if other[:-1] == header[:-1] for code in r.gives}
        total = next((total for total in rules.sums if total.parts <= beside), None)
        if total and _SUM.fullmatch(lower_view(header[-1])):
            found[header] = total.reading
    return found


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
    captioned = rules.captions is not None and lead.starts(rules.captions)
    if not captioned and not any(text.starts(rules.heads) for text in (*headers.values(), lead)):
        return None
    words = {header: rules.masked(text) for header, text in headers.items()}
    in_headers = sum(text.search(rules.heads) is not None for text in words.values())
    above = rules.masked(lead)
    nearest = max(
        (m.end() for names in (rules.heads, rules.captions) if names for m in above.finditer(names)), default=-1
    )
    if not in_headers and nearest < 0:
        return None
    readings = {header: reading for header, text in words.items() if (reading := reading_of(rules, text)) is not None}
    if not any(reading.gives for reading in readings.values()):
        return None
    readings |= _sums(rules, headers, readings)
    weak = {name for name, attribute in rules.attributes.items() if attribute.weak}
    telling = sum(not reading.all_of <= weak for reading in readings.values())
    return _Columns(rules, readings, (telling + 2 * bool(in_headers), nearest))
