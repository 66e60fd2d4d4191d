"""Checks of the index family: places, scales, components, changes, years. Many rows are cases met in print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from check_samples import said, short, told

from pipeline.check import check_series
from pipeline.model import Observation
from pipeline.rulebook.book import load


def score(printed: str, index: str = "PAPI", year: int = 2021, **fields: Any) -> Observation:
    unit = "percent" if index in ("PAR_INDEX", "SIPAS") else "point"
    return said("index.score", printed, index=index, unit=unit, **in_year(year), **fields)


def rank(printed: str, out_of: int | None = None, scope: str = "national", **fields: Any) -> Observation:
    fields = {"index": "PAPI", **in_year(fields.pop("year", 2021)), **fields}
    return said("index.rank", printed, out_of=out_of, scope=scope, **fields)


def change(of: str, printed: str, index: str = "PAPI", year: int = 2021, base: int = 2020) -> Observation:
    unit = "rank" if of == "rank" else "percent" if index in ("PAR_INDEX", "SIPAS") else "point"
    return said(f"index.{of}_change", printed, index=index, unit=unit, base_period=str(base), **in_year(year))


def in_year(year: int) -> dict[str, Any]:
    return {"time_period": str(year), "period_start": date(year, 1, 1), "period_end": date(year, 12, 31)}


TDMNPB = "region:trung-du-va-mien-nui-phia-bac"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (rank("20", 63), []),
        (rank("63", 63), []),
        (rank("07", 63), []),
        (rank("64", 63), ["C3-rank-within-set error: <= 63 / 64"]),
        (rank("0", 63), ["C3-rank-within-set error: >= 1 / 0"]),
        (rank("1,5"), ["C3-rank-within-set error: >= 1 / 1.5"]),
        (rank("21", 20, "province:agencies"), ["C3-rank-within-set error: <= 20 / 21"]),
        (rank("15", scope=TDMNPB), ["C3-rank-within-set error: <= 14 / 15"]),
        (rank("14", scope=TDMNPB), []),
        (rank("6", 7, "region:mien-nui-bien-gioi-phia-bac"), []),
        (rank("61", 61, year=2022), []),  # PAPI without two provinces
        (rank("6", 34, year=2025), []),
        (rank("6", 34, year=2024), []),  # reckoned anew for the 34
        (rank("6", 34, year=2020), ["C3-size-of-set warning: 64, 63, 62, 61, 60, 24, 22, 20, 19, 18, 17, 16, 15 / 34"]),
        (rank("6", 63, year=2026), ["C3-size-of-set warning: 34, 24, 22, 20, 19, 18, 17, 16, 15 / 63"]),
        (rank("2", 17, year=2023), []),  # ministries
    ],
)
def test_rank_within_its_set(row: Observation, expected: list[str]) -> None:
    assert told([row], "C3") == expected


def test_region_within_country() -> None:
    assert told([rank("20", 63), rank("5", 14, TDMNPB)], "C8") == []
    assert told([rank("4", 63), rank("5", 14, TDMNPB)], "C8") == ["C8-region-within-country error: <= 4 / 5"]
    assert told([rank("4", 63, year=2020), rank("5", 14, TDMNPB)], "C8") == []


def test_order_of_a_ranking() -> None:
    def ranking(*pairs: tuple[str, str]) -> list[str]:
        rows = []
        for n, (place, points) in enumerate(pairs):
            rows += [rank(place, subject=f"Tỉnh {n}"), score(points, subject=f"Tỉnh {n}")]
        return told(rows, "C8")

    assert ranking(("1", "46,74"), ("2", "46,72"), ("5", "45,86")) == []
    assert ranking(("1", "46,74"), ("1", "46,80")) == []
    ministry = [rank("1", 17), score("91,88")]
    province = [
        replace(row, subject="Tỉnh Bà Rịa - Vũng Tàu", ref_area="77") for row in (rank("2", 63), score("93,35"))
    ]
    assert told([*ministry, *province], "C8") == []
    assert ranking(("3", "0,664"), ("2", "0,6514"), ("1", "0,6881")) == [
        "C8-order-of-ranking warning: >= 0.664 / 0.6514"
    ]


def test_each_province_ranks_its_own_agencies() -> None:
    def placed(place: str, points: str, subject: str, area: str) -> list[Observation]:
        row = rank(place, scope="province:agencies", index="DDCI")
        return [replace(o, subject=subject, ref_area=area) for o in (row, score(points, index="DDCI"))]

    lao_cai = placed("1", "80,5", "Sở Nội vụ", "10")
    son_la = [*placed("2", "91,2", "Sở Nội vụ", "14"), *placed("3", "89,1", "Sở Y tế", "14")]
    assert told([*lao_cai, *son_la], "C8") == []
    wrong = placed("4", "95", "Sở Tài chính", "14")
    assert told([*lao_cai, *son_la, *wrong], "C8") == ["C8-order-of-ranking warning: >= 95 / 89.1"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (score("84,84", "PAR_INDEX"), []),
        (score("104,5", "PAR_INDEX"), []),  # bonus points
        (score("184,84", "PAR_INDEX"), ["C5-value-within-scale error: 20-115 / 184.84"]),
        (score("40,62", out_of=80), []),
        (score("84,06"), ["C5-value-within-scale error: 12-80 / 84.06"]),
        (score("5,24", "PAPI/tham_gia_cap_co_so"), []),
        (score("52,4", "PAPI/tham_gia_cap_co_so"), ["C5-value-within-scale error: 0-10 / 52.4"]),
        (score("18,33", "PAR_INDEX/khac", out_of=22), []),
        (score("23,33", "PAR_INDEX/khac", out_of=22), ["C5-value-within-scale error: 0-22 / 23.33"]),
        (score("999", "UNKNOWN"), []),
        (said("index.score", "97,36", index="PAPI/tham_gia_cap_co_so", unit="percent"), []),
        (
            said("index.score", "107,36", index="PAPI/tham_gia_cap_co_so", unit="percent"),
            ["C5-value-within-scale error: 0-100 / 107.36"],
        ),
        (said("dossier.on_time_rate", "100"), []),
        (said("dossier.on_time_rate", "100,5"), ["C5-value-within-scale error: 0-100 / 100.5"]),
        (said("finance.disbursed_rate", "103,2"), []),
        (said("dossier.on_time_rate", "120", obs_status="target"), ["C5-value-within-scale error: 0-100 / 120"]),
    ],
)
def test_values_within_their_scale(row: Observation, expected: list[str]) -> None:
    assert told([row], "C5") == expected


COMPONENTS = load().index.indices["PAPI"].components
POINTS = ["5,24", "5,29", "5,46", "6,72", "7,20", "7,52", "4,11", "4,31"]


@pytest.mark.parametrize(
    ("total", "points", "expected"),
    [
        ("45,85", POINTS, []),
        ("45,86", POINTS, []),  # each component is rounded
        ("45,58", POINTS, ["C11-components-sum-to-score error: 45.85 / 45.58"]),
        ("45,58", POINTS[:7], []),
    ],
)
def test_components_add_up(total: str, points: list[str], expected: list[str]) -> None:
    parts = [score(p, f"PAPI/{slug}") for slug, p in zip(COMPONENTS, points, strict=False)]
    assert told([score(total), *parts], "C11") == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([score("84,84", "PAR_INDEX"), change("score", "2,91", "PAR_INDEX"), score("81,93", "PAR_INDEX", 2020)], []),
        ([score("42,40"), change("score", "1,53"), score("40,87", year=2020)], []),
        ([score("42,39"), change("score", "1,52"), score("40,87", year=2020)], []),
        ([score("42,39"), change("score", "2,52"), score("40,87", year=2020)],
         ["C4-change-from-before warning: 1.52 / 2.52"]),
        ([score("88,51", "PAR_INDEX"), change("score", "1,58", "PAR_INDEX"), score("87,72", "PAR_INDEX", 2020)],
         ["C4-change-from-before warning: 0.79 / 1.58"]),
        ([score("80"), change("score", "-2"), score("82", year=2020)], []),
        ([rank("20"), change("rank", "3"), rank("23", year=2020)], []),
        ([rank("20"), change("rank", "3"), rank("17", year=2020)], ["C4-change-from-before warning: -3 / 3"]),
        ([rank("49"), change("rank", "-3"), rank("46", year=2020)], []),
        ([rank("5", scope=TDMNPB), change("rank", "3"), rank("23", year=2020)], []),
        ([score("42,39"), change("score", "9")], []),
        # A relative change in percent of points is no difference of points.
        ([score("0,6077"), said("index.score_change", "8,6", index="PAPI", unit="percent", base_period="2020"),
          score("0,5596", year=2020)], []),
    ],
)  # fmt: skip
def test_change_from_before(rows: list[Observation], expected: list[str]) -> None:
    assert told(rows, "C4") == expected


@pytest.mark.parametrize(
    ("scores", "ranks", "expected"),
    [
        ("1,59", "-7", ["C13-change-of-score-and-rank warning: same sign / opposite signs"]),
        ("1,59", "7", []),
        ("1,59", "0", []),
    ],
)
def test_score_and_rank_move_the_same_way(scores: str, ranks: str, expected: list[str]) -> None:
    assert told([change("score", scores), change("rank", ranks)], "C13") == expected


def test_years_that_changed_places() -> None:
    straight = [score("42,3966", year=2023), score("40,8694", year=2022)]
    assert told(straight, "C15") == []
    assert told([*straight, score("40,8694", year=2023)], "C15") == []
    swapped = [*straight, score("40,8694", year=2023), score("42,3966", year=2022)]
    assert told(swapped, "C15") == ["C15-swapped-years warning: one order / both orders"]


def test_one_unit_for_an_index() -> None:
    points = said("index.score", "86,15", index="PAR_INDEX", unit="point")
    assert told([score("86,15", "PAR_INDEX"), points], "C16") == ["C16-one-unit-for-an-index info: percent / point"]
    assert told([score("86,15", "PAR_INDEX"), score("9,5", "PAR_INDEX/the_che")], "C16") == []


def test_series_of_documents() -> None:
    before = {"a": [score("40,8694", year=2022), rank("46", year=2022)]}
    holds = {"b": [score("42,3966", year=2023), change("score", "1,5272", year=2023, base=2022),
                   rank("30", year=2023), change("rank", "16", year=2023, base=2022)]}  # fmt: skip
    assert check_series({**before, **holds}) == ()
    fails = {"b": [rank("30", year=2023), change("rank", "15", year=2023, base=2022)]}
    (finding,) = check_series({**before, **fails})
    assert (finding.check, finding.expected, finding.found) == ("C4-change-from-before", "16", "15")
    assert finding.obs_ids == (before["a"][1].obs_id, fails["b"][0].obs_id, fails["b"][1].obs_id)
    leader = {"a": [score("90,5", "POBI")], "b": [score("90,51", "POBI")], "c": [score("90,52", "POBI")]}
    assert [short(f) for f in check_series(leader)] == ["C6-same-fact-twice info: 90.51 / 90.52"]
    swapped = {"a": [score("44,68", "POBI")], "b": [score("46,48", "POBI")]}
    assert [short(f) for f in check_series(swapped)] == ["C6-same-fact-twice warning: 44.68 / 46.48"]


def test_series_of_one_area_are_not_held_against_those_of_another() -> None:
    """So the checks between documents can be made area by area."""
    stated = {"a": [score("44,68", "POBI", ref_area="14")], "b": [score("46,48", "POBI", ref_area="34")]}
    assert check_series(stated) == ()
    assert len(check_series({"a": stated["a"], "c": [score("46,48", "POBI", ref_area="14")]})) == 1


def test_series_leave_to_the_document_what_is_within_it() -> None:
    assert check_series({"a": [score("90,51", "POBI"), score("98,52", "POBI")]}) == ()
    counts = {"a": [said("dossier.received", "675")], "b": [said("dossier.received", "700")]}
    assert check_series(counts) == ()
