"""Make the pictures of pages in docs/pictures anew: `.venv/bin/python tools/pictures.py`, with Chromium installed.

They show the sample archive and, beside it, tables of an index whose every figure is invented here.
"""

from __future__ import annotations

import csv
import hashlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
YEARS = range(2019, 2025)
SOLIEU = ROOT / ".venv" / "bin" / "solieu"
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
REPORT, TABLE = "13-hoabinh-bao-cao-6-thang-2022.pdf", "19-haugiang-so-tu-phap-quy-1-2024.docx"
PAGES = {
    "overview": "/",
    "index": "/indices?index=PAR_INDEX&area=63-14",
    "map": "/map?index=PAR_INDEX&period=2024",
    "review-queue": "/review",
    "review-desk": "/review/start?document={report}&indicator=dossier.resolved",
    "review-table": "/review/{cell}?state=any",
}
"""The picture's name and the address of its page."""


def table(year: int, provinces: list[str]) -> str:
    """A page with the invented scores of a year, the best first."""
    scores = {name: 80 + year % 100 / 4 + _lot(name, year) * 7 for name in provinces}
    rows = "".join(
        f"<tr><td>{rank}</td><td>{name}</td><td>{scores[name]:.2f}</td></tr>".replace(".", ",")
        for rank, name in enumerate(sorted(scores, key=lambda name: -scores[name]), 1)
    )
    title = f"Kết quả Chỉ số cải cách hành chính (PAR INDEX) năm {year} của các tỉnh, thành phố"
    head = "<tr><th>Xếp hạng</th><th>Tỉnh, thành phố</th><th>PAR INDEX (%)</th></tr>"
    body = f"<h1>{title}</h1><table>{head}{rows}</table>"
    return f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'


def _lot(name: str, year: int) -> float:
    """From 0 to 1: mostly the province's, a little the year's."""
    of_name, of_year = (hashlib.sha256(text.encode()).digest()[0] / 255 for text in (name, f"{name} {year}"))
    return 0.75 * of_name + 0.25 * of_year


def main() -> None:
    """Make a dataset, serve it, and take every picture."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        archive, out = Path(folder) / "archive", Path(folder) / "data"
        shutil.copytree(ROOT / "corpus" / "documents", archive)
        for year in YEARS:
            (archive / f"par-index-{year}.html").write_text(table(year, _provinces()), "utf-8")
        subprocess.run([SOLIEU, "run", archive, "--out", out, "--quiet"], check=False)
        with (out / "documents.csv").open(encoding="utf-8-sig") as stream:
            ids = {Path(row["path"]).name: row["doc_id"] for row in csv.DictReader(stream)}
        with (out / "observations.csv").open(encoding="utf-8-sig") as stream:
            rows = csv.DictReader(stream)
            cell = next(row["obs_id"] for row in rows if row["doc_id"] == ids[TABLE] and row["table"])
        with served(out) as address, sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_context(viewport=DESK, base_url=address).new_page()
            for name, path in PAGES.items():
                page.goto(path.format(report=ids[REPORT], cell=cell))
                take(page, name)
            page.goto(PAGES["review-desk"].format(report=ids[REPORT]))
            page.locator(".desk[data-ready]").wait_for()
            page.keyboard.press("e")
            page.locator("[name=value]").fill("208,45 ngàn")
            take(page, "review-correct")
            page.goto(f"/documents/{ids[REPORT]}")
            page.locator(".facts a").nth(3).click()
            page.wait_for_load_state()
            take(page, "document")
            phone = browser.new_context(viewport=PHONE, base_url=address).new_page()
            phone.goto(PAGES["review-desk"].format(report=ids[REPORT]))
            take(phone, "review-phone")
            browser.close()


def take(page: Any, name: str) -> None:
    """A picture of what the page shows once it is quiet."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)
    page.screenshot(path=PICTURES / f"{name}.png")


@contextmanager
def served(dataset: Path) -> Iterator[str]:
    """`solieu serve` over a dataset; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [SOLIEU, "serve", "--out", dataset, "--port", str(port), "--reviewer", "Nguyễn Thị Hoa"]
    server = subprocess.Popen(command)
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                    break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _provinces() -> list[str]:
    """The 63 provinces to 30 June 2025."""
    from pipeline.rulebook.book import load

    return [province.name for province in load().gazetteer.provinces if province.regime == "63"]


if __name__ == "__main__":
    main()
