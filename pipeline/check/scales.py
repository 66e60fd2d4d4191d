"""C5, C16: values within the scale of what they measure, in its unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.figures import plain
from pipeline.check.verdict import Material, Problem, Severity, problem
from pipeline.model import Observation

_SCORES = ("index.score", "index.mean_score")


def value_within_scale(material: Material) -> Iterator[Problem]:
    """Scores lie on their index's scale, components below their most, shares between 0 and 100 percent.

    Goals are held to it too: no plan can ask for 120 percent of all dossiers.
    """
    for o in material.observations:
        bounds = _bounds(material, o)
        if bounds is None:
            continue
        low, high = bounds
        if not all(low <= value <= high for value in (o.value, o.value_high) if value is not None):
            message = f"{plain(o.value)} is off the scale of {plain(low)} to {plain(high)}"
            yield problem(Severity.ERROR, message, [o], f"{plain(low)}-{plain(high)}", plain(o.value))


def one_unit_for_an_index(material: Material) -> Iterator[Problem]:
    """An index is told in one unit throughout a document."""
    first: dict[str, Observation] = {}
    for o in material.observations:
        if o.indicator in _SCORES and o.index is not None:
            earlier = first.setdefault(o.index, o)
            if earlier.unit != o.unit:
                message = f"{o.index} is in {o.unit} here and in {earlier.unit} there"
                yield problem(Severity.INFO, message, [earlier, o], earlier.unit, o.unit)


def _bounds(material: Material, o: Observation) -> tuple[Decimal, Decimal] | None:
    if o.indicator in _SCORES and o.index:
        if "/" in o.index and o.unit == "percent":
            return (Decimal(0), Decimal(100))
        return _score_bounds(material, o.index, o.out_of)
    if o.unit == "percent" and o.indicator.endswith("_rate"):
        return (Decimal(0), Decimal(1000 if o.indicator in material.rules.above_hundred else 100))
    return None


def _score_bounds(material: Material, code: str, out_of: Decimal | None) -> tuple[Decimal, Decimal] | None:
    name, _, slug = code.partition("/")
    index = material.indices.get(name)
    if index is None:
        return None
    if not slug:
        return index.scale.ends
    component = index.components.get(slug)
    top = out_of if out_of is not None else component.top if component else None
    if top is not None and out_of is None and index.unit == "percent":
        top = Decimal(100)  # points of its most, or a share of it
    return None if top is None else (Decimal(0), top)
