"""How often each rule is right, by what reviewers decided; and each measure and family."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.review.intervals import Share, Stratum, looks_needed, share, weighted
from pipeline.review.overlay import ADDED_RULE
from pipeline.review.plan import SAMPLED
from pipeline.web.queries.conditions import Conditions
from pipeline.web.queries.standing import STATE

WRONG = ("corrected", "rejected", "no_source")
"""The states of facts that the rule has not read as they are."""
BY = {"rule": "observations.rule_id", "indicator": "observations.indicator", "family": "observations.family"}
"""What trust can be told of, and its column."""
FEWEST = 5
"""Looks before anything is said to need work: among hundreds of rules, single mistakes are too common to accuse."""


class Trust(StrEnum):
    """What the interval of a rule says, held against the share of right facts that is wanted."""

    EARNED = "earned"
    LACKING = "lacking"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Trusted:
    """One rule, measure or family: its facts in the dataset, how many were looked at, and what was found.

    wrong: how many of them by what was decided. more: how many further facts must be looked at and be right for
    trust to be earned; 0 where it is, None where one was wrong, since then it depends on how many are.
    """

    code: str
    indicators: tuple[str, ...]
    facts: int
    looked_at: int
    wrong: dict[str, int]
    precision: Share
    trust: Trust
    more: int | None

    @property
    def all_wrong(self) -> int:
        return sum(self.wrong.values())


@dataclass(frozen=True, slots=True)
class _Counts:
    facts: int = 0
    right: int = 0
    wrong: tuple[int, ...] = (0,) * len(WRONG)

    @property
    def looked_at(self) -> int:
        return self.right + sum(self.wrong)


def trusted(db: sqlite3.Connection, by: str, wanted: float, sample: str = "") -> list[Trusted]:
    """All of `by` (a key of BY), those that need work first; of a sample its facts alone count as looked at."""
    whole = _counts(db, BY[by], "")
    looked_at = _counts(db, BY[by], sample) if sample else whole
    named: defaultdict[str, list[str]] = defaultdict(list)
    for code, indicator in db.execute(
        f"SELECT {BY[by]}, indicator FROM observations GROUP BY 1, 2 ORDER BY count(*) DESC"
    ):
        named[code].append(indicator)
    found = [
        _judged(code, tuple(named[code]), counts.facts, looked_at.get(code, _Counts()), wanted)
        for code, counts in whole.items()
    ]
    return sorted(found, key=lambda one: (_ORDER[one.trust], -one.all_wrong, -one.looked_at, -one.facts, one.code))


def overall(db: sqlite3.Connection, sample: str, strata: Mapping[str, int]) -> tuple[Share, float]:
    """The share of right facts in the whole dataset, out of a sample that was drawn by strata of these sizes.

    The second number tells of which part of the whole it speaks: strata that nobody has looked at yet are left out.
    """
    rows = db.execute(
        f"SELECT part.stratum, sum({STATE} = 'accepted'), sum({STATE} IN {WRONG}) FROM plan.sample_facts AS part"
        " JOIN queue USING (obs_id) LEFT JOIN standing USING (obs_id) WHERE part.sample = ? GROUP BY part.stratum",
        (sample,),
    )
    found = [Stratum(strata.get(stratum, 0), right + wrong, right) for stratum, right, wrong in rows]
    covered = sum(stratum.size for stratum in found if stratum.looked_at)
    return weighted(found), covered / max(1, sum(strata.values()))


def reviewed(found: Sequence[Trusted]) -> Share:
    """The share of right facts among all that were looked at: of the riskiest mostly, so no estimate of the whole."""
    looked_at = sum(one.looked_at for one in found)
    return share(looked_at - sum(one.all_wrong for one in found), looked_at)


def _counts(db: sqlite3.Connection, by: str, sample: str) -> dict[str, _Counts]:
    conditions = Conditions()
    conditions.add("observations.rule_id != ?", ADDED_RULE)
    if sample:
        conditions.add(SAMPLED, sample)
    states = ", ".join(f"sum({STATE} = '{state}')" for state in ("accepted", *WRONG))
    rows = db.execute(
        f"SELECT {by}, count(*), {states} FROM queue JOIN observations ON observations.rowid = queue.fact"
        f" LEFT JOIN standing ON standing.obs_id = queue.obs_id{conditions.where} GROUP BY 1",
        conditions.values,
    )
    return {row[0]: _Counts(row[1], row[2], tuple(row)[3:]) for row in rows if row[1]}


def _judged(code: str, indicators: tuple[str, ...], facts: int, seen: _Counts, wanted: float) -> Trusted:
    precision = share(seen.right, seen.looked_at)
    trust = Trust.OPEN
    if precision.low is not None and precision.low >= wanted:
        trust = Trust.EARNED
    elif precision.high is not None and precision.high < wanted and seen.looked_at >= FEWEST:
        trust = Trust.LACKING
    more = None if seen.looked_at > seen.right else max(0, looks_needed(wanted) - seen.looked_at)
    if trust is Trust.EARNED:
        more = 0
    wrong = {state: number for state, number in zip(WRONG, seen.wrong, strict=True) if number}
    return Trusted(code, indicators, facts, seen.looked_at, wrong, precision, trust, more)


_ORDER = {Trust.LACKING: 0, Trust.OPEN: 1, Trust.EARNED: 2}
