"""The rule that made a fact, in words: where it is written, what it needs, which words of the text met it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.web.desk.marks import slot_of


@dataclass(frozen=True, slots=True)
class Need:
    """A part of a rule: its name in the rule file, some of the phrases it is met by, and the words that met it."""

    name: str
    phrases: tuple[str, ...]
    met_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; `file` is "" for those of the index frame, whose reading is `kind` by the word `decided`."""

    rule_id: str
    file: str
    line: int
    gives: tuple[str, ...]
    needs: tuple[Need, ...]
    in_table: bool
    kind: str = ""
    decided: str = ""


def rule_of(db: sqlite3.Connection, rule_id: str, evidence: Iterable[sqlite3.Row]) -> Rule:
    """What the rule files say of `rule_id`, and what it met in the text."""
    in_table = rule_id.endswith("/table")
    name = rule_id.removesuffix("/table")
    met: dict[str, dict[str, None]] = {}
    for words in evidence:
        if words["role"] not in ("quote", "value") and slot_of(words["role"]) in ("indicator", "index", "level"):
            met.setdefault(words["role"], {})[" ".join(words["quote"].split())] = None
    row = db.execute("SELECT * FROM rules WHERE rule_id = ?", (name,)).fetchone()
    if row is None:
        _, _, rest = name.partition("/")
        kind, _, decided = rest.partition("/")
        needs = tuple(Need(role, (), tuple(words)) for role, words in met.items())
        return Rule(rule_id, "", 0, (), needs, in_table, kind, decided)
    needs = tuple(
        Need(attribute, tuple(phrases), tuple(met.get(attribute, ())))
        for attribute, phrases in json.loads(row["words"]).items()
    )
    return Rule(rule_id, row["file"], row["line"], tuple(json.loads(row["gives"])), needs, in_table)
