"""One fact stated twice, once with less: the headline's "tăng 17 bậc" and the body's with its base year.

A statement that lacks what a fuller one has (the whole of a rank, the base of a change, the year), and
contradicts it in nothing, takes it over; equal facts then become one observation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from pipeline.assemble.slots import Fact

T = TypeVar("T")

_OF_ANOTHER_TIME = frozenset({"aside", "base"})
"""Readings of an earlier value beside the one of now: equal by chance, never by repetition."""

_INHERITED = {"period": "inherited_period", "subject": "inherited_subject"}


def with_twins(facts: Iterable[Fact]) -> list[Fact]:
    """The facts in their order, each completed by its twins."""
    kept = list(facts)
    groups: dict[tuple[object, ...], list[int]] = {}
    for n, fact in enumerate(kept):
        groups.setdefault(_key(fact), []).append(n)
    for members in groups.values():
        for n in members:
            for other in members:
                if other != n and _agree(kept[n], kept[other]):
                    kept[n], kept[other] = _completed(kept[n], kept[other]), _completed(kept[other], kept[n])
    return kept


def _key(fact: Fact) -> tuple[object, ...]:
    m = fact.mention
    return (m.indicator, m.index, m.value, m.value_high, m.unit, m.comparator, fact.slots.status, fact.slots.level)


def _parts(fact: Fact) -> tuple[object, ...]:
    """What one statement may have and its twin lack; an inherited period or subject counts as lacking."""
    slots = fact.slots
    period = None if "inherited_period" in slots.flags else slots.period and slots.period.code
    subject = None if "inherited_subject" in slots.flags else slots.subject.name
    return (fact.mention.out_of, slots.base_period and slots.base_period.code, period, subject)


def _agree(less: Fact, more: Fact) -> bool:
    """Whether two statements contradict each other in nothing."""
    if less.slots.scope != more.slots.scope or _OF_ANOTHER_TIME & {*less.mention.reasons, *more.mention.reasons}:
        return False
    return all(a is None or b is None or a == b for a, b in zip(_parts(less), _parts(more), strict=True))


def _completed(less: Fact, more: Fact) -> Fact:
    mention = less.mention if less.mention.out_of is not None else replace(less.mention, out_of=more.mention.out_of)
    slots = less.slots
    stated = tuple(flag for flag in slots.flags if flag in more.slots.flags)
    return Fact(
        mention,
        replace(
            slots,
            subject=_fuller(slots.subject, more.slots.subject, "subject", less),
            period=_fuller(slots.period, more.slots.period, "period", less),
            base_period=slots.base_period or more.slots.base_period,
            flags=stated,
        ),
    )


def _fuller(own: T, other: T, role: str, less: Fact) -> T:
    return other if own is None or _INHERITED[role] in less.slots.flags else own
