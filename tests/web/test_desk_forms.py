"""Corrections and missed facts on the desk, drafts of them, and accepting a filter together after its sample."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from pipeline.web.app import create_app
from pipeline.web.archive import Archive
from pipeline.web.people.doors import Doors
from tests.web import people
from tests.web.conftest import served
from tests.web.desk_visit import REVIEWER, all_sent, at_desk, brief, copy_of, go, held, ready, recorded

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.web, pytest.mark.xdist_group("desk")]

BATCH = "/review/batch?rule=dossier/received/count/table"


@pytest.fixture
def reviewed(dataset: Path, tmp_path: Path) -> Path:
    return copy_of(dataset, tmp_path)


@pytest.fixture
def page(browser: Browser, reviewed: Path) -> Iterator[Page]:
    with served(reviewed, "--reviewer", REVIEWER) as address, at_desk(browser, address) as page:
        yield page


@pytest.fixture
def visitor(reviewed: Path) -> people.Browser:
    app = create_app(Archive(reviewed), doors=Doors(reviewer=REVIEWER))
    return people.Browser(TestClient(app, base_url=people.BASE, follow_redirects=False))


def text_of(page: Page, name: str) -> str:
    """The id of a document by a part of its path."""
    rows = page.request.get("/api/documents?size=200").json()["rows"]
    return str(next(row["doc_id"] for row in rows if name in row["path"]))


def test_a_correction_is_read_while_one_types_and_kept_as_a_draft(page: Page, reviewed: Path) -> None:
    go(page, f"/review/start?document={text_of(page, 'report.txt')}")
    fact = held(page)
    page.keyboard.press("e")
    page.locator("[data-first]:focus").wait_for()
    page.keyboard.type("10,6 ngàn hồ sơ")
    page.locator("#told-value", has_text="10.600").wait_for()
    page.locator("[name=time_period]").fill("năm nào đó")
    page.locator("#told-time_period.wrong", has_text="Không đọc được kỳ").wait_for()
    page.keyboard.press("Enter")
    page.locator("[name=time_period]:focus").wait_for()
    page.reload()
    ready(page)
    page.locator("#told-time_period.wrong").wait_for()
    assert page.locator("[name=value]").input_value() == "10,6 ngàn hồ sơ"
    page.locator("[name=time_period]").fill("quý II/2022")
    page.locator("#told-time_period", has_text="Quý II/2022").wait_for()
    page.locator("[name=note]").fill("theo phụ lục 2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review?document=*")
    all_sent(page)
    [decision] = recorded(reviewed)
    assert (decision.obs_id, decision.kind.value, decision.note) == (fact, "correct", "theo phụ lục 2")
    assert decision.after == {"value": "10600", "time_period": "2022-Q2"}
    assert decision.before["value"] == "10500"
    page.goto("/facts?reviewed=yes")
    row = page.locator("tbody tr")
    assert row.count() == 1
    assert "10.600" in row.inner_text()
    assert "10.500" in row.locator("s").inner_text()
    page.goto(f"/review/{fact}")
    assert "đã sửa" in page.locator(".verdict").inner_text()


def test_a_missed_fact_is_added_by_its_words(page: Page, reviewed: Path) -> None:
    """Words with letters beyond the basic plane before them: offsets are code points, not the browser's units."""
    doc_id = text_of(page, "plan.txt")
    go(page, f"/review/start?document={doc_id}")
    here = held(page)
    page.keyboard.press("t")
    page.locator("#trouble", has_text="Hãy chọn các chữ").wait_for()
    page.evaluate(
        """words => {
          const walk = document.createTreeWalker(document.querySelector(".source-view .text"), NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walk.currentNode, at);
            range.setEnd(walk.currentNode, at + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
          }
        }""",
        "Cải cách hành chính năm 2022",
    )
    page.keyboard.press("t")
    page.locator(".panel blockquote mark").wait_for()
    assert page.locator(".panel blockquote").inner_text() == "Cải cách hành chính năm 2022"
    assert page.locator(".panel mark").inner_text() == "2022"
    page.locator("[name=indicator]").fill("Hồ sơ tiếp nhận")
    page.locator("[name=unit]").select_option("count")
    page.locator("[name=value]").fill("2.022")
    page.locator("[name=obs_status]").select_option("actual")
    page.keyboard.press("Enter")
    page.locator(".source-view .mark.added").first.wait_for()
    all_sent(page)
    assert held(page) == here
    [decision] = recorded(reviewed)
    assert decision.kind.value == "add"
    assert decision.after["indicator"] == "dossier.received"
    assert decision.after["value"] == "2022"
    assert decision.after["quote"] == "Cải cách hành chính năm 2022"
    page.goto(f"/review/{decision.obs_id}")
    page.get_by_role("button", name="Hoàn tác").click()
    page.goto(f"/review/{here}")
    assert page.locator(".source-view .mark.added").count() == 0
    assert brief(recorded(reviewed))[-1] == (decision.obs_id, "undo")


