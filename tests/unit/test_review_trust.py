"""Shares with their intervals, agreement beyond chance, and samples: against published figures and other ways."""

from __future__ import annotations

import math
from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.review.agreement import agreement
from pipeline.review.intervals import Z95, Share, Stratum, looks_needed, share, weighted, wilson
from pipeline.review.sampling import allocation, lot, simple, stratified, twice


@pytest.mark.parametrize(("right", "number", "low", "high"), [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
])  # fmt: skip
def test_wilson_as_published(right: int, number: int, low: float, high: float) -> None:
    """Newcombe 1998 (Statistics in Medicine 17:857), table I, method 3."""
    found = share(right, number)
    assert (round(found.low or 0, 4), round(found.high or 0, 4)) == (low, high)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_ends_are_where_the_score_test_turns(drawn: tuple[int, int]) -> None:
    """The interval is all shares π with |p - π| ≤ z·√(π(1-π)/n); at its ends both sides are the same."""
    right, number = drawn
    for end in wilson(right / number, number):
        if 0 < end < 1:
            reach = Z95 * math.sqrt(end * (1 - end) / number)
            assert math.isclose(abs(right / number - end), reach, rel_tol=1e-9, abs_tol=1e-12)


def test_nothing_looked_at_says_nothing() -> None:
    assert share(0, 0) == weighted([Stratum(10, 0, 0)]) == weighted([]) == Share(0, None, None, None)


def test_a_single_stratum_is_a_simple_sample_nearly() -> None:
    """Cochran's n-1 makes the interval a little longer, never shorter."""
    one, plain = weighted([Stratum(1000, 50, 45)]), share(45, 50)
    assert one.value == plain.value
    assert one.low is not None
    assert plain.low is not None
    assert 0 <= plain.low - one.low < 0.002


def test_strata_count_by_their_size() -> None:
    """Two rules, 900 and 100 facts, 20 of each looked at: 0.9·0.9 + 0.1·0.5 = 0.86.

    Variance by hand: 0.81·(0.9·0.1/19) + 0.01·(0.5·0.5/19) = 0.00396842; 0.86·0.14/that = 30.3395 looks.
    """
    found = weighted([Stratum(900, 20, 18), Stratum(100, 20, 10)])
    assert found.number == 40
    assert found.value == pytest.approx(0.86)
    assert (found.low, found.high) == pytest.approx(wilson(0.86, 30.33952), abs=1e-6)


def test_all_right_everywhere_is_not_certainty() -> None:
    found = weighted([Stratum(900, 20, 20), Stratum(100, 20, 20)])
    assert found.value == found.high == 1.0
    assert found.low == pytest.approx(wilson(1.0, 1 / (0.81 / 20 + 0.01 / 20))[0])
    assert found.low is not None
    assert found.low < 0.9


def test_the_weighted_estimate_finds_the_truth() -> None:
    """1,000 stratified samples of an archive whose shares are known: the mean is right, and 95 of 100 intervals."""
    truth = {"a": (800, 0.95), "b": (150, 0.7), "c": (50, 0.5)}
    facts = {f"{rule}{n}": (rule, n < size * right) for rule, (size, right) in truth.items() for n in range(size)}
    true = sum(right for _, right in facts.values()) / len(facts)
    strata = {obs_id: rule for obs_id, (rule, _) in facts.items()}
    found = []
    for seed in range(300):
        drawn = stratified(strata, 120, str(seed), least=20)
        seen = Counter(facts[obs_id] for obs_id in drawn)
        found.append(weighted([
            Stratum(size, seen[rule, True] + seen[rule, False], seen[rule, True]) for rule, (size, _) in truth.items()
        ]))  # fmt: skip
    assert sum(one.value or 0 for one in found) / len(found) == pytest.approx(true, abs=0.005)
    assert sum((one.low or 0) <= true <= (one.high or 0) for one in found) / len(found) >= 0.94


@pytest.mark.parametrize(("lowest", "needed"), [(0.9, 35), (0.95, 73), (0.98, 189)])
def test_looks_needed(lowest: float, needed: int) -> None:
    assert looks_needed(lowest) == needed
    assert wilson(1.0, needed)[0] >= lowest > wilson(1.0, needed - 1)[0]


def judged(table: list[list[int]]) -> list[tuple[str, str]]:
    """The judgements of a square table: a row for each of the first's, a column for each of the second's."""
    return [(str(i), str(j)) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]


@pytest.mark.parametrize(("table", "kappa", "error"), [
    ([[20, 5], [10, 15]], 0.4, None),
    ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.492, None),
    ([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]], 0.1293, 0.0686),
])  # fmt: skip
def test_kappa_as_published(table: list[list[int]], kappa: float, error: float | None) -> None:
    """A schoolbook table; Cohen 1960, table 1 (in 200ths); Hout et al. 1987, in Agresti 2002, 10.5.5."""
    found = agreement(judged(table))
    assert found.kappa == pytest.approx(kappa, abs=0.0005)
    assert found.low is not None
    assert found.high is not None
    if error is not None:
        assert (found.high - found.low) / (2 * Z95) == pytest.approx(error, abs=0.0001)


