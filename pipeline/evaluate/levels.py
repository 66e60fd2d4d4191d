"""How well a fact that was read out agrees with the gold: found, typed, full."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, TypeAlias

from pipeline.text.fold import slug
from pipeline.values.periods import Interval, parse_period

Fact: TypeAlias = Mapping[str, Any]
"""One row as in the JSON of `solieu extract` or of a gold file; a column may be absent there."""

_LONG_WORDS = {"uy ban nhan dan": "ubnd", "hoi dong nhan dan": "hdnd", "thu tuc hanh chinh": "tthc"}
_NO_NAMES = frozenset({"tinh", "thanh", "pho", "tp", "cua", "huyen", "xa", "thi", "so", "ban", "nganh"})


class Level(IntEnum):
    """How far an extracted row agrees: a level holds only where those below it hold."""

    NONE = 0
    FOUND = 1
    TYPED = 2
    FULL = 3


def name_key(name: str | None) -> frozenset[str]:
    """The words that tell who is meant: without accents, long forms shortened, kinds of areas left out."""
    words = f" {slug(name or '', ' ')} "
    for long, short in _LONG_WORDS.items():
        words = words.replace(f" {long} ", f" {short} ")
    return frozenset(words.split()) - _NO_NAMES


def observation_level(gold: Fact, got: Fact) -> Level:
    """Found: the measure (and index) with its value. Typed: also unit, comparator, whole, range and status.
    Full: also period, base period, scope, level, area and subject, each as far as the gold states it."""
    if gold["indicator"] != got.get("indicator") or not _same_number(gold["value"], got.get("value")):
        return Level.NONE
    if gold["indicator"].startswith("index.") and _index_key(gold) != _index_key(got):
        return Level.NONE
    typed = (
        gold["unit"] == got.get("unit")
        and _or_default(gold, "comparator", "eq") == _or_default(got, "comparator", "eq")
        and _or_default(gold, "obs_status", "actual") == _or_default(got, "obs_status", "actual")
        and _same_number(gold.get("out_of"), got.get("out_of"))
        and _same_number(gold.get("value_high"), got.get("value_high"))
    )
    if not typed:
        return Level.FOUND
    full = (
        (not gold.get("time_period") or _days(gold["time_period"]) == _stated_days(got))
        and (not gold.get("base_period") or _days(gold["base_period"]) == _days(got.get("base_period")))
        and all(not gold.get(name) or gold[name] == got.get(name) for name in ("scope", "level"))
        and (not gold.get("ref_area") or str(gold["ref_area"]) == str(got.get("ref_area") or ""))
        and (not gold.get("subject") or name_key(gold["subject"]) == name_key(got.get("subject")))
    )
    return Level.FULL if full else Level.TYPED


def reference_level(gold: Fact, got: Fact) -> Level:
    """Found: the number. Typed: also type and day of issue. Full: also role, and the issuer if the gold states it."""
    if slug(gold["number"], " ") != slug(got.get("number") or "", " "):
        return Level.NONE
    if gold.get("doc_type") != got.get("doc_type") or _day(gold.get("issued_on")) != _day(got.get("issued_on")):
        return Level.FOUND
    if gold.get("role") != got.get("role"):
        return Level.TYPED
    if gold.get("issuer") and name_key(gold["issuer"]) != name_key(got.get("issuer")):
        return Level.TYPED
    return Level.FULL


def date_level(gold: Fact, got: Fact) -> Level:
    """Found and typed: both days. Full: also the role."""
    if (_day(gold["start"]), _day(gold["end"])) != (_day(got.get("start")), _day(got.get("end"))):
        return Level.NONE
    return Level.FULL if gold.get("role") == got.get("role") else Level.TYPED


def _same_number(one: Any, other: Any) -> bool:
    if one in (None, "") or other in (None, ""):
        return one in (None, "") and other in (None, "")
    left, right = float(one), float(other)
    return abs(left - right) <= 1e-9 * max(1.0, abs(left), abs(right))


def _or_default(row: Fact, column: str, default: str) -> Any:
    return row.get(column) or default


def _index_key(row: Fact) -> tuple[str, bool]:
    """The index, and whether one of its components is meant; which component is not compared."""
    index, slash, _ = (row.get("index") or "").partition("/")
    return index, bool(slash)


def _day(value: Any) -> str | None:
    return str(value)[:10] if value else None


def _days(period: str | None) -> Interval | None:
    return parse_period(period) if period else None


def _stated_days(row: Fact) -> Interval | None:
    """The days of a row's period, by its resolved columns where it has them."""
    if row.get("period_start") and row.get("period_end"):
        return parse_period(f"{_day(row['period_start'])}/{_day(row['period_end'])}")
    return _days(row.get("time_period"))


LEVEL_OF = {"observations": observation_level, "references": reference_level, "dates": date_level}
"""How two rows of each table are compared."""