def test_a_missed_fact_is_added_by_its_words_on_the_picture_of_a_page(page: Page, reviewed: Path) -> None:
    """Words are selected with the mouse where they are printed, over the picture."""
    doc_id = text_of(page, "13-hoabinh-bao-cao-6-thang-2022.pdf")
    go(page, f"/review/start?document={doc_id}&order=document&state=any")
    page.locator(".sheet svg").hover(position={"x": 5, "y": 5})
    words = page.locator(".source-view .words text")
    words.first.wait_for(state="attached")
    heading = words.filter(has_text=re.compile("^2022$")).first
    heading.scroll_into_view_if_needed()
    box = heading.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 1, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, middle, steps=4)
    page.mouse.up()
    assert page.evaluate("getSelection().toString().trim()") == "2022"
    page.keyboard.press("t")
    page.locator(".panel blockquote mark").wait_for()
    assert page.locator(".panel blockquote").inner_text() == "2022"
    assert page.locator(".source-view .sheet").count() == 1  # the picture stays in sight
    page.keyboard.press("Escape")


def test_an_unexplained_number_is_added_by_key(page: Page, reviewed: Path) -> None:
    rows = page.request.get("/api/numerals?class=quantity&size=200").json()["rows"]
    numeral = next(row for row in rows if not row["page"])
    go(page, f"/review/start?document={numeral['doc_id']}&state=any")
    page.keyboard.press("x")
    page.keyboard.press("t")
    page.locator(".panel blockquote mark").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".panel").count() == 0
    assert brief(recorded(reviewed)) == []


def test_together_only_after_the_sample(visitor: people.Browser, reviewed: Path) -> None:
    """The server draws the sample again; without all of it looked at and right nothing is accepted."""
    page = visitor.get(BATCH).text
    number = int(re.search(r"(\d+) số liệu trong bộ lọc", page)[1])  # type: ignore[index]
    sampled = int(re.search(r"Xem mẫu (\d+)", page)[1])  # type: ignore[index]
    assert sampled == min(number, 20)
    for path in (BATCH, "/review/batch"):
        assert visitor.post(path, {}).status_code == 409
    assert brief(recorded(reviewed)) == []
    start = visitor.get("/review/start?rule=dossier/received/count/table&drawn=1").headers["location"]
    looked = []
    while "/review/" in start and "drawn=1" in start:
        looked.append(start.partition("?")[0].rpartition("/")[2])
        query = start.partition("?")[2]
        answer = visitor.post(f"/review/{looked[-1]}/decide?{query}", {"decision": "accept", "seen": "0"})
        start = answer.headers["location"]
        if not start.startswith(f"/review/{looked[0][:4]}") and start.startswith("/review?"):
            break
    assert len(set(looked)) == sampled
    answer = visitor.post(BATCH, {"batch": "f" * 32})
    decisions = recorded(reviewed)
    assert len({decision.obs_id for decision in decisions}) == len(decisions) == number
    assert {decision.kind.value for decision in decisions} == {"accept"}
    assert sum(decision.batch == "f" * 32 for decision in decisions) == number - sampled
    if number > sampled:
        assert answer.status_code == 303
        visitor.post("/review/batch/undo?rule=dossier/received/count/table", {"batch": "f" * 32})
        assert sum(decision.kind.value == "undo" for decision in recorded(reviewed)) == number - sampled


def test_a_wrong_one_in_the_sample_forbids_the_batch(visitor: people.Browser, reviewed: Path) -> None:
    start = visitor.get("/review/start?rule=dossier/received/count/table&drawn=1").headers["location"]
    visitor.post(start.replace("?", "/decide?"), {"decision": "reject", "seen": "0"})
    page = visitor.get(BATCH).text
    assert "Mẫu có số sai" in page
    assert visitor.post(BATCH, {}).status_code == 409
    assert len(recorded(reviewed)) == 1


def test_the_dashboard_shows_what_is_reviewed_and_that_alone_where_one_asks(
    visitor: people.Browser, reviewed: Path
) -> None:
    rows = visitor.client.get("/api/observations?size=1000&indicator=index.score").json()["rows"]
    fact = next(row for row in rows if row["index"] == "PAPI" and row["ref_area"] and row["obs_status"] == "actual")
    address = f"/indices?index=PAPI&area={fact['area_regime']}-{fact['ref_area']}"
    before = visitor.get(address)
    assert "stands-accepted" not in before.text
    assert "/points/" not in visitor.get(f"{address}&reviewed=yes").text
    visitor.post(f"/review/{fact['obs_id']}/decide", {"decision": "accept", "seen": "0"})
    after = visitor.get(address, if_none_match=before.headers["etag"])
    assert after.status_code == 200, "a decision makes what a browser holds old"
    assert f'title="đúng – {REVIEWER}' in after.text
    points = set(re.findall(r"/points/(\w+)", visitor.get(f"{address}&reviewed=yes").text))
    assert len(points) == 1
    assert f"{REVIEWER}, " in visitor.get(f"/points/{points.pop()}").text
    assert "stands-accepted" in visitor.get(f"/documents/{fact['doc_id']}?fact={fact['obs_id']}").text
