"""The people of a server, for administrators: who they are, their roles, new ones, and those who leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import APIRouter, HTTPException
from starlette.responses import RedirectResponse, Response

from pipeline.people.accounts import AccountError, By
from pipeline.people.passwords import SHORTEST, WeakPasswordError
from pipeline.people.person import LONGEST_NAME, Role, WrongNameError
from pipeline.web.people.doors import Doors, People
from pipeline.web.people.visit import Administering, Sent
from pipeline.web.tabular import Tabular
from pipeline.web.view import View, Viewing

router = APIRouter()

_PEOPLE = "/review/people"
_CHANGED = ("added", "role", "password", "removed")
"""What can have been done, as the address of the page says it afterwards."""


@router.get(_PEOPLE)
def people(view: Viewing, who: Administering) -> Response:
    return _page(view)


@router.post(f"{_PEOPLE}/add")
def add(view: Viewing, who: Administering, sent: Sent) -> Response:
    def change(people: People, by: By) -> None:
        people.accounts.add(sent.get("name", ""), _role(sent), sent.get("password") or None, by)

    return _change(view, who.name, change, "added", sent)


@router.post(f"{_PEOPLE}/role")
def change_role(view: Viewing, who: Administering, sent: Sent) -> Response:
    def change(people: People, by: By) -> None:
        people.accounts.set_role(sent.get("name", ""), _role(sent), by)

    return _change(view, who.name, change, "role", sent)


@router.post(f"{_PEOPLE}/password")
def change_password(view: Viewing, who: Administering, sent: Sent) -> Response:
    def change(people: People, by: By) -> None:
        people.accounts.set_password(sent.get("name", ""), sent.get("password", ""), by)

    return _change(view, who.name, change, "password", sent)


@router.post(f"{_PEOPLE}/remove")
def remove(view: Viewing, who: Administering, sent: Sent) -> Response:
    def change(people: People, by: By) -> None:
        people.accounts.remove(sent.get("name", ""), by)

    return _change(view, who.name, change, "removed", sent)


def _change(view: View, who: str, change: Callable[[People, By], None], done: str, sent: Mapping[str, str]) -> Response:
    """Carry a change out and show the page; where it cannot be done, with the reason and what was typed."""
    doors: Doors = view.request.app.state.doors
    if doors.people is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    try:
        change(doors.people, By(who, view.visit.address))
    except AccountError as problem:
        return _page(view, problem.key, sent)
    except WrongNameError:
        return _page(view, "name", sent)
    except WeakPasswordError:
        return _page(view, "weak", sent)
    return RedirectResponse(f"{_PEOPLE}?done={done}", HTTPStatus.SEE_OTHER)


def _role(sent: Mapping[str, str]) -> Role:
    try:
        return Role(sent.get("role", ""))
    except ValueError:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "There is no such role.") from None


def _page(view: View, wrong: str = "", sent: Mapping[str, str] | None = None) -> Response:
    doors: Doors = view.request.app.state.doors
    accounts = doors.people.accounts.all() if doors.people else []
    seen = {one.name: datetime.fromtimestamp(one.seen, UTC).isoformat() for one in accounts if one.seen}
    rows = [(one.name, one.role.value, int(one.has_password), one.made, seen.get(one.name)) for one in accounts]
    table = Tabular("people", ("name", "role", "has_password", "made", "seen"), rows)
    done = view.asked("done")
    return view.answer(
        "people/directory.html", table, status=HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK, accounts=accounts,
        seen=seen, wrong=wrong, done=done if done in _CHANGED else "", given=(sent or {}) if wrong else {},
        roles=list(Role), longest=LONGEST_NAME, shortest=SHORTEST, by_proxy=doors.header is not None,
    )  # fmt: skip
