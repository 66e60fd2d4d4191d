"""What becomes of a decision when its fact is read again: it stands, is kept and asked about again, or is confirmed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_samples import ADDED, FACT, decision

from pipeline.model.review import SLOTS, Decision
from pipeline.review.revision import added_id, fact_of, normal, revision_of
from pipeline.review.standing import standing_of
from pipeline.review.survival import attached

FIXED = decision("correct", after={"value": "8998", "time_period": "2021"})
Changes = dict[str, str | None]


@pytest.mark.parametrize(
    ("decisions", "now", "state", "slots"),
    [
        # As it was.
        ([decision("accept")], {}, "accepted", {}),
        ([decision("reject")], {}, "rejected", {}),
        ([decision("no_source")], {}, "no_source", {}),
        ([FIXED], {}, "corrected", FIXED.after),
        ([decision("note")], {}, "pending", {}),
        # Case, accents and blanks of the words tell nothing.
        ([decision("accept")], {"quote": "TIẾP NHẬN  8,98 ngàn hồ sơ"}, "accepted", {}),
        # Something else is read out of the same words.
        ([decision("accept")], {"value": "8.98"}, "changed", {}),
        ([decision("accept")], {"subject": "Tỉnh Lào Cai"}, "changed", {}),
        ([decision("reject")], {"obs_status": "target"}, "changed", {}),
        ([decision("note")], {"value": "8.98"}, "pending", {}),
        # What was typed stands, until it is what is read.
        ([FIXED], {"value": "898"}, "changed", FIXED.after),
        ([FIXED], {"value": "8998"}, "changed", {"time_period": "2021"}),
        ([FIXED], {"level": "district"}, "changed", FIXED.after),
        ([FIXED], {"value": "8998", "time_period": "2021"}, "accepted", {}),
        ([FIXED], {"value": "8998", "time_period": "2021", "level": "district"}, "changed", {}),
        # Another number of the sentence has come into its place.
        ([FIXED], {"number": "12", "value": "12"}, "changed", {}),
        # Only the verdict that stands counts.
        ([FIXED, decision("accept", reviewer="Minh")], {"value": "8998", "time_period": "2021"}, "changed", {}),
        ([FIXED, decision("undo", undoes=FIXED.decision_id)], {"value": "7"}, "pending", {}),
    ],
)
def test_what_a_decision_comes_to(decisions: list[Decision], now: Changes, state: str, slots: Changes) -> None:
    found = attached(standing_of(decisions), {**FACT, **now})
    assert (found.state, found.slots) == (state, slots)


@given(st.dictionaries(st.sampled_from(SLOTS), st.sampled_from([None, "1", "2"]), max_size=4))
def test_what_stands_is_never_lost_and_never_made_up(now: Changes) -> None:
    """A correction stands in full, is what is read, or is asked about again with what is left of it."""
    fact = {**FACT, **now}
    found = attached(standing_of([FIXED]), fact)
    stands = {**fact, **found.slots}
    assert {slot: stands[slot] for slot in FIXED.after} == FIXED.after
    assert (found.state == "corrected") is (revision_of(fact) == revision_of(FACT))
    if found.state == "accepted":
        assert not found.slots


ROW: dict[str, Any] = {
    **{slot: FACT[slot] for slot in SLOTS}, "obs_id": "a", "quote": FACT["quote"], "char_start": 100, "char_end": 125,
    "value_start": 110, "value_end": 114, "confidence": 0.5, "rule_id": "one", "flags": (),
}  # fmt: skip


@pytest.mark.parametrize(
    "otherwise",
    [
        {"confidence": 0.9, "rule_id": "two", "flags": ("ocr",), "obs_id": "b"},
        {"char_start": 0, "char_end": 25, "value_start": 10, "value_end": 14},
        {"value": 8980.0},
        {"value": "8980.000000000"},
        {"comparator": None, "obs_status": ""},
    ],
)
def test_the_revision_is_of_slots_and_words_alone(otherwise: dict[str, Any]) -> None:
    assert fact_of(ROW) == FACT
    assert revision_of(fact_of({**ROW, **otherwise})) == revision_of(FACT)


@pytest.mark.parametrize("slot", [*SLOTS, "quote", "number"])
def test_each_slot_and_the_words_count_for_the_revision(slot: str) -> None:
    assert revision_of({**FACT, slot: "99"}) != revision_of(FACT)


@pytest.mark.parametrize(
    ("value", "text"),
    [("84.840000000", "84.84"), (100, "100"), ("1E+3", "1000"), (0.1, "0.1"), ("", None), (None, None)],
)
def test_numbers_have_one_form(value: object, text: str | None) -> None:
    assert normal("value", value) == text


def test_an_added_fact_has_an_id_of_its_own() -> None:
    ids = {added_id("d", {**ADDED, name: other}) for name, other in [("value", "1"), ("note", "x")]}
    assert ids == {added_id("d", ADDED)}  # not what it says of its number
    others = {added_id("d", {**ADDED, name: "7"}) for name in ("indicator", "value_start", "subject", "time_period")}
    assert len(others | ids | {added_id("e", ADDED)}) == 6
