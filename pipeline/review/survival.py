"""What becomes of a decision when the next run reads its document again. Pure.

A decision is tied to a fact by `obs_id`, which hashes the words, and to what the fact said by its revision.

* The fact says what it said: the decision stands.
* It says something else: the decision is kept and the fact is `changed`, to be looked at again. What a person
  typed for a slot still stands, as long as the same words are read as the number: nobody has taken it back.
* It now says what a person had corrected it to: it is `accepted`.
* It is no longer read: the decision is `orphaned`, kept and listed.
* A fact that a person had added and that the rules now read just so is the rules', and `accepted`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.review import SLOTS, DecisionKind, Fact, ReviewState, Standing
from pipeline.review.revision import revision_of, same_number


@dataclass(frozen=True, slots=True)
class Attached:
    """What stands of a fact as it is read now: its state, and the slots that are otherwise than read."""

    state: ReviewState
    slots: Fact


def attached(standing: Standing, fact: Fact) -> Attached:
    """What the decisions about a fact come to for the fact as it is read now (`fact_of`)."""
    verdict = standing.verdict
    if verdict is None:
        return Attached(ReviewState.PENDING, {})
    if verdict.revision == revision_of(fact):
        return Attached(standing.state, standing.slots)
    if verdict.kind is DecisionKind.CORRECT:
        wanted = {slot: standing.before.get(slot) for slot in SLOTS} | dict(standing.slots)
        if _says(fact, wanted):
            return Attached(ReviewState.ACCEPTED, {})
        if same_number(fact, standing.before):
            return Attached(ReviewState.CHANGED, _differing(standing.slots, fact))
    return Attached(ReviewState.CHANGED, {})


def reads(added: Standing, fact: Fact) -> bool:
    """Whether a fact that the rules read says what an added one says."""
    return _says(fact, {slot: added.slots.get(slot) for slot in SLOTS})


def _says(fact: Fact, wanted: Mapping[str, str | None]) -> bool:
    return revision_of({**fact, **wanted}) == revision_of(fact)


def _differing(slots: Mapping[str, str | None], fact: Fact) -> dict[str, str | None]:
    return {slot: value for slot, value in slots.items() if not _says(fact, {slot: value})}
