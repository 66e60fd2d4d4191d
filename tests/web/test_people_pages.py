"""The pages of people, work, trust and log in a real browser: both languages, a desk and a phone, with and without
decisions; and a reviewer's way through them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from people import PASSWORDS, with_users

from pipeline.model.review import DecisionKind
from pipeline.people.person import Role
from pipeline.review.deciding import Hand, decide
from pipeline.review.journal import JOURNAL_NAME, Journal
from pipeline.store.reading import read_rows
from pipeline.store.tables import DOCUMENTS, OBSERVATIONS
from tests.web.conftest import served
from tests.web.desk_visit import follow
from tests.web.test_pages import DESK, PHONE, Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.web, pytest.mark.xdist_group("web")]

PAGES = ("/review/people", "/review/log", "/review/trust", "/review/work", "/review/password")


@pytest.fixture(scope="module")
def shared_site(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with users, over a dataset that two of them have begun to review."""
    folder = tmp_path_factory.mktemp("shared") / "dataset"
    shutil.copytree(dataset, folder)
    with_users(folder).database.close()
    documents = {row["doc_id"]: row for rows in read_rows(folder, DOCUMENTS) for row in rows}
    facts = [row for rows in read_rows(folder, OBSERVATIONS) for row in rows][:24]
    with Journal(folder / JOURNAL_NAME) as journal:
        for number, fact in enumerate(facts):
            for name in ("Lan", "Bình")[: 1 + (number % 3 == 0)]:
                kind = DecisionKind.REJECT if number % 5 == 0 and name == "Lan" else DecisionKind.ACCEPT
                journal.append(decide(kind, Hand(name, None), fact, documents[fact["doc_id"]], {}, ""))
    with served(folder) as address:
        yield address


def log_in(page: Page, address: str, role: Role) -> None:
    page.goto(f"{address}/review/trust")
    page.fill(".door [name=name]", f"Cô {role}")
    page.fill(".door [name=password]", PASSWORDS[role])
    page.click(".door button")
    page.wait_for_url(f"{address}/review/trust")


@pytest.mark.parametrize(("size", "language"), [(DESK, "vi"), (PHONE, "en")], ids=["desk", "phone"])
def test_every_page(browser: Browser, shared_site: str, size: dict[str, int], language: str) -> None:
    with browser.new_context(viewport=size) as context:  # type: ignore[arg-type]
        watched = Watched(context.new_page(), shared_site)
        page = watched.go(f"/review/login?lang={language}")
        assert watched.violations() == []
        log_in(page, shared_site, Role.ADMINISTRATOR)
        for path in PAGES:
            watched.go(path)
            assert page.locator("h1").inner_text()
            assert page.locator("html").get_attribute("lang") == language
            assert watched.violations() == [], path
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{path} is wider than the screen"
        assert watched.troubles == []


def test_a_sample_from_the_page_to_the_estimate(browser: Browser, shared_site: str) -> None:
    """Draw a sample, assign it to oneself, and find it in the queue; all with what the pages offer."""
    with browser.new_context(viewport=DESK) as context:  # type: ignore[arg-type]
        page = context.new_page()
        log_in(page, shared_site, Role.REVIEWER)
        page.fill("#samples [name=name]", "Kiểm tra")
        page.fill("#samples [name=size]", "12")
        page.click("#samples form button")
        assert "Kiểm tra" in page.locator("#samples .list").inner_text()
        assert page.locator("[name=sample] option[selected]").inner_text() == "Mẫu “Kiểm tra”"
        page.goto(f"{shared_site}/review/work")
        page.select_option("form[action='/review/assign'] [name=sample]", "Kiểm tra")
        page.click("form[action='/review/assign'] button")
        assert "Kiểm tra" in page.locator(".tasks").inner_text()
        page.click(".tasks a.button")
        assert "sample=" in page.url
        assert page.locator("a.figure").count() > 0
        page.goto(f"{shared_site}/review?assigned=C%C3%B4+reviewer")
        assert page.locator("a.figure").count() > 0


def test_logging_out_at_the_corner_of_the_page(browser: Browser, shared_site: str) -> None:
    with browser.new_context(viewport=DESK) as context:  # type: ignore[arg-type]
        page = context.new_page()
        log_in(page, shared_site, Role.VIEWER)
        page.click(".account summary")
        follow(page.locator(".account button"))
        assert page.url == f"{shared_site}/review/login"
        page.go_back()
        page.reload()
        assert page.locator(".door [name=password]").count() == 1
