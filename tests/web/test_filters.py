"""Filters on a narrow screen: folded, with the number of those in use; on a wide one as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.web, pytest.mark.xdist_group("web")]

DESK, PHONE = {"width": 1360, "height": 900}, {"width": 390, "height": 844}
LISTS = ("/facts", "/dossiers", "/tasks", "/documents", "/findings")
ABOUT = ("/indices", "/compare", "/ranking", "/map")
"""Pages whose filters say what they are about."""


@contextmanager
def opened(browser: Browser, address: str, screen: dict[str, int] = PHONE, scripts: bool = True) -> Iterator[Page]:
    with browser.new_context(viewport=screen, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(address)
        yield page


def folded(page: Page) -> str:
    """What the fold says."""
    return " ".join(page.locator(".fold summary").inner_text().split())


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("path", LISTS)
def test_a_list_begins_on_the_first_screen_of_a_phone(browser: Browser, site: str, path: str, scripts: bool) -> None:
    with opened(browser, site + path, scripts=scripts) as page:
        assert folded(page) == "Bộ lọc"
        assert not page.locator(".filters").is_visible()
        fold = page.locator(".fold").bounding_box()
        rows = page.locator("main table, .chart, .finding-card").first.bounding_box()
        assert fold is not None
        assert rows is not None
        assert rows["y"] - fold["y"] < 120
        assert rows["y"] < PHONE["height"] / 2 or not scripts, "without scripts the menu stands open above"
        page.locator(".fold summary").click()
        assert page.locator(".filters").is_visible()
        assert page.locator(".filters button").is_visible()


@pytest.mark.parametrize("path", ABOUT)
def test_what_a_page_is_about_is_not_folded(browser: Browser, site: str, path: str) -> None:
    with opened(browser, site + path) as page:
        assert page.locator(".fold").count() == 0
        assert page.locator(".filters").is_visible()


@pytest.mark.parametrize("path", LISTS)
def test_a_wide_screen_shows_filters_as_ever(browser: Browser, site: str, path: str) -> None:
    with opened(browser, site + path, DESK) as page:
        assert not page.locator(".fold").is_visible()
        assert page.locator(".filters").is_visible()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/facts?family=dossier&status=actual&q=&lang=en", "Filters 2 in use"),
        ("/facts?family=dossier&page=1", "Bộ lọc 1 đang dùng"),
        ("/facts?q=%20", "Bộ lọc"),
        ("/dossiers?area=&status=actual", "Bộ lọc"),
        ("/dossiers?status=target&reviewed=yes", "Bộ lọc 2 đang dùng"),
        ("/documents?type=report&year=2022", "Bộ lọc 2 đang dùng"),
    ],
)
def test_the_fold_counts_the_filters_in_use(browser: Browser, site: str, path: str, said: str) -> None:
    with opened(browser, site + path) as page:
        assert folded(page) == said


def test_filters_stay_unfolded_while_they_are_set(browser: Browser, site: str) -> None:
    with opened(browser, f"{site}/facts") as page:
        page.locator(".fold summary").click()
        page.locator("select[name=family]").select_option("dossier")
        page.locator(".fold .badge").wait_for()
        assert folded(page) == "Bộ lọc 1 đang dùng"
        assert page.locator(".filters").is_visible()
        page.locator("select[name=status]").select_option("actual")
        page.locator(".fold .badge", has_text="2 đang").wait_for()
        page.locator(".fold summary").click()
        assert not page.locator(".filters").is_visible()


def test_filters_are_sent_without_scripts(browser: Browser, site: str) -> None:
    with opened(browser, f"{site}/facts", scripts=False) as page:
        page.locator(".fold summary").click()
        page.locator("select[name=family]").select_option("dossier")
        page.locator(".filters button").click()
        assert folded(page) == "Bộ lọc 1 đang dùng"
        assert not page.locator(".filters").is_visible()
