"""Every page in a real browser: with the sample and with nothing, in both languages, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.ink import ink

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.web, pytest.mark.xdist_group("web")]

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
PAGES = (
    "/", "/indices", "/compare", "/ranking", "/map", "/dossiers", "/tasks", "/documents", "/facts", "/findings",
    "/unexplained?class=quantity", "/search?q=son+la", "/data",
)  # fmt: skip
MARKS = "[data-chart] svg path[fill='#0f4c5c'], [data-chart] svg path[fill='#2c8a63']"
LEGEND = 36
"""Pixels at the top of a chart where its legend is."""
DESK, PHONE = {"width": 1360, "height": 900}, {"width": 390, "height": 844}


class Watched:
    """A page of a browser, and what went wrong on it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.troubles: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.troubles.append(f"request to another place: {request.url}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.troubles.append(f"{response.status}: {response.url}")

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        if self.page.locator("[data-chart]").count():
            self.page.locator("[data-chart] svg").last.wait_for()
        return self.page

    def violations(self) -> list[str]:
        """What axe-core calls serious or critical."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("async () => (await axe.run()).violations")
        return [
            f"{one['id']}: {one['help']}: {[node['html'][:150] for node in one['nodes'][:3]]}"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]


@pytest.fixture
def sample(browser: Browser, site: str) -> Iterator[Watched]:
    with browser.new_context(viewport=DESK) as context:
        yield Watched(context.new_page(), site)


@pytest.fixture
def empty(browser: Browser, empty_site: str) -> Iterator[Watched]:
    with browser.new_context(viewport=DESK) as context:
        yield Watched(context.new_page(), empty_site)


@pytest.mark.parametrize("path", PAGES)
def test_every_page(sample: Watched, path: str) -> None:
    page = sample.go(path)
    assert page.locator("h1").inner_text()
    assert sample.violations() == []
    for drawing in page.locator("[data-chart]").all():
        assert drawing.locator("svg path[fill]:not([fill='none'])").count() > 0, "the chart has drawn no mark"
    assert sample.troubles == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_an_empty_archive(empty: Watched, path: str) -> None:
    page = empty.go(path)
    assert page.locator("h1").inner_text()
    assert page.locator("main").inner_text().strip()
    assert empty.violations() == []
    assert empty.troubles == []


@pytest.mark.parametrize("path", ["/", "/indices", "/dossiers", "/map", "/documents", "/facts"])
def test_on_a_phone(browser: Browser, site: str, path: str) -> None:
    with browser.new_context(viewport=PHONE) as context:
        watched = Watched(context.new_page(), site)
        page = watched.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], (
            "the page is wider than the screen"
        )
        assert not page.locator("nav ul").first.is_visible()
        page.locator(".menu summary").click()
        assert page.locator("nav ul").first.is_visible()
        assert watched.violations() == []
        assert watched.troubles == []


def test_names_on_the_map_can_be_read_on_a_phone(browser: Browser, site: str) -> None:
    with browser.new_context(viewport=PHONE) as context:
        page = Watched(context.new_page(), site).go("/map")
        heights = page.locator(".tile text").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert min(heights) > 9


@pytest.mark.parametrize("path", ["/", "/dossiers", "/tasks", "/documents", "/facts"])
def test_no_column_of_a_table_is_out_of_sight_on_a_small_desk(browser: Browser, site: str, path: str) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = Watched(context.new_page(), site).go(path)
        hidden = page.locator(".scroll").evaluate_all("all => all.map(one => one.scrollWidth - one.clientWidth)")
        assert hidden
        assert max(hidden) <= 0


@pytest.mark.parametrize(("lang", "said"), [("vi", "Một tài liệu"), ("en", "One document")])
def test_the_api_is_described_in_the_readers_language(sample: Watched, lang: str, said: str) -> None:
    page = sample.go(f"/data?lang={lang}")
    row = page.locator("tr", has_text="/api/documents/{doc_id}")
    assert row.locator("td").first.inner_text() == said
    names = {row.locator("td").first.inner_text() for row in page.locator("tbody tr").all()}
    assert len(names) == page.locator("tbody tr").count()


def test_documents_of_each_kind(sample: Watched) -> None:
    """Text, table and page image; a fact is chosen, and its words stand out."""
    page = sample.go("/documents")
    looked_at: set[str] = set()
    for address in [link.get_attribute("href") for link in page.locator("tbody th a").all()]:
        assert address
        page = sample.go(address)
        first = page.locator(".facts a").first
        if not first.count():
            continue
        first.click()
        page.wait_for_load_state()
        assert page.locator(".chosen .big-value").inner_text()
        assert page.locator(".text .selected, .sheet rect.selected").count() > 0
        kind = page.locator(".about .path").inner_text().rpartition(".")[2]
        if kind not in looked_at:
            assert sample.violations() == []
        looked_at.add(kind)
    assert looked_at >= {"txt", "html", "pdf", "docx"}
    assert sample.troubles == []


def test_the_boxes_lie_on_the_words(sample: Watched) -> None:
    """Under the rectangle of a fact of the PDF there is ink; the same rectangle in the margin has none."""
    page = sample.go("/documents?q=hoa+binh")
    page.locator("tbody th a").first.click()
    page.wait_for_load_state()
    assert page.locator(".sheet rect.fact").count() > 5
    found = ink(page, "rect.fact")
    assert all(one["ink"] > 0.04 and one["beside"] == 0 for one in found), found
    assert sample.troubles == []


@pytest.mark.parametrize("path", ["/indices", "/compare", "/dossiers"])
def test_a_click_on_a_point_opens_its_evidence(sample: Watched, path: str) -> None:
    page = sample.go(path)
    assert page.locator("[data-chart] svg path").count() > 0
    drawing = page.locator("[data-chart] svg").first.bounding_box()
    assert drawing
    boxes = [box for mark in page.locator(MARKS).all() if (box := mark.bounding_box())]
    for box in [box for box in boxes if box["y"] > drawing["y"] + LEGEND]:
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        with suppress(sync_api.TimeoutError):
            page.wait_for_url("**/points/*", timeout=1500)
            break
    assert page.locator(".accepted .big-value").inner_text()
    assert page.locator(".source-card mark").first.inner_text()
    page.locator(".source-card .button").first.click()
    page.wait_for_url("**/documents/*")
    assert page.locator(".chosen .big-value").inner_text()
    assert sample.troubles == []


def test_the_language_is_switched_and_kept(sample: Watched) -> None:
    page = sample.go("/ranking?index=PAPI")
    assert page.locator("html").get_attribute("lang") == "vi"
    page.locator(".language").click()
    page.wait_for_url("**lang=en*")
    assert page.locator("h1").inner_text() == "Ranking"
    assert "index=PAPI" in page.url
    page = sample.go("/map")
    assert page.locator("html").get_attribute("lang") == "en"
    assert sample.troubles == []


def test_search_without_accents(sample: Watched) -> None:
    page = sample.go("/")
    page.keyboard.press("/")
    page.keyboard.type("son la")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=son+la")
    assert "Sơn La" in [mark.inner_text() for mark in page.locator(".passage mark").all()]
    page.locator(".hits a").last.click()
    page.wait_for_load_state()
    assert page.locator("#here").count() == 1
    assert sample.troubles == []


def test_a_filter_goes_into_the_address_and_the_chart_is_drawn_again(sample: Watched) -> None:
    page = sample.go("/indices")
    page.locator("select[name=index]").select_option("PAPI")
    page.wait_for_url("**index=PAPI*")
    page.locator("[data-chart] svg").first.wait_for()
    assert page.locator("select[name=index]").input_value() == "PAPI"
    page.go_back()
    page.wait_for_url(lambda address: "PAPI" not in address)
    assert sample.troubles == []


def test_years_without_a_value_part_the_line(sample: Watched) -> None:
    page = sample.go("/indices")
    page.locator("[data-chart] svg").first.wait_for()
    spots = [
        {"at": year, "value": 80, "said": "80", "href": "", "note": ""} for year in ("2017", "2018", "2021", "2022")
    ]
    line = {"name": "Lào Cai", "kind": "mean", "spots": spots}
    chart = {"form": "lines", "places": [str(year) for year in range(2017, 2023)], "lines": [line]}
    paths = page.evaluate(
        """chart => {
          const place = document.querySelector("[data-chart]");
          echarts.dispose(place);
          place.dataset.chart = JSON.stringify(chart);
          delete place.dataset.drawn;
          drawAll();
          const dashed = place.querySelectorAll("path[stroke-dasharray]");
          return Array.from(dashed, (path) => path.getAttribute("d"));
        }""",
        chart,
    )
    assert [path.count("M") for path in paths] == [2], "one line to 2018, one from 2021"
    assert sample.troubles == []


def test_by_keyboard_alone(sample: Watched) -> None:
    page = sample.go("/map")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.tiles') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/indices?*")
    assert sample.troubles == []


def test_a_reference_leads_to_its_document(sample: Watched) -> None:
    page = sample.go("/search?q=88/BC-UBND")
    page.locator("main .list a").first.click()
    page.wait_for_load_state()
    page.locator(".text a.reference").first.click()
    page.wait_for_load_state()
    assert "412/KH-UBND" in page.locator(".about").inner_text()
    assert page.locator(".beside").get_by_text("6 tháng đầu năm 2022").count() > 0, "the plan tells who names it"
    assert sample.troubles == []


def test_hostile_documents_stay_text(sample: Watched) -> None:
    for path in ("/documents", "/search?q=script", "/search?q=lao+cai", "/facts?q=lao+cai", "/dossiers?q=lao+cai"):
        page = sample.go(path)
        assert page.evaluate("window.hacked") is None
    page = sample.go("/documents?q=script")
    page.locator("tbody th a").first.click()
    page.wait_for_load_state()
    assert "onerror" in page.locator(".text").inner_text()
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img").count() == 0
    assert sample.troubles == []


def test_on_paper_the_frame_is_gone(sample: Watched) -> None:
    page = sample.go("/ranking")
    page.emulate_media(media="print")
    assert not page.locator(".side").is_visible()
    assert page.locator("table").is_visible()
