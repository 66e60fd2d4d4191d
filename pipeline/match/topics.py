"""What a text speaks of when a list of agencies names it by less: after "1.976 hồ sơ quá hạn chưa giải quyết", "nơi có
nhiều hồ sơ quá hạn: phường A 187" counts those that still wait.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice, takewhile

from pipeline.match.family_scan import Candidate, Cues
from pipeline.rulebook.count_rules import CountRules

_NEAR = 6
"""So many blocks before the list what it takes up was told."""
_FEWEST = 3
"""So many items add up to a figure by no chance."""
_BEFORE = 2
"""So many blocks before a list the figure that it adds up to was told."""
_MOST = 200
"""So many readings back is looked at the most: a block may be as long as a text."""
Told = tuple[int, Candidate]
"""A reading, and the block that it stands in."""


def topic(told: Sequence[Told], block: int, own: Cues, rules: CountRules) -> Cues:
    """The cues of the last reading that says more than `own` does, by an attribute of what is left to do; none where
    what was told lately under these words means different things."""
    names = {cue.attribute.name for cue in own}
    if not names:
        return ()
    near = [c for _, c in _lately(told, block - _NEAR) if names <= {cue.attribute.name for cue in c.cues}]
    counts = [c for c in near if c.reading.unit == "count" and c.reading.gives]
    if len({c.reading.gives for c in counts}) != 1:
        return ()
    return next((c.cues for c in counts if _is_left(c.cues, names, rules)), ())


def spread(told: Sequence[Told], block: int, unit: str, rules: CountRules) -> Candidate | None:
    """The last figure told, right before, where it is a rate, stands alone or counts what was left undone: what
    "Nhiều nhất là Sở Xây dựng với 19" spreads over those who have it."""
    near = [(at, c) for at, c in _lately(told, block - 1) if c.reading.unit == unit and c.reading.gives]
    if not near:
        return None
    at, last = near[0]
    alone = [n for n, _ in near].count(at) == 1
    undone = any(rules.by_code[code].arrears for code in last.reading.gives)
    return last if alone or undone or unit == "percent" else None


def summed_up(told: Sequence[Told], block: int, items: Sequence[Decimal]) -> Candidate | None:
    """The figure told lately that the items of a list add up to: "38 nhiệm vụ chậm tiến độ. Cụ thể, Sở Xây dựng có 9
    nhiệm vụ; …" """
    if len(items) < _FEWEST:
        return None
    near = (c for _, c in _lately(told, block - _BEFORE))
    return next((c for c in near if c.reading.unit == "count" and c.reading.gives and c.value == sum(items)), None)


def _lately(told: Sequence[Told], first: int) -> Iterator[Told]:
    """The readings from a block on, the last first."""
    return islice(takewhile(lambda one: one[0] >= first, reversed(told)), _MOST)


def _is_left(cues: Cues, names: set[str], rules: CountRules) -> bool:
    """Whether cues say, beyond those called `names`, that something is still to be done."""
    return any(
        cue.attribute.name not in names and (cue.attribute.in_denial or cue.attribute.name in rules.carries_on)
        for cue in cues
    )
