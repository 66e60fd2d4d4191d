"""The tables of the review desk in the database of the pages: the queue by risk, and what each rule says."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from pipeline.review.revision import fact_of, revision_of
from pipeline.web.risk import parts_of, risk_of

_PHRASES = 4
"""Phrases of an attribute that a rule is explained with."""

_FAILED = "SELECT part.obs_id, severity FROM check_observations AS part JOIN checks USING (check_id)"
_CONFLICTS = (
    "SELECT part.obs_id FROM point_observations AS part JOIN series USING (point_id) WHERE agreement = 'conflict'"
)


def make_queue(db: sqlite3.Connection) -> None:
    """Fill `queue`: every observation with its risk, the riskiest first; those alike in the order of documents."""
    failed: defaultdict[str, set[str]] = defaultdict(set)
    for obs_id, severity in db.execute(_FAILED):
        failed[obs_id].add(severity)
    conflicts = {obs_id for (obs_id,) in db.execute(_CONFLICTS)}
    reading = db.cursor()
    reading.row_factory = sqlite3.Row
    found: list[tuple[float, int, str, str, str, str]] = []
    for row in reading.execute("SELECT rowid AS fact, * FROM observations ORDER BY rowid"):
        obs_id, state = row["obs_id"], row["review_state"] or "pending"
        named = {*json.loads(row["flags"] or "[]"), state} | ({"conflict"} if obs_id in conflicts else set())
        parts = parts_of(named, failed.get(obs_id, ()))
        revision = revision_of(fact_of(dict(row)))
        found.append((-risk_of(row["confidence"], parts), row["fact"], obs_id, " ".join(parts), revision, state))
    found.sort(key=lambda entry: entry[:2])
    db.executemany(
        "INSERT INTO queue (place, risk, fact, obs_id, parts, revision, stood) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((place, -risk, *rest) for place, (risk, *rest) in enumerate(found, 1)),
    )


def make_rules(db: sqlite3.Connection) -> None:
    """Fill `rules`: for each rule of a count family its file and line, what it gives, and the words that it needs."""
    db.executemany("INSERT INTO rules (rule_id, file, line, gives, words) VALUES (?, ?, ?, ?, ?)", _rules())


def _rules() -> Iterator[tuple[str, str, int, str, str]]:
    from pipeline.rulebook.book import load

    seen = set()
    for family in load().counts:
        for reading in family.readings:
            if reading.rule_id in seen:
                continue
            seen.add(reading.rule_id)
            words = {name: family.attributes[name].phrases[:_PHRASES] for name in sorted(reading.all_of)}
            yield (
                reading.rule_id, f"measures/{family.file}", reading.line, json.dumps(reading.gives),
                json.dumps(words, ensure_ascii=False),
            )  # fmt: skip
