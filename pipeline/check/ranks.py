"""C3, C8: a rank within its set, and ranks against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pipeline.check.figures import figure, plain, results
from pipeline.check.verdict import Material, Problem, Severity, problem
from pipeline.model import Observation

_REGION = "region:"
_WITHIN = ("province:", "district:")
"""Beginnings of the scopes of rankings that each province has of its own agencies, districts and communes."""


def rank_within_set(material: Material) -> Iterator[Problem]:
    """A rank is a whole number from 1 to the size of its set; a region has no more places than provinces."""
    for o in results(material.observations):
        if o.indicator != "index.rank":
            continue
        region = material.rules.region_sets.get((o.scope or "").removeprefix(_REGION))
        size = o.out_of if o.out_of is not None else region
        if o.value < 1 or o.value != o.value.to_integral_value():
            yield problem(Severity.ERROR, f"{plain(o.value)} is no rank", [o], ">= 1", plain(o.value))
        elif size is not None and o.value > size:
            message = f"rank {plain(o.value)} in a set of {plain(Decimal(size))}"
            yield problem(Severity.ERROR, message, [o], f"<= {plain(Decimal(size))}", plain(o.value))


def size_of_set(material: Material) -> Iterator[Problem]:
    """A national ranking has as many places as the country had provinces then (63, since July 2025 34)."""
    for o in results(material.observations):
        if o.indicator != "index.rank" or o.scope != "national" or o.out_of is None or o.period_end is None:
            continue
        year = o.period_end.year
        sizes = {size for s in material.rules.national_sets if s.first <= year <= s.last for size in s.sizes}
        if sizes and o.out_of not in sizes:
            legal = ", ".join(map(str, sorted(sizes, reverse=True)))
            message = f"a national ranking of {plain(o.out_of)} for {year}"
            yield problem(Severity.WARNING, message, [o], legal, plain(o.out_of))


def region_within_country(material: Material) -> Iterator[Problem]:
    """The rank in the region is no higher a number than the rank in the country."""
    for group in material.groups:
        ranks = [f.observation for f in group.figures.get("index.rank", ()) if f.observation.comparator == "eq"]
        national = [o for o in ranks if o.scope == "national"]
        for o in ranks:
            if national and (o.scope or "").startswith(_REGION) and all(o.value > n.value for n in national):
                first = national[0]
                message = f"rank {plain(o.value)} in the region, but {plain(first.value)} in the country"
                yield problem(Severity.ERROR, message, [o, first], f"<= {plain(first.value)}", plain(o.value))


def order_of_ranking(material: Material) -> Iterator[Problem]:
    """Of two subjects of one ranking, the better placed has the higher score."""
    rankings: dict[tuple[str | None, ...], list[tuple[Observation, Observation]]] = defaultdict(list)
    for group in material.groups:
        ranks = [f.observation for f in group.figures.get("index.rank", ())]
        scores = [f.observation for f in group.figures.get("index.score", ())]
        if len(ranks) == len(scores) == 1 and ranks[0].subject and ranks[0].comparator == scores[0].comparator == "eq":
            rank, score = ranks[0], scores[0]
            key = (rank.index, rank.time_period, rank.scope, rank.level, score.unit, _ranking_of(rank))
            rankings[key].append((rank, score))
    for ranking in rankings.values():
        ordered = sorted(ranking, key=lambda pair: pair[0].value)
        for (rank, score), (next_rank, next_score) in pairwise(ordered):
            if rank.value < next_rank.value and figure(score).high < figure(next_score).low:
                message = (
                    f"place {plain(rank.value)} with {plain(score.value)} stands before "
                    f"place {plain(next_rank.value)} with {plain(next_score.value)}"
                )
                involved = [rank, score, next_rank, next_score]
                yield problem(Severity.WARNING, message, involved, f">= {plain(next_score.value)}", plain(score.value))


def _ranking_of(rank: Observation) -> str | None:
    """Whose ranking it is: ministries have no area and one of their own, agencies that of their province."""
    if rank.ref_area is None:
        return None
    return rank.ref_area if (rank.scope or "").startswith(_WITHIN) else "area"
