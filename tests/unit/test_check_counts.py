"""Checks of dossiers, tasks and procedures: sums, rates, shares. Many rows are cases met in print."""

from __future__ import annotations

from decimal import Decimal

import pytest
from check_samples import dossiers, said, told
from hypothesis import given
from hypothesis import strategies as st

from pipeline.check import check_document

SUMS_THAT_HOLD = [
    "resolved 635; resolved_early 567; resolved_on_time 68",
    "resolved 635; resolved_early 567; resolved_on_time 68; resolved_overdue 0",
    "received 2.345; resolved 1.926; returned 118; withdrawn 272; pending 147",  # withdrawn lie inside
    "received 2.345; resolved 1.926; returned 118; pending 29; withdrawn 272",
    "resolved 1.926; resolved_early 1051; resolved_on_time 721; resolved_overdue 154",
    "resolved_early_or_on_time 14.068; resolved_early 10.000; resolved_on_time 4.068",
    "to_process 59.010; received_new 57.028; carried_over 1.982",
    "to_process 59.010; resolved 57.689; pending 1.321",
    "received 57.028; carried_over 1.982; resolved 57.689; pending 1.321",
    "pending 1.321; pending_in_time 1.246; pending_overdue 75",
    "received 1.000; received_online 600; received_direct 300; received_postal 100",
    "resolved 13.529; resolved_early_or_on_time 13.500; resolved_overdue 29",
    # Rounded figures: within half a unit, or cut off, for each of them.
    "received 5,65 ngàn; received_online 1,07 ngàn; received_direct 3,19 ngàn; received_postal 1,39 ngàn",
    "resolved 4,53 ngàn; resolved_early_or_on_time 4,52 ngàn; resolved_overdue 12",
    "resolved >57.000; resolved_early_or_on_time 57.502; resolved_overdue 187",
    "resolved <27.000; resolved_early 22.357; resolved_on_time 3.523; resolved_overdue 900",
    # Something is not stated.
    "received 675",
    "resolved_early 567; resolved_on_time 68",
    "resolved 635; resolved_early 567",
    "task.total 21.914; task.completed 16.051; task.in_progress 5.863",
    "task.completed 16.051; task.completed_on_time 14.068; task.completed_late 1.983",
    "task.in_progress 5.863; task.in_progress_in_time 5.640; task.overdue 223",
    "procedure.published 2.268; procedure.new 1.833; procedure.amended 301; procedure.repealed 134",
    # One of two statements of a figure is enough.
    "resolved 635; resolved 640; resolved_early 567; resolved_on_time 68",
]


@pytest.mark.parametrize("figures", SUMS_THAT_HOLD)
def test_sums_that_hold(figures: str) -> None:
    assert told(dossiers(figures), "C1") == []


SUMS_THAT_FAIL = [
    ("received 675; resolved 635; returned 18; pending 18", "error: 675 / 671"),
    ("resolved 17.651; resolved_early 13.767; resolved_on_time 3.254; resolved_overdue 634", "error: 17651 / 17655"),
    ("resolved 93.218; resolved_early_or_on_time 91.158; resolved_overdue 1.601", "error: 93218 / 92759"),
    ("received 15.868; resolved 15.539; pending 379", "warning: 15868 / 15918"),  # the carried over may make it up
    ("received 15.868; carried_over 10; resolved 15.539; pending 379", "error: 15868 / 15918"),
    ("resolved 635; resolved_early 700", "error: 635 / 700"),
    ("resolved 43; resolved_early 110; resolved_on_time 3; resolved_overdue 0", "warning: 43 / 113"),  # of two things
    ("resolved 26.147; resolved_early 22.357; resolved_on_time 3.523", "info: 26147 / 25880"),
    ("resolved 4,9 ngàn; resolved_early_or_on_time 4,52 ngàn; resolved_overdue 12", "warning: 4900 / 4532"),
    ("task.in_progress 2.414; task.in_progress_in_time 2.065; task.overdue 348", "error: 2414 / 2413"),
    ("procedure.published 7.518; procedure.new 3.595; procedure.amended 977; procedure.repealed 2.926",
     "error: 7518 / 7498"),
]  # fmt: skip


