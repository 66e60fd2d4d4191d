"""What stands before every page: who may ask, what may be asked, and what a browser may do with the answer."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

READING = frozenset({"GET", "HEAD"})
WRITING = READING | {"POST"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Guard:
    """Refuses hosts that are not named (a page elsewhere that points its own name here) and all that would write.

    `names` are host names without port, beside those of this machine; "*" admits all. What is below a folder of
    `writing` admits POST, everything else is read only.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str] = (), writing: tuple[str, ...] = ()) -> None:
        self._app = app
        self._names = LOCAL_NAMES | {name.lower() for name in names}
        self._writing = tuple(f"{folder}/" for folder in writing)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(message, HEADERS)
            await send(message)

        if not self._admits(_host(scope)):
            answer = PlainTextResponse("This host name is not served here. See solieu serve --help, --name.", 421)
            await answer(scope, receive, sending)
        elif scope["method"] not in (methods := self._methods(scope["path"])):
            answer = PlainTextResponse("Read-only.", 405, {"allow": ", ".join(sorted(methods))})
            await answer(scope, receive, sending)
        else:
            # A server sends no body in answer to HEAD; pages need not know of it.
            scope = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
            await self._app(scope, receive, sending)

    def _methods(self, path: str) -> frozenset[str]:
        return WRITING if self._writing and path.startswith(self._writing) else READING

    def _admits(self, host: str) -> bool:
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        return "*" in self._names or name in self._names


def _host(scope: Scope) -> str:
    return next((value.decode("latin-1").lower() for key, value in scope["headers"] if key == b"host"), "")


def _add(message: MutableMapping[str, Any], headers: dict[str, str]) -> None:
    there = {key.lower() for key, _ in message["headers"]}
    message["headers"] = [
        *message["headers"],
        *((key.encode(), value.encode()) for key, value in headers.items() if key.encode() not in there),
    ]
