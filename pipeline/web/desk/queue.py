"""The queue: the facts that wait for a reviewer, the riskiest first, as filtered; its neighbours and its progress."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from pipeline.review.plan import ASSIGNED, SAMPLED, SECOND, SHARED
from pipeline.web.folding import words_of
from pipeline.web.queries import standing
from pipeline.web.queries.conditions import Conditions, SQLValue, one
from pipeline.web.queries.facts import all_words

PER_PAGE = 50
STATES = ("open", "pending", "changed", "accepted", "corrected", "rejected", "no_source", "added", "skipped", "any")
"""What of the queue is shown. open: what wants a decision, that is all that nobody decided or that changed since."""
ORDERS = ("risk", "document")

_SOURCE = (
    "queue LEFT JOIN standing ON standing.obs_id = queue.obs_id JOIN observations ON observations.rowid = queue.fact"
    " JOIN documents ON documents.doc_id = observations.doc_id"
)
"""What is decided is passed over before anything else of a fact is read: `standing` comes first."""
_COLUMNS = (
    f"queue.place, queue.fact, queue.risk, queue.parts, {standing.COLUMNS}, standing.notes, standing.sequence,"
    " observations.*, documents.title AS document_title, documents.number AS document_number, documents.path"
)
_KEYS = {"risk": "queue.place", "document": "queue.fact"}


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which facts the queue holds, as the address says; an empty field wants all.

    reviewer: who has decided about them; assigned: to whom they are given; sample: which they were drawn into;
    second: who is to look at them after another one.
    """

    document: str = ""
    indicator: str = ""
    index: str = ""
    area: str = ""
    subject: str = ""
    period: str = ""
    rule: str = ""
    doubt: str = ""
    reviewer: str = ""
    assigned: str = ""
    sample: str = ""
    second: str = ""
    state: str = ""
    words: str = ""
    order: str = ""
    drawn: str = ""
    among: tuple[str, ...] | None = None
    """The only facts that it wants, where `drawn` says so: a sample, which no address can hold."""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> QueueFilter:
        """The filter that an address gives; what is none of its values counts as absent."""
        wanted: dict[str, Any] = {name: query.get(name, "").strip() for name in _IN_ADDRESS}
        if wanted["state"] not in STATES:
            wanted["state"] = ""
        if wanted["order"] not in ORDERS:
            wanted["order"] = ""
        return cls(**wanted)

    @property
    def query(self) -> str:
        """As a part of an address: "?area=63-14&state=open"; nothing where it wants all."""
        set_fields = {name: getattr(self, name) for name in _IN_ADDRESS if getattr(self, name)}
        return f"?{urlencode(set_fields)}" if set_fields else ""

    @property
    def given(self) -> dict[str, str]:
        """What it wants that a link has brought and no field of the page shows."""
        named = {"assigned": self.assigned, "sample": self.sample, "second": self.second}
        return {name: value for name, value in named.items() if value}

    @property
    def assignable(self) -> dict[str, str]:
        """What of it can be assigned to somebody."""
        return {name: value for name in SHARED if (value := getattr(self, name))}

    @property
    def key(self) -> str:
        """The column that the queue is sorted by."""
        return _KEYS[self.order or "risk"]

    @property
    def narrowed(self) -> bool:
        """Whether it wants less than all that is open."""
        return any(getattr(self, name) for name in _IN_ADDRESS if name != "order")

    @property
    def of_facts(self) -> QueueFilter:
        """The same facts, whoever decided what about them, in the usual order."""
        return replace(self, state="", reviewer="", second="", order="", drawn="", among=None)

    @property
    def together(self) -> bool:
        """Whether its facts may be accepted together: it is narrow, and no sample of which each is to be looked at."""
        return self.of_facts.narrowed and not (self.sample or self.second)

    def facts(self) -> Conditions:
        """What facts must be, whoever decided what about them."""
        conditions = Conditions()
        conditions.equal("observations.doc_id", self.document)
        conditions.equal("observations.indicator", self.indicator)
        conditions.equal('observations."index"', self.index)
        conditions.equal("observations.area", self.area)
        if self.subject:
            condition, values = _named(self.subject)
            conditions.add(condition, *values)
        conditions.equal("observations.time_period", self.period)
        conditions.equal("observations.rule_id", self.rule)
        for condition, name in ((ASSIGNED, self.assigned), (SAMPLED, self.sample)):
            if name:
                conditions.add(condition, name)
        if self.doubt == "low_confidence":
            conditions.add("EXISTS (SELECT 1 FROM json_each(observations.flags) WHERE value = ?)", self.doubt)
        elif self.doubt:
            conditions.add("' ' || queue.parts || ' ' LIKE ?", f"% {self.doubt} %")
        if self.among is not None:
            conditions.add("queue.obs_id IN (SELECT value FROM json_each(?))", json.dumps(self.among))
        if words := words_of(self.words):
            conditions.add(
                "observations.rowid IN (SELECT rowid FROM fact_words WHERE fact_words MATCH ?)", all_words(words)
            )
        return conditions

    def conditions(self) -> Conditions:
        """All that it asks for."""
        conditions = self.facts()
        state = self.state or "open"
        if self.reviewer:
            conditions.add("EXISTS (SELECT 1 FROM json_each(standing.reviewers) WHERE value = ?)", self.reviewer)
            state = self.state or "any"
        if self.second:
            conditions.add(SECOND, self.second)
            state = self.state or "any"
        if state == "open":
            conditions.add(standing.OPEN)
        elif state == "skipped":
            conditions.add("standing.skips > 0 AND " + standing.OPEN)
        elif state != "any":
            conditions.add(f"{standing.STATE} = ?", state)
        return conditions