@pytest.mark.parametrize(("figures", "expected"), SUMS_THAT_FAIL)
def test_sums_that_fail(figures: str, expected: str) -> None:
    assert told(dossiers(figures), "C1") == [f"C1-sum-of-parts {expected}"]


def test_a_finding_names_its_figures_and_the_difference() -> None:
    rows = dossiers("received 675; resolved 635; returned 18; pending 18")
    (finding,) = check_document(rows).findings
    assert finding.message == "635 + 18 + 18 = 671, but the whole is 675: 4 not accounted for"
    assert finding.obs_ids == tuple(row.obs_id for row in rows)


@pytest.mark.parametrize(
    "change",
    [{"subject": "Sở Nội vụ"}, {"time_period": "2022"}, {"level": "district"}, {"obs_status": "target"}],
)
def test_figures_of_other_subjects_periods_levels_and_goals_are_not_mixed(change: dict[str, str]) -> None:
    rows = [*dossiers("resolved 635; resolved_early 567"), *dossiers("resolved_on_time 600", **change)]
    assert told(rows, "C1") == []


def test_levels_add_up_to_the_whole() -> None:
    def rows(whole: str) -> list[str]:
        levels = {"province": "100", "district": "300", "commune": "250"}
        stated = [said("dossier.received", n, level=level) for level, n in levels.items()]
        return told([said("dossier.received", whole), *stated], "C1")

    assert rows("650") == []
    assert rows("400") == []  # the districts' figure holds the communes'
    assert rows("655") == ["C1-levels-of-whole warning: 655 / 650"]


RATES_THAT_HOLD = [
    "resolved 635; resolved_early 567; resolved_on_time 68; on_time_rate 100",
    "resolved 1.000; received 1.100; resolved_early_or_on_time 950; on_time_rate 95",
    "resolved 1.000; received 1.100; resolved_early_or_on_time 950; on_time_rate 86,36",
    "resolved 207.030; resolved_early_or_on_time 204.847; on_time_rate 98,94",  # cut off
    "resolved 207.030; resolved_early_or_on_time 204.847; on_time_rate 98,95",  # rounded
    "resolved 93.218; resolved_early_or_on_time 91.158; on_time_rate 98",
    "due 4.169; resolved_early_or_on_time 4.157; on_time_rate 99,71",
    "received 2.345; resolved 1.051; resolved_rate 44",
    "resolved 61,3 ngàn; resolved_early_or_on_time 59,72 ngàn; on_time_rate 97,4",
    "resolved >57.000; resolved_early_or_on_time 57.502; on_time_rate 99",
    "task.total 15.533; task.completed 13.119; task.completion_rate 84,46",
    # The denominator of the national report of 2017: what was due.
    "task.total 21.914; task.completed 16.051; task.overdue 223; task.in_progress 5.863; task.completion_rate 98,62",
    "task.completed 30/50; task.completion_rate 60",
    "on_time_rate >99,99; resolved 635; resolved_early_or_on_time 635",
    "procedure.time_cut_days 2.117,5/5.102,5; procedure.time_cut_rate 41,5",
    "on_time_rate 99,71",
    # The whole is not stated, but its parts are.
    "received 612; resolved_early 301; resolved_on_time 214; resolved_overdue 23; on_time_rate 95,72",
    "resolved 900; received 1.000; pending_overdue 100; resolved_early_or_on_time 900; on_time_rate 90",
    "resolved 1.000; resolved_early_or_on_time 990; on_time_rate <95",  # told of some others
    "resolved 1.000; resolved_early_or_on_time 990; on_time_rate 99; on_time_rate 97,2",  # of something else
]


@pytest.mark.parametrize("figures", RATES_THAT_HOLD)
def test_rates_that_hold(figures: str) -> None:
    assert told(dossiers(figures), ("C2", "C7")) == []


