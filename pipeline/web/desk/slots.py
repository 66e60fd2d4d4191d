"""Each slot of a fact in words, with the words of the text that it rests on, or where else it came from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.web.desk.marks import slot_of
from pipeline.web.names import short_index
from pipeline.web.view import View

_INHERITED = {"subject": "inherited_subject", "time_period": "inherited_period", "obs_status": "inherited_status"}
"""The flag that says that a slot was taken from another scope than the sentence."""


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One slot: its name, what it says, the words it rests on, and how it came about.

    `origin` is "stated" where words of the fact's own sentence give it, "inherited" where those of a heading, the
    caption or the document do, "rule" where the rule alone does, and "none" where the slot is empty.
    """

    name: str
    said: str
    words: tuple[str, ...]
    origin: str


def slot_lines(view: View, row: sqlite3.Row, evidence: Iterable[sqlite3.Row]) -> list[SlotLine]:
    """The slots that a fact has, and those that it lacks and that a reviewer would look for."""
    words: dict[str, dict[str, None]] = {}
    for one in evidence:
        if one["role"] not in ("quote", "value"):
            words.setdefault(slot_of(one["role"]), {})[_line(one["quote"])] = None
    flags = set(json.loads(row["flags"] or "[]"))
    lines = []
    for name, said in said_slots(view, row).items():
        of_slot = tuple(words.get(name, ()))
        if not said and not of_slot and name not in _LOOKED_FOR:
            continue
        lines.append(SlotLine(name, said, of_slot, _origin(name, said, bool(of_slot), flags)))
    return lines


_LOOKED_FOR = ("subject", "time_period")


def said_slots(view: View, row: sqlite3.Row) -> dict[str, str]:
    """Each slot in words, in the order of the desk; an empty one as ""."""
    language, names = view.language, view.names
    index = row["index"] or ""
    return {
        "indicator": names.indicator(row["indicator"], language.code),
        "index": f"{short_index(index)} – {names.index(index, language.code)}" if index else "",
        "subject": row["subject"] or "",
        "ref_area": names.area(row["area"]) if row["area"] else "",
        "level": view.level(row["level"]),
        "time_period": language.period(row["time_period"]),
        "base_period": language.period(row["base_period"]),
        "scope": view.scope(row["scope"]),
        "obs_status": names.code("statuses", row["obs_status"], language.code),
    }


def _origin(name: str, said: str, has_words: bool, flags: set[str]) -> str:
    if not said:
        return "none"
    if _INHERITED.get(name) in flags:
        return "inherited"
    return "stated" if has_words else "rule"


def _line(text: str) -> str:
    return " ".join(text.split())
