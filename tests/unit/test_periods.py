"""Codes of periods: the shortest that fits, and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values.periods import parse_period, period_code, precision

DAYS = st.dates(date(1930, 1, 1), date(2079, 12, 31))


@pytest.mark.parametrize(
    ("code", "start", "end", "name"),
    [
        ("2020", "2020-01-01", "2020-12-31", "year"),
        ("2021-S1", "2021-01-01", "2021-06-30", "half"),
        ("2021-S2", "2021-07-01", "2021-12-31", "half"),
        ("2022-Q1", "2022-01-01", "2022-03-31", "quarter"),
        ("2022-Q4", "2022-10-01", "2022-12-31", "quarter"),
        ("2020-02", "2020-02-01", "2020-02-29", "month"),
        ("2021-06-18", "2021-06-18", "2021-06-18", "day"),
        ("2021-12-15/2022-06-09", "2021-12-15", "2022-06-09", "interval"),
        ("2020-01-01/2020-09-30", "2020-01-01", "2020-09-30", "interval"),
        ("2021-01-01/2025-12-31", "2021-01-01", "2025-12-31", "interval"),
        ("2021-02-01/2021-04-30", "2021-02-01", "2021-04-30", "interval"),  # three months, but no quarter
    ],
)
def test_code_and_days(code: str, start: str, end: str, name: str) -> None:
    days = date.fromisoformat(start), date.fromisoformat(end)
    assert period_code(*days) == code
    assert parse_period(code) == days
    assert precision(*days) == name


@given(DAYS, DAYS)
def test_round_trip(one: date, other: date) -> None:
    days = min(one, other), max(one, other)
    assert parse_period(period_code(*days)) == days


@given(st.integers(1930, 2079), st.integers(1, 12), st.integers(1, 12))
def test_codes_of_whole_months_are_stable(year: int, one: int, other: int) -> None:
    start, end = parse_period(f"{year}-{min(one, other):02}/{year}-{max(one, other):02}")
    code = period_code(start, end)
    assert period_code(*parse_period(code)) == code


@given(st.text(max_size=12))
def test_other_texts_are_refused(text: str) -> None:
    try:
        start, end = parse_period(text)
    except ValueError:
        return
    assert start <= end


@pytest.mark.parametrize("code", ["", "21", "2021-13", "2021-S3", "2021-Q5", "2022-06-09/2021-12-15", "2021-02-30"])
def test_no_periods(code: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_period(code)


def test_a_period_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="ends before"):
        period_code(date(2022, 1, 2), date(2022, 1, 1))
