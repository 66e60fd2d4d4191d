"""C2, C7, C10, C14: rates against their numerators and denominators, and against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, takewhile
from typing import NamedTuple

from pipeline.check.figures import Figure, Group, Sum, plain
from pipeline.check.verdict import Agreed, Material, Problem, Severity, Verdict, agreed, problem
from pipeline.rulebook.check_rules import RateRule

_HUNDRED, _ENDLESS = Decimal(100), Decimal("Infinity")
_SLIP = 2
"""A rate that misses by up to so many units of its last digit is a warning, beyond it an error."""


class _Quotient(NamedTuple):
    """A percentage that two stated figures give: the least and most that they allow."""

    low: Decimal
    high: Decimal
    over: Sum
    under: Sum

    @property
    def value(self) -> Decimal:
        return self.over.value * _HUNDRED / self.under.value

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (*self.over.figures, *self.under.figures)

    def equation(self, rate: Figure) -> str:
        """The division and what it gives, one digit more than the rate has where it was not rounded."""
        over, under = (f"({s.terms})" if len(s.figures) > 1 else s.terms for s in (self.over, self.under))
        step = min(rate.step, Decimal(1))
        shown = self.value.quantize(step if self.rounds_to(rate) else step / 10)
        return f"{over} / {under} = {plain(shown)}%"

    def rounds_to(self, rate: Figure) -> bool:
        """Whether the quotient, rounded as the rate is printed, is the rate."""
        return self.value.quantize(min(rate.step, Decimal(1))) == rate.observation.value

    def gives(self, rate: Figure) -> bool:
        """Whether the stated rate is the quotient, rounded or cut off."""
        return self.low <= rate.high and rate.low <= self.high

    def miss(self, rate: Figure) -> Decimal:
        """By how much the stated rate misses; 0 if it is the quotient."""
        return max(self.low - rate.high, rate.low - self.high, Decimal(0))


def rate_of_figures(material: Material) -> Iterator[Verdict]:
    """A stated rate is the quotient of stated figures under at least one of the usual denominators."""
    for group in material.groups:
        for rule, rates in _stated(group, material):
            if any(True for _ in _own_quotients(group, rule)):
                continue
            holding = list(_agreed(group, rates, _quotients(group, rule, rates)))
            yield from holding
            # Where one rate holds, others are of other things.
            quotients = [] if holding else list(_quotients(group, rule))
            certain = all(group.has(codes) for codes in rule.denominators)
            for rate in rates if quotients else ():
                nearest = min(quotients, key=lambda q: q.miss(rate))
                severity = Severity.ERROR if certain else Severity.WARNING
                if _may_be_of_unstated(group, rule, rate, quotients):
                    severity = Severity.INFO
                yield _problem(severity, rate, nearest)


def rate_of_ratio(material: Material) -> Iterator[Verdict]:
    """A rate beside "x/y" is x over y, where no other denominator gives it; days cut are a case of it."""
    for group in material.groups:
        for rule, rates in _stated(group, material):
            own = list(_own_quotients(group, rule))
            if own:
                holding = list(_agreed(group, rates, chain(own, _quotients(group, rule, rates))))
                yield from holding
                for rate in () if holding else rates:
                    yield _problem(Severity.ERROR, rate, min(own, key=lambda q: q.miss(rate)))


def whole_of_ratio(material: Material) -> Iterator[Verdict]:
    """The y of "x/y" is the whole that the document states elsewhere."""
    for group in material.groups:
        for rule in material.rules.rates:
            parts = (f for codes in rule.numerators for s in group.sums(codes) for f in s.figures)
            ratios = [f for f in parts if f.observation.out_of is not None]
            wholes = [s for codes in rule.denominators for s in group.sums(codes)] if ratios else []
            for stated in ratios:
                out_of = stated.observation.out_of
                if out_of is None or not wholes:
                    continue
                if any(w.low <= out_of <= w.high for w in wholes):
                    same = (w for w in wholes if w.value == out_of and stated not in w.figures)
                    if whole := next(same, None):
                        told = (stated.observation, *group.saying(whole.figures))
                        yield agreed(f"{plain(out_of)} = {whole.terms}", told)
                    continue
                nearest = min(wholes, key=lambda w: abs(w.value - out_of))
                # Two wholes of different kinds may both be meant; a slip of a digit leaves them near.
                if abs(nearest.value - out_of) * 20 <= nearest.value:
                    message = f"set against {plain(out_of)}, but the whole is {plain(nearest.value)}"
                    involved = [stated.observation, *(f.observation for f in nearest.figures)]
                    yield problem(Severity.WARNING, message, involved, plain(nearest.value), plain(out_of))


def part_within_whole(material: Material) -> Iterator[Problem]:
    """The x of "x/y" is no more than y, for counts."""
    for group in material.groups:
        for figures in group.figures.values():
            for o in (f.observation for f in figures):
                if o.unit == "count" and o.out_of is not None and o.value > o.out_of:
                    message = f"{plain(o.value)} of {plain(o.out_of)}: more than the whole"
                    yield problem(Severity.ERROR, message, [o], f"<= {plain(o.out_of)}", plain(o.value))


def shares_of_one_whole(material: Material) -> Iterator[Problem]:
    """Shares that exclude each other are no more than 100 percent together (0.1 each for rounding)."""
    for group in material.groups:
        for codes in material.rules.shares:
            sums = list(group.sums(codes))
            allowed = _HUNDRED + Decimal("0.1") * len(codes)
            if sums and all(s.value > allowed and s.low > _HUNDRED for s in sums):
                least = min(sums, key=lambda s: s.value)
                message = f"shares of one whole are {plain(least.value)} percent together"
                yield problem(
                    Severity.ERROR, message, [f.observation for f in least.figures], "<= 100", plain(least.value)
                )


def _stated(group: Group, material: Material) -> Iterator[tuple[RateRule, list[Figure]]]:
    """The rules whose rate the group states, with the rates; "dưới 95%" is told of some units, not of the whole."""
    for rule in material.rules.rates:
        rates = [r for r in group.figures.get(rule.rate, ()) if r.observation.comparator not in ("lt", "le")]
        if rates:
            yield rule, rates


def _agreed(group: Group, rates: list[Figure], quotients: Iterable[_Quotient]) -> Iterator[Agreed]:
    """Each stated rate with the first of the quotients that give it, rounded rather than cut off; quotients are
    asked for only until every rate has one."""
    found: dict[int, _Quotient] = {}
    left = dict(enumerate(rates))
    for quotient in quotients:
        for n, rate in [*left.items()]:
            if quotient.gives(rate):
                if quotient.rounds_to(rate):
                    found[n] = quotient
                    del left[n]
                else:
                    found.setdefault(n, quotient)
        if not left:
            break
    for n, quotient in sorted(found.items()):
        yield agreed(quotient.equation(rates[n]), group.saying((rates[n], *quotient.figures)))


def _may_be_of_unstated(group: Group, rule: RateRule, rate: Figure, quotients: list[_Quotient]) -> bool:
    """Whether a rate that is too high can be of a smaller whole, or of more parts, than the text states."""
    if any(q.low > rate.high for q in quotients):
        return False
    smallest = takewhile(lambda n: n == 0 or len(rule.denominators[n]) > 1, range(len(rule.denominators)))
    part_of_sum = any(
        not group.has(codes) and any(code in group.figures for code in codes) for codes in rule.numerators
    )
    return part_of_sum or not any(group.has(rule.denominators[n]) for n in smallest)


def _problem(severity: Severity, rate: Figure, nearest: _Quotient) -> Problem:
    above, below = nearest.over.value, nearest.under.value
    expected, found = _printed(nearest.value, rate), plain(rate.observation.value)
    if severity is Severity.ERROR and nearest.miss(rate) <= rate.step * _SLIP:
        severity = Severity.WARNING
    message = f"{plain(above)} of {plain(below)} is {expected}%, not {found}%"
    involved = [rate.observation, *(f.observation for f in nearest.figures)]
    return problem(severity, message, involved, expected, found)


def _quotients(group: Group, rule: RateRule, rates: Sequence[Figure] = ()) -> Iterator[_Quotient]:
    """All quotients of stated numerators and denominators; where `rates` are given, only those between the least and
    the greatest of them, for hardly any of a thousand is."""
    wholes = [s for codes in rule.denominators for s in group.sums(codes) if s.low > 0]
    least, most = min((r.low for r in rates), default=Decimal(0)), max((r.high for r in rates), default=_ENDLESS)
    bounded = [(under, least * under.low, most * under.high) for under in wholes]
    for over in (s for codes in rule.numerators for s in group.sums(codes)):
        low, high = over.low * _HUNDRED, over.high * _HUNDRED
        for under, floor, ceiling in bounded:
            if low <= ceiling and floor <= high:
                yield _Quotient(low / under.high, high / under.low, over, under)


def _own_quotients(group: Group, rule: RateRule) -> Iterator[_Quotient]:
    """Quotients of numerators with the whole that they are themselves set against."""
    for over in (s for codes in rule.numerators for s in group.sums(codes)):
        out_of = over.figures[0].observation.out_of
        if len(over.figures) == 1 and out_of:
            whole = Sum((), out_of, out_of, out_of)
            yield _Quotient(over.low * _HUNDRED / out_of, over.high * _HUNDRED / out_of, over, whole)


def _printed(value: Decimal, like: Figure) -> str:
    return plain(value.quantize(min(like.step, Decimal(1))))
