"""What a sentence can speak of: figures, times, documents. Each knows the row of gold that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

Row = dict[str, object]
"""A row of gold, in the columns of the dataset."""


@dataclass(frozen=True, slots=True)
class Slots:
    """Whose figure it is, for when, and as what."""

    subject: str | None
    ref_area: str | None
    time_period: str | None
    level: str | None = None
    status: str = "actual"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the world. `out_of` and `scope` as the text states them, `base` for a change."""

    indicator: str
    value: Decimal
    unit: str
    slots: Slots
    index: str | None = None
    out_of: Decimal | None = None
    scope: str | None = None
    base: str | None = None
    optional: bool = False

    def row(self, comparator: str, value: Decimal, high: Decimal | None, out_of: Decimal | None) -> Row:
        """The gold of this figure as it was written."""
        slots = self.slots
        said: Row = {
            "indicator": self.indicator,
            "index": self.index,
            "value": _plain(value),
            "value_high": _plain(high),
            "unit": self.unit,
            "comparator": comparator,
            "out_of": _plain(out_of),
            "scope": self.scope,
            "subject": slots.subject,
            "ref_area": slots.ref_area,
            "level": slots.level,
            "time_period": slots.time_period,
            "base_period": self.base,
            "obs_status": slots.status,
            "optional": self.optional or None,
        }
        kept = ("value", "unit", "comparator", "subject", "ref_area", "time_period", "obs_status", "indicator")
        return {name: cell for name, cell in said.items() if name in kept or cell is not None}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with the ways in which texts write it. `label` is the value of `time_period`."""

    label: str
    start: date
    end: date
    forms: tuple[str, ...]
    optional: bool = False

    def row(self, role: str) -> Row:
        made: Row = {"start": self.start.isoformat(), "end": self.end.isoformat(), "role": role}
        return made | ({"optional": True} if self.optional else {})


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that is named by its number. `kind` is its name in words, `about` what it is about."""

    number: str
    doc_type: str
    kind: str
    issuer: str
    issued_on: date
    about: str
    written: str = ""
    """The number as this text writes it, where that is not `number`."""

    def row(self, role: str, dated: bool) -> Row:
        return {
            "number": self.number,
            "doc_type": self.doc_type,
            "issuer": self.issuer,
            "issued_on": self.issued_on.isoformat() if dated else None,
            "role": role,
        }


Entry = Figure | Period | Citation | str | tuple[str, ...]
World = Mapping[str, Entry]
"""What can be spoken of, by the name that the grammar uses. A text may have several forms."""


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
