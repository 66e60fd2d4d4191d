"""From the decisions about a fact to what stands of it. Pure, and the only place that says so.

* The last decision that was not taken back stands for the dataset; an earlier one of another reviewer stands
  beside it, for agreement between the two.
* An undo takes back the decision that it names; an undo that is itself taken back brings it back.
* Notes and skips change nothing.
* A correction names all that differs from what the rules read: it replaces an earlier one. Of an added fact it
  changes what was added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.model.review import Decision, DecisionKind, ReviewState, Standing, Verdict

_STATES = {
    DecisionKind.ACCEPT: ReviewState.ACCEPTED,
    DecisionKind.REJECT: ReviewState.REJECTED,
    DecisionKind.CORRECT: ReviewState.CORRECTED,
    DecisionKind.ADD: ReviewState.ADDED,
    DecisionKind.NO_SOURCE: ReviewState.NO_SOURCE,
}
VERDICTS = frozenset(_STATES)
"""The kinds of decisions that say what a fact is worth."""


def standing_of(decisions: Sequence[Decision]) -> Standing:
    """What the decisions about one fact, at least one, in their order, come to."""
    last = decisions[-1]
    kept = not_taken_back(decisions)
    decisive = [decision for decision in kept if decision.kind in VERDICTS]
    added = next((d for d in reversed(decisive) if d.kind is DecisionKind.ADD), None)
    final = decisive[-1] if decisive else None
    slots = dict(added.after) if added else {}
    if final and final.kind is DecisionKind.CORRECT:
        slots |= final.after
    by_reviewer: dict[str, Decision] = {}
    for decision in decisive:
        by_reviewer.pop(decision.reviewer, None)
        by_reviewer[decision.reviewer] = decision
    return Standing(
        obs_id=last.obs_id,
        doc_id=last.doc_id,
        state=_STATES[final.kind] if final else ReviewState.PENDING,
        slots=slots,
        added=added is not None,
        verdict=verdict_of(final) if final else None,
        verdicts=tuple(verdict_of(decision) for decision in by_reviewer.values()),
        before=final.before if final else {},
        notes=sum(decision.kind is DecisionKind.NOTE for decision in kept),
        skips=sum(decision.kind is DecisionKind.SKIP for decision in kept),
        sequence=last.sequence,
    )


def standings(decisions: Iterable[Decision]) -> dict[str, Standing]:
    """What stands of each fact that these decisions, in their order, are about, by obs_id."""
    by_fact: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_fact.setdefault(decision.obs_id, []).append(decision)
    return {obs_id: standing_of(some) for obs_id, some in by_fact.items()}


def not_taken_back(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions but for undos and what these take back. An undo can only name an earlier decision."""
    void: set[str | None] = set()
    kept: list[Decision] = []
    for decision in reversed(decisions):
        if decision.decision_id in void:
            continue
        if decision.kind is DecisionKind.UNDO:
            void.add(decision.undoes)
        else:
            kept.append(decision)
    return kept[::-1]


def verdict_of(decision: Decision) -> Verdict:
    """A decision as its reviewer's verdict."""
    return Verdict(
        decision.decision_id, decision.reviewer, decision.kind, decision.after, decision.at, decision.revision
    )
