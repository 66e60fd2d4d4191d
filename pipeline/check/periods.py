"""C9: intervals that begin before they end, and results that are not told before they can be known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from pipeline.check.figures import results
from pipeline.check.verdict import Material, Problem, Severity, problem
from pipeline.model import Observation


def interval_runs_forward(material: Material) -> Iterator[Problem]:
    """A period ends no sooner than it begins."""
    for o in material.observations:
        if o.period_start and o.period_end and o.period_start > o.period_end:
            message = f"the period {o.time_period} ends before it begins"
            yield problem(Severity.ERROR, message, [o], f">= {o.period_start}", o.period_end)


def results_follow_their_period(material: Material) -> Iterator[Problem]:
    """A document tells results of periods that have begun; of an index, of years that are over.

    The index of a year is published in the next one; other figures of a year may be told early.
    """
    published = _published(material)
    if published is None:
        return
    ahead: dict[tuple[str | None, str | None], list[Observation]] = defaultdict(list)
    unfinished: dict[tuple[str | None, str | None], list[Observation]] = defaultdict(list)
    for o in results(material.observations):
        if o.period_start and o.period_start > published:
            ahead[(o.time_period, None)].append(o)
        elif o.period_end and o.period_end > published and o.indicator.startswith("index.") and _is_year(o.time_period):
            unfinished[(o.time_period, (o.index or "").partition("/")[0])].append(o)
    for (period, _), involved in ahead.items():
        message = f"results for {period} in a document of {published}"
        yield problem(Severity.WARNING, message, involved, published, period)
    for (period, index), involved in unfinished.items():
        message = f"{index} of {period} in a document of {published}"
        yield problem(Severity.INFO, message, involved, published, period)


def _published(material: Material) -> date | None:
    if material.facts.issued_on is not None:
        return material.facts.issued_on
    try:
        return date.fromisoformat((material.facts.published_at or "")[:10])
    except ValueError:
        return None


def _is_year(period: str | None) -> bool:
    return period is not None and len(period) == 4
