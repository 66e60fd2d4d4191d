"""C4, C13: changes against the values before and after them, and of scores against those of ranks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.check.figures import Figure, plain
from pipeline.check.verdict import Material, Problem, Severity, Verdict, agreed, problem
from pipeline.model import Observation

_VALUES = {"index.score_change": ("index.score", "index.mean_score"), "index.rank_change": ("index.rank",)}
_Key = tuple[str | None, ...]


def change_from_before(material: Material) -> Iterator[Verdict]:
    """The value before and the change give the value after: a rank that rises becomes a smaller number."""
    values: dict[_Key, list[Figure]] = defaultdict(list)
    changes: list[Figure] = []
    for stated in material.figures:
        o = stated.observation
        if o.indicator in _VALUES:
            changes.append(stated)
        elif o.indicator.startswith("index.") and o.comparator == "eq":
            values[_key(o, o.indicator, o.time_period)].append(stated)
    for figure in changes:
        change = figure.observation
        for indicator in _VALUES[change.indicator]:
            after = values.get(_key(change, indicator, change.time_period), [])
            before = values.get(_key(change, indicator, change.base_period), [])
            if change.base_period is not None and after and before:
                yield from _against(figure, before, after)


def change_of_score_and_rank(material: Material) -> Iterator[Problem]:
    """Score and rank mostly move the same way; both directions at once are possible, but rare."""
    for group in material.groups:
        scores = [f.observation for f in group.figures.get("index.score_change", ())]
        ranks = [f.observation for f in group.figures.get("index.rank_change", ())]
        for score in scores:
            for rank in ranks:
                if score.base_period == rank.base_period and score.value * rank.value < 0:
                    message = f"the score changes by {plain(score.value)}, the rank by {plain(rank.value)}"
                    yield problem(Severity.WARNING, message, [score, rank], "same sign", "opposite signs")


def _against(change: Figure, before: list[Figure], after: list[Figure]) -> Iterator[Verdict]:
    stated = change.observation
    if stated.comparator != "eq" or any(f.observation.unit != stated.unit for f in (*before, *after)):
        return  # a relative change in percent of points
    sign = -1 if stated.indicator == "index.rank_change" else 1
    pairs = [(old, new) for old in before for new in after]
    for old, new in pairs:
        if _holds(change, old, new, sign):
            yield agreed(_identity(change, old, new, sign), (old.observation, new.observation, stated))
            return
    old, new = pairs[0]
    difference = sign * (new.observation.value - old.observation.value)
    message = (
        f"from {plain(old.observation.value)} to {plain(new.observation.value)} is a change of {plain(difference)}, "
        f"not {plain(stated.value)}"
    )
    involved = [old.observation, new.observation, stated]
    yield problem(Severity.WARNING, message, involved, plain(difference), plain(stated.value))


def _identity(change: Figure, old: Figure, new: Figure, sign: int) -> str:
    before, step, after = old.observation.value, sign * change.observation.value, new.observation.value
    equal = "=" if before + step == after else "≈"
    return f"{plain(before)} {'-' if step < 0 else '+'} {plain(abs(step))} {equal} {plain(after)}"


def _holds(change: Figure, old: Figure, new: Figure, sign: int) -> bool:
    difference = sign * (new.observation.value - old.observation.value)
    # One unit of the last digit for each of the two roundings.
    allowed = 0 if change.exact and old.exact and new.exact else max(old.step, new.step) + change.step
    return abs(difference - change.observation.value) <= allowed


def _key(o: Observation, indicator: str, period: str | None) -> _Key:
    # Changes of rank carry no scope of their own more often than not: they are of the national ranking.
    scope = (o.scope or "national") if indicator == "index.rank" else None
    return (indicator, o.index, o.subject, o.ref_area, o.level, scope, period)
