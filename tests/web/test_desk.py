"""The review desk in a real browser: decisions by keyboard, and what must not get lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.review.journal import JOURNAL_NAME, Journal
from tests.web.conftest import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REVIEWER = "Nguyễn Thị Hoa"


@pytest.fixture
def reviewed(dataset: Path, tmp_path: Path) -> Path:
    """A copy of the dataset that nobody has reviewed."""
    return Path(shutil.copytree(dataset, tmp_path / "dataset"))


@pytest.fixture
def desk(reviewed: Path) -> Iterator[str]:
    with served(reviewed, "--reviewer", REVIEWER) as address:
        yield address


@pytest.fixture
def page(browser: Browser, desk: str) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1440, "height": 900}, base_url=desk) as context:
        page = context.new_page()
        page.troubles = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda problem: page.troubles.append(str(problem)))  # type: ignore[attr-defined]
        yield page
        assert page.troubles == []  # type: ignore[attr-defined]


def held(page: Page) -> str:
    """The obs_id of the fact on the desk."""
    return str(page.locator(".held").get_attribute("data-obs"))


def press(page: Page, key: str) -> str:
    """Press a key that leads on to another fact; gives the id of the fact that it was about."""
    before = held(page)
    page.keyboard.press(key)
    page.wait_for_function("before => document.querySelector('.held')?.dataset.obs !== before", arg=before)
    return before


def all_sent(page: Page) -> None:
    page.wait_for_function(f"() => (localStorage.getItem('solieu.outbox.{REVIEWER}') ?? '[]') === '[]'")


def recorded(dataset: Path) -> list[tuple[str, str]]:
    with Journal(dataset / JOURNAL_NAME) as journal:
        assert journal.verify() == []
        return [(decision.obs_id, decision.kind.value) for decision in journal.since()]


def test_fifty_facts_by_keyboard_alone(page: Page, reviewed: Path) -> None:
    page.goto("/review")
    page.keyboard.press("Tab")
    page.locator("h1").wait_for()
    while page.evaluate("document.activeElement.getAttribute('href')") != "/review/start":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/*-1")
    wanted = []
    for n in range(50):
        key, kind = (("a", "accept"), ("r", "reject"), ("n", "no_source"), ("s", "skip"))[n % 4 if n % 3 else 0]
        wanted.append((press(page, key), kind))
    all_sent(page)
    assert recorded(reviewed) == wanted
    assert len({obs_id for obs_id, _ in wanted}) == 50


def test_undo_takes_the_last_decision_back(page: Page, reviewed: Path) -> None:
    page.goto("/review/start")
    first = press(page, "a")
    second = press(page, "r")
    assert press(page, "u") not in (first, second)
    assert held(page) == second
    all_sent(page)
    page.reload()
    assert page.locator(".held").get_attribute("data-state") == "pending"
    press(page, "u")
    assert held(page) == first
    all_sent(page)
    assert recorded(reviewed) == [(first, "accept"), (second, "reject"), (second, "undo"), (first, "undo")]
    page.goto("/review/start")
    assert held(page) == first
