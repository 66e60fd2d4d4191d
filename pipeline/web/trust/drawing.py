"""Samples for audit: drawn by lot from the facts that the rules have read, kept, and how far each was looked at."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass

from pipeline.review.journal import now
from pipeline.review.overlay import ADDED_RULE
from pipeline.review.plan import Plan, Sample
from pipeline.review.sampling import simple, stratified

KINDS = ("simple", "by_rule")
LARGEST = 100_000
"""Facts that a sample may be asked to have."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sample that somebody asks for: `kind` is one of KINDS; the same seed draws the same facts."""

    name: str
    kind: str
    size: int
    seed: str


def drawn(db: sqlite3.Connection, plan: Plan, wanted: Wanted, who: str) -> Sample:
    """Draw a sample from the dataset in `db` and keep it in the plan. Raises TakenError."""
    rows = db.execute("SELECT obs_id, rule_id FROM observations WHERE rule_id != ?", (ADDED_RULE,))
    strata = {obs_id: rule_id if wanted.kind == "by_rule" else "" for obs_id, rule_id in rows}
    draw = stratified if wanted.kind == "by_rule" else simple
    facts = draw(strata, wanted.size, wanted.seed)
    sample = Sample(wanted.name, wanted.kind, len(facts), wanted.seed, who, now())
    plan.add_sample(sample, {obs_id: strata[obs_id] for obs_id in facts}, Counter(strata.values()))
    return sample


def told(sample: Sample) -> str:
    """A sample as the log of the people tells it."""
    return f"{sample.name}: {sample.size}, {sample.kind}, {sample.seed}"


def progress(db: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """Of each sample, how many of its facts were looked at, and how many there are."""
    rows = db.execute(
        "SELECT sample, sum(standing.state IS NOT NULL AND standing.state != 'pending'), count(*)"
        " FROM plan.sample_facts AS part LEFT JOIN standing ON standing.obs_id = part.obs_id GROUP BY sample"
    )
    return {row[0]: (row[1], row[2]) for row in rows}