def _named(subject: str) -> tuple[str, list[str]]:
    """A condition on `observations` and its values: about this subject; where none is called just so, about those
    whose names hold all the words."""
    words = words_of(subject)
    alike = " AND ".join(["folded(subject) LIKE ?"] * len(words)) or "FALSE"
    condition = (
        "observations.subject IN (SELECT subject FROM (SELECT DISTINCT subject FROM observations) WHERE"
        " CASE WHEN EXISTS (SELECT 1 FROM observations AS other WHERE other.subject = ?) THEN subject = ?"
        f" ELSE {alike} END)"
    )
    return condition, [subject, subject, *(f"%{word}%" for word in words)]


_IN_ADDRESS = tuple(field.name for field in fields(QueueFilter) if field.name != "among")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the queue, with the keys before and behind which the next pieces lie; None at its ends."""

    rows: list[sqlite3.Row]
    before: int | None
    after: int | None


def stretch(db: sqlite3.Connection, wanted: QueueFilter, after: int = 0, before: int = 0) -> Stretch:
    """The facts that follow the key `after`, or that come right before the key `before`."""
    conditions = wanted.conditions()
    backwards = before > 0
    conditions.add(f"{wanted.key} < ?" if backwards else f"{wanted.key} > ?", before or after)
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM {_SOURCE}{conditions.where} ORDER BY {wanted.key}"
        f"{' DESC' if backwards else ''} LIMIT ?",
        [*conditions.values, PER_PAGE + 1],
    ).fetchall()
    more = len(rows) > PER_PAGE
    rows = rows[:PER_PAGE]
    if backwards:
        rows.reverse()
    name = wanted.key.partition(".")[2]
    first, last = (rows[0][name], rows[-1][name]) if rows else (None, None)
    return Stretch(rows, first if (more if backwards else after > 0) else None, last if backwards or more else None)


def facts_between(db: sqlite3.Connection, doc_id: str, start: int, end: int) -> list[sqlite3.Row]:
    """The facts that stand in a stretch of a document, in its order."""
    return db.execute(
        f"SELECT {_COLUMNS} FROM observations CROSS JOIN queue ON queue.fact = observations.rowid"
        " CROSS JOIN documents USING (doc_id) LEFT JOIN standing ON standing.obs_id = queue.obs_id"
        " WHERE observations.doc_id = ? AND char_start >= ? AND char_start < ? ORDER BY observations.rowid",
        (doc_id, start, end),
    ).fetchall()


@dataclass(frozen=True, slots=True)
class InDocument:
    """Where a fact is among those of its document: its number from 1 of `last`, and the facts beside it."""

    number: int
    last: int
    previous: str | None
    next: str | None


def in_document(db: sqlite3.Connection, row: sqlite3.Row) -> InDocument:
    """The place of a fact in its document."""
    beside = [
        one(db, f"SELECT obs_id FROM observations WHERE doc_id = ? AND rowid {side} ? ORDER BY rowid {order} LIMIT 1",
            row["doc_id"], row["fact"])
        for side, order in (("<", "DESC"), (">", "ASC"))
    ]  # fmt: skip
    number = one(db, "SELECT count(*) FROM observations WHERE doc_id = ? AND rowid <= ?", row["doc_id"], row["fact"])
    last = one(db, "SELECT count(*) FROM observations WHERE doc_id = ?", row["doc_id"])
    return InDocument(number, last, *beside)


def fact(db: sqlite3.Connection, obs_id: str) -> sqlite3.Row | None:
    """One fact as the queue knows it."""
    row: sqlite3.Row | None = db.execute(
        f"SELECT {_COLUMNS} FROM {_SOURCE} WHERE queue.obs_id = ?", (obs_id,)
    ).fetchone()
    return row


def following(db: sqlite3.Connection, wanted: QueueFilter, row: sqlite3.Row) -> str | None:
    """The obs_id of the fact after `row` in the queue; None at its end."""
    conditions = wanted.conditions()
    conditions.add(f"{wanted.key} > ?", row[wanted.key.partition(".")[2]])
    found: str | None = one(
        db, f"SELECT queue.obs_id FROM {_SOURCE}{conditions.where} ORDER BY {wanted.key} LIMIT 1", *conditions.values
    )
    return found


def preceding(db: sqlite3.Connection, wanted: QueueFilter, row: sqlite3.Row) -> str | None:
    """The obs_id of the fact before `row`, decided or not: who goes back wants to see what they have just done.

    (And who works through a queue has only decided ones before them: to look for an open one would mean to pass all.)
    """
    conditions = wanted.facts()
    conditions.add(f"{wanted.key} < ?", row[wanted.key.partition(".")[2]])
    found: str | None = one(
        db, f"SELECT queue.obs_id FROM {_SOURCE}{conditions.where} ORDER BY {wanted.key} DESC LIMIT 1",
        *conditions.values,
    )  # fmt: skip
    return found


def first(db: sqlite3.Connection, wanted: QueueFilter) -> str | None:
    """The obs_id of the first fact of the queue."""
    conditions = wanted.conditions()
    found: str | None = one(
        db, f"SELECT queue.obs_id FROM {_SOURCE}{conditions.where} ORDER BY {wanted.key} LIMIT 1", *conditions.values
    )
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the facts of a filter are: how many there are, and how many have a verdict that still holds."""

    total: int
    decided: int

    @property
    def left(self) -> int:
        return self.total - self.decided

    @property
    def share(self) -> float:
        """Decided of all, from 0 to 1."""
        return self.decided / self.total if self.total else 0.0


