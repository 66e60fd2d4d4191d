"""Figures that bear each other out: on the desk, beside a point of a series, in the table of counts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from tests.web.conftest import served
from tests.web.desk_visit import REVIEWER, at_desk, copy_of

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def agreement(dataset: Path) -> dict[str, str]:
    """A sum of the sample that holds, with thousands in it, and one of its figures."""
    sums = pq.read_table(dataset / "agreements.parquet").to_pylist()
    chosen = next(row for row in sums if re.fullmatch(r"\d{4,} \+ \d+ = \d{4,}", row["statement"]))
    return {**chosen, "obs_id": chosen["obs_ids"][0]}


@pytest.mark.web
@pytest.mark.xdist_group("desk")
def test_the_desk_lists_a_check_that_holds(
    browser: Browser, dataset: Path, tmp_path: Path, agreement: dict[str, str]
) -> None:
    thousands = re.sub(r"\d+", lambda number: f"{int(number[0]):,}", agreement["statement"])
    with served(copy_of(dataset, tmp_path), "--reviewer", REVIEWER) as address, at_desk(browser, address) as page:
        page.goto(f"{address}/review/{agreement['obs_id']}")
        expected = f"✓ Tổng các phần bằng số chung: {thousands.replace(',', '.')}"
        assert expected in page.locator(".agreement").all_inner_texts()
        page.goto(f"{address}/review/start?lang=en")  # what was asked for on the way there stays
        page.goto(f"{address}/review/{agreement['obs_id']}")
        assert f"✓ The parts add up to the whole: {thousands}" in page.locator(".agreement").all_inner_texts()


def test_each_figure_of_an_agreement_shows_it_where_it_stands_in_its_series(
    client: TestClient, agreement: dict[str, str]
) -> None:
    points = client.get("/api/series?size=1000").json()["rows"]
    shown = 0
    for obs_id in agreement["obs_ids"]:
        for point in points:
            if obs_id in (json.loads(point["obs_ids"]) if isinstance(point["obs_ids"], str) else point["obs_ids"]):
                shown += 'class="agreement"' in client.get(f"/points/{point['point_id']}").text
    assert shown == len(agreement["obs_ids"])


def test_a_row_of_counts_is_ticked_only_where_something_was_checked(client: TestClient) -> None:
    page = client.get("/dossiers").text
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    ticked = [row for row in rows if '<span class="ok">✓</span>' in row]
    assert ticked
    assert all(re.search(r'<p title="[^"]+">[^<]+ [=≈] [^<]+</p>', row) for row in ticked)
    assert any("Không có con số nào khác để đối chiếu" in row for row in rows)
