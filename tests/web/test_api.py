"""The JSON API: the same data as the tables, in pages, filtered, never a server error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.store.tables import AGREEMENTS, CHECKS, DATES, DOCUMENTS, NUMERALS, OBSERVATIONS, REFERENCES, SERIES

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

TABLES = (OBSERVATIONS, SERIES, DOCUMENTS, REFERENCES, CHECKS, AGREEMENTS, DATES, NUMERALS)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_all_rows_come_in_pages(client: TestClient, dataset: Path, table: Any) -> None:
    """Every row of the Parquet file comes once, in its order, with the columns of the dictionary."""
    rows, page = [], 1
    while page:
        answer = client.get(f"/api/{table.name}?size=37&page={page}").json()
        rows += answer["rows"]
        page = answer["next"]
    stored = pq.read_table(dataset / f"{table.name}.parquet").to_pylist()
    assert answer["total"] == len(rows) == len(stored) > 0
    for row, kept in zip(rows, stored, strict=True):
        assert list(row) == list(table.names)
        assert [_same(row[name], kept[name]) for name in table.names] == [True] * len(table.names)


def _same(value: Any, kept: Any) -> bool:
    if isinstance(value, int | float) and kept is not None:
        return abs(float(kept) - value) < 1e-9 * max(1, abs(value))
    return bool(value == (kept.isoformat() if hasattr(kept, "isoformat") else kept))


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("/api/observations?indicator=index.rank", lambda row: row["indicator"] == "index.rank"),
        (
            "/api/observations?index=PAPI&status=actual",
            lambda row: row["index"] == "PAPI" and row["obs_status"] == "actual",
        ),
        ("/api/observations?area=63-60", lambda row: (row["area_regime"], row["ref_area"]) == ("63", "60")),
        ("/api/observations?year=2022", lambda row: row["period_start"][:4] <= "2022" <= row["period_end"][:4]),
        ("/api/series?agreement=conflict", lambda row: row["agreement"] == "conflict"),
        ("/api/documents?doc_type=BC", lambda row: row["doc_type"] == "BC"),
        ("/api/references?role=self", lambda row: row["role"] == "self"),
        ("/api/numerals?class=date", lambda row: row["class"] == "date"),
    ],
)
def test_filters(client: TestClient, path: str, holds: Any) -> None:
    answer = client.get(path).json()
    everything = client.get(path.partition("?")[0]).json()["total"]
    assert 0 < answer["total"] < everything
    assert all(holds(row) for row in answer["rows"])


def test_confidence_is_bounded_below(client: TestClient) -> None:
    everything = client.get("/api/observations?size=1000").json()["rows"]
    for bound in {row["confidence"] for row in everything}:
        sure = [row for row in everything if row["confidence"] >= bound]
        assert client.get(f"/api/observations?size=1000&min_confidence={bound}").json()["rows"] == sure


def test_search_in_observations_needs_no_accents(client: TestClient) -> None:
    found = client.get("/api/observations?q=lao cai tiep nhan").json()["rows"]
    assert {row["value"] for row in found} >= {1240, 10500}


def test_one_row(client: TestClient) -> None:
    first = client.get("/api/observations?size=1").json()["rows"][0]
    whole = client.get(f"/api/observations/{first['obs_id']}").json()
    evidence = whole.pop("evidence")
    assert whole == first
    assert {"value", "quote"} <= {row["role"] for row in evidence}
    assert client.get("/api/observations/none").status_code == 404
    assert client.get(f"/api/documents/{first['doc_id']}").json()["doc_id"] == first["doc_id"]


def test_what_is_not_as_described_is_refused(client: TestClient) -> None:
    for query in ("size=0", "size=1001", "page=0", "page=x", "area=14", "year=20000", "doc_id=..", "min_confidence=2"):
        answer = client.get(f"/api/observations?{query}")
        assert answer.status_code == 422
        assert answer.json()["detail"][0]["loc"][0] == "query"


def test_a_page_past_the_end_is_empty(client: TestClient) -> None:
    answer = client.get("/api/checks?page=9999").json()
    assert answer["rows"] == []
    assert answer["next"] is None


@pytest.mark.parametrize("path", ["/", "/api/series?index=PAPI", "/documents"])
def test_an_etag_saves_the_answer(client: TestClient, path: str) -> None:
    client.get("/")  # gives the browser its token
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    in_english = client.get(path, headers={"if-none-match": first.headers["etag"], "cookie": "lang=en"})
    assert in_english.status_code == 200, "another language is another answer"


def test_the_description_names_every_address(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {f"/api/{table.name}" for table in TABLES} <= set(paths)
    assert all(set(methods) == {"get"} for methods in paths.values())
    assert all(methods["get"]["summary"] for methods in paths.values())


def test_codes(client: TestClient) -> None:
    assert len(client.get("/api/codes/provinces").json()) >= 97
    assert client.get("/api/codes/observations").status_code == 422


def test_health(client: TestClient) -> None:
    answer = client.get("/health").json()
    assert answer["status"] == "ok"
    assert answer["observations"] > 100


NAMES = (
    "q", "indicator", "index", "area", "year", "status", "doc_id", "page", "size", "lang", "period", "measure", "fact",
    "at", "part", "show", "level", "check", "class", "format", "family",
)  # fmt: skip
ADDRESSES = (
    "/", "/indices", "/compare", "/ranking", "/map", "/dossiers", "/tasks", "/documents", "/facts", "/findings",
    "/unexplained", "/search", "/api/observations", "/api/series", "/api/documents", "/api/references", "/api/checks",
    "/api/dates", "/api/numerals",
)  # fmt: skip
QUERIES = st.dictionaries(st.sampled_from(NAMES), st.text(max_size=30) | st.integers().map(str), max_size=4)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ADDRESSES), QUERIES)
def test_no_query_is_a_server_error(client: TestClient, path: str, query: dict[str, str]) -> None:
    clean = {name: value.encode("utf-8", "replace").decode() for name, value in query.items()}
    assert client.get(f"{path}?{urlencode(clean)}").status_code in (200, 422)
