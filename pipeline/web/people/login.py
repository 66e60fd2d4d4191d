"""Logging in and out; at this machine alone, saying under which name one reviews; and a password of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException
from starlette.responses import RedirectResponse, Response

from pipeline.people.accounts import By
from pipeline.people.passwords import SHORTEST, WeakPasswordError
from pipeline.people.person import LONGEST_NAME, Person, WrongNameError, clean_name
from pipeline.people.sessions import new_token
from pipeline.people.throttle import WINDOW
from pipeline.web.people.doors import Doors, People
from pipeline.web.people.gate import LOGIN, LOGOUT, PASSWORD, REVIEW, cookies_of, name_cookie, token_cookie
from pipeline.web.people.visit import Reviewing, Sent
from pipeline.web.view import View, Viewing

router = APIRouter()


@router.get(LOGIN)
def login(view: Viewing) -> Response:
    return _form(view, "")


@router.post(LOGIN)
def log_in(view: Viewing, sent: Sent) -> Response:
    """Let somebody in who says who they are; what they wanted to see comes next."""
    doors: Doors = view.request.app.state.doors
    return _by_name(view, sent.get("name", "")) if doors.people is None else _by_password(view, doors.people, sent)


@router.post(LOGOUT)
def log_out(view: Viewing) -> Response:
    doors: Doors = view.request.app.state.doors
    visit, cookies = view.visit, cookies_of(view.request)
    if doors.people is not None and visit.person is not None:
        doors.people.sessions.end(visit.token)
        doors.people.events.add(visit.person.name, "logout", address=visit.address)
    answer = RedirectResponse(LOGIN, HTTPStatus.SEE_OTHER)
    answer.headers.append("set-cookie", token_cookie(cookies, visit, new_token()))
    answer.headers.append("set-cookie", name_cookie(cookies, ""))
    return answer


@router.get(PASSWORD)
def password(view: Viewing, who: Reviewing) -> Response:
    return _password_form(view, "")


@router.post(PASSWORD)
def change_password(view: Viewing, who: Reviewing, sent: Sent) -> Response:
    """A new password, for who knows the old one. All sessions end; this browser gets a new one."""
    doors: Doors = view.request.app.state.doors
    if doors.people is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    person, wrong = _checked(doors.people, who.name, view.visit.address, sent)
    if person is None:
        return _password_form(view, wrong, HTTPStatus.BAD_REQUEST)
    answer = view.answer("people/password.html", wrong="", done=True, shortest=SHORTEST)
    token = doors.people.sessions.begin(person)
    answer.headers.append("set-cookie", token_cookie(cookies_of(view.request), view.visit, token))
    return answer


def _checked(people: People, name: str, address: str, sent: Mapping[str, str]) -> tuple[Person | None, str]:
    """Whose password was changed; or nobody, and what is wrong."""
    if not people.throttle.admits(name, address):
        return None, "throttled"
    person = people.accounts.knows(name, sent.get("old", ""))
    if person is None:
        return None, "old"
    people.throttle.forget(name, address)
    if sent.get("new", "") != sent.get("again", ""):
        return None, "differ"
    try:
        people.accounts.set_password(name, sent.get("new", ""), By(name, address))
    except WeakPasswordError:
        return None, "weak"
    return person, ""


def local(address: str) -> str:
    """An address of this site to go on to; where it leads elsewhere, the review."""
    parts = urlsplit(address)
    fits = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if fits and not parts.scheme and not parts.netloc else REVIEW


def _by_name(view: View, given: str) -> Response:
    try:
        name = clean_name(given)
    except WrongNameError:
        return _form(view, "name", HTTPStatus.BAD_REQUEST)
    answer = _onward(view)
    answer.headers.append("set-cookie", name_cookie(cookies_of(view.request), name))
    return answer


def _by_password(view: View, people: People, sent: Mapping[str, str]) -> Response:
    visit, given = view.visit, sent.get("name", "").strip()
    if not people.throttle.admits(given, visit.address):
        people.events.add(given[:LONGEST_NAME], "throttled", address=visit.address)
        answer = _form(view, "throttled", HTTPStatus.TOO_MANY_REQUESTS)
        answer.headers["retry-after"] = str(int(WINDOW))
        return answer
    person = people.accounts.knows(given, sent.get("password", ""))
    if person is None:
        people.events.add(given[:LONGEST_NAME], "refused", address=visit.address)
        return _form(view, "wrong", HTTPStatus.FORBIDDEN)
    people.throttle.forget(given, visit.address)
    people.sessions.end(visit.token)
    people.events.add(person.name, "login", address=visit.address)
    answer = _onward(view)
    answer.headers.append("set-cookie", token_cookie(cookies_of(view.request), visit, people.sessions.begin(person)))
    return answer


def _onward(view: View) -> Response:
    return RedirectResponse(local(view.visit.form.get("next", "")), HTTPStatus.SEE_OTHER)


def _password_form(view: View, wrong: str, status: int = 200) -> Response:
    return view.answer("people/password.html", status=status, wrong=wrong, done=False, shortest=SHORTEST)


def _form(view: View, wrong: str, status: int = 200) -> Response:
    onward = view.visit.form.get("next") or view.asked("next")
    return view.answer(
        "people/login.html", status=status, wrong=wrong, onward=local(onward), given=view.visit.form.get("name", ""),
        longest=LONGEST_NAME, minutes=int(WINDOW // 60),
    )  # fmt: skip