@settings(max_examples=60)
@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=3))
def test_the_error_of_kappa_is_that_of_the_delta_method(table: list[list[int]]) -> None:
    """The same by another way: the gradient of kappa by each share, found with small steps."""
    number = sum(map(sum, table))
    found = agreement(judged(table))
    if found.kappa is None or (found.expected or 0) > 0.9:
        return
    shares = {(i, j): table[i][j] / number for i, j in product(range(3), repeat=2)}

    def kappa(p: dict[tuple[int, int], float]) -> float:
        total = sum(p.values())
        p = {cell: one / total for cell, one in p.items()}
        same = sum(p[i, i] for i in range(3))
        expected = sum(sum(p[i, j] for j in range(3)) * sum(p[j, i] for j in range(3)) for i in range(3))
        return (same - expected) / (1 - expected)

    step = 1e-5
    slopes = {c: (kappa({**shares, c: shares[c] + step}) - kappa({**shares, c: shares[c] - step})) / (2 * step)
              for c in shares}  # fmt: skip
    mean = sum(shares[c] * slopes[c] for c in shares)
    error = math.sqrt(max(0.0, sum(shares[c] * slopes[c] ** 2 for c in shares) - mean**2) / number)
    assert found.low is not None
    assert found.high is not None
    if found.low > -1 and found.high < 1:
        assert (found.high - found.low) / (2 * Z95) == pytest.approx(error, rel=1e-3, abs=1e-6)


@pytest.mark.parametrize(("table", "same", "kappa"), [
    ([[10, 0], [0, 0]], 1.0, None), ([[10, 0], [0, 10]], 1.0, 1.0), ([[0, 10], [10, 0]], 0.0, -1.0),
    ([[0]], None, None),
])  # fmt: skip
def test_kappa_at_its_ends(table: list[list[int]], same: float | None, kappa: float | None) -> None:
    found = agreement(judged(table))
    assert (found.same.value, found.kappa) == (same, kappa)


FACTS = [f"{number:020x}" for number in range(2000)]


def test_a_sample_can_be_drawn_again() -> None:
    drawn = simple(FACTS, 100, "audit 2026")
    assert drawn == simple(reversed(FACTS), 100, "audit 2026")
    assert drawn != simple(FACTS, 100, "another")
    assert drawn[:40] == simple(FACTS, 40, "audit 2026"), "a larger one contains a smaller one"
    assert len(set(drawn)) == 100
    assert simple(FACTS[:3], 10, "x") == sorted(FACTS[:3], key=lambda obs_id: lot("x", obs_id))


def test_every_fact_has_the_same_chance() -> None:
    """In 500 samples of 200 out of 2,000 each fact is drawn 50 times, give or take: χ² within its bounds."""
    drawn = Counter(obs_id for seed in range(500) for obs_id in simple(FACTS, 200, str(seed)))
    chi2 = sum((drawn[obs_id] - 50) ** 2 / 45 for obs_id in FACTS)
    assert 1999 - 4 * math.sqrt(2 * 1999) < chi2 < 1999 + 4 * math.sqrt(2 * 1999)


@pytest.mark.parametrize(("sizes", "size", "given"), [
    ({"a": 900, "b": 90, "c": 3}, 100, {"a": 84, "b": 13, "c": 3}),
    ({"a": 900, "b": 90}, 4, {"a": 5, "b": 5}),
    ({"a": 3, "b": 2}, 100, {"a": 3, "b": 2}),
    ({}, 10, {}),
])  # fmt: skip
def test_allocation(sizes: dict[str, int], size: int, given: dict[str, int]) -> None:
    assert allocation(sizes, size) == given


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(1, 300), max_size=9), st.integers(0, 900))
def test_an_allocation_is_kept_within_what_there_is(sizes: dict[str, int], size: int) -> None:
    found = allocation(sizes, size)
    assert all(min(5, sizes[stratum]) <= found[stratum] <= sizes[stratum] for stratum in sizes)
    least = sum(min(5, number) for number in sizes.values())
    assert sum(found.values()) == max(least, min(size, sum(sizes.values())))


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 1.0])
def test_a_part_is_looked_at_twice(part: float) -> None:
    chosen = [obs_id for obs_id in FACTS if twice(obs_id, part)]
    assert len(chosen) / len(FACTS) == pytest.approx(part, abs=0.03)
    assert set(chosen) <= {obs_id for obs_id in FACTS if twice(obs_id, min(1.0, part + 0.1))}
