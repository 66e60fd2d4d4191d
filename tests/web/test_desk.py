"""The review desk in a real browser: decisions by keyboard, and nothing of them lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import served
from tests.web.desk_visit import (
    REVIEWER,
    all_sent,
    at_desk,
    brief,
    copy_of,
    follow,
    go,
    held,
    press,
    ready,
    recorded,
    unsent,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.web, pytest.mark.xdist_group("desk")]


@pytest.fixture
def reviewed(dataset: Path, tmp_path: Path) -> Path:
    """A copy of the dataset that nobody has reviewed."""
    return copy_of(dataset, tmp_path)


@pytest.fixture
def desk(reviewed: Path) -> Iterator[str]:
    with served(reviewed, "--reviewer", REVIEWER) as address:
        yield address


@pytest.fixture
def page(browser: Browser, desk: str) -> Iterator[Page]:
    with at_desk(browser, desk) as page:
        yield page


def test_fifty_facts_by_keyboard_alone(page: Page, reviewed: Path) -> None:
    page.goto("/review")
    while page.evaluate("document.activeElement.getAttribute('href')") != "/review/start":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    ready(page)
    wanted = []
    for n in range(50):
        key, kind = (("a", "accept"), ("r", "reject"), ("n", "no_source"), ("s", "skip"))[n % 4 if n % 3 else 0]
        wanted.append((press(page, key), kind))
    all_sent(page)
    decisions = recorded(reviewed)
    assert brief(decisions) == wanted
    assert len({obs_id for obs_id, _ in wanted}) == 50
    assert {decision.reviewer for decision in decisions} == {REVIEWER}
    assert all(decision.before["quote"] and decision.source_hash and decision.rule_id for decision in decisions)


def test_undo_takes_back_what_was_decided_last_also_after_a_reload(page: Page, reviewed: Path) -> None:
    go(page)
    first = press(page, "a")
    second = press(page, "r")
    press(page, "u")
    assert held(page) == second
    all_sent(page)
    page.reload()
    ready(page)
    assert page.locator(".held").get_attribute("data-state") == "pending"
    press(page, "u")
    assert held(page) == first
    all_sent(page)
    assert brief(recorded(reviewed)) == [(first, "accept"), (second, "reject"), (second, "undo"), (first, "undo")]
    go(page)
    assert held(page) == first


def test_a_key_that_comes_before_the_next_fact_is_there_decides_nothing(page: Page, reviewed: Path) -> None:
    go(page)
    first = held(page)
    page.evaluate(
        "for (const key of 'aaa') document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))"
    )
    page.wait_for_function("first => document.querySelector('.held').dataset.obs !== first", arg=first)
    all_sent(page)
    assert brief(recorded(reviewed)) == [(first, "accept")]


def test_going_back_shows_what_was_decided(page: Page) -> None:
    go(page)
    first = press(page, "a")
    second = press(page, "k")
    assert held(page) == first
    assert "đúng" in page.locator(".verdict").inner_text()
    press(page, "j")
    assert held(page) == second


def test_two_browsers_at_once(browser: Browser, page: Page, desk: str, reviewed: Path) -> None:
    """Both verdicts are kept where they do not meet; where they do, the second learns of the first and is not taken."""
    with at_desk(browser, desk) as other:
        go(page)
        go(other)
        fact = press(page, "a")
        all_sent(page)
        press(other, "r")
        told = other.locator("#trouble")
        told.get_by_text("đã quyết định trước bạn").wait_for()
        assert REVIEWER in told.inner_text()
        assert brief(recorded(reviewed)) == [(fact, "accept")]
        told.get_by_role("button", name="Xem số liệu đó").click()
        other.wait_for_function("fact => document.querySelector('.held').dataset.obs === fact", arg=fact)
        assert "đúng" in other.locator(".verdict").inner_text()
        press(other, "r")
        all_sent(other)
    assert brief(recorded(reviewed)) == [(fact, "accept"), (fact, "reject")]


def test_nothing_is_lost_while_the_server_is_away(page: Page, reviewed: Path) -> None:
    """Decisions made without a server are kept over a reload, and sent, each once, when it is there again."""
    go(page)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    decided = [press(page, "a"), press(page, "r"), press(page, "a")]
    page.locator("#trouble").get_by_text("Không kết nối được máy chủ").wait_for()
    assert unsent(page) == 3
    assert brief(recorded(reviewed)) == []
    page.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    all_sent(page)
    assert brief(recorded(reviewed)) == list(zip(decided, ("accept", "reject", "accept"), strict=True))


def test_an_answer_that_is_lost_counts_once(page: Page, reviewed: Path) -> None:
    go(page)
    lost = []

    def lose(route, request):  # type: ignore[no-untyped-def]
        if lost:
            route.continue_()
            return
        lost.append(request.post_data)
        route.fetch()
        route.abort()

    page.route("**/decide*", lose)
    fact = press(page, "a")
    all_sent(page)
    assert lost
    assert brief(recorded(reviewed)) == [(fact, "accept")]


def test_reloading_at_any_moment_loses_nothing(page: Page, reviewed: Path) -> None:
    go(page)
    page.on("dialog", lambda dialog: dialog.accept())
    decided = []
    for pause in (0, 5, 20, 60):
        decided.append(press(page, "a"))
        page.wait_for_timeout(pause)
        page.reload()
        ready(page)
    all_sent(page)
    assert brief(recorded(reviewed)) == [(fact, "accept") for fact in decided]


def test_without_scripts_forms_decide(browser: Browser, desk: str, reviewed: Path) -> None:
    with browser.new_context(java_script_enabled=False, base_url=desk) as context:
        page = context.new_page()
        page.goto("/review/start?indicator=dossier.received")
        first = held(page)
        follow(page.get_by_role("button", name="Đúng"))
        second = held(page)
        follow(page.get_by_role("link", name="Ghi chú"))
        page.locator("textarea").fill("xem lại phụ lục")
        follow(page.get_by_role("button", name="Lưu"))
        assert held(page) == second
        assert "xem lại phụ lục" in page.locator(".history").inner_text()
        follow(page.get_by_role("link", name="Sửa"))
        page.locator("input[name=value]").fill("12 cái")
        page.locator("input[name=time_period]").fill("hôm qua")
        follow(page.get_by_role("button", name="Lưu"))
        assert "Không đọc được kỳ" in page.locator("#told-time_period").inner_text()
        page.locator("input[name=time_period]").fill("quý I năm 2021")
        page.locator("input[name=value]").fill("7")
        follow(page.get_by_role("button", name="Lưu"))
        assert held(page) not in (first, second)
    decisions = recorded(reviewed)
    assert brief(decisions) == [(first, "accept"), (second, "note"), (second, "correct")]
    after = dict(decisions[-1].after)
    after.pop("area_regime", None)  # another list of provinces held then, if the fact was of another time
    assert after == {"value": "7", "time_period": "2021-Q1"}
