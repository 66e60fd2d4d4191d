"""What decisions come to, and the table of it in the journal, which must never say otherwise."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from review_samples import ADDED, FACT, decision

from pipeline.model.review import Decision
from pipeline.review.journal import Journal
from pipeline.review.standing import standing_of, standings

ACCEPT, REJECT, CORRECT = decision(), decision("reject"), decision("correct")
ADD, NOTE, SKIP, NO_SOURCE = decision("add"), decision("note"), decision("skip"), decision("no_source")
SECOND = decision("correct", reviewer="Minh", after={"value": "8990", "time_period": "2021"})


def undo(other: Decision) -> Decision:
    return decision("undo", undoes=other.decision_id)


UNDONE = undo(CORRECT)


@pytest.mark.parametrize(
    ("decisions", "state", "slots"),
    [
        ([NOTE], "pending", {}),
        ([SKIP, NOTE], "pending", {}),
        ([ACCEPT], "accepted", {}),
        ([ACCEPT, NOTE, SKIP], "accepted", {}),
        ([REJECT], "rejected", {}),
        ([NO_SOURCE], "no_source", {}),
        ([CORRECT], "corrected", {"value": "8998"}),
        ([ACCEPT, CORRECT], "corrected", {"value": "8998"}),
        ([CORRECT, ACCEPT], "accepted", {}),
        ([CORRECT, SECOND], "corrected", {"value": "8990", "time_period": "2021"}),
        ([SECOND, CORRECT], "corrected", {"value": "8998"}),
        ([ACCEPT, CORRECT, UNDONE], "accepted", {}),
        ([CORRECT, UNDONE], "pending", {}),
        ([CORRECT, UNDONE, undo(UNDONE)], "corrected", {"value": "8998"}),
        ([CORRECT, REJECT, UNDONE], "rejected", {}),
        ([ADD], "added", ADDED),
        ([ADD, ACCEPT], "accepted", ADDED),
        ([ADD, CORRECT], "corrected", {**ADDED, "value": "8998"}),
        ([ADD, REJECT], "rejected", ADDED),
        ([ADD, undo(ADD)], "pending", {}),
    ],
)
def test_what_decisions_come_to(decisions: Sequence[Decision], state: str, slots: dict[str, str | None]) -> None:
    stands = standing_of(decisions)
    assert (stands.state, stands.slots) == (state, slots)


def test_both_reviewers_verdicts_are_kept_for_agreement() -> None:
    stands = standing_of([ACCEPT, NOTE, SECOND, SKIP])
    assert [(v.reviewer, v.kind) for v in stands.verdicts] == [("Lan", "accept"), ("Minh", "correct")]
    assert stands.verdict == stands.verdicts[1]
    assert (stands.notes, stands.skips, stands.before) == (1, 1, FACT)
    again = standing_of([ACCEPT, SECOND, REJECT])
    assert [(v.reviewer, v.kind) for v in again.verdicts] == [("Minh", "correct"), ("Lan", "reject")]
    assert again.state == "rejected"


def test_facts_are_reckoned_apart() -> None:
    other = decision("reject", obs_id="fact-2")
    found = standings([ACCEPT, other, NOTE])
    assert {obs_id: str(stands.state) for obs_id, stands in found.items()} == {
        "fact-1": "accepted",
        "fact-2": "rejected",
    }


KINDS = st.sampled_from(["accept", "reject", "correct", "add", "no_source", "note", "skip", "undo"])
STEPS = st.lists(
    st.tuples(KINDS, st.sampled_from(["fact-1", "fact-2"]), st.sampled_from(["Lan", "Minh"]), st.integers(0, 9)),
    max_size=14,
)


@settings(max_examples=60)
@given(STEPS)
def test_the_table_says_what_the_decisions_come_to(steps: list[tuple[str, str, str, int]]) -> None:
    """Whatever is decided and taken back, in any order; and once more after it is made again."""
    with tempfile.TemporaryDirectory() as folder, Journal(Path(folder) / "reviews.sqlite") as journal:
        for kind, obs_id, reviewer, which in steps:
            before = journal.of_fact(obs_id)
            if kind == "undo":
                if before:
                    undone = before[which % len(before)].decision_id
                    journal.append(decision(kind, obs_id, reviewer, undoes=undone))
            else:
                journal.append(decision(kind, obs_id, reviewer))
        assert journal.verify() == []
        for obs_id, stands in standings(journal.since()).items():
            assert journal.standing(obs_id) == stands
        journal.rebuild()
        assert journal.verify() == []
