"""The identities of `rules/checks.yaml`: which figures add up, divide and bound each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.rulebook.source import Reader, load_rule_file

Codes = tuple[str, ...]
"""Indicator codes whose figures are added up; mostly one."""


@dataclass(frozen=True, slots=True)
class SumRule:
    """`parts` add up to one of `wholes`; `beside` may lie inside or outside of it.

    Where the figure `opening` is not stated, the parts may exceed the whole by it.
    """

    wholes: tuple[Codes, ...]
    parts: Codes
    beside: Codes = ()
    opening: str | None = None


@dataclass(frozen=True, slots=True)
class RateRule:
    """`rate` is any of `numerators` over any of `denominators`, in percent."""

    rate: str
    numerators: tuple[Codes, ...]
    denominators: tuple[Codes, ...]


@dataclass(frozen=True, slots=True)
class NationalSet:
    """The sizes that a national ranking can have for periods from year `first` to year `last`."""

    first: int
    last: int
    sizes: frozenset[int]


@dataclass(frozen=True, slots=True)
class CheckRules:
    """All identities; the fields are explained in `rules/checks.yaml`."""

    sums: tuple[SumRule, ...]
    rates: tuple[RateRule, ...]
    shares: tuple[Codes, ...]
    above_hundred: frozenset[str]
    single_valued: frozenset[str]
    component_sums: frozenset[str]
    national_sets: tuple[NationalSet, ...]
    region_sets: Mapping[str, int]


@cache
def load_check_rules(path: Path) -> CheckRules:
    """Read `checks.yaml`. Raises RuleError with file and line."""
    top = Reader(path, load_rule_file(path))
    top.only(*CheckRules.__dataclass_fields__)
    return CheckRules(
        sums=tuple(_sum(reader) for reader in top.entries("sums")),
        rates=tuple(_rate(reader) for reader in top.entries("rates")),
        shares=_sums_of_codes(top, "shares"),
        above_hundred=frozenset(top.texts("above_hundred")),
        single_valued=frozenset(top.texts("single_valued")),
        component_sums=frozenset(top.texts("component_sums")),
        national_sets=tuple(_national_set(reader) for reader in top.entries("national_sets")),
        region_sets={slug: _number(top.mapping("region_sets"), slug) for slug in top.mapping("region_sets").entry},
    )


def _sum(reader: Reader) -> SumRule:
    reader.only("whole", "parts", "beside", "opening")
    parts = reader.texts("parts")
    if len(parts) < 2:
        raise reader.fault("'parts' must name two figures or more")
    opening = reader.text("opening") if "opening" in reader.entry else None
    return SumRule(_sums_of_codes(reader, "whole"), parts, reader.texts("beside"), opening)


def _rate(reader: Reader) -> RateRule:
    reader.only("rate", "of", "in")
    return RateRule(reader.text("rate"), _sums_of_codes(reader, "of"), _sums_of_codes(reader, "in"))


def _national_set(reader: Reader) -> NationalSet:
    reader.only("first", "last", "sizes")
    sizes = reader.entry.get("sizes")
    if not isinstance(sizes, list) or not all(isinstance(size, int) for size in sizes):
        raise reader.fault("'sizes' must be a list of whole numbers")
    return NationalSet(_number(reader, "first"), _number(reader, "last"), frozenset(sizes))


def _sums_of_codes(reader: Reader, key: str) -> tuple[Codes, ...]:
    """A list whose items are codes, or lists of codes that are added up."""
    items = reader.entry.get(key) or []
    sums = [[item] if isinstance(item, str) else item for item in items] if isinstance(items, list) else [items]
    if not all(isinstance(codes, list) and all(isinstance(code, str) for code in codes) for codes in sums):
        raise reader.fault(f"{key!r} must be a list of codes or of lists of codes")
    return tuple(tuple(codes) for codes in sums)


def _number(reader: Reader, key: str) -> int:
    value = reader.entry.get(key)
    if not isinstance(value, int):
        raise reader.fault(f"{key!r} must be a whole number")
    return value
