"""Long lists: one page of them at a time on the screen, all of their rows in a download."""

from __future__ import annotations

import csv
import io
import re
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")

from pipeline.web.pages import findings
from pipeline.web.queries import counts, documents, facts

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

pytestmark = [pytest.mark.web, pytest.mark.xdist_group("web")]

LISTS = (
    ("/dossiers?", counts, "PER_PAGE"),
    ("/documents?", documents, "PER_PAGE"),
    ("/facts?", facts, "PER_PAGE"),
    ("/findings?", findings, "_PER_PAGE"),
    ("/unexplained?class=quantity&", findings, "_PER_PAGE"),
)


def rows_of(client: TestClient, address: str) -> list[list[str]]:
    answer = client.get(f"{address}format=csv")
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))[1:]


def page_shown(text: str) -> tuple[str, str]:
    """The page that is shown, and the last one."""
    found = re.search(r"Page (\d+) of (\d+)", text)
    assert found
    return found[1], found[2]


@pytest.mark.parametrize(("address", "module", "name"), LISTS)
def test_a_download_has_all_rows_and_a_page_its_own(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, address: str, module: ModuleType, name: str
) -> None:
    monkeypatch.setattr(module, name, 1)
    all_rows = rows_of(client, address)
    assert len(all_rows) > 1
    assert page_shown(client.get(f"{address}lang=en").text) == ("1", str(len(all_rows)))
    assert rows_of(client, f"{address}page=2&") == all_rows


@pytest.mark.parametrize(("address", "module", "name"), LISTS)
@pytest.mark.parametrize("wanted", ["90000", "9" * 5000])
def test_a_page_behind_the_last_is_none_without_rows(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, address: str, module: ModuleType, name: str, wanted: str
) -> None:
    monkeypatch.setattr(module, name, 1)
    answer = client.get(f"{address}lang=en&page={wanted}")
    assert answer.status_code == 200
    number, last = page_shown(answer.text)
    assert number == (last if len(wanted) < 10 else "1")
