"""What the tests of the review desk share: a reviewer at a browser, and what the record holds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model.review import Decision
from pipeline.review.journal import JOURNAL_NAME, Journal
from pipeline.web.archive import Archive

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

REVIEWER = "Nguyễn Thị Hoa"


def copy_of(dataset: Path, folder: Path) -> Path:
    """A copy of a dataset that nobody has reviewed, with the database of the pages made already."""
    Archive(dataset)
    return Path(shutil.copytree(dataset, folder / "dataset"))


@contextmanager
def at_desk(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a browser of its own; no script of it may have failed at the end."""
    with browser.new_context(viewport={"width": 1440, "height": 900}, base_url=address) as context:
        page = context.new_page()
        page.set_default_timeout(15_000)
        troubles: list[str] = []
        page.on("pageerror", lambda problem: troubles.append(str(problem)))
        yield page
        assert troubles == []


def ready(page: Page) -> None:
    """Wait until the desk listens to keys."""
    page.locator(".desk[data-ready]").wait_for()


def go(page: Page, path: str = "/review/start") -> None:
    page.goto(path)
    ready(page)


def follow(target: Locator) -> None:
    """Click what leads to another page, and wait until that page is there: a click alone may end before."""
    with target.page.expect_navigation():
        target.click()


def held(page: Page) -> str:
    """The obs_id of the fact on the desk."""
    return str(page.locator(".held").get_attribute("data-obs"))


def press(page: Page, key: str) -> str:
    """Press a key that leads on to another fact; gives the id of the fact that it was about."""
    before = held(page)
    page.keyboard.press(key)
    page.wait_for_function("before => document.querySelector('.held')?.dataset.obs !== before", arg=before)
    return before


_UNSENT = "prefix => Object.keys(localStorage).filter((key) => key.startsWith(prefix)).length"


def unsent(page: Page) -> int:
    """How many decisions the browser holds that the server has not acknowledged."""
    return int(page.evaluate(_UNSENT, _outbox()))


def all_sent(page: Page) -> None:
    page.wait_for_function(f"prefix => ({_UNSENT})(prefix) === 0", arg=_outbox())


def recorded(dataset: Path) -> list[Decision]:
    """The decisions in the journal, which must be as it was written."""
    with Journal(dataset / JOURNAL_NAME) as journal:
        assert journal.verify() == []
        return list(journal.since())


def brief(decisions: list[Decision]) -> list[tuple[str, str]]:
    return [(decision.obs_id, decision.kind.value) for decision in decisions]


def _outbox() -> str:
    return f"solieu.outbox.{REVIEWER}."
