"""The gate: every request passes it once. It finds out who sends it and refuses what must not be done.

A POST is refused unless it comes from a page of this site (Origin, Sec-Fetch-Site), bears its browser's token,
and is sent by somebody who may decide. No page has to remember that; a page demands more with `Administering`.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.people.person import WrongNameError, clean_name
from pipeline.people.sessions import is_csrf_token, new_token
from pipeline.web.people.doors import Doors
from pipeline.web.people.visit import Visit, visit_of

REVIEW = "/review"
LOGIN = f"{REVIEW}/login"
LOGOUT = f"{REVIEW}/logout"
PASSWORD = f"{REVIEW}/password"
FOR_EVERYBODY = frozenset({LOGIN, LOGOUT, PASSWORD})
"""What may be posted without a role that decides."""
LARGEST = 1 << 20
"""Bytes of what is sent."""
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Cookies:
    """The names of the two cookies. Browsers send cookies to all ports of a machine: the port is in the name."""

    token: str
    name: str

    @classmethod
    def of(cls, host: str, secure: bool) -> Cookies:
        """`host` as the browser names it; `__Host-` makes the browser hold that no other host has set it."""
        port = urlsplit(f"//{host}").port if _is_address(host) else None
        end = f"-{port}" if port else ""
        return cls(f"{'__Host-' if secure else ''}solieu{end}", f"solieu-name{end}")


class Gate:
    """Stands between the guard, which admits hosts and methods, and the pages."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(("/static/", "/health")):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        secure = self._doors.is_encrypted(scope, headers)
        cookies = Cookies.of(headers.get("host", ""), secure)
        sent = cookie_parser(headers.get("cookie", ""))
        token = sent.get(cookies.token, "")
        posted = scope["method"] == "POST"
        body = b""
        if posted:
            read = await _read(receive)
            if read is None:
                await self._refuse(scope, headers, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, receive, send)
                return
            body, receive = read, _replay(read, receive)
        visit = Visit(
            person=self._doors.person(scope, headers, token, _name(sent.get(cookies.name, ""))),
            token=token or new_token(),
            form=_form(headers, body),
            address=self._doors.address(scope, headers),
            secure=secure,
            local=self._doors.people is None,
        )
        scope.setdefault("state", {})["visit"] = visit

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                if not token and _html(message):
                    message["headers"] = [*message["headers"], (b"set-cookie", token_cookie(cookies, visit).encode())]
                if scope["path"].startswith(REVIEW):
                    message["headers"] = [*message["headers"], (b"cache-control", b"no-store")]
            await send(message)

        if posted and not (_same_site(headers) and token and _bears_token(headers, visit)):
            await self._refuse(scope, headers, HTTPStatus.FORBIDDEN, receive, sending)
        elif visit.person is None and not self._is_open(scope["path"]):
            await self._ask(scope, headers, receive, sending)
        elif posted and scope["path"] not in FOR_EVERYBODY and not (visit.person and visit.person.role.may_decide):
            await self._refuse(scope, headers, HTTPStatus.FORBIDDEN, receive, sending)
        else:
            await self._app(scope, receive, sending)

    def _is_open(self, path: str) -> bool:
        """Whether a path is for everybody, also for those who are not known."""
        if path in (LOGIN, LOGOUT):
            return True
        return not path.startswith(REVIEW) and (
            self._doors.people is None or self._doors.open_reading or self._doors.read_only
        )

    async def _ask(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        """Send to where one logs in; afterwards one comes back."""
        answer: Response
        back = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        there = f"{LOGIN}?{urlencode({'next': back})}"
        if "hx-request" in headers:
            answer = Response(headers={"hx-redirect": there})
        elif scope["method"] == "POST" or _wants_data(scope, headers):
            answer = JSONResponse({"detail": "Log in first."}, HTTPStatus.UNAUTHORIZED)
        else:
            answer = RedirectResponse(there, HTTPStatus.SEE_OTHER)
        await answer(scope, receive, send)

    async def _refuse(self, scope: Scope, headers: Headers, status: HTTPStatus, receive: Receive, send: Send) -> None:
        if _wants_data(scope, headers):
            answer: Response = JSONResponse({"detail": _WHY[status]}, status)
        else:
            from pipeline.web.pages import problem_page

            answer = await run_in_threadpool(problem_page, Request(scope), status)
        await answer(scope, receive, send)


_WHY = {
    HTTPStatus.FORBIDDEN: "Refused: not sent from a page of this site, its form is old, or your role may not do it."
    " Load the page again.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: f"More than {LARGEST} bytes were sent.",
}


def token_cookie(cookies: Cookies, visit: Visit, token: str | None = None) -> str:
    """The cookie with the browser's token: for requests alone (no script reads it), gone with the browser."""
    parts = [f"{cookies.token}={token or visit.token}", "Path=/", "HttpOnly", "SameSite=Lax"]
    return "; ".join([*parts, "Secure"] if visit.secure else parts)


def name_cookie(cookies: Cookies, name: str) -> str:
    """The cookie with the name that somebody at this machine has given; an empty one takes it away."""
    age = _YEAR if name else 0
    return f"{cookies.name}={quote(name)}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}"


def cookies_of(request: Request) -> Cookies:
    """The names of the cookies at this browser."""
    return Cookies.of(request.headers.get("host", ""), visit_of(request).secure)


async def _read(receive: Receive) -> bytes | None:
    """The body of a request; None where it is larger than allowed."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST:
            return None
        if not message.get("more_body"):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """What was read, once more; then whatever comes after it."""
    given = False

    async def replaying() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replaying


def _form(headers: Headers, body: bytes) -> dict[str, str]:
    if headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        return {}
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=1000))
    except ValueError:
        return {}


def _same_site(headers: Headers) -> bool:
    """Whether the browser says that a page of this very site sends the request. Programs say nothing."""
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _bears_token(headers: Headers, visit: Visit) -> bool:
    return is_csrf_token(headers.get("x-csrf-token") or visit.form.get("csrf", ""), visit.token)


def _wants_data(scope: Scope, headers: Headers) -> bool:
    """Whether a program or a script asks, not a browser that shows the answer as a page."""
    return scope["path"].startswith("/api/") or "text/html" not in headers.get("accept", "")


def _html(message: Message) -> bool:
    return any(key == b"content-type" and value.startswith(b"text/html") for key, value in message["headers"])


def _name(cookie: str) -> str | None:
    try:
        return clean_name(unquote(cookie)) if cookie else None
    except WrongNameError:
        return None


def _is_address(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").port is not None
    except ValueError:
        return False