RATES_THAT_FAIL = [
    # A smaller whole, or a further part, may be meant that is not stated.
    ("received 3.493; resolved_early 2.920; resolved_on_time 306; on_time_rate 99,6",
     "C2-rate-of-figures info: 92.4 / 99.6"),
    ("resolved 1.019.750; resolved_overdue 3.264; overdue_rate 5,1", "C2-rate-of-figures info: 0.3 / 5.1"),
    ("resolved 1.019.750; resolved_overdue 3.264; overdue_rate 0,1", "C2-rate-of-figures warning: 0.3 / 0.1"),
    ("resolved 635; resolved_early 567; resolved_on_time 68; on_time_rate 98", "C2-rate-of-figures warning: 100 / 98"),
    ("received 2.345; resolved 1.926; resolved_rate 92", "C2-rate-of-figures warning: 82 / 92"),
    ("to_process 2.345; received 2.345; carried_over 0; due 2.345; resolved 1.926; resolved_rate 92",
     "C2-rate-of-figures error: 82 / 92"),
    ("received 2.345; received_new 2.345; to_process 2.345; received_postal 29; postal_rate 1,5",
     "C2-rate-of-figures error: 1.2 / 1.5"),
    ("resolved 17.000; resolved_early_or_on_time 16.500; on_time_rate 97,09",
     "C2-rate-of-figures warning: 97.06 / 97.09"),
    ("task.completed 1.926/2.355; task.completion_rate 92", "C7-rate-of-ratio error: 82 / 92"),
    ("procedure.time_cut_days 15/30; procedure.time_cut_rate 60", "C7-rate-of-ratio error: 50 / 60"),
]  # fmt: skip


@pytest.mark.parametrize(("figures", "expected"), RATES_THAT_FAIL)
def test_rates_that_fail(figures: str, expected: str) -> None:
    assert told(dossiers(figures), ("C2", "C7")) == [expected]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("resolved 1.926/2.345; received 2.345", []),
        ("resolved 1.926/2.355; received 2.345", ["C6-whole-of-ratio warning: 2345 / 2355"]),
        ("resolved 1.926/9.000; received 2.345", []),  # another whole is meant
        ("task.completed 51/50", ["C5-part-within-whole error: <= 50 / 51"]),
        ("task.completed 50/50", []),
    ],
)
def test_ratios(figures: str, expected: list[str]) -> None:
    assert told(dossiers(figures), ("C5-part", "C6")) == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("on_time_rate 99,36; overdue_rate 0,63", []),
        ("on_time_rate 99,42; overdue_rate 0,68", []),
        ("on_time_rate 99,42; overdue_rate 0,87", ["C14-shares-of-one-whole error: <= 100 / 100.29"]),
        ("on_time_rate 98; overdue_rate 3", []),  # 97.5 and 2.5, each rounded
        ("on_time_rate 98; overdue_rate 4", ["C14-shares-of-one-whole error: <= 100 / 102"]),
    ],
)
def test_shares(figures: str, expected: list[str]) -> None:
    assert told(dossiers(figures), "C14") == expected


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 3), st.booleans())
def test_any_true_rate_holds_rounded_or_cut_off(whole: int, part: int, decimals: int, rounded: bool) -> None:
    part = min(part, whole)
    step = Decimal(1).scaleb(-decimals)
    rate = Decimal(part) * 100 / whole
    rate = rate.quantize(step) if rounded else (rate // step) * step
    rows = [
        said("dossier.resolved", str(whole)),
        said("dossier.resolved_early_or_on_time", str(part)),
        said("dossier.on_time_rate", f"{rate:f}"),
    ]
    assert told(rows, "C2") == []


@given(st.lists(st.integers(0, 10**6), min_size=3, max_size=3), st.integers(-100, 100))
def test_exact_parts_hold_only_when_they_add_up(parts: list[int], slip: int) -> None:
    codes = ("resolved_early", "resolved_on_time", "resolved_overdue")
    rows = [said(f"dossier.{code}", str(n)) for code, n in zip(codes, parts, strict=True)]
    whole = max(0, sum(parts) + slip)
    found = told([said("dossier.resolved", str(whole)), *rows], "C1")
    severity = "error" if abs(whole - sum(parts)) * 4 <= whole else "warning"
    assert found == ([] if whole == sum(parts) else [f"C1-sum-of-parts {severity}: {whole} / {sum(parts)}"])
