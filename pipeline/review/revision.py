"""A fact as a reviewer sees it, and its hash: whether it still says what was reviewed.

Both depend on what the fact says and on its words, never on versions, rules, confidence or offsets.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal

from pipeline.model.review import SLOTS, Fact
from pipeline.text.fold import ascii_fold

DECIMALS = frozenset({"value", "value_high", "out_of"})
OF_ADDED = ("indicator", "index", "value_start", "value_end", "subject", "level", "time_period", "scope")
"""What tells an added fact from others of its document."""
_DEFAULTS = {"comparator": "eq", "obs_status": "actual"}


def fact_of(cells: Mapping[str, object]) -> dict[str, str | None]:
    """The fact of a row of `observations`: its slots as text, with its quote and the words of its number.

    Cells may be typed or text ("84.840000000" is "84.84"). Raises KeyError where a column is missing.
    """
    fact = {slot: normal(slot, cells[slot]) for slot in SLOTS}
    quote = str(cells["quote"])
    offset = int(str(cells["char_start"]))
    number = quote[int(str(cells["value_start"])) - offset : int(str(cells["value_end"])) - offset]
    return {**fact, "quote": quote, "number": number}


def normal(slot: str, value: object) -> str | None:
    """The cell of a slot as text; empty is None."""
    if value is None or value == "":
        return None
    return decimal_text(Decimal(str(value))) if slot in DECIMALS else str(value)


def decimal_text(value: Decimal) -> str:
    """84.840000000 as 84.84, 1.2E+3 as 1200."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def revision_of(fact: Fact) -> str:
    """The hash of what a fact says (`fact_of`), 16 hex digits. Words count without case, accents and blanks, as in
    `obs_id`."""
    said = [_said(slot, fact.get(slot) or _DEFAULTS.get(slot)) for slot in SLOTS]
    words = [_folded(fact.get(name)) for name in ("quote", "number")]
    return hashlib.sha256(json.dumps([said, words], ensure_ascii=False).encode()).hexdigest()[:16]


def same_number(one: Fact, other: Fact) -> bool:
    """Whether two facts read the same words as their number."""
    return _folded(one.get("number")) == _folded(other.get("number"))


def added_id(doc_id: str, fact: Fact) -> str:
    """The obs_id of a fact that a person adds: of its words, its measure and whom and when it is about."""
    named = [doc_id, *(fact.get(part) or "" for part in OF_ADDED)]
    return "r" + hashlib.sha256("\x1f".join(named).encode()).hexdigest()[:19]


def _said(slot: str, value: str | None) -> str | None:
    """A number with the digits that a float keeps: it may have been one on its way through a database."""
    return f"{float(value):.15g}" if value is not None and slot in DECIMALS else value


def _folded(words: str | None) -> str:
    return " ".join(ascii_fold(words or "").split())
