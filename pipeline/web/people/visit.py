"""What a page knows of who is at the browser, and what it may demand of them.

    @router.post("/review/decide")
    def decide(who: Deciding, sent: Sent) -> Response: ...

The gate has looked at origin, token and session before. `Reviewing` lets everybody in who is known, `Deciding`
those who may decide, `Administering` administrators; others get 403.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.types import Scope

from pipeline.people.person import Person
from pipeline.people.sessions import csrf_token


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: who sends it (None: not known), its browser's token, what a form of it says, and whence."""

    person: Person | None
    token: str
    form: Mapping[str, str]
    address: str
    secure: bool
    local: bool

    @property
    def csrf(self) -> str:
        """What a form bears, in the field `csrf` or the header X-CSRF-Token."""
        return csrf_token(self.token)


NOBODY = Visit(None, "", {}, "", secure=False, local=False)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who is at the browser: name, role, and what their forms bear."""

    name: str
    role: str
    csrf: str
    may_decide: bool
    may_administer: bool


def reader(scope: Scope) -> str:
    """Who asks, as a text that changes with them."""
    visit: Visit = scope["state"]["visit"]
    return f"{visit.person.name} {visit.person.role}" if visit.person else ""


def visit_of(request: Request) -> Visit:
    """The visit that the gate has noted; where it let a request pass unseen (static files), nobody's."""
    visit: Visit = getattr(request.state, "visit", NOBODY)
    return visit


def reviewer_of(request: Request) -> Reviewer | None:
    """Who is at the browser; None where that is not known."""
    visit = visit_of(request)
    if (person := visit.person) is None:
        return None
    return Reviewer(person.name, person.role.value, visit.csrf, person.role.may_decide, person.role.may_administer)


def _reviewing(request: Request) -> Reviewer:
    reviewer = reviewer_of(request)
    if reviewer is None:
        raise HTTPException(401, "Log in first.")
    return reviewer


def _deciding(request: Request) -> Reviewer:
    reviewer = _reviewing(request)
    if not reviewer.may_decide:
        raise HTTPException(403, "A viewer decides nothing.")
    return reviewer


def _administering(request: Request) -> Reviewer:
    reviewer = _reviewing(request)
    if not reviewer.may_administer:
        raise HTTPException(403, "This is for administrators.")
    return reviewer


def _sent(request: Request) -> Mapping[str, str]:
    return visit_of(request).form


Reviewing = Annotated[Reviewer, Depends(_reviewing)]
Deciding = Annotated[Reviewer, Depends(_deciding)]
Administering = Annotated[Reviewer, Depends(_administering)]
Sent = Annotated[Mapping[str, str], Depends(_sent)]
"""The fields of the form that was sent, each with its last value."""
