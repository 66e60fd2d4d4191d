"""Points and percentages of an index: which reading of a number its scale holds, and in which unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.match.index_kinds import Kind
from pipeline.match.index_scope import Scope
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.rulebook.index_rules import Index, IndexRules

_SLACK = Decimal("1.05")
_COMPONENT_TOP = Decimal(100)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of points or per cent as a value of an index.

    `fits`: the scale can hold it as a score. `bare`: it has no unit. `is_share`: a percentage where
    the index has points. `scope`: the index alone where the component cannot have so many points.
    """

    value: Decimal
    fits: bool
    bare: bool
    is_share: bool
    scope: Scope
    out_of: Decimal | None = None


def amount_of(atom: NumberAtom, scope: Scope, rules: IndexRules, is_named: bool = False) -> Amount | None:
    """The number as an amount of the index in scope; None if its form is that of no score or change.

    A bare whole number is a score only where the words before it say so: `is_named`.
    """
    if atom.kind not in (NumberKind.NUMBER, NumberKind.RATIO, NumberKind.WORD) or scope.index is None:
        return None
    if atom.unit not in (None, "point", "percent", "percent_point"):
        return None
    bare = atom.unit is None
    if bare and not is_named and atom.value == int(atom.value) and atom.out_of is None and not has_decimals(atom):
        return None
    if bare and atom.kind is NumberKind.WORD:
        return None
    index = rules.indices[scope.index]
    if scope.component:
        top = _top(index, scope)
        if atom.unit == "percent" and index.unit == "percent" and _adjoins(atom, scope):
            return Amount(atom.value, 0 <= atom.value <= 100, bare, False, scope)
        amount = _within(atom, scope, bare, top)
        if amount.fits or scope.mention is None:
            return amount
        whole = replace(scope, component=None, component_span=None)
        on_whole = _of_whole(atom, whole, index, bare)
        return on_whole if on_whole is not None and on_whole.fits else amount
    return _of_whole(atom, scope, index, bare)


def is_of_most(atom: NumberAtom, scope: Scope, rules: IndexRules) -> bool:
    """Whether a ratio sets points against the most that its component can have: "công khai minh bạch 18/18"."""
    part = rules.indices[scope.index or ""].components.get(scope.component or "")
    return part is not None and part.top is not None and atom.out_of == part.top


def _adjoins(atom: NumberAtom, scope: Scope) -> bool:
    """Whether a component's name stands close to the number, as its subject or as what it is said of."""
    part = scope.component_span
    return part is not None and (0 <= atom.span.start - part.end <= 40 or 0 <= part.start - atom.span.end <= 90)


def _of_whole(atom: NumberAtom, scope: Scope, index: Index, bare: bool) -> Amount | None:
    if atom.out_of is not None and atom.out_of not in index.scale.out_of:
        return None
    held = [v for v in (atom.value, *atom.alternatives) if index.scale.holds(v)]
    smallest = min((atom.value, *atom.alternatives))
    is_share = atom.unit == "percent" and index.unit == "point"
    value = held[0] if held else smallest
    return Amount(value, bool(held), bare, is_share, scope, atom.out_of)


def _within(atom: NumberAtom, scope: Scope, bare: bool, top: Decimal) -> Amount:
    held = [v for v in (atom.value, *atom.alternatives) if 0 <= v <= top * _SLACK]
    value = held[0] if held else min((atom.value, *atom.alternatives))
    fits = bool(held) and (atom.out_of is None or value <= atom.out_of)
    return Amount(value, fits, bare, atom.unit == "percent", scope, atom.out_of)


def _top(index: Index, scope: Scope) -> Decimal:
    part = index.components.get(scope.component or "")
    if part is None:
        return index.part.top if index.part and index.part.slug == scope.component else _COMPONENT_TOP
    if part.top is not None:
        # The tops change from year to year by a point or two.
        return part.top + 5 if index.unit == "percent" else part.top
    return min(index.scale.high, _COMPONENT_TOP)


def unit_of(atom: NumberAtom, index: Index, scope: Scope, kind: Kind) -> str:
    """The unit by the index, whatever word the text uses; a change of points may be said in per cent."""
    if index.unit == "percent" and scope.component is None:
        return "percent"
    return "percent" if kind is Kind.SCORE_CHANGE and atom.unit in ("percent", "percent_point") else "point"


def has_decimals(atom: NumberAtom) -> bool:
    """Whether the number has a fraction in any of its readings."""
    return any(value != int(value) for value in (atom.value, *atom.alternatives))
