"""A sample archive with hostile documents in it, servers over it and over an empty one, and a browser."""

from __future__ import annotations

import html
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from playwright.sync_api import Browser

CORPUS = Path(__file__).parents[2] / "corpus" / "documents"
SAMPLE = ("01-", "02-", "03-", "10-", "13-", "24-", "33-", "35-", "39-")
"""Documents of the sample archive: news, pages with tables, a PDF, a DOCX, a badly copied text."""

HOSTILE = """<script>window.hacked = 1</script> Báo cáo <img src=x onerror="window.hacked = 1">

Quý II năm 2022, Trung tâm Phục vụ hành chính công tỉnh Lào Cai tiếp nhận 1.240 hồ sơ; "><svg onload="hacked=1">
đã giải quyết 1.198 hồ sơ, tỷ lệ đúng hạn đạt 99,2%. Chỉ số cải cách hành chính (PAR INDEX) năm 2021 của tỉnh Lào Cai
đạt 86,25%, xếp thứ 24/63 tỉnh, thành phố. {{ 7 * 7 }} javascript:alert(1) </textarea></title>
<script>hacked = 1</script>
"""
"""The text of a page that shows markup as text: all of it is data."""
HOSTILE_NAME = "'\"><img src=x onerror=hacked=1>&{{7*7}}.html"
PLAN = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 412/KH-UBND

Lào Cai, ngày 27 tháng 12 năm 2021

KẾ HOẠCH
Cải cách hành chính năm 2022

Năm 2022, tỷ lệ giải quyết hồ sơ đúng hạn đạt trên 98%.
"""
REPORT = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 88/BC-UBND

Lào Cai, ngày 20 tháng 6 năm 2022

BÁO CÁO
Công tác cải cách hành chính 6 tháng đầu năm 2022

Thực hiện Kế hoạch số 412/KH-UBND ngày 27/12/2021 của UBND tỉnh Lào Cai, 6 tháng đầu năm 2022 toàn tỉnh tiếp nhận
10.500 hồ sơ.
"""


def solieu(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over the sample."""
    folder = tmp_path_factory.mktemp("archive")
    for file in CORPUS.iterdir():
        if file.name.startswith(SAMPLE):
            shutil.copy(file, folder)
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in HOSTILE.split("\n\n"))
    title = html.escape(HOSTILE.partition("\n")[0])
    page = f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{paragraphs}</body></html>'
    (folder / HOSTILE_NAME).write_text(page, encoding="utf-8")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    out = tmp_path_factory.mktemp("dataset")
    solieu("run", folder, "--out", out, "--quiet")
    return out


@pytest.fixture(scope="session")
def empty_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that no run has written to."""
    return tmp_path_factory.mktemp("empty")


@pytest.fixture(scope="session")
def client(dataset: Path) -> TestClient:
    """Requests to the application over the sample, without a server or a browser."""
    from fastapi.testclient import TestClient

    from pipeline.web.app import create_app
    from pipeline.web.archive import Archive

    return TestClient(create_app(Archive(dataset)), base_url="http://127.0.0.1:8765", follow_redirects=False)


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with the least of time and memory, for tests that log in again and again."""
    from argon2 import PasswordHasher

    from pipeline.people import passwords

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    nobody = cheap.hash("the password of nobody")
    monkeypatch.setattr(passwords, "_hasher", lambda: cheap)
    monkeypatch.setattr(passwords, "_nobody", lambda: nobody)


@contextmanager
def served(dataset: Path, *options: str) -> Iterator[str]:
    """The command itself over a dataset; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "pipeline.cli", "serve", "--out", str(dataset), "--port", str(port), *options]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{address}/health", timeout=5):
                    break
            except OSError:
                assert server.poll() is None, "the server ended"
                time.sleep(0.1)
        else:
            pytest.fail("the server did not answer within a minute")
        yield address
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def site(dataset: Path) -> Iterator[str]:
    with served(dataset) as address:
        yield address


@pytest.fixture(scope="session")
def empty_site(empty_dataset: Path) -> Iterator[str]:
    with served(empty_dataset) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
