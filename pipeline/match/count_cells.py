"""One table cell that counts something: what the words for it mean, and its number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from pipeline.match.layers import Layers, within
from pipeline.match.mention import Mention
from pipeline.match.numbers import NumberAtom
from pipeline.model import Cell, Span, Table
from pipeline.rulebook.count_rules import CountRules, Reading
from pipeline.text.phrase_places import PhraseText, phrase_text
from pipeline.text.spacing import spaced

_PERCENT = spaced(r"%|(?<!\w)(?:tỷ|tỉ) lệ(?!\w)")
_DAYS = regex.compile(r"(?<!\w)ngày(?!\w)")
_LETTER = regex.compile(r"\w")
_COUNTER = regex.compile(r"(?:stt|tt|số tt|số thứ tự|ghi chú|năm|\s|[|])*")


def cell_mentions(
    layers: Layers, table: Table, cell: Cell, rules: CountRules, reading: Reading, comparator: str
) -> Iterator[Mention]:
    """What a cell counts under a reading; nothing where it holds no number, or more than one.

    `comparator` holds for a number that has none of its own.
    """
    atoms = within(layers.numbers, cell.span)
    if len(atoms) != 1 or not _is_number_cell(cell, atoms[0].text_span, layers.view):
        return
    atom = atoms[0]
    if atom.unit not in (None, reading.unit):
        return  # "95,24 %" is no count
    value = whole(atom) if reading.unit == "count" else atom.value
    if reading.unit == "count" and value != int(value):
        return  # "19,6" under "Tiến độ giải quyết" is a score
    for code in reading.gives:
        if rules.by_code[code].allows(value):
            yield Mention(
                indicator=code,
                unit=reading.unit,
                value=value,
                value_high=atom.value_high,
                out_of=atom.out_of,
                comparator=comparator if atom.comparator == "eq" else atom.comparator,
                value_span=atom.number,
                quote_span=atom.text_span,
                rule_id=f"{reading.rule_id}/table",
                cell=(table.number, cell.row, cell.column),
                reasons=("table",),
            )


def whole(atom: NumberAtom) -> Decimal:
    """The value of a count: "38,412" dossiers parts thousands, whatever the rest of the text does."""
    return next((v for v in (atom.value, *atom.alternatives) if v == int(v)), atom.value)


def reading_of(rules: CountRules, words: PhraseText) -> Reading | None:
    """What the cells under a heading path count."""
    if _COUNTER.fullmatch(words.view):
        return None
    unit = "percent" if _PERCENT.search(words.view) else "day" if _DAYS.search(words.view) else "count"
    found = {str(m.lastgroup) for m in words.finditer(rules.cues)} | _by_whole_heading(rules, words)
    names = {name for name in found if not rules.attributes[name].weak} or found
    if any(rules.attributes[name].blocks for name in names):
        return None
    return rules.reading(unit, names)


def _by_whole_heading(rules: CountRules, words: PhraseText) -> set[str]:
    """The attributes that the last heading of a path tells by itself: "Tiếp nhận | Mới"."""
    last = phrase_text(words.view.rpartition("|")[2].strip())
    if rules.columns is None:
        return set()
    return {str(m.lastgroup) for m in last.finditer(rules.columns) if m.span() == (0, len(last.view))}


def _is_number_cell(cell: Cell, number: Span, view: str) -> bool:
    """Whether a cell holds the number and nothing else of weight."""
    rest = view[cell.span.start : number.start] + view[number.end : cell.span.end]
    return not _LETTER.search(rest)
