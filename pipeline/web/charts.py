"""Charts as plain data: what is drawn, what a reader is told at each point, and where a point leads.

`static/charts.js` draws them with ECharts. Every chart stands beside a table with the same figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


def years_between(periods: Sequence[str]) -> list[str]:
    """Periods for an axis. Where all are years, those without a value are there too, so that time runs evenly."""
    if not periods or not all(period.isdigit() for period in periods):
        return list(periods)
    return [str(year) for year in range(int(periods[0]), int(periods[-1]) + 1)]


@dataclass(frozen=True, slots=True)
class Spot:
    """A point or bar: its place on the axis, its value, what is said of it, and its evidence."""

    at: str
    value: float | None
    said: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of points with a name. `kind` gives its look: main, mean, leader, target, before, good, bad, other."""

    name: str
    spots: Sequence[Spot]
    kind: str = "other"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. `form` is lines, ranks (1 on top) or bars; `places` are the places of the axis in order."""

    form: str
    title: str
    places: Sequence[str]
    lines: Sequence[Line]
    stacked: bool = False
    sideways: bool = False
    unit: str = ""

    def spec(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)
