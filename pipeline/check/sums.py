"""C1: parts against their whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain, combinations

from pipeline.check.figures import Figure, Group, Sum, plain, total
from pipeline.check.verdict import Agreed, Material, Problem, Severity, Verdict, agreed, problem
from pipeline.rulebook.check_rules import SumRule


def sum_of_parts(material: Material) -> Iterator[Verdict]:
    """Stated parts add up to the stated whole, within what rounding leaves open.

    Where some part is not stated, the others must at least not exceed the whole.
    """
    for group in material.groups:
        found = [verdict for rule in material.rules.sums for verdict in _check(group, rule)]
        # Of two rules for one whole, the one that sees more of its parts speaks.
        yield from (verdict for verdict in found if not any(_sees_more(other, verdict) for other in found))


def levels_of_whole(material: Material) -> Iterator[Verdict]:
    """Figures of province, districts and communes add up to the figure without a level.

    Some systems count the communes' figures in the districts': either sum is right.
    """
    by_level: dict[tuple[str | None, ...], dict[str | None, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for stated in material.figures:
        o = stated.observation
        if o.unit == "count":
            key = (o.indicator, o.subject, o.ref_area, o.time_period)
            by_level[key][o.level].append(stated)
    for levels in by_level.values():
        wholes, named = levels.get(None, []), [levels[name] for name in levels if name is not None]
        if len(wholes) != 1 or len(named) < 2 or any(len(figures) != 1 for figures in named):
            continue
        whole, parts = total(wholes), [figures[0] for figures in named]
        without_communes = [part for part in parts if part.observation.level != "commune"]
        holding = [total(some) for some in (parts, without_communes) if _agree(whole, total(some))]
        if not holding:
            yield _problem(Severity.WARNING, whole, total(parts))
        elif len(holding[0].figures) > 1:
            told = (f.observation for f in (*whole.figures, *holding[0].figures))
            yield agreed(_identity(whole, holding[0]), told)


def _sees_more(other: Verdict, verdict: Verdict) -> bool:
    """Whether another verdict of the same kind is about these figures and more."""
    told, of_other = ({o.obs_id for o in each.observations} for each in (verdict, other))
    return type(other) is type(verdict) and told < of_other


def _check(group: Group, rule: SumRule) -> Iterator[Verdict]:
    wholes = list(chain.from_iterable(group.sums(codes) for codes in rule.wholes))
    stated = [code for code in rule.parts if code in group.figures]
    if not wholes or not stated:
        return
    complete = len(stated) == len(rule.parts)
    sums = list(_sums(group, stated, rule.beside if complete else ()))
    holding = [(whole, parts) for whole in wholes for parts in sums if _agree(whole, parts)]
    if holding:
        yield from _agreed(group, holding)
        return
    whole = wholes[0]
    parts = min(sums, key=lambda s: abs(whole.value - s.value))
    if complete or all(parts.low > w.high for w in wholes):
        opening_unstated = rule.opening is not None and rule.opening not in group.figures
        doubtful = opening_unstated and parts.value > whole.value
        # Figures that miss by more than a quarter are mostly of two things that the text calls alike.
        sure = not doubtful and _exact(whole, parts) and abs(whole.value - parts.value) * 4 <= whole.value
        yield _problem(Severity.ERROR if sure else Severity.WARNING, whole, parts)
    elif len(stated) > 1 and len(rule.parts) - len(stated) == 1 and _exact(whole, parts):
        yield _problem(Severity.INFO, whole, parts)


def _agreed(group: Group, holding: list[tuple[Sum, Sum]]) -> Iterator[Agreed]:
    """The nearest of the identities that hold; a single part that equals its whole is none."""
    whole, parts = min(holding, key=lambda pair: abs(pair[0].value - pair[1].value))
    if len(parts.figures) > 1:
        yield agreed(_identity(whole, parts), group.saying((*whole.figures, *parts.figures)))


def _identity(whole: Sum, parts: Sum) -> str:
    return f"{parts.terms} {'=' if whole.value == parts.value else '≈'} {whole.terms}"


def _sums(group: Group, parts: Iterable[str], beside: Iterable[str]) -> Iterator[Sum]:
    """The parts added up, with each choice of the figures that may lie inside or outside."""
    others = [code for code in beside if code in group.figures]
    for size in range(len(others) + 1):
        for chosen in combinations(others, size):
            yield from group.sums((*parts, *chosen))


def _agree(whole: Sum, parts: Sum) -> bool:
    return whole.low <= parts.high and parts.low <= whole.high


def _exact(whole: Sum, parts: Sum) -> bool:
    return whole.exact and parts.exact


def _problem(severity: Severity, whole: Sum, parts: Sum) -> Problem:
    difference: Decimal = whole.value - parts.value
    left = "not accounted for" if difference > 0 else "too many"
    message = (
        f"{parts.terms} = {plain(parts.value)}, but the whole is {plain(whole.value)}: {plain(abs(difference))} {left}"
    )
    observations = [f.observation for f in (*whole.figures, *parts.figures)]
    return problem(severity, message, observations, plain(whole.value), plain(parts.value))
