"""Rows turned back into the records that they were made of, as far as a table keeps them."""

from __future__ import annotations

from typing import Any

from pipeline.model import Observation, Span
from pipeline.store.schema import Row

_SAME = (
    "obs_id", "indicator", "index", "value", "value_high", "unit", "comparator", "out_of", "scope", "subject",
    "ref_area", "area_regime", "level", "time_period", "period_start", "period_end", "base_period", "obs_status",
    "quote", "table", "rule_id", "confidence", "reasons", "flags",
)  # fmt: skip


def observation_of(row: Row) -> Observation:
    """The observation of a row of `observations`, without its evidence, which is a table of its own."""
    cells: dict[str, Any] = {name: row[name] for name in _SAME}
    return Observation(span=_span(row, "char"), value_span=_span(row, "value"), **cells)


def _span(row: Row, name: str) -> Span:
    start, end = row[f"{name}_start"], row[f"{name}_end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return Span(start, end)
