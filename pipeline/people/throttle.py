"""How often one may try to log in: guessing is slow, and nobody is locked out by a stranger's guesses for long."""

from __future__ import annotations

from pipeline.people.database import Database
from pipeline.people.person import folded

WINDOW = 15 * 60.0
"""Seconds that an attempt counts."""
PER_NAME_AND_ADDRESS = 5
PER_ADDRESS = 30
PER_NAME = 50
"""Attempts within the window. The last one holds against guessing from many addresses at once."""


class Throttle:
    """The attempts to log in. They are kept in the file: a restart of the server forgets none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def admits(self, name: str, address: str) -> bool:
        """Count an attempt, unless there were too many; before the password is looked at, so that none slips by."""
        now = self._database.clock().timestamp()
        limits = {_both(name, address): PER_NAME_AND_ADDRESS, _from(address): PER_ADDRESS, _of(name): PER_NAME}
        with self._database.writing() as db:
            db.execute("DELETE FROM attempts WHERE at < ?", (now - WINDOW,))
            for source, limit in limits.items():
                if db.execute("SELECT count(*) FROM attempts WHERE source = ?", (source,)).fetchone()[0] >= limit:
                    return False
            db.executemany("INSERT INTO attempts VALUES (?, ?)", [(source, now) for source in limits])
        return True

    def forget(self, name: str, address: str) -> None:
        """The password was right: this attempt does not count, nor do earlier slips of that name from there.

        So an office that comes from one address can log in as a whole.
        """
        last = "SELECT rowid FROM attempts WHERE source = ? ORDER BY at DESC LIMIT 1"
        with self._database.writing() as db:
            db.execute("DELETE FROM attempts WHERE source = ?", (_both(name, address),))
            for source in (_from(address), _of(name)):
                db.execute(f"DELETE FROM attempts WHERE rowid IN ({last})", (source,))


def _both(name: str, address: str) -> str:
    return f"{_of(name)} from {address}"


def _from(address: str) -> str:
    return f"from {address}"


def _of(name: str) -> str:
    return f"as {folded(name)[:100]}"
