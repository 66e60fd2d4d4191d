"""Which facts are looked at: random samples that anyone can draw again, and the share that two people look at.

A fact's lot is a hash of the seed and its id. The facts with the lowest lots are a simple random sample; the same
seed gives the same one, on any machine and in whatever order the facts come, and a larger sample contains a
smaller one.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

LEAST = 5
"""Facts of every stratum that a stratified sample holds, where it has as many."""
_LOTS = 1 << 64


def lot(seed: str, obs_id: str) -> float:
    """The lot of a fact: evenly distributed, from 0 up to but without 1."""
    return int.from_bytes(hashlib.sha256(f"{seed}\0{obs_id}".encode()).digest()[:8]) / _LOTS


def simple(obs_ids: Iterable[str], size: int, seed: str) -> list[str]:
    """A simple random sample: `size` facts, or all where there are not as many."""
    return sorted(obs_ids, key=lambda obs_id: (lot(seed, obs_id), obs_id))[:size]


def stratified(strata: Mapping[str, str], size: int, seed: str, least: int = LEAST) -> list[str]:
    """A sample that is random within every stratum; `strata` gives each fact's.

    Each stratum has `least` facts or all it has, though that exceeds `size`; what is left of `size` is shared out
    by size. The order is that of the lots, so that whoever stops early has seen a little of everything.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for obs_id, stratum in strata.items():
        members[stratum].append(obs_id)
    numbers = allocation({stratum: len(facts) for stratum, facts in members.items()}, size, least)
    drawn = [obs_id for stratum, facts in members.items() for obs_id in simple(facts, numbers[stratum], seed)]
    return simple(drawn, len(drawn), seed)


def allocation(sizes: Mapping[str, int], size: int, least: int = LEAST) -> dict[str, int]:
    """How many facts of each stratum a sample of `size` has; by the largest remainder, ties by name."""
    given = {stratum: min(least, number) for stratum, number in sizes.items()}
    free = min(size, sum(sizes.values())) - sum(given.values())
    rest = {stratum: sizes[stratum] - given[stratum] for stratum in sizes}
    total = sum(rest.values())
    if free <= 0 or not total:
        return given
    shares = {stratum: free * number / total for stratum, number in rest.items()}
    for stratum, wanted in shares.items():
        given[stratum] += math.floor(wanted)
    left = free - sum(math.floor(wanted) for wanted in shares.values())
    by_remainder = sorted(shares, key=lambda stratum: (math.floor(shares[stratum]) - shares[stratum], stratum))
    for stratum in by_remainder[:left]:
        given[stratum] += 1
    return given


def twice(obs_id: str, part: float) -> bool:
    """Whether a second person looks at this fact, where that is so for `part` (0 to 1) of all.

    Which facts they are depends on nothing but their ids: no one can choose, and a larger part holds a smaller one.
    """
    return lot("a second person", obs_id) < part
