"""What is extracted. The columns, units and codes are those of docs/data-dictionary.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pipeline.model.document import DocumentFacts
from pipeline.model.span import Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that a fact rests on. `role` is value, quote, subject, period, index, base_period …"""

    role: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A number that the document states about the world."""

    obs_id: str
    indicator: str
    value: Decimal
    unit: str
    quote: str
    span: Span
    value_span: Span
    rule_id: str
    index: str | None = None
    value_high: Decimal | None = None
    comparator: str = "eq"
    out_of: Decimal | None = None
    scope: str | None = None
    subject: str | None = None
    ref_area: str | None = None
    area_regime: str | None = None
    level: str | None = None
    time_period: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    base_period: str | None = None
    obs_status: str = "actual"
    table: str | None = None
    confidence: float = 0.5
    reasons: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that is named by its number. `role`: self, reported, basis or cites."""

    number: str
    number_text: str
    doc_type: str | None
    role: str
    quote: str
    span: Span
    rule_id: str
    issuer: str | None = None
    ref_area: str | None = None
    issued_on: date | None = None
    title: str | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class DateMention:
    """A calendar expression. `role`: published, issued, event, period or base_period."""

    start: date
    end: date
    precision: str
    role: str
    quote: str
    span: Span
    rule_id: str


@dataclass(frozen=True, slots=True)
class Numeral:
    """A digit group and what became of it; `note` holds the noun of a quantity or a reason."""

    quote: str
    span: Span
    category: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that did not hold."""

    check: str
    severity: str
    message: str
    obs_ids: tuple[str, ...]
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A check that holds: figures stated apart that give one another; `statement` is the identity in numbers."""

    check: str
    statement: str
    obs_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read out of one document."""

    facts: DocumentFacts
    observations: tuple[Observation, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[DateMention, ...] = ()
    numerals: tuple[Numeral, ...] = ()
    findings: tuple[Finding, ...] = ()
    agreements: tuple[Agreement, ...] = ()
