"""Which index, period, list and provinces a page shows: what the address asks for, else what is best covered."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.web.folding import fold
from pipeline.web.names import Province
from pipeline.web.queries import indices as queries
from pipeline.web.view import View


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """A period and the list of provinces that it is of; `number` provinces have a value."""

    regime: str
    period: str
    number: int

    @property
    def key(self) -> str:
        return f"{self.regime}~{self.period}"


def chosen_index(view: View) -> tuple[str, list[str]]:
    """The index to show, and all that there are; "" where there is none."""
    known = queries.indices(view.db)
    wanted = view.asked("index")
    if wanted in known or not known:
        return wanted if wanted in known else "", known
    return known[0], known


def chosen_period(view: View, index: str) -> tuple[PeriodChoice | None, list[PeriodChoice]]:
    """The period to show, and all that there are. Without a wish: the newest of those with many provinces."""
    known = [
        PeriodChoice(row["area_regime"], row["time_period"], row["number"]) for row in queries.periods(view.db, index)
    ]
    wanted = next((choice for choice in known if choice.key == view.asked("period")), None)
    if wanted or not known:
        return wanted, known
    most = max(choice.number for choice in known)
    return next(choice for choice in known if 2 * choice.number > most), known


def by_name(view: View, areas: list[str]) -> dict[str, list[Province]]:
    """Provinces in the order of the alphabet, the list of 34 apart from that of 63, for a menu."""
    provinces = [view.names.provinces[area] for area in areas if area in view.names.provinces]
    return {
        regime: found
        for regime in ("34", "63")
        if (found := sorted((p for p in provinces if p.regime == regime), key=lambda p: fold(p.name)))
    }
