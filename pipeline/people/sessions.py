"""Sessions: after a login the browser holds a random token, the file only its hash.

Who reads the file cannot take over a session with it. A token is made new at every login, so one that was
planted in a browser before is worth nothing after it (session fixation).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from pipeline.people.database import Database
from pipeline.people.person import Person, Role, folded

IDLE = 12 * 3600.0
"""Seconds without a request after which a session is over: a working day's pause."""
LONGEST = 7 * 24 * 3600.0
"""Seconds after which one logs in again in any case."""
_SEEN_EVERY = 300.0
"""Seconds between two notes that a session is still in use."""


def new_token() -> str:
    """A name that nobody can guess: 256 random bits."""
    return secrets.token_urlsafe(32)


def csrf_token(token: str) -> str:
    """What forms of this browser bear. Follows from its token and cannot be made without it."""
    return hmac.new(token.encode(), b"solieu form", hashlib.sha256).hexdigest()


def is_csrf_token(given: str, token: str) -> bool:
    """Whether what a form bears is its browser's. Takes the same time whatever is wrong."""
    return hmac.compare_digest(given.encode(), csrf_token(token).encode())


class Sessions:
    """The sessions of a dataset's users."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, person: Person) -> str:
        """A new session; gives its token. Old ones that are over are forgotten."""
        token, now = new_token(), self._database.clock().timestamp()
        with self._database.writing() as db:
            db.execute("DELETE FROM sessions WHERE seen < ? OR begun < ?", (now - IDLE, now - LONGEST))
            db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (_hash(token), folded(person.name), now, now))
        return token

    def person(self, token: str) -> Person | None:
        """Whose session this is, with the role they have now; None where it is over or never was."""
        now = self._database.clock().timestamp()
        query = (
            "SELECT name, role, seen FROM sessions JOIN users USING (folded)"
            " WHERE token_hash = ? AND seen >= ? AND begun >= ?"
        )
        with self._database.reading() as db:
            row = db.execute(query, (_hash(token), now - IDLE, now - LONGEST)).fetchone()
        if row is None:
            return None
        if now - row["seen"] > _SEEN_EVERY:
            with self._database.writing() as db:
                db.execute("UPDATE sessions SET seen = ? WHERE token_hash = ?", (now, _hash(token)))
        return Person(row["name"], Role(row["role"]))

    def end(self, token: str) -> None:
        with self._database.writing() as db:
            db.execute("DELETE FROM sessions WHERE token_hash = ?", (_hash(token),))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
