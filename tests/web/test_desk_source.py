"""What the desk shows of a source: the right words stand out, in text, table, page and picture, and stay text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import CORPUS, served, solieu
from tests.web.desk_visit import REVIEWER, at_desk, copy_of, go, held, press, ready
from tests.web.ink import ink
from tests.web.test_pages import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.web, pytest.mark.xdist_group("desk")]

PAGES = (
    "/review", "/review/start", "/review/start?order=document&lang=en", "/review/batch?rule=task/assigned/count",
)  # fmt: skip


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A run over a page of the sample archive as a picture; None where there is no recognition."""
    if shutil.which("tesseract") is None:
        return None
    import pypdfium2

    folder = tmp_path_factory.mktemp("scans")
    document = pypdfium2.PdfDocument(CORPUS / "13-hoabinh-bao-cao-6-thang-2022.pdf")
    document[1].render(scale=200 / 72).to_pil().convert("L").save(folder / "scan.png", dpi=(200, 200))
    document.close()
    out = tmp_path_factory.mktemp("scanned")
    solieu("run", folder, "--out", out, "--quiet")
    return out


@pytest.fixture(scope="module")
def page(browser: Browser, dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    copy = copy_of(dataset, tmp_path_factory.mktemp("desk"))
    with served(copy, "--reviewer", REVIEWER) as address, at_desk(browser, address) as page:
        yield page


def facts_of(page: Page, path: str) -> list[dict[str, object]]:
    """The observations of the document of that name, from the API."""
    rows = page.request.get("/api/documents?size=200").json()["rows"]
    doc_id = next(row["doc_id"] for row in rows if path in row["path"])
    return list(page.request.get(f"/api/observations?size=1000&doc_id={doc_id}").json()["rows"])


def marked(page: Page, kind: str) -> str:
    """The words that stand out as `kind`, each stretch once."""
    return "".join(page.locator(f".source-view .mark.{kind}").all_inner_texts())


@pytest.mark.parametrize("path", ["01-langson", "35-toanquoc", "24-haiphong", "33-sonla", "10-backan"])
def test_the_words_stand_out_in_the_text(page: Page, path: str) -> None:
    for fact in facts_of(page, path)[::9]:
        go(page, f"/review/{fact['obs_id']}")
        assert _line(marked(page, "quote")) == _line(str(fact["quote"]))
        number = str(fact["quote"])[fact["value_start"] - fact["char_start"] : fact["value_end"] - fact["char_start"]]  # type: ignore[operator]
        assert _line(marked(page, "value")) == _line(number)
        assert page.locator("#here").first.is_visible()


def test_a_cell_stands_out_with_its_row_and_headings(page: Page) -> None:
    fact = next(fact for fact in facts_of(page, "24-haiphong") if fact["table"])
    go(page, f"/review/{fact['obs_id']}")
    cell = page.locator(".source-view td:has(.value), .source-view th:has(.value)")
    assert cell.count() == 1
    assert cell.inner_text() == fact["quote"]
    headings = page.locator(".source-view :is(td, th):has(.mark.header)").all_inner_texts()
    assert "Tiếp nhận" in " ".join(headings)
    assert page.locator(".slot-line", has_text="Ô bảng").inner_text().split("\n")[-1] in " › ".join(headings)


def test_the_boxes_lie_on_the_words_of_a_page(page: Page) -> None:
    import json

    for fact in facts_of(page, "13-hoabinh")[::20]:
        go(page, f"/review/{fact['obs_id']}")
        found = ink(page, "rect.quote, rect.value")
        quotes = [one for one in found if one["kind"] == "quote"]
        wanted = fact["boxes"] if isinstance(fact["boxes"], list) else json.loads(str(fact["boxes"]))
        assert [one["box"] for one in quotes] == [pytest.approx(box, abs=0.1) for box in wanted]
        assert all(one["ink"] > 0.04 and one["beside"] == 0 for one in found), found
        assert any(one["kind"] == "value" for one in found)


def test_the_boxes_lie_on_the_words_of_a_scan(browser: Browser, scanned: Path | None) -> None:
    if scanned is None:
        pytest.skip("tesseract is not installed")
    with served(scanned, "--reviewer", REVIEWER) as address, at_desk(browser, address) as page:
        go(page)
        for _ in range(3):
            found = ink(page, "rect.quote, rect.value")
            assert {one["kind"] for one in found} == {"quote", "value"}
            assert all(one["ink"] > 0.04 for one in found), found
            assert all(one["beside"] < 0.02 for one in found), found
            press(page, "j")


def test_zoom_pages_and_text_by_key(page: Page) -> None:
    fact = next(fact for fact in facts_of(page, "13-hoabinh") if fact["page"] == 2)
    go(page, f"/review/{fact['obs_id']}")
    before = page.locator(".sheet svg").bounding_box()
    page.keyboard.press("+")
    after = page.locator(".sheet svg").bounding_box()
    assert before
    assert after
    assert after["width"] == pytest.approx(1.25 * before["width"], rel=0.05)
    view, box = page.locator(".source-view").bounding_box(), page.locator("rect.quote").first.bounding_box()
    assert view
    assert box
    assert view["y"] < box["y"] < view["y"] + view["height"], "the quote stays in sight"
    page.keyboard.press("0")
    page.keyboard.press("PageDown")
    page.wait_for_url("**page=3*")
    assert page.locator(".source-tools").get_by_text("3/3").is_visible()
    page.keyboard.press("v")
    page.wait_for_url("**show=text*")
    page.locator(".source-view .text .quote").first.wait_for()
    page.keyboard.press("?")
    assert page.locator("dialog.help").is_visible()
    page.keyboard.press("Escape")
    here = held(page)
    press(page, "]")
    press(page, "[")
    assert held(page) == here


def test_documents_notes_and_names_stay_text(browser: Browser, dataset: Path, tmp_path: Path) -> None:
    """Markup in the document, in its name, in a note and in a reviewer's name is shown as it is written."""
    evil = "<img src=x onerror=hacked=1>"
    copy = copy_of(dataset, tmp_path)
    with served(copy, "--reviewer", evil) as address, at_desk(browser, address) as page:
        fact = facts_of(page, "onerror")[0]
        go(page, f"/review/{fact['obs_id']}")
        assert evil in page.locator(".desk-who").inner_text()
        assert "onerror" in page.locator(".source-name").inner_text()
        assert "<script>window.hacked" in page.locator(".source-view").inner_text()
        page.keyboard.press("m")
        page.locator("textarea").fill(f"</q>{evil}\n{{{{ 7 * 7 }}}}")
        page.keyboard.press("Enter")
        page.locator(".history q").wait_for()
        assert page.locator(".history q").inner_text() == f"</q>{evil}\n{{{{ 7 * 7 }}}}"
        for path in ("/review", f"/review?reviewer={evil}", f"/documents/{fact['doc_id']}?fact={fact['obs_id']}"):
            page.goto(path)
        go(page, f"/review/{fact['obs_id']}?words={evil}&rule={evil}&show=text")
        assert page.evaluate("window.hacked") is None
        assert page.locator("img").count() == 0


def test_keys_are_on_their_buttons_and_each_form_has_names(page: Page) -> None:
    go(page)
    for key in "arenmstukj":
        assert page.locator(f'.held [data-key="{key}"] kbd').inner_text().lower() == key
    page.keyboard.press("e")
    page.locator(".panel").wait_for()
    unnamed = page.evaluate(
        "[...document.querySelectorAll('.panel :is(input:not([type=hidden]), select)')].filter((f) => !f.labels.length)"
    )
    assert unnamed == []
    assert page.evaluate("document.activeElement.name") == "value"
    page.keyboard.press("Escape")
    assert page.locator(".panel").count() == 0


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, {"width": 390, "height": 844}])
def test_everybody_can_use_the_desk(browser: Browser, page: Page, size: ViewportSize) -> None:
    """axe-core finds nothing serious, no page is wider than the screen, and the script asks for nothing amiss."""
    go(page)
    address = page.evaluate("location.origin")
    with browser.new_context(viewport=size) as context:
        watched = Watched(context.new_page(), address)
        for path in (
            "/review",
            "/review/start",
            "/review/start?show=text&lang=en",
            "/review/batch?rule=task/assigned/count",
        ):
            there = watched.go(path)
            assert watched.violations() == [], path
            assert there.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        there = watched.go("/review/start")
        ready(there)
        for key in ("e", "?"):
            there.keyboard.press(key)
            there.locator(".panel, dialog[open]").last.wait_for()
            assert watched.violations() == [], key
        assert watched.troubles == []


def _line(text: str) -> str:
    return " ".join(text.split())
