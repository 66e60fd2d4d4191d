"""The text of a slot as the cell of a table, held against its column."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from pipeline.model.review import Fact
from pipeline.review.revision import DECIMALS, normal
from pipeline.store.schema import Row, Value, storable
from pipeline.store.tables import OBSERVATIONS
from pipeline.values.periods import parse_period

_PERIODS = frozenset({"time_period", "base_period"})


def typed(slot: str, text: str | None) -> Value:
    """The cell of a slot that is in its normal form; raises ValueError where its column does not admit it."""
    value: Value = text
    if text is not None and slot in DECIMALS:
        try:
            value = storable(Decimal(text))
        except InvalidOperation:
            raise ValueError(f"{slot} is no number: {text!r}") from None
    if text is not None and normal(slot, value) != text:
        raise ValueError(f"{slot} is not in its normal form: {text!r}")
    if fault := OBSERVATIONS.column(slot).fault(value):
        raise ValueError(f"{slot} {fault}")
    if text is not None and slot in _PERIODS:
        parse_period(text)
    return value


def corrected(row: Row, slots: Fact) -> Row:
    """A row of `observations` with these slots, and the days of its period."""
    made = {**row, **{slot: typed(slot, text) for slot, text in slots.items()}}
    if "time_period" in slots:
        made |= days_of(slots["time_period"])
    return made


def days_of(period: str | None) -> Mapping[str, Value]:
    """The columns of a period's first and last day."""
    start, end = (None, None) if period is None else parse_period(period)
    return {"period_start": start, "period_end": end}
