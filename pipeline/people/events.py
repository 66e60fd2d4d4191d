"""The log of the people: who logged in, was added, was given another role. Rows are only ever added."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from pipeline.people.database import Database

WHAT = (
    "login", "refused", "throttled", "logout", "added", "role", "password", "removed", "assigned", "released",
    "sampled", "double",
)  # fmt: skip
"""What can happen."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `who` did it; `about` says to whom or to what; `address` is whence, if by the web."""

    at: str
    who: str
    what: str
    about: str = ""
    address: str = ""


def log(db: sqlite3.Connection, event: Event) -> None:
    """Add an event in the transaction that is open."""
    db.execute(
        "INSERT INTO events (at, who, what, about, address) VALUES (?, ?, ?, ?, ?)",
        (event.at, event.who, event.what, event.about, event.address),
    )


class Events:
    """The log of a dataset's people."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, who: str, what: str, about: str = "", address: str = "") -> None:
        with self._database.writing() as db:
            log(db, Event(self._database.now(), who, what, about, address))

    def all(self) -> list[Event]:
        """Every event, the newest first."""
        query = "SELECT at, who, what, about, address FROM events ORDER BY event_id DESC"
        with self._database.reading() as db:
            return [Event(*row) for row in db.execute(query)]
