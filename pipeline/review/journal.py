"""The record of all decisions, `reviews.sqlite` in the folder of the dataset: only ever added to.

A run and `make clean` leave it alone. A decision is acknowledged when it is on the disk (WAL with synchronous=FULL:
each commit is forced out), so that whatever is killed, nothing acknowledged is lost. Triggers refuse to change
or remove a decision; the hash of each covers the one before, so that a change behind their back shows (`verify`).
Several processes may write at once.

Beside the decisions lies `standing`, what they come to for each fact, brought in step within the same commit. It can
be made again from the decisions (`rebuild`); it is there so that a queue of many facts can be joined with it.
"""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.durable import open_durable
from pipeline.model.review import Decision, DecisionKind, Standing
from pipeline.review.journal_rows import (
    SCHEMA,
    STANDING_COLUMNS,
    decision_cells,
    decision_of,
    link,
    standing_cells,
    statements,
)
from pipeline.review.lines import object_of
from pipeline.review.standing import standing_of
from pipeline.review.wellformed import MalformedError, hold_to_form

JOURNAL_NAME = "reviews.sqlite"
_VERSION = 1
_AT_ONCE = 500
"""Values of one SQL question; the number that SQLite admits depends on how it was built."""


class OvertakenError(Exception):
    """Someone else decided about the fact in the meantime: what they decided, in its order."""

    def __init__(self, others: tuple[Decision, ...]) -> None:
        super().__init__(f"{others[-1].reviewer} has decided about {others[-1].obs_id} at {others[-1].at}")
        self.others = others


class ConflictError(Exception):
    """Another decision is in the record under the same id."""

    def __init__(self, known: Decision) -> None:
        super().__init__(f"the decision {known.decision_id} is in the record, and says something else")
        self.known = known


def new_id() -> str:
    """An id for a decision or a batch."""
    return uuid.uuid4().hex


