"""What one source says of one point of a series, with the span of true values that its words leave open."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from pipeline.model.review import ReviewState

_REVIEWED = frozenset({ReviewState.ACCEPTED, ReviewState.CORRECTED, ReviewState.ADDED})


@dataclass(frozen=True, slots=True)
class Origin:
    """A document as a source: its day, and the province and list that it is of."""

    doc_id: str
    doc_type: str | None = None
    ref_area: str | None = None
    area_regime: str | None = None
    day: date | None = None
    """Of issue, else of publication."""


@dataclass(frozen=True)
class SeriesKey:
    """What is the same along a series. `who` is the subject's name without regard to case and spelling.

    The area list is a part of it: a series of the 63 provinces ends on 30 June 2025.
    """

    indicator: str
    index: str | None
    who: str
    ref_area: str | None
    area_regime: str | None
    level: str | None
    scope: str | None
    unit: str
    obs_status: str

    @cached_property
    def series_id(self) -> str:
        return _digest(self._parts())[:16]

    def point_id(self, time_period: str, base_period: str | None) -> str:
        """The id of a point: of the series, the period and, for a change, what it is compared with."""
        return _digest((*self._parts(), time_period, base_period))[:20]

    @property
    def subject_id(self) -> str:
        """`_T` for the province as a whole, else a hash of who it is."""
        return _digest((self.who,))[:12] if self.who else "_T"

    def _parts(self) -> tuple[str | None, ...]:
        return (
            self.indicator, self.index, self.who, self.ref_area, self.area_regime, self.level, self.scope, self.unit,
            self.obs_status,
        )  # fmt: skip

    def of(self, indicator: str, scope: str | None) -> SeriesKey:
        """The series of another measure of the same subject."""
        return replace(self, indicator=indicator, scope=scope)


def _digest(parts: tuple[str | None, ...]) -> str:
    return hashlib.sha256("\x1f".join("\x00" if part is None else part for part in parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Statement:
    """A value that a source gives for a point.

    The true value lies from `low` to `high`: 84,8 leaves open what was rounded, "hơn 4,5 ngàn" how much
    more. Either a document states it (`obs_id`, `origin`), or a published table (`table`), or it is
    reckoned from observations of a document (`derived_from`, `origin`).
    """

    key: SeriesKey
    subject: str
    time_period: str
    value: Decimal
    low: Decimal
    high: Decimal
    value_high: Decimal | None = None
    comparator: str = "eq"
    out_of: Decimal | None = None
    base_period: str | None = None
    confidence: float = 1.0
    obs_id: str | None = None
    origin: Origin | None = None
    table: str | None = None
    derived_from: tuple[str, ...] = ()
    review_state: str = ReviewState.PENDING.value
    position: int = 0
    """Where a document states it: the offset of the number."""

    @property
    def reviewed(self) -> bool:
        """Whether a person stands for it."""
        return self.review_state in _REVIEWED

    @property
    def width(self) -> Decimal:
        """How much the source leaves open; 0 for an exact count."""
        return self.high - self.low

    @property
    def source(self) -> str:
        """A name of what gives it."""
        return self.obs_id or self.table or "+".join(self.derived_from)

    @property
    def order(self) -> tuple[str, int, str]:
        """The order of last resort: of documents, and of the text within one."""
        return (self.doc_id or "", self.position, self.source)

    @property
    def doc_id(self) -> str | None:
        return self.origin.doc_id if self.origin else None

    @property
    def day(self) -> date | None:
        return self.origin.day if self.origin else None

    @property
    def reports_itself(self) -> bool:
        """Whether the source is whose business the value is: the publisher's table, or a document that an
        authority of the same province issued. News only pass on."""
        if self.table is not None:
            return True
        origin, key = self.origin, self.key
        return (
            origin is not None
            and origin.doc_type not in (None, "news")
            and origin.ref_area is not None
            and (origin.ref_area, origin.area_regime) == (key.ref_area, key.area_regime)
        )
