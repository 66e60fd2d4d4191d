"""How far two reviewers agree about the same facts, beyond what chance alone would give.

Cohen's kappa (Cohen 1960, Educational and Psychological Measurement 20:37) with the standard error for large
samples of Fleiss, Cohen and Everitt (1969, Psychological Bulletin 72:323).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.model.review import Standing, Verdict
from pipeline.review.intervals import Z95, Share, share


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two reviewers' judgements of the same facts come to.

    same: the share that they judged alike, with its interval; expected: the share that chance would give; kappa
    is 1 where they always agree and 0 where they agree as chance would; None where it cannot be told (no facts,
    or one judgement only, which chance would give as well). low, high: its interval of 95%.
    """

    same: Share
    expected: float | None
    kappa: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Pair:
    """The judgements of one fact by two reviewers, in the order of the names."""

    obs_id: str
    first: Verdict
    second: Verdict

    @property
    def alike(self) -> bool:
        """Whether both hold the same of the fact; two corrections, the same slots too."""
        return judgement(self.first) == judgement(self.second) and self.first.after == self.second.after


def judgement(verdict: Verdict) -> str:
    """What a verdict says of a fact: the category that agreement is reckoned with."""
    return verdict.kind.value


def pairs(standings: Iterable[Standing]) -> dict[tuple[str, str], list[Pair]]:
    """For every two reviewers, by name, the facts that both have judged while they said the same."""
    found: dict[tuple[str, str], list[Pair]] = {}
    for standing in standings:
        by_name = sorted(standing.verdicts, key=lambda verdict: verdict.reviewer)
        for first, second in combinations(by_name, 2):
            if first.revision == second.revision:
                found.setdefault((first.reviewer, second.reviewer), []).append(Pair(standing.obs_id, first, second))
    return dict(sorted(found.items()))


def agreement(judged: Sequence[tuple[str, str]]) -> Agreement:
    """The agreement of two reviewers whose judgements of each fact are `judged`."""
    number = len(judged)
    same = share(sum(first == second for first, second in judged), number)
    if same.value is None:
        return Agreement(same, None, None, None, None)
    rows = Counter(first for first, _ in judged)
    columns = Counter(second for _, second in judged)
    expected = sum(rows[category] * columns[category] for category in rows) / number**2
    if expected == 1:
        return Agreement(same, expected, None, None, None)
    kappa = (same.value - expected) / (1 - expected)
    error = _standard_error(judged, same.value, expected)
    return Agreement(same, expected, kappa, max(-1.0, kappa - Z95 * error), min(1.0, kappa + Z95 * error))


def _standard_error(judged: Sequence[tuple[str, str]], same: float, expected: float) -> float:
    """Formula 13 of Fleiss, Cohen and Everitt, all in shares."""
    number, cells = len(judged), Counter(judged)
    rows, columns = Counter(first for first, _ in judged), Counter(second for _, second in judged)
    on_diagonal = sum(
        count / number * ((1 - expected) - (rows[first] + columns[second]) / number * (1 - same)) ** 2
        for (first, second), count in cells.items()
        if first == second
    )
    beside = (1 - same) ** 2 * sum(
        count / number * ((columns[first] + rows[second]) / number) ** 2
        for (first, second), count in cells.items()
        if first != second
    )
    whole = (same * expected - 2 * expected + same) ** 2
    return math.sqrt(max(0.0, on_diagonal + beside - whole) / number) / (1 - expected) ** 2
