"""How decisions, and what they come to for each fact, lie in the tables of the record."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from pipeline.model.review import Decision, DecisionKind, Standing
from pipeline.review.lines import FIELDS, canonical, object_of

SCHEMA = """
CREATE TABLE decisions (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    decision_id TEXT NOT NULL UNIQUE,
    obs_id TEXT NOT NULL,
    doc_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    at TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    note TEXT NOT NULL,
    source_hash TEXT NOT NULL,
    revision TEXT NOT NULL,
    rule_id TEXT,
    parser_version TEXT,
    rules_version TEXT,
    undoes TEXT,
    batch TEXT,
    chain TEXT NOT NULL
);
CREATE INDEX decisions_of_fact ON decisions (obs_id, sequence);
CREATE INDEX decisions_of_document ON decisions (doc_id, sequence);
CREATE INDEX decisions_of_batch ON decisions (batch) WHERE batch IS NOT NULL;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'a decision is never removed'); END;
CREATE TRIGGER decisions_are_as_they_were BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER decisions_replace_none BEFORE INSERT ON decisions
WHEN EXISTS (SELECT 1 FROM decisions WHERE sequence = NEW.sequence OR decision_id = NEW.decision_id)
BEGIN SELECT RAISE(ABORT, 'a decision is never replaced'); END;
CREATE TABLE standing (
    obs_id TEXT PRIMARY KEY,
    doc_id TEXT NOT NULL,
    state TEXT NOT NULL,
    added INTEGER NOT NULL,
    decision_id TEXT,
    reviewer TEXT,
    at TEXT,
    revision TEXT,
    slots TEXT NOT NULL,
    reviewers TEXT NOT NULL,
    notes INTEGER NOT NULL,
    skips INTEGER NOT NULL,
    sequence INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX standing_of_document ON standing (doc_id);
CREATE INDEX standing_by_state ON standing (state, obs_id);
"""
STANDING_COLUMNS = (
    "obs_id, doc_id, state, added, decision_id, reviewer, at, revision, slots, reviewers, notes, skips, sequence"
)


def standing_cells(standing: Standing) -> tuple[Any, ...]:
    """The row of the table `standing`, in the order of its columns."""
    verdict = standing.verdict
    of_verdict: tuple[str | None, ...] = (None,) * 4
    if verdict is not None:
        # An added fact is what its decisions say: no run reads it otherwise.
        revision = None if standing.added else verdict.revision
        of_verdict = (verdict.decision_id, verdict.reviewer, verdict.at, revision)
    return (
        standing.obs_id, standing.doc_id, str(standing.state), int(standing.added), *of_verdict, _json(standing.slots),
        _json([v.reviewer for v in standing.verdicts]), standing.notes, standing.skips, standing.sequence,
    )  # fmt: skip


def decision_cells(decision: Decision) -> dict[str, Any]:
    """The row of a decision by its columns, without its place and its chain."""
    cells = object_of(decision)
    return {**cells, "kind": str(decision.kind), "before": _json(cells["before"]), "after": _json(cells["after"])}


def decision_of(row: sqlite3.Row) -> Decision:
    """The decision that a row holds."""
    cells = {name: row[name] for name in (*FIELDS, "sequence", "chain")}
    for name in ("before", "after"):
        cells[name] = json.loads(cells[name])
    return Decision(**{**cells, "kind": DecisionKind(cells["kind"])})


def link(chain: str, decision: Decision) -> str:
    """The hash of a decision and, through that of the one before it, of all that went before."""
    return hashlib.sha256(f"{chain}\n{canonical(decision)}".encode()).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def statements(script: str) -> Iterator[str]:
    """The statements of a script, so that they run within a transaction (`executescript` ends one)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
