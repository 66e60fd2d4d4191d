"""Of which whole a number is a part that does not say so: of the one that lacks just this number.

Writers leave the state of dossiers out ("giải quyết 15.641 hồ sơ, trước hạn 13.529, đúng hạn 1.958, quá hạn còn
154"): the late ones may be resolved or still wait. The columns of a form add up, so the sums tell. Which wholes a
family has, and which part each may lack, is said in its rule file under `wholes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.match.mention import Mention
from pipeline.model import Block
from pipeline.rulebook.count_rules import Whole

_NEAR = 100
"""So many numbers before a part in its block its whole may stand."""


def under_their_wholes(
    mentions: Iterable[Mention], wholes: Sequence[Whole], blocks: Sequence[Block]
) -> Iterator[Mention]:
    """The mentions of a text, in order; one that its own words put under no whole is put under the one that it
    completes, where just one of the wholes told in its block lacks it."""
    naming = frozenset(whole.named_by for whole in wholes)
    lacked = frozenset(whole.lacks for whole in wholes)
    starts = iter([*(block.span.start for block in blocks), None])
    following = next(starts)
    told: list[Mention] = []
    """What the block has counted so far."""
    for mention in mentions:
        while following is not None and following <= mention.value_span.start:
            following, told = next(starts), []
        if mention.value and mention.indicator in lacked and not _names_whole(mention, naming):
            lacking = [whole for whole in wholes if _lacks(told[-_NEAR:], whole, mention.value)]
            if len(lacking) == 1:
                mention = replace(mention, indicator=lacking[0].lacks)
        told.append(mention)
        yield mention


def _names_whole(mention: Mention, naming: frozenset[str]) -> bool:
    """Whether the number's own words say of which whole it is a part."""
    return any(name in naming and mention.quote_span.covers(span) for name, span in mention.cues)


def _lacks(told: Sequence[Mention], whole: Whole, part: Decimal) -> bool:
    """Whether the last figure of a whole lacks just this part beside those that were told since."""
    at = next((n for n in range(len(told) - 1, -1, -1) if told[n].indicator == whole.code), None)
    if at is None or told[at].comparator != "eq":
        return False
    parts = [m.value for m in told[at + 1 :] if m.indicator in whole.parts and m.comparator == "eq"]
    return bool(parts) and told[at].value == sum(parts) + part