def now() -> str:
    """The time as a decision records it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Journal:
    """The open record. Use as a context, or close it. Any thread may use it; each call is one transaction.

    Raises sqlite3.DatabaseError where the file is no journal, is of a later version, or cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        # Transactions are begun by hand: a writer takes the write lock before it reads what it builds on.
        self._db = open_durable(path)
        try:
            self._prepare(path)
        except BaseException:
            self._db.close()
            raise

    def _prepare(self, path: Path) -> None:
        # Only the first to open the file needs it for itself: readers wait for no writer.
        if self._version() == 0:
            with self._transaction():
                if self._version() == 0:
                    for statement in statements(SCHEMA):
                        self._db.execute(statement)
                    self._db.execute(f"PRAGMA user_version={_VERSION}")
        if self._version() > _VERSION:
            raise sqlite3.DatabaseError(f"{path} was written by a later version of solieu")

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    def append(self, decision: Decision, seen: int | None = None) -> Decision:
        """Take a decision in; gives it as recorded when it is safe on the disk.

        `seen` is the sequence of the last decision about this fact that the reviewer has seen (0: none):
        where there is a later one, OvertakenError is raised and nothing recorded. A decision that is in the
        record already is given back as it is there; another one of the same id raises ConflictError. Raises
        MalformedError where it lacks something, or undoes what is no decision about the same fact.
        """
        [recorded] = self.append_all([decision], seen)
        return recorded

    def append_all(self, decisions: Sequence[Decision], seen: int | None = None) -> list[Decision]:
        """Take several in, all or none, with one commit; as `append`."""
        for decision in decisions:
            hold_to_form(decision)
        with self._transaction():
            recorded = [self._take(decision, seen) for decision in decisions]
            self._bring_in_step({decision.obs_id for decision in decisions})
        return recorded

    def decision(self, decision_id: str) -> Decision | None:
        """The decision of that id."""
        return next(self._decisions("decision_id = ?", decision_id), None)

    def of_fact(self, obs_id: str) -> tuple[Decision, ...]:
        """The decisions about a fact, in their order."""
        return tuple(self._decisions("obs_id = ?", obs_id))

    def of_document(self, doc_id: str) -> tuple[Decision, ...]:
        """The decisions about facts of a document, in their order."""
        return tuple(self._decisions("doc_id = ?", doc_id))

    def since(self, sequence: int = 0, most: int = -1) -> tuple[Decision, ...]:
        """The decisions after that one, in their order; at most so many."""
        return tuple(self._decisions("sequence > ?", sequence, most=most))

    def all(self) -> Iterator[Decision]:
        """Every decision in its order, some at a time."""
        last = 0
        while some := self.since(last, _AT_ONCE):
            yield from some
            last = some[-1].sequence

    def last_sequence(self) -> int:
        """The place of the last decision; 0 where there is none."""
        with self._lock:
            return int(self._db.execute("SELECT coalesce(max(sequence), 0) FROM decisions").fetchone()[0])

    def of_documents(self, doc_ids: Sequence[str], until: int) -> dict[str, tuple[Decision, ...]]:
        """The decisions up to that place, by document; documents without any are left out."""
        found: dict[str, list[Decision]] = {}
        for start in range(0, len(doc_ids), _AT_ONCE):
            some = doc_ids[start : start + _AT_ONCE]
            where = f"doc_id IN ({', '.join('?' * len(some))}) AND sequence <= ?"
            for decision in self._decisions(where, *some, until):
                found.setdefault(decision.doc_id, []).append(decision)
        return {doc_id: tuple(decisions) for doc_id, decisions in found.items()}

    def marks(self, until: int) -> dict[str, str]:
        """For each document with decisions up to that place the chain of the last: it covers all before."""
        question = (
            "SELECT doc_id, chain FROM decisions WHERE sequence IN"
            " (SELECT max(sequence) FROM decisions WHERE sequence <= ? GROUP BY doc_id)"
        )
        with self._lock:
            return dict(self._db.execute(question, (until,)).fetchall())

    def standing(self, obs_id: str) -> Standing | None:
        """What stands of a fact; None where nobody decided about it."""
        decisions = self.of_fact(obs_id)
        return standing_of(decisions) if decisions else None

    def verify(self) -> list[str]:
        """What is wrong with the record, in words: nothing where it is as it was written."""
        problems = []
        chain, last = "", 0
        with self._transaction("DEFERRED"):
            for decision in self.all():
                if decision.sequence != last + 1:
                    problems.append(f"{decision.sequence - last - 1} decisions are missing after number {last}")
                if decision.chain != link(chain, decision):
                    problems.append(f"number {decision.sequence} ({decision.decision_id}) is not as it was recorded")
                chain, last = decision.chain, decision.sequence
            [given] = self._db.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence").fetchone()
            kept = {tuple(row) for row in self._db.execute(f"SELECT {STANDING_COLUMNS} FROM standing")}
            reckoned = set(self._reckoned())
        if given != last:
            problems.append(f"{given - last} decisions are missing at the end, after number {last}")
        if kept != reckoned:
            problems.append("the table `standing` is not what the decisions come to; rebuild() makes it again")
        return problems

    def rebuild(self) -> None:
        """Make the table `standing` again from the decisions."""
        with self._transaction():
            self._db.execute("DELETE FROM standing")
            self._store(self._reckoned())

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def _take(self, decision: Decision, seen: int | None) -> Decision:
        known = next(self._decisions("decision_id = ?", decision.decision_id), None)
        if known is not None:
            if object_of(known) != object_of(decision):
                raise ConflictError(known)
            return known
        if seen is not None and (
            others := tuple(self._decisions("obs_id = ? AND sequence > ?", decision.obs_id, seen))
        ):
            raise OvertakenError(others)
        if decision.kind is DecisionKind.UNDO:
            undone = next(self._decisions("decision_id = ?", decision.undoes), None)
            if undone is None or undone.obs_id != decision.obs_id:
                raise MalformedError(f"{decision.undoes} is no decision about {decision.obs_id}")
        last = self._db.execute("SELECT chain FROM decisions ORDER BY sequence DESC LIMIT 1").fetchone()
        cells = {**decision_cells(decision), "chain": link(last["chain"] if last else "", decision)}
        cursor = self._db.execute(
            f"INSERT INTO decisions ({', '.join(cells)}) VALUES ({', '.join('?' * len(cells))})", list(cells.values())
        )
        [recorded] = self._decisions("sequence = ?", cursor.lastrowid)
        return recorded

    def _bring_in_step(self, obs_ids: Iterable[str]) -> None:
        self._store(standing_cells(standing_of(self.of_fact(obs_id))) for obs_id in sorted(obs_ids))

    def _reckoned(self) -> Iterator[tuple[Any, ...]]:
        with self._lock:
            obs_ids = [row[0] for row in self._db.execute("SELECT DISTINCT obs_id FROM decisions ORDER BY obs_id")]
        return (standing_cells(standing_of(self.of_fact(obs_id))) for obs_id in obs_ids)

    def _store(self, rows: Iterable[tuple[Any, ...]]) -> None:
        places = ", ".join("?" * len(STANDING_COLUMNS.split(", ")))
        self._db.executemany(f"INSERT OR REPLACE INTO standing ({STANDING_COLUMNS}) VALUES ({places})", rows)

    def _decisions(self, where: str, *values: object, most: int = -1) -> Iterator[Decision]:
        question = f"SELECT * FROM decisions WHERE {where} ORDER BY sequence LIMIT ?"
        with self._lock:
            rows = self._db.execute(question, (*values, most)).fetchall()
        return map(decision_of, rows)

    @contextmanager
    def _transaction(self, kind: str = "IMMEDIATE") -> Iterator[None]:
        """One view of the record; an IMMEDIATE one is alone in writing."""
        with self._lock:
            self._db.execute(f"BEGIN {kind}")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
