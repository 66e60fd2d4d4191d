"""C6, C15: one fact stated twice, and years that changed places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from pipeline.check.figures import Figure, plain, results
from pipeline.check.verdict import Material, Problem, Severity, problem
from pipeline.model import Observation

_LENT = frozenset({"inherited_subject", "inherited_period", "no_period"})
"""Flags of facts whose subject or period may be another one's."""


def same_fact_twice(material: Material) -> Iterator[Problem]:
    """One measure of one subject and period has one value; "hơn 4,5 ngàn" and 4.561 are the same value."""
    for figures in _facts(material).values():
        for first, second in combinations(_told_apart(figures), 2):
            one, other = first.observation, second.observation
            if _same(first, second) or _same_table(one, other):
                continue
            # Rounded here and cut off there, the last digit differs by one.
            rounded = first.agrees_with(second)
            lent = not _LENT.isdisjoint((*one.flags, *other.flags))
            severity = Severity.INFO if rounded or lent or not _slip(one, other) else Severity.WARNING
            message = f"stated as {plain(one.value)} and as {plain(other.value)}"
            yield problem(severity, message, [one, other], plain(one.value), plain(other.value))
            break  # one finding tells that the fact is in doubt


def swapped_years(material: Material) -> Iterator[Problem]:
    """Two values stated for two years, and again the other way round."""
    by_year: dict[tuple[str | None, ...], dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for o in results(material.observations):
        if o.time_period is not None and o.indicator.startswith("index."):
            by_year[(o.indicator, o.index, o.subject, o.ref_area, o.level, o.scope)][o.time_period].append(o)
    for years in by_year.values():
        for (year, here), (other_year, there) in combinations(sorted(years.items()), 2):
            in_both = {o.value for o in here} & {o.value for o in there}
            if len(in_both) > 1:
                values = " and ".join(plain(value) for value in sorted(in_both))
                involved = [o for o in (*here, *there) if o.value in in_both]
                message = f"{values} stand for {year} and {other_year} in either order"
                yield problem(Severity.WARNING, message, involved, "one order", "both orders")


def _facts(material: Material) -> dict[tuple[object, ...], list[Figure]]:
    """The figures of each fact, in the order of the text, for families with one value a subject and period."""
    found: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for stated in material.figures:
        o = stated.observation
        if o.indicator.split(".")[0] in material.rules.single_valued and o.value_high is None:
            key = (
                o.indicator, o.index, o.subject, o.ref_area, o.level, o.time_period, o.scope, o.base_period, o.unit
            )  # fmt: skip
            found[key].append(stated)
    return found


def _told_apart(figures: list[Figure]) -> list[Figure]:
    """The first of all figures that are told alike; none where they are all of one table."""
    if len({_table(figure.observation) for figure in figures}) == 1 and figures[0].observation.table is not None:
        return []
    alike: dict[tuple[object, ...], Figure] = {}
    for figure in figures:
        o = figure.observation
        alike.setdefault((o.value, o.comparator, figure.low, figure.high, figure.step, _table(o)), figure)
    return [*alike.values()]


def _same(first: Figure, second: Figure) -> bool:
    """Whether two figures tell one value; printed to the same digit they must be equal."""
    one, other = first.observation, second.observation
    if first.step == second.step and one.comparator == other.comparator == "eq":
        return one.value == other.value
    return first.agrees_with(second)


def _slip(one: Observation, other: Observation) -> bool:
    """Whether one value can be the other misprinted: near it, one digit off, or with digits swapped.

    Values further apart are mostly of two things whose names the text leaves out.
    """
    if one.indicator == "index.rank" or abs(one.value - other.value) * 20 <= max(abs(one.value), abs(other.value)):
        return True
    left, right = plain(one.value), plain(other.value)
    if len(left) != len(right):
        return False
    return sorted(left) == sorted(right) or sum(a != b for a, b in zip(left, right, strict=True)) == 1


def _same_table(one: Observation, other: Observation) -> bool:
    """Whether both stand in one table: rows of a table are of different things, named or not."""
    return one.table is not None and _table(one) == _table(other)


def _table(o: Observation) -> str | None:
    """The number of the table that an observation stands in."""
    return o.table.partition(".")[0] if o.table is not None else None
