"""What the server refuses, and what it never sends."""

from __future__ import annotations

import csv
import io
import re
import time
from typing import TYPE_CHECKING

import pytest

from pipeline.web.guard import POLICY

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

PAGES = ("/", "/indices", "/compare", "/ranking", "/map", "/dossiers", "/tasks", "/documents", "/facts", "/findings",
         "/unexplained", "/search?q=lao+cai", "/data")  # fmt: skip


def hostile_id(client: TestClient) -> str:
    rows = client.get("/api/documents?size=100").json()["rows"]
    return str(next(row["doc_id"] for row in rows if "onerror" in row["path"]))


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "", "[::2]:80"]
)
def test_other_host_names_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8765", "LOCALHOST", "[::1]:8765"])
def test_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "BREW"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    for path in ("/", "/api/observations", "/documents"):
        assert client.request(method, path).status_code == 405


def test_head_is_answered(client: TestClient) -> None:
    assert client.head("/").status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/nope", "/api/observations", "/health"])
def test_the_policy_is_on_every_answer(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in POLICY
    assert "*" not in POLICY


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_script_or_style_in_it(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    assert re.findall(r"<style|\sstyle=|<[^>]*\son[a-z]+=|=\"javascript:", page) == []
    assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//", page) == []


def test_a_document_full_of_markup_is_escaped(client: TestClient) -> None:
    doc_id = hostile_id(client)
    page = client.get(f"/documents/{doc_id}").text
    assert "&lt;script&gt;window.hacked" in page
    assert re.findall(r"<script>|<img|<svg onload|onerror=\"", page) == []
    assert "{{ 7 * 7 }}" in page, "what looks like a template is text as well"


@pytest.mark.parametrize(
    "path",
    ["/search?q={}", "/documents?q={}", "/facts?q={}&family={}&year={}", "/indices?index={}&area={}", "/?lang={}",
     "/ranking?period={}", "/dossiers?q={}&level={}&area={}", "/findings?check={}", "/tasks?page={}&format={}"],
)  # fmt: skip
def test_what_is_asked_for_is_escaped(client: TestClient, path: str) -> None:
    evil = "%22%3E%3Cscript%3Ewindow.hacked%3D1%3C/script%3E%3Cimg%20src%3Dx%20onerror%3Dx%3E'%20OR%201%3D1--"
    answer = client.get(path.replace("{}", evil))
    assert answer.status_code == 200
    assert "<script>window" not in answer.text
    assert "<img" not in answer.text


def test_an_original_is_only_ever_saved(client: TestClient) -> None:
    answer = client.get(f"/documents/{hostile_id(client)}/original")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert "\n" not in answer.headers["content-disposition"]
    assert '"' not in answer.headers["content-disposition"]
    assert answer.headers["content-type"] == "application/octet-stream"
    assert b"window.hacked" in answer.content


@pytest.mark.parametrize(
    "path",
    ["/documents/..%2f..%2fetc%2fpasswd", "/documents/../../etc/passwd/original", "/documents/%2e%2e/original",
     "/static/x/..%2f..%2f..%2fpyproject.toml", "/static/x/%2e%2e/%2e%2e/app.py", "/static/..%2f/app.py",
     "/documents/" + "0" * 64, "/documents/" + "0" * 64 + "/original", "/points/..%2f..%2fx", "/facts/x%00y"],
)  # fmt: skip
def test_paths_lead_nowhere_else(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "[project]" not in answer.text


@pytest.mark.parametrize("number", ["0", "-1", "99999", "1e3", "x"])
def test_pages_that_are_not_there(client: TestClient, number: str) -> None:
    rows = client.get("/api/documents?size=100").json()["rows"]
    pdf = next(row["doc_id"] for row in rows if row["media_type"] == "application/pdf")
    assert client.get(f"/documents/{pdf}/pages/{number}.png").status_code in (404, 422)


def test_a_file_that_was_changed_is_not_given_out(client: TestClient, tmp_path: object) -> None:
    from pathlib import Path

    from pipeline.web.texts import Original

    file = Path(str(tmp_path)) / "a.txt"
    file.write_text("other bytes", encoding="utf-8")
    assert Original(file, "a.txt", "0" * 64).content() is None


@pytest.mark.parametrize(
    "path",
    ["/documents?", "/facts?", "/ranking?", "/dossiers?", "/search?q=lao+cai&", "/map?", "/findings?", "/compare?"],
)
def test_downloads_run_no_formula(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}format=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) > 1
    assert all(len(row) == len(rows[0]) for row in rows)
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell[:1] in "=+@" and cell and not re.fullmatch(r"[+-]?[\d.,]+%?", cell)] == []


def test_long_and_odd_queries_do_not_stall(client: TestClient) -> None:
    started = time.monotonic()
    for query in ('"' * 500, "a " * 2000, "NEAR(", "* AND OR NOT", "\x00", "𐀀" * 300, "%" * 100):
        assert client.get("/search", params={"q": query}).status_code == 200
        assert client.get("/facts", params={"q": query}).status_code == 200
    assert time.monotonic() - started < 5
