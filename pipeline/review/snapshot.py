"""The record as it stands at one moment, which a run works with whatever is decided meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.model.review import Decision
from pipeline.review.journal import JOURNAL_NAME, Journal


class RecordError(Exception):
    """A record that cannot be read: its file, and why."""

    def __init__(self, path: Path, problem: sqlite3.DatabaseError) -> None:
        super().__init__(f"the record of reviews {path} cannot be used: {problem}")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The decisions up to one place of the record: for each document a mark that covers all of them."""

    path: Path | None
    until: int
    marks: Mapping[str, str]

    def decisions(self, doc_ids: Sequence[str]) -> dict[str, tuple[Decision, ...]]:
        """The decisions about facts of these documents, by document."""
        wanted = [doc_id for doc_id in doc_ids if doc_id in self.marks]
        if self.path is None or not wanted:
            return {}
        with Journal(self.path) as journal:
            return journal.of_documents(wanted, self.until)


def snapshot_of(dataset: Path) -> Snapshot:
    """What is decided about a dataset at this moment; no record is made where there is none.

    Raises RecordError.
    """
    path = dataset / JOURNAL_NAME
    if not path.exists():
        return Snapshot(None, 0, {})
    try:
        with Journal(path) as journal:
            until = journal.last_sequence()
            return Snapshot(path, until, journal.marks(until))
    except sqlite3.DatabaseError as problem:
        raise RecordError(path, problem) from problem
