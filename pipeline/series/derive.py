"""Values that a document implies: before a change stood the value less the change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

from pipeline.model.review import ReviewState
from pipeline.series.resolve import agree
from pipeline.series.statement import SeriesKey, Statement
from pipeline.values.periods import parse_period
from pipeline.values.provinces import MERGER

_CHANGES = {"index.score_change": (("index.score", "index.mean_score"), -1), "index.rank_change": (("index.rank",), 1)}
"""What each measure of change is a change of, and the sign with which it leads back: rank + change, since a
change of rank counts upwards and a rank downwards."""


def derived(statements: Iterable[Statement]) -> Iterator[Statement]:
    """What the statements of one document give for the periods that its changes are compared with.

    Only exact words are reckoned with, and only in one unit: "tăng 3%" of points is a share of them. None
    is made where the document contradicts itself, or across 1 July 2025, when provinces became others.
    """
    values: defaultdict[tuple[SeriesKey, str], list[Statement]] = defaultdict(list)
    changes = []
    for statement in statements:
        if statement.comparator != "eq" or statement.value_high is not None:
            continue
        if statement.key.indicator in _CHANGES:
            changes.append(statement)
        else:
            values[statement.key, statement.time_period].append(statement)
    for change in changes:
        indicators, _ = _CHANGES[change.key.indicator]
        for indicator, scope in product(indicators, dict.fromkeys((change.key.scope, "national", None))):
            stated = values.get((change.key.of(indicator, scope), change.time_period), [])
            if stated and agree(stated) and not _crosses_merger(change):
                yield from _before(min(stated, key=lambda s: (s.width, s.order)), change)
                break


def _before(value: Statement, change: Statement) -> Iterator[Statement]:
    if change.base_period is None or value.obs_id is None or change.obs_id is None:
        return
    _, sign = _CHANGES[change.key.indicator]
    before = value.value + sign * change.value
    if before <= 0:
        return
    low, high = (change.low, change.high) if sign > 0 else (-change.high, -change.low)
    yield replace(
        value,
        time_period=change.base_period,
        value=before,
        low=value.low + low,
        high=value.high + high,
        out_of=None,
        confidence=min(value.confidence, change.confidence),
        obs_id=None,
        derived_from=(value.obs_id, change.obs_id),
        review_state=ReviewState.PENDING.value,
    )


def _crosses_merger(change: Statement) -> bool:
    if change.base_period is None:
        return False
    _, before = parse_period(change.base_period)
    return change.key.area_regime == "34" and before < MERGER
