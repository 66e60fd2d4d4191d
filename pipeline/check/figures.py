"""What a stated number leaves open: the span of true values that its words and digits allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product

from pipeline.model import Observation
from pipeline.values.numbers import reading

_ROUND_SHARE = Decimal("0.05")
"""How far "hơn" and "gần" reach at most where the digits do not tell: a twentieth of the value."""
_MEASURED = frozenset({"percent", "percent_point", "point"})
"""Units whose whole numbers are rounded ones."""
_MOST_COMBINATIONS = 200
"""A bound on the readings tried where a figure is stated several times."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation with the least and the most that the true value can be.

    `step` is what the last printed digit is worth. An exact count has `low == high`.
    """

    observation: Observation
    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def agrees_with(self, other: Figure) -> bool:
        """Whether one true value can stand behind both."""
        return self.low <= other.high and other.low <= self.high


def figure(observation: Observation) -> Figure:
    """The figure of an observation.

    Decimals may be rounded or cut off (both are common in these reports), so 84,8 stands for 84.75 to
    84.9, and -0,5 for -0.6 to -0.45. Whole numbers are exact. A bound ("hơn 57.000", "gần 4,6 ngàn") reaches
    one unit of its last digit that is not zero, at least a twentieth of the value.
    """
    value, step = observation.value, _step(observation)
    if observation.value_high is not None:
        return Figure(observation, value, observation.value_high, step)
    if observation.comparator == "eq":
        if step == 1 and value == value.to_integral_value() and observation.unit not in _MEASURED:
            return Figure(observation, value, value, step)
        rounded, cut = step / 2, step
        low, high = (value - cut, value + rounded) if value < 0 else (value - rounded, value + cut)
        return Figure(observation, low, high, step)
    reach = max(_round_step(value, step), abs(value) * _ROUND_SHARE)
    low = value if observation.comparator in ("ge", "gt") else value - reach
    high = value if observation.comparator in ("le", "lt") else value + reach
    return Figure(observation, low, high, step)


def printed_value(observation: Observation) -> str:
    """The number as printed; "" where the quote does not hold it."""
    start = observation.value_span.start - observation.span.start
    end = observation.value_span.end - observation.span.start
    if observation.span.covers(observation.value_span):
        return observation.quote[start:end]
    stated = (e.quote for e in observation.evidence if e.span == observation.value_span)
    return next(stated, "")


def _step(observation: Observation) -> Decimal:
    try:
        printed = reading(printed_value(observation), observation.unit, observation.out_of)
    except ValueError:
        printed = None
    if printed is not None and printed.value == observation.value:
        return printed.step
    exponent = observation.value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)


def _round_step(value: Decimal, step: Decimal) -> Decimal:
    """What the last digit is worth that is not zero: 57.000 is stated in thousands."""
    if value == 0:
        return step
    while value % (step * 10) == 0:
        step *= 10
    return step


@dataclass(frozen=True, slots=True)
class Sum:
    """Some figures added up: the sum of their values, and the least and most that it can be."""

    figures: tuple[Figure, ...]
    value: Decimal
    low: Decimal
    high: Decimal

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def terms(self) -> str:
        """The figures as an addition: "675 + 12"."""
        return " + ".join(plain(f.observation.value) for f in self.figures) or plain(self.value)


def total(figures: Iterable[Figure]) -> Sum:
    """The figures added up."""
    added = tuple(figures)
    value, low, high = Decimal(0), Decimal(0), Decimal(0)
    for part in added:
        value, low, high = value + part.observation.value, low + part.low, high + part.high
    return Sum(added, value, low, high)


GroupKey = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one subject, level, period and index, by their codes."""

    key: GroupKey
    figures: Mapping[str, Sequence[Figure]]

    def has(self, codes: Iterable[str]) -> bool:
        return all(code in self.figures for code in codes)

    def saying(self, figures: Iterable[Figure]) -> Iterator[Observation]:
        """The observations behind these figures of the group, and those that state the same once more."""
        for one in figures:
            told = (f.observation for f in self.figures[one.observation.indicator])
            yield from (o for o in told if o.value == one.observation.value)

    def sums(self, codes: Sequence[str]) -> Iterator[Sum]:
        """Every way to add up these figures: several if one of them is stated more than once."""
        if self.has(codes):
            for figures in islice(product(*(self.figures[code] for code in codes)), _MOST_COMBINATIONS):
                yield total(figures)


def results(observations: Iterable[Observation]) -> Iterator[Observation]:
    """What is stated to be so: goals and figures of rules need not add up."""
    return (o for o in observations if o.obs_status == "actual")


def groups(figures: Iterable[Figure]) -> list[Group]:
    """Figures of one subject, level, period and index, in the order of the first of them."""
    found: dict[GroupKey, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for each in figures:
        o = each.observation
        found[o.subject, o.ref_area, o.level, o.time_period, o.index][o.indicator].append(each)
    return [Group(key, by_code) for key, by_code in found.items()]


def plain(value: Decimal) -> str:
    """A number for a message: no exponent, no empty decimals."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
