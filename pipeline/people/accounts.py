"""The users: who they are and which role each has."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from pipeline.people import passwords
from pipeline.people.database import Database
from pipeline.people.events import Event, log
from pipeline.people.person import Person, Role, clean_name, folded


class AccountError(ValueError):
    """It cannot be done to this user; `key` names why, the message says it."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True, slots=True)
class Account:
    """A user as administrators see them. Without a password one comes in by way of a proxy only."""

    name: str
    role: Role
    has_password: bool
    made: str
    seen: float | None


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, and from which address; the command line has none."""

    name: str
    address: str = ""


class Accounts:
    """The users of a dataset. Each change is logged in the same transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def any(self) -> bool:
        with self._database.reading() as db:
            return db.execute("SELECT 1 FROM users").fetchone() is not None

    def all(self) -> list[Account]:
        """Every user, by name."""
        query = (
            "SELECT name, role, password IS NOT NULL, made, (SELECT max(seen) FROM sessions"
            " WHERE sessions.folded = users.folded) FROM users ORDER BY folded"
        )
        with self._database.reading() as db:
            return [Account(row[0], Role(row[1]), bool(row[2]), row[3], row[4]) for row in db.execute(query)]

    def person(self, name: str) -> Person | None:
        """The user of this name; upper and lower case are the same."""
        with self._database.reading() as db:
            row = db.execute("SELECT name, role FROM users WHERE folded = ?", (folded(name),)).fetchone()
        return Person(row["name"], Role(row["role"])) if row else None

    def add(self, name: str, role: Role, password: str | None, by: By) -> Person:
        """A new user. Raises AccountError, WrongNameError or WeakPasswordError."""
        name = clean_name(name)
        kept = None if password is None else passwords.hashed(password, name)
        with self._database.writing() as db:
            try:
                db.execute(
                    "INSERT INTO users VALUES (?, ?, ?, ?, ?)", (folded(name), name, role, kept, self._database.now())
                )
            except sqlite3.IntegrityError:
                raise AccountError("taken", f"there is a user named {name} already") from None
            self._log(db, by, "added", f"{name}: {role}")
        return Person(name, role)

    def set_role(self, name: str, role: Role, by: By) -> None:
        """Raises AccountError: there is no such user, or it would take the last administrator away."""
        with self._database.writing() as db:
            person = self._known(db, name)
            if role is not Role.ADMINISTRATOR:
                self._another_administrator(db, person)
            db.execute("UPDATE users SET role = ? WHERE folded = ?", (role, folded(name)))
            self._log(db, by, "role", f"{person.name}: {person.role} → {role}")

    def set_password(self, name: str, password: str, by: By) -> None:
        """A new password; every session of the user ends. Raises AccountError or WeakPasswordError."""
        kept = passwords.hashed(password, clean_name(name))
        with self._database.writing() as db:
            person = self._known(db, name)
            db.execute("UPDATE users SET password = ? WHERE folded = ?", (kept, folded(name)))
            db.execute("DELETE FROM sessions WHERE folded = ?", (folded(name),))
            self._log(db, by, "password", person.name)

    def remove(self, name: str, by: By) -> None:
        """The user and their sessions; their decisions stay. Raises AccountError as `set_role`."""
        with self._database.writing() as db:
            person = self._known(db, name)
            self._another_administrator(db, person)
            db.execute("DELETE FROM users WHERE folded = ?", (folded(name),))
            self._log(db, by, "removed", person.name)

    def knows(self, name: str, password: str) -> Person | None:
        """The user whom name and password belong to. Takes as long where there is no such user."""
        with self._database.reading() as db:
            row = db.execute("SELECT name, role, password FROM users WHERE folded = ?", (folded(name),)).fetchone()
        right = passwords.matches(row["password"] if row else None, password)
        return Person(row["name"], Role(row["role"])) if right else None

    def _log(self, db: sqlite3.Connection, by: By, what: str, about: str) -> None:
        log(db, Event(self._database.now(), by.name, what, about, by.address))

    @staticmethod
    def _known(db: sqlite3.Connection, name: str) -> Person:
        row = db.execute("SELECT name, role FROM users WHERE folded = ?", (folded(name),)).fetchone()
        if row is None:
            raise AccountError("unknown", f"there is no user named {name}")
        return Person(row["name"], Role(row["role"]))

    @staticmethod
    def _another_administrator(db: sqlite3.Connection, person: Person) -> None:
        query = "SELECT count(*) FROM users WHERE role = ?"
        if person.role is Role.ADMINISTRATOR and db.execute(query, (Role.ADMINISTRATOR,)).fetchone()[0] == 1:
            raise AccountError("last", f"{person.name} is the last administrator")
