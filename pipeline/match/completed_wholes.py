"""Whether dossiers that are called overdue and no more were resolved late or still wait: the sums tell.

Form II.06a of Thông tư 01/2020/TT-VPCP adds up: resolved = early + on time + overdue, pending = in time + overdue.
Writers leave the state out ("giải quyết 15.641 hồ sơ, trước hạn 13.529, đúng hạn 1.958, quá hạn còn 154"); then the
whole that lacks just this number is the one that it is a part of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.match.mention import Mention
from pipeline.model import Block

_RESOLVED, _PENDING = "dossier.resolved", "dossier.pending"
_PARTS = {
    _RESOLVED: ("dossier.resolved_early", "dossier.resolved_on_time", "dossier.resolved_early_or_on_time"),
    _PENDING: ("dossier.pending_in_time",),
}
_OVERDUE = {_RESOLVED: "dossier.resolved_overdue", _PENDING: "dossier.pending_overdue"}
_STATES = frozenset({"resolved", "pending"})


def settle_overdue(mentions: Iterable[Mention], blocks: Sequence[Block]) -> Iterator[Mention]:
    """The mentions of a text, in order, those of dossiers overdue under the whole whose parts they complete."""
    starts = iter([*(block.span.start for block in blocks), None])
    following = next(starts)
    told: list[Mention] = []
    """What the block has counted so far."""
    for mention in mentions:
        while following is not None and following <= mention.value_span.start:
            following, told = next(starts), []
        if mention.value and mention.indicator in _OVERDUE.values() and not _says_state(mention):
            lacking = [whole for whole in _OVERDUE if _lacks(told, whole, mention.value)]
            if len(lacking) == 1:
                mention = replace(mention, indicator=_OVERDUE[lacking[0]])
        told.append(mention)
        yield mention


def _says_state(mention: Mention) -> bool:
    """Whether the number's own words say what became of the dossiers."""
    return any(name in _STATES and mention.quote_span.covers(span) for name, span in mention.cues)


def _lacks(told: Sequence[Mention], whole: str, part: Decimal) -> bool:
    """Whether the last whole of a kind lacks just this part beside those that were told since."""
    at = next((n for n in range(len(told) - 1, -1, -1) if told[n].indicator == whole), None)
    if at is None or told[at].comparator != "eq":
        return False
    parts = [m.value for m in told[at + 1 :] if m.indicator in _PARTS[whole] and m.comparator == "eq"]
    return bool(parts) and told[at].value == sum(parts) + part
