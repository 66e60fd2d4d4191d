"""C9: intervals that begin before they end, and results that are not told before they can be known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.check.figures import results
from pipeline.check.problem import Material, Problem, Severity, problem


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
    for o in results(material.observations):
        if o.period_start is None or o.period_end is None:
            continue
        if o.period_start > published:
            message = f"a result for {o.time_period} in a document of {published}"
            yield problem(Severity.WARNING, message, [o], f"<= {published}", o.period_start)
        elif o.indicator.startswith("index.") and _is_year(o.time_period) and o.period_end > published:
            message = f"an index of {o.time_period} in a document of {published}"
            yield problem(Severity.INFO, message, [o], f"<= {published}", o.period_end)


def _published(material: Material) -> date | None:
    if material.facts.issued_on is not None:
        return material.facts.issued_on
    try:
        return date.fromisoformat((material.facts.published_at or "")[:10])
    except ValueError:
        return None


def _is_year(period: str | None) -> bool:
    return period is not None and len(period) == 4
