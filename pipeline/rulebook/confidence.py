"""`rules/confidence.yaml`: what each named reason is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.rulebook.source import Reader, load_rule_file


@dataclass(frozen=True, slots=True)
class Confidence:
    """`weights`: for each reason the share of readings that it does not spoil; `every_reading` counts for all.

    A row below `bar` is flagged. `broad` are the measures whose words serve more special ones too.
    `half_right` is how much of a failure the fit took a right figure with a wrong subject or period for.
    """

    weights: Mapping[str, float]
    bar: float = 0.9
    broad: frozenset[str] = frozenset()
    half_right: float = 0.0


def load_confidence(path: Path) -> Confidence:
    """The table of weights. Raises RuleError with file and line."""
    top = Reader(path, load_rule_file(path))
    top.only("bar", "half_right", "broad_measures", "weights")
    weights, bar, broad = (top.entry.get(key) for key in ("weights", "bar", "broad_measures"))
    if not isinstance(weights, dict) or "every_reading" not in weights:
        raise top.fault("`weights` must give `every_reading` and the weight of each reason")
    for reason, weight in (*weights.items(), ("bar", bar)):
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 1:
            raise top.fault(f"{reason!r} must be a number above 0 and up to 1")
    if not isinstance(broad, list) or not all(isinstance(code, str) for code in broad):
        raise top.fault("`broad_measures` must be a list of indicators")
    half_right = top.entry.get("half_right", 0.0)
    if isinstance(half_right, bool) or not isinstance(half_right, int | float) or not 0 <= half_right <= 1:
        raise top.fault("`half_right` must be a number from 0 to 1")
    assert isinstance(bar, int | float)
    return Confidence(dict(weights), float(bar), frozenset(broad), float(half_right))
