"""What a fact cannot be, whatever its words: a rank of zero, a share of 120 percent, a score without its index.

The ranges are those of the rules. Only the fact itself is looked at; whether it agrees with others is for the checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from pipeline.model.review import Fact
from pipeline.review.problems import Problem, Wrong
from pipeline.review.revision import decimal_text
from pipeline.rulebook.book import Rulebook
from pipeline.rulebook.count_rules import Indicator
from pipeline.rulebook.index_rules import Index
from pipeline.values.periods import parse_period
from pipeline.values.places import MERGER

_SCORES = ("index.score", "index.mean_score")
_RANKS = ("index.rank", "index.rank_change")


def senseless(fact: Fact, rulebook: Rulebook) -> Iterator[Problem]:
    """What is wrong with a fact whose slots are each in their normal form."""
    for look in _LOOKS:
        yield from look(fact, rulebook)


def _index(fact: Fact, rulebook: Rulebook) -> Iterator[Problem]:
    of_index = str(fact.get("indicator")).startswith("index.")
    if of_index and not fact.get("index"):
        yield Problem("index", Wrong.INDEX_NEEDED, " · ".join(list(rulebook.index.indices)[:4]))
    if not of_index and fact.get("index"):
        yield Problem("index", Wrong.INDEX_NOT_ALLOWED)


def _unit(fact: Fact, rulebook: Rulebook) -> Iterator[Problem]:
    units = _units(fact, rulebook)
    if units and fact.get("unit") not in units:
        yield Problem("unit", Wrong.OTHER_UNIT, " · ".join(units))


def _range(fact: Fact, rulebook: Rulebook) -> Iterator[Problem]:
    low, high = _bounds(fact, rulebook)
    for slot in ("value", "value_high"):
        value = _number(fact, slot)
        if value is not None and not ((low is None or low <= value) and (high is None or value <= high)):
            yield Problem(slot, Wrong.OUT_OF_RANGE, f"{_told(low)}–{_told(high)}")


def _whole(fact: Fact, _rulebook: Rulebook) -> Iterator[Problem]:
    """A value and what it is set against, or the upper end of its range."""
    value, upper, whole = (_number(fact, slot) for slot in ("value", "value_high", "out_of"))
    counted = fact.get("unit") in ("rank", "count")
    for slot, number in (("value", value), ("value_high", upper), ("out_of", whole)):
        if counted and number is not None and number != number.to_integral_value():
            yield Problem(slot, Wrong.NOT_WHOLE)
    if value is not None and whole is not None and value > whole and fact.get("indicator") not in _RANKS[1:]:
        yield Problem("out_of", Wrong.OVER_WHOLE)
    if value is not None and upper is not None and upper < value:
        yield Problem("value_high", Wrong.UPPER_BELOW)


def _area(fact: Fact, rulebook: Rulebook) -> Iterator[Problem]:
    """The province stands in its list, and the list on the last day of the period."""
    code, regime, period = fact.get("ref_area"), fact.get("area_regime"), fact.get("time_period")
    if code is None and regime is None:
        return
    province = rulebook.gazetteer.by_code(str(code), str(regime))
    if province is None:
        yield Problem("ref_area", Wrong.NO_PROVINCE, "Sơn La · 14")
    elif period and ("34" if parse_period(period)[1] >= MERGER else "63") != regime:
        yield Problem("ref_area", Wrong.NO_SUCH_DAY, province.name)


_LOOKS: tuple[Callable[[Fact, Rulebook], Iterator[Problem]], ...] = (_index, _unit, _range, _whole, _area)


def _units(fact: Fact, rulebook: Rulebook) -> tuple[str, ...]:
    """The units that a measure can have; () where the rules do not say."""
    code = fact.get("indicator")
    if counted := _indicator(fact, rulebook):
        return (counted.unit,)
    if code in _RANKS:
        return ("rank",)
    name, _, part = str(fact.get("index")).partition("/")
    index = rulebook.index.indices.get(name)
    if code not in _SCORES or index is None:
        return ()
    return ("point", "percent") if part else (index.unit,)


def _bounds(fact: Fact, rulebook: Rulebook) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that a value of the measure can be; None where there is no bound."""
    if counted := _indicator(fact, rulebook):
        return Decimal(str(counted.low)), Decimal(str(counted.high)) if counted.high != float("inf") else None
    code = fact.get("indicator")
    if code == "index.rank":
        return Decimal(1), None
    name, _, part = str(fact.get("index")).partition("/")
    index = rulebook.index.indices.get(name)
    if code not in _SCORES or index is None:
        return None, None
    if part:
        return Decimal(0), Decimal(100) if fact.get("unit") == "percent" else _top(index, part)
    return index.scale.ends


def _top(index: Index, part: str) -> Decimal | None:
    component = index.components.get(part)
    return component.top if component else None


def _indicator(fact: Fact, rulebook: Rulebook) -> Indicator | None:
    code = fact.get("indicator")
    return next((i for rules in rulebook.counts for i in rules.indicators if i.code == code), None)


def _number(fact: Fact, slot: str) -> Decimal | None:
    text = fact.get(slot)
    return Decimal(text) if text else None


def _told(bound: Decimal | None) -> str:
    return "" if bound is None else decimal_text(bound)
