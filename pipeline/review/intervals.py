"""How sure a share is: what a sample says of all, with the interval that belongs to it. Pure arithmetic.

Intervals are Wilson's (Wilson 1927, JASA 22:209): near 0 and 1, where shares of correct facts lie, and in small
samples they cover as they say, which the textbook's p ± z·√(pq/n) does not (Brown, Cai and DasGupta 2001,
Statistical Science 16:101). No correction for a finite archive is made: what is judged is the rule, on documents
to come as well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Z95 = 1.959963984540054
"""The normal quantile that an interval of 95% reaches to, on both sides."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1, and the interval that holds the true one in 95 of 100 samples.

    `number` is of how many it is the share; None in all three where there is none.
    """

    number: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of all: how many there are in it, how many of those were looked at, and how many of these were right."""

    size: int
    looked_at: int
    right: int


def share(right: int, number: int) -> Share:
    """`right` of `number`, with Wilson's interval."""
    if number == 0:
        return Share(0, None, None, None)
    return Share(number, right / number, *wilson(right / number, number))


def wilson(value: float, number: float, z: float = Z95) -> tuple[float, float]:
    """Wilson's interval of a share of `number` independent looks; `number` above 0, need not be whole.

    The values that a score test at ±z does not reject: (p + z²/2n ± z·√(pq/n + z²/4n²)) / (1 + z²/n).
    """
    centre = value + z * z / (2 * number)
    reach = z * math.sqrt(value * (1 - value) / number + z * z / (4 * number * number))
    shrink = 1 + z * z / number
    low, high = (centre - reach) / shrink, (centre + reach) / shrink
    return (0.0 if value == 0 else max(0.0, low)), (1.0 if value == 1 else min(1.0, high))


def weighted(strata: Sequence[Stratum]) -> Share:
    """The share of right ones over all strata, each counted by its size, however unequally they were looked at.

    Mean and variance are those of stratified sampling (Cochran 1977, Sampling Techniques, 5.3 and 5.10):
    Σ W·p and Σ W²·pq/(n-1). The interval is Wilson's at the number of looks that a simple sample would need for
    that variance (Dean and Pagano 2015, J. Survey Statistics and Methodology 3:484). Where a stratum alone tells
    no variance (one look, or all looks alike), that of the whole stands in for it, so that no interval is shorter
    than what was seen allows. Strata that nobody looked at are left out, and their weight with them.
    """
    seen = [stratum for stratum in strata if stratum.looked_at]
    number = sum(stratum.looked_at for stratum in seen)
    total = sum(stratum.size for stratum in seen)
    if not number or not total:
        return Share(0, None, None, None)
    weights = [stratum.size / total for stratum in seen]
    value = sum(weight * stratum.right / stratum.looked_at for weight, stratum in zip(weights, seen, strict=True))
    value = min(1.0, value)
    spread = value * (1 - value)
    if not spread:
        alike = 1 / sum(weight * weight / stratum.looked_at for weight, stratum in zip(weights, seen, strict=True))
        return Share(number, value, *wilson(value, alike))
    variance = sum(weight * weight * _variance(stratum, spread) for weight, stratum in zip(weights, seen, strict=True))
    return Share(number, value, *wilson(value, spread / variance))


def looks_needed(lowest: float, z: float = Z95) -> int:
    """How many looks, all of them right, put the lower end of Wilson's interval at `lowest` (below 1) or above."""
    return math.ceil(lowest * z * z / (1 - lowest))


def _variance(stratum: Stratum, spread: float) -> float:
    """Of the share of one stratum; `spread` is the variance of a single look in the whole."""
    own = stratum.right / stratum.looked_at
    if stratum.looked_at == 1 or own in (0.0, 1.0):
        return spread / stratum.looked_at
    return own * (1 - own) / (stratum.looked_at - 1)
