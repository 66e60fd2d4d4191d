"""A typed reading of one number: what it measures, before it is known for whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.model import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A number that a rule has read.

    `quote_span` runs from the first word that the rule used to the last, `value_span` is the number
    itself. `cell` is (table number, row, column) for numbers out of a table. `cues` are the words
    that made the reading, each with its role, for the reviewer. `reasons` name what speaks for or
    against the reading; confidence is calibrated on them.
    """

    indicator: str
    unit: str
    value: Decimal
    value_span: Span
    quote_span: Span
    rule_id: str
    index: str | None = None
    value_high: Decimal | None = None
    comparator: str = "eq"
    out_of: Decimal | None = None
    cell: tuple[int, int, int] | None = None
    cues: tuple[tuple[str, Span], ...] = ()
    reasons: tuple[str, ...] = ()
