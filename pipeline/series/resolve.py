"""From several statements about one point to the accepted one, with how it was chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.series.statement import SeriesKey, Statement
from pipeline.values.periods import parse_period

Narrow = Callable[[Sequence[Statement]], Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a series: a row of the table `series`, whose columns explain the fields."""

    point_id: str
    series_id: str
    key: SeriesKey
    subject: str
    time_period: str
    period_start: date
    period_end: date
    base_period: str | None
    value: Decimal
    value_high: Decimal | None
    comparator: str
    out_of: Decimal | None
    origin: str
    agreement: str
    resolved_by: str | None
    obs_id: str | None
    doc_id: str | None
    source: str | None
    obs_ids: tuple[str, ...]
    doc_ids: tuple[str, ...]
    derived_from: tuple[str, ...]
    others: tuple[str, ...]
    confidence: float
    review_state: str

    @property
    def indicator(self) -> str:
        return self.key.indicator

    @property
    def subject_id(self) -> str:
        return self.key.subject_id

    @property
    def index(self) -> str | None:
        return self.key.index

    @property
    def ref_area(self) -> str | None:
        return self.key.ref_area

    @property
    def area_regime(self) -> str | None:
        return self.key.area_regime

    @property
    def level(self) -> str | None:
        return self.key.level

    @property
    def scope(self) -> str | None:
        return self.key.scope

    @property
    def unit(self) -> str:
        return self.key.unit

    @property
    def obs_status(self) -> str:
        return self.key.obs_status


def agree(statements: Sequence[Statement]) -> bool:
    """Whether one true value can stand behind all of them: "hơn 4,5 ngàn" and 4.561 agree."""
    return max(s.low for s in statements) <= min(s.high for s in statements)


def _those(keep: Callable[[Statement], bool]) -> Narrow:
    """Only the statements of a kind, where there are any."""
    return lambda statements: [s for s in statements if keep(s)] or statements


def _latest(statements: Sequence[Statement]) -> Sequence[Statement]:
    """Those of the last day that one was published on; a publisher's table, which has no day, is never overtaken."""
    last = max((s.day for s in statements if s.day), default=None)
    return [s for s in statements if s.day == last or s.table is not None] if last else statements


def _most_precise(statements: Sequence[Statement]) -> Sequence[Statement]:
    least = min(s.width for s in statements)
    return [s for s in statements if s.width == least]


def _first(statements: Sequence[Statement]) -> Sequence[Statement]:
    return [min(statements, key=lambda s: s.order)]


RESOLUTIONS: tuple[tuple[str, Narrow], ...] = (
    ("reviewed", _those(lambda s: s.reviewed)),
    ("stated", _those(lambda s: not s.derived_from)),
    ("own_report", _those(lambda s: s.reports_itself)),
    ("later_publication", _latest),
    ("more_precise", _most_precise),
    ("order", _first),
)
"""What decides between statements that contradict each other, tried in this order until the rest agree."""


def point(statements: Sequence[Statement]) -> Point:
    """The point that these statements, all of one key and period, are about.

    Where they agree, the most precise is accepted (a reviewed one first, a stated one before a derived
    one). Where they do not, `RESOLUTIONS` decide, and the point says so and keeps the other values.
    """
    rest, resolved_by = statements, None
    for name, narrow in RESOLUTIONS:
        if agree(rest):
            break
        rest, resolved_by = narrow(rest), name
    accepted = min(rest, key=_preference)
    others = sorted((s for s in statements if not agree((accepted, s))), key=lambda s: s.order)
    by_source = [accepted, *sorted((s for s in statements if s is not accepted), key=lambda s: s.order)]
    start, end = parse_period(accepted.time_period)
    return Point(
        point_id=accepted.key.point_id(accepted.time_period, accepted.base_period),
        series_id=accepted.key.series_id,
        key=accepted.key,
        subject=accepted.subject,
        time_period=accepted.time_period,
        period_start=start,
        period_end=end,
        base_period=accepted.base_period,
        value=accepted.value,
        value_high=accepted.value_high,
        comparator=accepted.comparator,
        out_of=accepted.out_of,
        origin="derived" if accepted.derived_from else "published" if accepted.table else "stated",
        agreement="single" if len(statements) == 1 else "agree" if resolved_by is None else "conflict",
        resolved_by=resolved_by,
        obs_id=accepted.obs_id,
        doc_id=accepted.doc_id,
        source=accepted.table,
        obs_ids=tuple(dict.fromkeys(s.obs_id for s in by_source if s.obs_id)),
        doc_ids=tuple(dict.fromkeys(s.doc_id for s in by_source if s.doc_id)),
        derived_from=accepted.derived_from,
        others=tuple(f"{s.value:f} {s.source}" for s in others),
        confidence=accepted.confidence,
        review_state=accepted.review_state,
    )


def _preference(statement: Statement) -> tuple[object, ...]:
    """Among statements that agree: the most exact words for the value that they share."""
    day = statement.day
    return (
        not statement.reviewed,
        bool(statement.derived_from),
        statement.comparator != "eq",
        statement.width,
        not statement.reports_itself,
        -day.toordinal() if day else 0,
        statement.order,
    )
