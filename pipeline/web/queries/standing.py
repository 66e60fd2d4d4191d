"""What stands of a fact after review, for queries that have `observations`, `queue` and `standing` side by side."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from pipeline.review.revision import DECIMALS

JOINED = (
    " LEFT JOIN queue ON queue.fact = observations.rowid LEFT JOIN standing ON standing.obs_id = observations.obs_id"
)
"""To stand behind `observations` in a FROM."""

STATE = (
    "CASE WHEN standing.state IS NULL THEN queue.stood WHEN standing.state IN ('pending', 'added')"
    " OR standing.revision = queue.revision THEN standing.state ELSE queue.stood END"
)
"""The state of a fact as it stands now. Of a verdict on a fact that has since said something else the run has told
what it comes to (`queue.stood`)."""

COLUMNS = (
    f"{STATE} AS state, standing.reviewer AS decided_by, standing.at AS decided_at, standing.slots AS decided_slots"
)

OPEN = f"{STATE} IN ('pending', 'changed')"
"""Whether a fact wants a decision."""
REVIEWED = f"{STATE} IN ('accepted', 'corrected', 'added')"
"""Whether a person holds that the fact, as it stands, is right."""

_ONLY_REVIEWED = f"""
CREATE TEMP VIEW series AS SELECT stated.* FROM main.series AS stated
JOIN queue ON queue.obs_id = stated.obs_id LEFT JOIN standing ON standing.obs_id = stated.obs_id WHERE {REVIEWED}
"""


def only_reviewed(db: sqlite3.Connection) -> None:
    """Let every query on `db` see only those points of series whose accepted value a person holds to be right."""
    db.execute(_ONLY_REVIEWED)


def of_fact(db: sqlite3.Connection, obs_id: str) -> sqlite3.Row | None:
    """What stands of a fact now."""
    row: sqlite3.Row | None = db.execute(
        f"SELECT {COLUMNS} FROM queue LEFT JOIN standing ON standing.obs_id = queue.obs_id WHERE queue.obs_id = ?",
        (obs_id,),
    ).fetchone()
    return row


def corrected(row: sqlite3.Row) -> dict[str, Any]:
    """A row with what a person has corrected of it. `row` has the columns of a fact and `decided_slots`, `state`."""
    slots: dict[str, str | None] = json.loads(row["decided_slots"] or "{}") if row["state"] == "corrected" else {}
    return {**dict(row), **{slot: _cell(slot, value) for slot, value in slots.items()}}


def _cell(slot: str, value: str | None) -> str | float | None:
    return float(value) if value is not None and slot in DECIMALS else value


def of_document(db: sqlite3.Connection, doc_id: str) -> dict[str, sqlite3.Row]:
    """What stands of each fact of a document, by obs_id."""
    rows = db.execute(
        f"SELECT observations.obs_id, {COLUMNS} FROM observations{JOINED} WHERE observations.doc_id = ?", (doc_id,)
    )
    return {row["obs_id"]: row for row in rows}
