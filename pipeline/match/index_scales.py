"""On which scale a document tells an index: a survey that most provinces score on a hundred is one on ten in others.

The components of such an index are always told on ten, so that a figure alone shows nothing. Those of units do: all of
a document that name no component lie on the one scale or on the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pipeline.match.index_scope import SentenceScopes, scopes
from pipeline.match.index_values import has_decimals
from pipeline.match.layers import Layers, within
from pipeline.match.names import NameKind
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.model import Cell, Table
from pipeline.rulebook.index_rules import IndexRules, Scale
from pipeline.text.spacing import spaced

_ENOUGH = 3
"""So many figures show the scale where no word does."""
_OF_PARTS = frozenset({NameKind.COMPONENT, NameKind.UNNAMED})
# "thang điểm 10", "chấm theo thang 10 điểm"
_SCALE_SAID = spaced(r"(?<!\w)thang(?: điểm)?(?: là)? (\d{2,4})(?![\d.,/]\d|\d)")


def on_their_scales(layers: Layers, rules: IndexRules) -> IndexRules:
    """The rules with the scales that the document tells its indices on."""
    named = {mention.index for mention in layers.indices}
    told = {
        code: replace(index, scale=index.scale.instead)
        for code, index in rules.indices.items()
        if code in named and index.scale.instead is not None and _is_told_on(index.scale.instead, code, layers, rules)
    }
    return replace(rules, indices={**rules.indices, **told}) if told else rules


def _is_told_on(other: Scale, code: str, layers: Layers, rules: IndexRules) -> bool:
    """Whether the figures of an index lie on its other scale, and none on its usual one alone."""
    usual = rules.indices[code].scale
    values = [*_in_sentences(code, layers, rules), *_in_tables(code, layers)]
    if any(usual.holds(value) and not other.holds(value) for value in values):
        return False
    said = {Decimal(match[1]) for match in _SCALE_SAID.finditer(layers.view)}
    shown = [value for value in values if other.holds(value) and value != int(value)]
    return bool(said & other.out_of) or len(shown) >= _ENOUGH


def _in_sentences(code: str, layers: Layers, rules: IndexRules) -> Iterator[Decimal]:
    """The points of sentences that name no component."""
    for sentence in scopes(layers, rules):
        span = sentence.sentence.span
        if any(mention.kind in _OF_PARTS for mention in within(layers.indices, span)):
            continue
        yield from (a.value for a in within(layers.numbers, span) if _is_of(code, a, sentence) and _is_level(a))


def _is_of(code: str, atom: NumberAtom, sentence: SentenceScopes) -> bool:
    scope = sentence.at(atom.span.start)
    return scope.index == code and scope.component is None


def _is_level(atom: NumberAtom) -> bool:
    """Whether a number is written as one of points, and not as what was gained."""
    return atom.unit == "point" and not atom.sign and atom.value > 1


def _in_tables(code: str, layers: Layers) -> Iterator[Decimal]:
    """The broken numbers of tables behind the index, but for rows and columns of components."""
    for table in layers.document.tables:
        if _named_before(layers, table) != code:
            continue
        for cell in table.cells:
            if not cell.is_header and not _is_of_part(layers, table, cell):
                atoms = within(layers.numbers, cell.span)
                if len(atoms) == 1 and _is_broken(atoms[0]):
                    yield atoms[0].value


def _is_broken(atom: NumberAtom) -> bool:
    return atom.kind is NumberKind.NUMBER and atom.unit in (None, "point") and has_decimals(atom) and not atom.sign


def _named_before(layers: Layers, table: Table) -> str | None:
    """The index named last before a table."""
    kinds = (NameKind.WHOLE, NameKind.FOREIGN)
    before = [m for m in layers.indices if m.span.end <= table.span.start and m.kind in kinds]
    return before[-1].index if before else None


def _is_of_part(layers: Layers, table: Table, cell: Cell) -> bool:
    """Whether a component is named in the row of a cell or at the head of its column."""
    return any(
        mention.kind in _OF_PARTS
        for other in table.cells
        if other.row == cell.row or (other.is_header and other.column == cell.column)
        for mention in within(layers.indices, other.span)
    )
