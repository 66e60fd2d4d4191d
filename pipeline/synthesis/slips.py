"""Slips of the pen: in some documents one figure is wrong, and a check has to find it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.synthesis.entries import Entry, Figure, Row

SHARE = 0.3
"""Of the documents that could hold one."""


@dataclass(frozen=True, slots=True)
class Slip:
    """`wrong` is the figure that is changed. Where all of `needed` are stated too, `check` finds it."""

    check: str
    wrong: str
    needed: tuple[str, ...]


SLIPS = (
    Slip("C1-sum-of-parts", "resolved_on_time", ("resolved", "resolved_early", "resolved_overdue")),
    Slip("C1-sum-of-parts", "pending_in_time", ("pending", "pending_overdue")),
    Slip("C1-sum-of-parts", "carried_over", ("received_new", "to_process")),
    Slip("C1-sum-of-parts", "in_progress", ("total", "completed")),
    Slip("C1-sum-of-parts", "amended", ("published", "new", "repealed")),
    Slip("C2-rate-of-figures", "completion_rate", ("completed", "whole")),
)


def applied(slip: Slip, world: dict[str, Entry], draw: random.Random) -> None:
    """Change the figure in the world: a count by some dozens, a rate by some points."""
    figure = world[slip.wrong]
    assert isinstance(figure, Figure)
    step = Decimal(draw.randint(3, 9)) if figure.unit == "percent" else Decimal(draw.randint(11, 29))
    world[slip.wrong] = replace(figure, value=figure.value - step if figure.value > step else figure.value + step)


def finding(slip: Slip, world: Mapping[str, Entry], rows: list[Row]) -> Row | None:
    """What a check finds of it, if the text states all that it takes, and in full digits."""
    stated = {(row["indicator"], row["value"]) for row in rows if row["comparator"] == "eq"}
    figures = [figure for name in (slip.wrong, *slip.needed) if isinstance(figure := world.get(name), Figure)]
    complete = len(figures) == 1 + len(slip.needed)
    if not complete or not all((figure.indicator, figure.value) in stated for figure in figures):
        return None
    return {"check": slip.check, "indicators": [figure.indicator for figure in figures]}