def progress(db: sqlite3.Connection, wanted: QueueFilter) -> Progress:
    """The progress of the facts that the filter names, whoever decided."""
    conditions = wanted.facts()
    narrowed = " JOIN observations ON observations.rowid = queue.fact" if conditions.parts else ""
    total = one(db, f"SELECT count(*) FROM queue{narrowed}{conditions.where}", *conditions.values)
    known = Conditions([*conditions.parts, f"{standing.STATE} NOT IN ('pending', 'changed')"], [*conditions.values])
    decided = one(
        db,
        f"SELECT count(*) FROM standing JOIN queue ON queue.obs_id = standing.obs_id{narrowed}{known.where}",
        *known.values,
    )
    conditions.add("queue.stood NOT IN ('pending', 'changed')")
    conditions.add("NOT EXISTS (SELECT 1 FROM standing WHERE standing.obs_id = queue.obs_id)")
    decided += one(db, f"SELECT count(*) FROM queue{narrowed}{conditions.where}", *conditions.values)
    return Progress(total, decided)


@dataclass(frozen=True, slots=True)
class Share:
    """What one reviewer has decided: facts whose standing verdict is theirs, and how many of them since a time."""

    reviewer: str
    number: int
    today: int


def by_reviewer(db: sqlite3.Connection, since: str) -> list[Share]:
    """Who decided how much, the most first. `since` is UTC in ISO 8601."""
    rows = db.execute(
        "SELECT reviewer, count(*) AS number, sum(at >= ?) AS today FROM standing WHERE reviewer IS NOT NULL"
        " GROUP BY reviewer ORDER BY number DESC, reviewer",
        (since,),
    )
    return [Share(row["reviewer"], row["number"], row["today"]) for row in rows]


def added(db: sqlite3.Connection, doc_id: str) -> list[sqlite3.Row]:
    """What people have added to a document since the last run: rows of `standing`."""
    return db.execute(
        "SELECT * FROM standing WHERE doc_id = ? AND added AND state IN ('added', 'accepted', 'corrected')"
        " AND NOT EXISTS (SELECT 1 FROM queue WHERE queue.obs_id = standing.obs_id)",
        (doc_id,),
    ).fetchall()


def orphans(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Facts that were decided about and that the dataset has no more; not those that a person added."""
    return db.execute(
        "SELECT standing.*, documents.title AS document_title, documents.number AS document_number, documents.path"
        " FROM standing LEFT JOIN documents USING (doc_id)"
        " WHERE NOT added AND state != 'pending' AND NOT EXISTS"
        " (SELECT 1 FROM queue WHERE queue.obs_id = standing.obs_id) ORDER BY at DESC"
    ).fetchall()


def agencies(db: sqlite3.Connection, at_most: int = 300) -> list[str]:
    """The subjects that most facts are about, in their order; an archive may name more than a page can offer."""
    asked = "SELECT subject FROM observations WHERE subject IS NOT NULL GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT ?"
    return sorted(subject for (subject,) in db.execute(asked, (at_most,)))


def choices(db: sqlite3.Connection, column: str, table: str = "observations") -> list[SQLValue]:
    """The values that a column (of the program) has, in their order."""
    return [
        row[0] for row in db.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY 1")
    ]
