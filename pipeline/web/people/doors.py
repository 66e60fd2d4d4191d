"""How people come in: by the name they give, by a password, or by the word of a proxy."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TypeAlias

from starlette.datastructures import Headers
from starlette.types import Scope

from pipeline.people.accounts import Accounts
from pipeline.people.database import Database
from pipeline.people.events import Events
from pipeline.people.person import Person, Role
from pipeline.people.sessions import Sessions
from pipeline.people.throttle import Throttle

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


class People:
    """All that is kept about the people of a dataset."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.accounts = Accounts(database)
        self.sessions = Sessions(database)
        self.throttle = Throttle(database)
        self.events = Events(database)
        self._came: set[tuple[str, str]] = set()

    def came(self, person: Person, address: str) -> None:
        """Log that a proxy has let somebody in: once a day, as such visits have no beginning."""
        visit = (person.name, self.database.now()[:10])
        if visit not in self._came:
            self._came.add(visit)
            self.events.add(person.name, "login", "proxy", address)


@dataclass(frozen=True, slots=True)
class Doors:
    """Who may come in, and how.

    people: users with passwords; None where the server is for this machine alone: then whoever is at it is
    trusted and says under which name they review, or always reviews as `reviewer`. proxies: whose word is
    taken on the address and the encryption of a request and, in `header`, on who sends it. open_reading: the
    dataset can be read without logging in, only the review asks for it. read_only: there is no review.
    """

    people: People | None = None
    reviewer: str | None = None
    header: str | None = None
    proxies: tuple[Network, ...] = field(default=())
    open_reading: bool = False
    read_only: bool = False

    def is_proxy(self, scope: Scope) -> bool:
        """Whether the machine that connected is one whose word is taken."""
        try:
            address = ipaddress.ip_address(scope["client"][0] if scope.get("client") else "")
        except ValueError:
            return False
        return any(address in network for network in self.proxies)

    def address(self, scope: Scope, headers: Headers) -> str:
        """Where a request comes from: the machine that connected, or whom a trusted proxy names last."""
        named = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if named and self.is_proxy(scope):
            return named[:60]
        return scope["client"][0] if scope.get("client") else ""

    def is_encrypted(self, scope: Scope, headers: Headers) -> bool:
        """Whether the browser speaks https."""
        told = headers.get("x-forwarded-proto") if self.is_proxy(scope) else None
        return (told or scope.get("scheme")) == "https"

    def person(self, scope: Scope, headers: Headers, token: str, given_name: str | None) -> Person | None:
        """Who sends a request: its session's user, whom the proxy names, or, on this machine, the name given."""
        if self.people is None:
            name = None if any(header in headers for header in _FORWARDED) else self.reviewer or given_name
            return Person(name, Role.ADMINISTRATOR) if name else None
        if self.header is not None and self.is_proxy(scope):
            named = headers.getlist(self.header)
            if len(named) == 1 and (person := self.people.accounts.person(_utf8(named[0]))):
                self.people.came(person, self.address(scope, headers))
                return person
        return self.people.sessions.person(token) if token else None


_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""Headers of proxies. Who comes through one is not at this machine, whatever address connects."""


def _utf8(header: str) -> str:
    """A header's text: servers hand it over as Latin-1, proxies send UTF-8."""
    try:
        return header.encode("latin-1").decode("utf-8").strip()
    except UnicodeDecodeError:
        return header.strip()
