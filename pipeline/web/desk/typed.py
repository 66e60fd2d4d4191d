"""Slots as a reviewer types them: what stands in each field at first, what the typed makes of the fact, and why not."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.model.review import SLOTS, Fact
from pipeline.review.problems import Problem
from pipeline.review.revision import DECIMALS, fact_of
from pipeline.review.slots import SlotReader
from pipeline.rulebook.book import load
from pipeline.web.language import Language
from pipeline.web.view import View

FIELDS = tuple(slot for slot in SLOTS if slot != "area_regime")
"""The slots that have a field, in the order of the record. A province brings its list with it."""
_PERIODS = frozenset({"time_period", "base_period"})
_WRITTEN = Language("vi")
"""Fields hold numbers and periods as the documents write them, whatever the language of the page."""


def reader() -> SlotReader:
    """The reader of what is typed. The first call takes a second: the rules are loaded."""
    with _loading:
        return _reader()


@cache
def _reader() -> SlotReader:
    return SlotReader(load())


_loading = threading.Lock()


def get_ready() -> None:
    """Load the reader beside what goes on, before somebody types."""
    if not _reader.cache_info().currsize and not _loading.locked():
        threading.Thread(target=reader, daemon=True).start()


def texts_of(view: View, fact: Fact) -> dict[str, str]:
    """What stands in each field for a fact."""
    return {slot: _text(view, slot, fact) for slot in FIELDS}


def _text(view: View, slot: str, fact: Fact) -> str:
    value = fact.get(slot)
    if value is None:
        return ""
    if slot in DECIMALS:
        return _WRITTEN.number(float(value))
    if slot in _PERIODS:
        return _WRITTEN.period(value)
    if slot == "ref_area":
        return f"{fact.get('area_regime')}-{value}"
    if slot == "indicator":
        return view.names.indicator(value, view.language.code)
    return value


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, read: the slots that it changes, those that the fact then has, and what is wrong."""

    changes: Fact
    fact: Fact
    problems: tuple[Problem, ...]

    def problem(self, slot: str) -> Problem | None:
        return next((problem for problem in self.problems if problem.slot == slot), None)


def read_correction(view: View, row: sqlite3.Row, sent: Mapping[str, str]) -> Typed:
    """The fields of a correction held against the fact as the rules read it. A field left as it was changes nothing."""
    fact = fact_of(dict(row))
    at_first = texts_of(view, fact)
    changed = {slot: sent[slot].strip() for slot in FIELDS if slot in sent and sent[slot].strip() != at_first[slot]}
    return _read(changed, fact)


def read_added(sent: Mapping[str, str]) -> Typed:
    """The fields of a fact that was missed."""
    empty: dict[str, str | None] = {**dict.fromkeys(SLOTS), "comparator": "eq", "obs_status": "actual"}
    filled = {slot: sent[slot].strip() for slot in FIELDS if sent.get(slot, "").strip()}
    for needed in ("indicator", "value"):
        filled.setdefault(needed, "")
    return _read(filled, empty)


def _read(typed: Mapping[str, str], fact: Fact) -> Typed:
    changes, problems = reader().read_all(typed, fact)
    return Typed(changes, {**fact, **changes}, problems)


def said(view: View, slot: str, fact: Fact) -> str:
    """A slot of a fact in words, as it is understood."""
    value = fact.get(slot)
    if value is None:
        return view.language.say("desk.empty")
    if slot == "value":
        return view.value(numbers(fact))
    if slot in DECIMALS:
        return view.language.number(float(value))
    return _SAID[slot](view, value, fact) if slot in _SAID else value


_SAID: dict[str, Callable[[View, str, Fact], str]] = {
    "indicator": lambda view, value, fact: view.names.indicator(value, view.language.code),
    "index": lambda view, value, fact: view.names.index(value, view.language.code),
    "ref_area": lambda view, value, fact: view.names.area(f"{fact['area_regime']}-{value}"),
    "time_period": lambda view, value, fact: view.language.period(value),
    "base_period": lambda view, value, fact: view.language.period(value),
    "scope": lambda view, value, fact: view.scope(value),
    "level": lambda view, value, fact: view.level(value),
    "unit": lambda view, value, fact: view.names.code("units", value, view.language.code),
    "comparator": lambda view, value, fact: view.names.code("comparators", value, view.language.code),
    "obs_status": lambda view, value, fact: view.names.code("statuses", value, view.language.code),
}


def numbers(fact: Fact) -> dict[str, Any]:
    """A fact with its decimals as numbers, as `View.value` takes them."""
    whole = {**dict.fromkeys(SLOTS), **fact}
    return {slot: float(value) if value is not None and slot in DECIMALS else value for slot, value in whole.items()}


def why(view: View, problem: Problem) -> str:
    """What is wrong, in words, with what would do."""
    told = view.language.say(f"wrong.{problem.wrong}")
    hint = " · ".join(_named(view, problem.slot, code) for code in problem.hint.split(" · ")) if problem.hint else ""
    return f"{told} ({hint})" if hint else told


def _named(view: View, slot: str, code: str) -> str:
    """A hint that is a code by its name."""
    known = code in view.names.indicators or code in view.names.indices
    return _SAID[slot](view, code, {}) if known and slot in _SAID else code
