"""Answers that a browser or an analyst's script already has are not made again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HERE = Path(__file__).parent


@cache
def program_version() -> str:
    """A hash of everything that pages are made with; also names the static files' version."""
    digest = hashlib.sha256()
    for file in sorted(_HERE.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(file.name.encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


class Freshness:
    """An ETag for every good answer, out of the dataset's content, the program and the reader's language and name.

    `key` gives the content's name, `reader` who asks. What is asked for is a part of the address, and so of the
    browser's cache. `changing` are folders of pages that change with every decision: they are always made anew.
    """

    def __init__(
        self, app: ASGIApp, key: Callable[[], str], reader: Callable[[Scope], str], changing: tuple[str, ...]
    ) -> None:
        self._app = app
        self._key = key
        self._reader = reader
        self._always = ("/static/", "/health", *changing)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(self._always):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        reader = hashlib.sha256(f"{headers.get('cookie', '')}\0{self._reader(scope)}".encode()).hexdigest()[:6]
        tag = f'"{self._key()[:16]}-{program_version()}-{reader}"'
        if tag in (known.strip().removeprefix("W/") for known in headers.get("if-none-match", "").split(",")):
            await Response(status_code=304, headers={"etag": tag, "vary": "cookie"})(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                answer = MutableHeaders(scope=message)
                answer.setdefault("etag", tag)
                answer.setdefault("cache-control", "private, no-cache")
                answer.add_vary_header("cookie")
            await send(message)

        await self._app(scope, receive, sending)
