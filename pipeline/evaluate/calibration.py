"""What each reason of a confidence is worth, fitted on readings whose truth is known.

A reading is taken to hold unless one of its reasons spoils it, each on its own: so the confidence is
the product of the reasons' weights, and no reason ever raises it. The weights are fitted by
expectation-maximisation: the failure of a reading is shared out among its reasons by how likely each
is to blame, and a weight is the share of readings with a reason that it did not spoil, with a few
imagined readings added, so that a rare reason is neither harmless nor fatal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from pathlib import PurePath
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from pipeline.evaluate.levels import Level, observation_level
from pipeline.evaluate.score import CORE, Document, match

BASE = "every_reading"
ROUNDS = 200
IMAGINED, IMAGINED_HOLD = 10.0, 0.95
"""Before anything is seen, a reason counts as met this often, and as harmless in this share of it."""

Weights: TypeAlias = Mapping[str, float]
Array: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reading:
    """One observation whose truth is known: what was said against it, and how far it holds."""

    group: str
    file: str
    indicator: str
    value: str
    quote: str
    reasons: tuple[str, ...]
    level: Level


@dataclass(frozen=True, slots=True)
class Kept:
    """The readings at or above a bar: how many of how many, and the shares that hold."""

    kept: int
    all: int
    typed: float
    full: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The readings whose confidence lies in one stretch."""

    low: float
    high: float
    count: int
    mean: float
    typed: float
    full: float


def readings(group: str, golds: Iterable[Document], documents: Iterable[Document]) -> Iterator[Reading]:
    """Every observation of the families whose gold is complete; one that stands for an optional row is left out."""
    by_name = {PurePath(document["document"]["path"]).name: document for document in documents}
    for gold in golds:
        complete = tuple(gold.get("exhaustive", CORE))
        wanted, got = (
            [row for row in document["observations"] if str(row.get("indicator")).partition(".")[0] in complete]
            for document in (gold, by_name[gold["file"]])
        )
        matching = match(wanted, got, observation_level)
        judged = [(pair.got, pair.level) for pair in matching.pairs if not pair.gold.get("optional")]
        judged += [(row, Level.NONE) for row in matching.spurious]
        for row, level in sorted(judged, key=lambda pair: (pair[0]["char_start"], pair[0]["obs_id"])):
            yield Reading(
                group, gold["file"], row["indicator"], str(row["value"]), row["quote"], tuple(row["reasons"]), level
            )


def confidence_of(weights: Weights, reasons: Iterable[str]) -> float:
    """The confidence of a reading with these reasons."""
    return prod((weights.get(reason, 1.0) for reason in reasons), start=weights[BASE])


def fit(known: Sequence[Reading], half_right: float, names: Collection[str] = ()) -> dict[str, float]:
    """A weight for every reading, for each reason of the readings and for each of `names`, rounded to three places.

    `half_right` is how much of a failure it is when the figure is right and its subject or period is not.
    """
    tallies = _Tallies.of(known, half_right, names)
    return dict(zip(tallies.names, _rounded(tallies.weights(tallies.seen, tallies.failed)), strict=True))


def crossed(known: Sequence[Reading], half_right: float) -> list[float]:
    """For each reading the confidence that the other documents give it: none is judged by itself."""
    tallies = _Tallies.of(known, half_right)
    places = {place: number for number, place in enumerate(dict.fromkeys((r.group, r.file) for r in known))}
    seen, failed = (np.tile(every, (len(places), 1)) for every in (tallies.seen, tallies.failed))
    for reading in known:
        place, causes = places[reading.group, reading.file], tallies.numbers[_causes(reading)]
        seen[place, causes] -= 1
        failed[place, causes] -= _failure(reading, half_right)
    others = [dict(zip(tallies.names, row, strict=True)) for row in map(_rounded, tallies.weights(seen, failed))]
    return [confidence_of(others[places[reading.group, reading.file]], reading.reasons) for reading in known]


@dataclass(frozen=True, slots=True)
class _Tallies:
    """How often each set of reasons was met and failed: `blames[set, reason]` is 1 where it holds the reason."""

    names: tuple[str, ...]
    numbers: Mapping[tuple[str, ...], int]
    blames: Array
    seen: Array
    failed: Array

    @classmethod
    def of(cls, known: Sequence[Reading], half_right: float, names: Collection[str] = ()) -> _Tallies:
        numbers = {causes: number for number, causes in enumerate(dict.fromkeys(map(_causes, known)))}
        every = tuple(sorted({BASE, *names, *(cause for causes in numbers for cause in causes)}))
        seen, failed = np.zeros(len(numbers)), np.zeros(len(numbers))
        for reading in known:
            seen[numbers[_causes(reading)]] += 1
            failed[numbers[_causes(reading)]] += _failure(reading, half_right)
        blames = np.array([[float(name in causes) for name in every] for causes in numbers]).reshape(-1, len(every))
        return cls(every, numbers, blames, seen, failed)

    def weights(self, seen: Array, failed: Array) -> Array:
        """The weights of all reasons, for one count of the sets of reasons or for many at once (a row each)."""
        met = seen @ self.blames
        weights = np.full_like(met, IMAGINED_HOLD)
        for _ in range(ROUNDS):
            at_all = np.maximum(1e-9, 1 - np.exp(np.log(weights) @ self.blames.T))
            blame = (1 - weights) * ((failed / at_all) @ self.blames)
            weights = (met - blame + IMAGINED * IMAGINED_HOLD) / (met + IMAGINED)
        return weights


def _causes(reading: Reading) -> tuple[str, ...]:
    return (BASE, *sorted(set(reading.reasons)))


def _failure(reading: Reading, half_right: float) -> float:
    return {Level.NONE: 1.0, Level.FOUND: 1.0, Level.TYPED: half_right, Level.FULL: 0.0}[reading.level]


def _rounded(weights: Array) -> list[float]:
    return [round(min(1.0, float(weight)), 3) for weight in weights]


def kept(known: Sequence[Reading], sure: Sequence[float], bar: float) -> Kept:
    """What lies at or above the bar."""
    levels = [reading.level for reading, one in zip(known, sure, strict=True) if one >= bar]
    return Kept(len(levels), len(known), _share(levels, Level.TYPED), _share(levels, Level.FULL))


def bins(known: Sequence[Reading], sure: Sequence[float], edges: Sequence[float]) -> Iterator[Bin]:
    """Confidence beside truth, between each two edges; the last edge belongs to the last bin."""
    for low, high in pairwise(edges):
        within = [
            (one, reading.level)
            for reading, one in zip(known, sure, strict=True)
            if low <= one < high or one == high == edges[-1]
        ]
        if within:
            levels = [level for _, level in within]
            mean = sum(one for one, _ in within) / len(within)
            yield Bin(low, high, len(within), mean, _share(levels, Level.TYPED), _share(levels, Level.FULL))


def _share(levels: Sequence[Level], least: Level) -> float:
    return sum(level >= least for level in levels) / len(levels) if levels else 1.0
