"""A server's people for tests: who they are, and a client that behaves as a browser does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi.testclient import TestClient

from pipeline.people.accounts import By
from pipeline.people.database import Database
from pipeline.people.person import Role
from pipeline.web.app import create_app
from pipeline.web.archive import Archive
from pipeline.web.people.doors import Doors, People

if TYPE_CHECKING:
    from httpx import Response

BASE = "http://127.0.0.1:8765"
PASSWORDS = {role: f"mật khẩu của {role}" for role in Role}


@dataclass
class Browser:
    """Requests with cookies, and forms with the token of the page that they stand on."""

    client: TestClient

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(path, headers={"accept": "text/html", **_dashed(headers)})

    def token(self, page: str = "/review/login") -> str:
        found = re.search(r'<meta name="csrf" content="([0-9a-f]{64})">', self.get(page).text)
        assert found
        return found[1]

    def post(self, path: str, fields: Mapping[str, str], page: str = "/review/login", **headers: str) -> Response:
        """Send a form that stands on `page`, as browsers do."""
        sent = {"csrf": self.token(page), **fields}
        told = {"accept": "text/html", "origin": BASE, "sec-fetch-site": "same-origin", **_dashed(headers)}
        return self.client.post(path, data=sent, headers=told)

    def log_in(self, role: Role, **fields: str) -> Response:
        return self.post("/review/login", {"name": f"Cô {role}", "password": PASSWORDS[role], **fields})


def _dashed(headers: Mapping[str, str]) -> dict[str, str]:
    return {key.replace("_", "-"): value for key, value in headers.items()}


def with_users(folder: Path) -> People:
    """A user of every role, "Cô viewer" and so on."""
    people = People(Database(folder))
    for role in Role:
        people.accounts.add(f"Cô {role}", role, PASSWORDS[role], By("test"))
    return people


def browser(dataset: Path, doors: Doors, address: str = "127.0.0.1") -> Browser:
    """A browser at `address` and a server over a dataset with these doors."""
    app = create_app(Archive(dataset), doors=doors)
    return Browser(TestClient(app, base_url=BASE, follow_redirects=False, client=(address, 50000)))
