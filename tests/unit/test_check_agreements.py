"""What the checks find to hold: the identity in words of numbers, and the figures that take part in it."""

from __future__ import annotations

import pytest
from check_samples import dossiers
from test_check_indices import change, rank, score

from pipeline.check import check_document
from pipeline.model import Observation
from pipeline.rulebook.book import load


def holding(observations: list[Observation]) -> list[str]:
    """The agreements in short: "check: statement"."""
    return [f"{each.check.split('-')[0]}: {each.statement}" for each in check_document(observations).agreements]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("resolved 635; resolved_early 567; resolved_on_time 68", ["C1: 567 + 68 = 635"]),
        ("received 57.028; carried_over 1.982; resolved 57.689; pending 1.321", ["C1: 57689 + 1321 = 57028 + 1982"]),
        (
            "received 2.345; resolved 1.926; returned 118; withdrawn 272; pending 147",
            ["C1: 1926 + 147 + 272 = 2345"],  # the returned are withdrawn ones
        ),
        # Of two rules for one whole the one that sees more of its parts speaks.
        (
            "resolved 635; resolved_early 567; resolved_on_time 68; resolved_overdue 0",
            ["C1: 567 + 68 + 0 = 635"],
        ),
        ("resolved >57.000; resolved_early_or_on_time 57.502; resolved_overdue 187", ["C1: 57502 + 187 ≈ 57000"]),
        # One part that equals the whole says nothing of the others.
        ("resolved 635; resolved_early 635", []),
        ("resolved 635; resolved_early 500; resolved_on_time 68", []),
        ("received 675", []),
        ("resolved 1.204; resolved_on_time 1.180; on_time_rate 98", ["C2: 1180 / 1204 = 98%"]),
        ("resolved 1.204; resolved_on_time 1.180; on_time_rate 98,00", ["C2: 1180 / 1204 = 98.007%"]),  # cut off
        ("resolved 1.204; resolved_on_time 1.180; on_time_rate 98,01", ["C2: 1180 / 1204 = 98.01%"]),
        ("resolved 1.204; resolved_on_time 1.180; on_time_rate >95", ["C2: 1180 / 1204 = 98%"]),
        ("resolved 1.204; resolved_on_time 1.180; on_time_rate 93", []),
        (
            "resolved_early 500; resolved_on_time 480; resolved_overdue 20; on_time_rate 98",
            ["C2: (500 + 480) / (500 + 480 + 20) = 98%"],
        ),
        ("resolved_on_time 1.180/1.204; on_time_rate 98,01", ["C7: 1180 / 1204 = 98.01%"]),
        ("resolved 1.204; resolved_on_time 1.180/1.204", ["C6: 1204 = 1204"]),
        ("resolved 1.240; resolved_on_time 1.180/1.204", []),
    ],
)
def test_counts_that_agree(figures: str, expected: list[str]) -> None:
    assert holding(dossiers(figures)) == expected


def test_levels_that_add_up() -> None:
    rows = [
        *dossiers("received 100"), *dossiers("received 20", level="province"),
        *dossiers("received 30", level="district"), *dossiers("received 50", level="commune"),
    ]  # fmt: skip
    assert holding(rows) == ["C1: 20 + 30 + 50 = 100"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([score("44,10", year=2020), score("46,48"), change("score", "2,38")], ["C4: 44.1 + 2.38 = 46.48"]),
        ([score("46,48", year=2020), score("44,1"), change("score", "-2,38")], ["C4: 46.48 - 2.38 = 44.1"]),
        ([score("46,48", year=2020), score("44,1"), change("score", "-2,4")], ["C4: 46.48 - 2.4 ≈ 44.1"]),
        # A rank that rises becomes a smaller number.
        ([rank("28", 63, year=2020), rank("22", 63), change("rank", "6")], ["C4: 28 - 6 = 22"]),
        ([rank("22", 63, year=2020), rank("28", 63), change("rank", "-6")], ["C4: 22 + 6 = 28"]),
        ([score("46,48"), change("score", "2,38")], []),
        # What every figure must keep is no agreement.
        ([score("46,48"), rank("12", 63)], []),
    ],
)
def test_changes_that_agree(rows: list[Observation], expected: list[str]) -> None:
    assert holding(rows) == expected


def test_components_that_add_up() -> None:
    names = load().index.indices["PAPI"].components
    parts = [score("5,25", f"PAPI/{name}") for name in names]
    assert holding([score("42,02", "PAPI"), *parts]) == [f"C11: {' + '.join(['5.25'] * 8)} ≈ 42.02"]
    assert holding([score("42,02", "PAPI"), *parts[1:]]) == []


def test_a_figure_that_is_stated_again_takes_part_too() -> None:
    rows = dossiers("resolved 635; resolved_early 567; resolved_on_time 68; resolved 635; resolved 640")
    [sum_] = check_document(rows).agreements
    assert sum_.obs_ids == tuple(row.obs_id for row in rows[:4])


@pytest.mark.parametrize("change", [{"subject": "Sở Nội vụ"}, {"time_period": "2022"}, {"obs_status": "target"}])
def test_figures_of_other_things_bear_nothing_out(change: dict[str, str]) -> None:
    assert holding([*dossiers("resolved 635; resolved_early 567"), *dossiers("resolved_on_time 68", **change)]) == []
