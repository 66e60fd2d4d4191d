"""The record as JSON lines, for keeping elsewhere and for bringing the work of several desks together.

One decision a line, in the order of the record: all that was decided, with `sequence` and `chain`, which another
record gives anew when it takes the decision in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.model.review import Decision, ReviewState, Standing
from pipeline.review.journal import Journal
from pipeline.review.lines import decision_of, object_of
from pipeline.review.wellformed import hold_to_form


class LineError(ValueError):
    """A line that is no decision: its number and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")


@dataclass(frozen=True, slots=True)
class Turned:
    """A fact of which something else stands than before: the two verdicts are of different reviewers."""

    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many decisions were new, and how many known; those of a known id that say something
    else, which were left out; and the facts that the others decide otherwise than it stood here."""

    added: int
    known: int
    conflicts: tuple[Decision, ...]
    turned: tuple[Turned, ...]


def export_lines(journal: Journal) -> Iterator[str]:
    """Every decision as a line of JSON, line end included."""
    for decision in journal.all():
        made = {**object_of(decision), "sequence": decision.sequence, "chain": decision.chain}
        yield json.dumps(made, ensure_ascii=False) + "\n"


def import_lines(journal: Journal, lines: Iterable[str]) -> Imported:
    """Take decisions in, in their order, all or none; those that are in the record already change nothing.

    Raises LineError where a line is no decision or gives the id of another line to something else, MalformedError
    where a decision takes back what is not there; then nothing is taken in.
    """
    given, repeated = _decisions(lines)
    fresh: list[Decision] = []
    conflicts: list[Decision] = []
    known = repeated
    for decision in given:
        recorded = journal.decision(decision.decision_id)
        if recorded is None:
            fresh.append(decision)
        elif object_of(recorded) == object_of(decision):
            known += 1
        else:
            conflicts.append(decision)
    before = {decision.obs_id: journal.standing(decision.obs_id) for decision in fresh}
    journal.append_all(fresh)
    turned = []
    for obs_id, was in before.items():
        now = journal.standing(obs_id)
        if was is not None and now is not None and _differ(was, now):
            turned.append(Turned(was, now))
    return Imported(len(fresh), known, tuple(conflicts), tuple(turned))


def _decisions(lines: Iterable[str]) -> tuple[list[Decision], int]:
    """The decisions of a file, each once, and how many lines say again what an earlier one said."""
    first: dict[str, tuple[int, Decision]] = {}
    repeated = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        decision = _decision(number, line)
        earlier, same = first.setdefault(decision.decision_id, (number, decision))
        if earlier == number:
            continue
        if object_of(same) != object_of(decision):
            raise LineError(number, f"the decision {decision.decision_id} says something else in line {earlier}")
        repeated += 1
    return [decision for _, decision in first.values()], repeated


def _decision(number: int, line: str) -> Decision:
    try:
        decision = decision_of(json.loads(line))
        hold_to_form(decision)
    except json.JSONDecodeError:
        raise LineError(number, "this is no JSON") from None
    except ValueError as problem:
        raise LineError(number, str(problem)) from None
    return decision


def _differ(was: Standing, now: Standing) -> bool:
    if was.verdict is None or now.verdict is None or was.verdict.reviewer == now.verdict.reviewer:
        return False
    return (was.state, was.slots) != (now.state, now.slots) and ReviewState.PENDING not in (was.state, now.state)
