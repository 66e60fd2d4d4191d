"""Accepting all that is left of a filter at once, after a random sample of it has been looked at and found right.

The sample is drawn by lot from all facts of the filter, decided or not; the seed is the filter itself, so that the
server draws the same one again when the batch is sent, and nobody chooses it. Where one of the sample is wrong, the
batch is refused. Facts with a note, or that somebody has skipped, are left for a person.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil
from threading import Lock

from pipeline.model.review import Decision, DecisionKind
from pipeline.review import sampling
from pipeline.review.deciding import Hand, decide
from pipeline.review.journal import Journal, OvertakenError
from pipeline.web.desk.queue import QueueFilter
from pipeline.web.queries import documents as document_queries
from pipeline.web.queries import standing
from pipeline.web.view import View

LEAST, MOST = 20, 300
"""Facts of a sample: a tenth of all, but at least and at most so many (or all there are)."""
LARGEST = 20_000
"""Facts that are accepted at once; a larger filter must be narrowed."""
_SAMPLES_KEPT = 16
_AT_ONCE = 250
"""Decisions of one commit: other reviewers wait for no more than that."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample of a filter: its facts in the order of their lots, what stands of them, and how many are left."""

    obs_ids: tuple[str, ...]
    states: tuple[str, ...]
    population: int
    left: int

    @property
    def right(self) -> int:
        return sum(state in ("accepted", "added") for state in self.states)

    @property
    def open(self) -> int:
        """How many have not been looked at."""
        return sum(state in ("pending", "changed") for state in self.states)

    @property
    def wrong(self) -> int:
        return len(self.states) - self.right - self.open

    @property
    def admits(self) -> bool:
        """Whether all of the sample were looked at and none was wrong."""
        return bool(self.left) and not self.open and not self.wrong and self.population <= LARGEST


def size_of(population: int) -> int:
    """How many facts of so many are looked at."""
    return min(population, max(LEAST, min(MOST, ceil(population / 10))))


def wanted_of(view: View) -> QueueFilter:
    """The filter that an address gives; where it says drawn=1, only the sample of its facts."""
    wanted = QueueFilter.of(view.request.query_params)
    return replace(wanted, among=_drawn(view, wanted.of_facts)) if wanted.drawn else wanted


_known: OrderedDict[tuple[str, QueueFilter], tuple[str, ...]] = OrderedDict()
"""The samples that were drawn last: a desk asks for the same one with each fact."""
_keeping = Lock()


def _drawn(view: View, wanted: QueueFilter) -> tuple[str, ...]:
    """The sample of a filter. What is assigned to somebody may be more or less a moment later: that is drawn anew."""
    key = (view.snapshot.key, wanted)
    with _keeping:
        known = None if wanted.assigned else _known.get(key)
    if known is not None:
        return known
    drawn = sample_of(view.db, wanted).obs_ids
    with _keeping:
        _known[key] = drawn
        while len(_known) > _SAMPLES_KEPT:
            _known.popitem(last=False)
    return drawn


def sample_of(db: sqlite3.Connection, wanted: QueueFilter) -> Sample:
    """The sample of the facts that a filter names, whatever was decided about them."""
    wanted = wanted.of_facts
    states = {row["obs_id"]: row for row in _rows(db, wanted)}
    drawn = sampling.simple(states, size_of(len(states)), wanted.query)
    left = sum(row["open"] and not row["touched"] for row in states.values())
    return Sample(tuple(drawn), tuple(states[obs_id]["state"] for obs_id in drawn), len(states), left)


def accept_rest(
    db: sqlite3.Connection, journal: Journal, wanted: QueueFilter, reviewer: str, batch: str
) -> list[Decision]:
    """Accept what is left of the filter; gives the decisions. Those that others decide meanwhile are left to them."""
    left = [row for row in _rows(db, wanted) if row["open"] and not row["touched"]]
    documents: dict[str, sqlite3.Row | None] = {}
    taken: list[Decision] = []
    for start in range(0, len(left), _AT_ONCE):
        made = []
        for row in left[start : start + _AT_ONCE]:
            if row["doc_id"] not in documents:
                documents[row["doc_id"]] = document_queries.document(db, row["doc_id"])
            fact = db.execute("SELECT * FROM observations WHERE obs_id = ?", (row["obs_id"],)).fetchone()
            hand = Hand(reviewer, _decision_id(batch, row["obs_id"]), batch)
            made.append(decide(DecisionKind.ACCEPT, hand, dict(fact), dict(documents[row["doc_id"]] or {})))
        taken += _append(journal, made)
    return taken


def _append(journal: Journal, decisions: list[Decision]) -> Iterator[Decision]:
    """All in one commit; where somebody was faster with one of them, the rest one by one."""
    try:
        yield from journal.append_all(decisions, 0)
    except OvertakenError:
        for decision in decisions:
            try:
                yield journal.append(decision, 0)
            except OvertakenError:
                continue


def _decision_id(batch: str, obs_id: str) -> str:
    return hashlib.sha256(f"{batch}\0{obs_id}".encode()).hexdigest()[:32]


def _rows(db: sqlite3.Connection, wanted: QueueFilter) -> list[sqlite3.Row]:
    conditions = wanted.of_facts.facts()
    return db.execute(
        f"SELECT queue.obs_id, observations.doc_id, {standing.STATE} AS state, {standing.OPEN} AS open,"
        " coalesce(standing.sequence, 0) > 0 AS touched FROM queue JOIN observations ON observations.rowid = queue.fact"
        f" LEFT JOIN standing ON standing.obs_id = queue.obs_id{conditions.where} ORDER BY queue.place",
        conditions.values,
    ).fetchall()
