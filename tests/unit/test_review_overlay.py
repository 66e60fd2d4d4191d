"""Decisions laid over the rows of a document: what stands, what is published, and the checks of what stands then."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Document, Span
from pipeline.model.review import Decision, DecisionKind
from pipeline.process import process, process_file
from pipeline.review.deciding import Hand, add, decide, undo
from pipeline.review.overlay import reviewed_rows, standing_row
from pipeline.rulebook.book import load
from pipeline.run import reviewed
from pipeline.run.reviewed import checked
from pipeline.run.shards import Shard
from pipeline.store.rows import Rows, rows_of
from pipeline.store.schema import Row
from pipeline.store.tables import OBSERVATIONS
from pipeline.store.validation import validate
from pipeline.store.versions import versions_of

BOOK = load()
TEXT = """SỞ NỘI VỤ
Báo cáo số 100/BC-SNV ngày 15/6/2022
Quý I năm 2022, Sở Nội vụ tỉnh Sơn La đã giải quyết 600 hồ sơ, trong đó đúng hạn 500 hồ sơ, quá hạn 190 hồ sơ.
Hòm thư góp ý: 17.
"""
FIELDS: Mapping[str, Any] = {"indicator": "feedback.received", "value": "17", "unit": "count", "time_period": "2022-Q1"}


def with_decisions(
    rows: Rows, decisions: list[Decision], reading: Callable[[], Document | None] = lambda: None
) -> Rows:
    """As if the journal had numbered them."""
    return reviewed.with_decisions(rows, [replace(d, sequence=n) for n, d in enumerate(decisions, 1)], BOOK, reading)


def rows_of_text(text: str = TEXT) -> Rows:
    result = process(text.encode(), "a.txt", BOOK)
    assert result.document is not None
    assert result.extraction is not None
    return rows_of(result.document, result.extraction, versions_of(BOOK))


def fact(rows: Rows, indicator: str) -> Row:
    [row] = [row for row in rows["observations"] if row["indicator"] == indicator]
    return row


def about(rows: Rows, kind: str, indicator: str, reviewer: str = "Lan", **after: str | None) -> Decision:
    [document] = rows["documents"]
    return decide(DecisionKind(kind), Hand(reviewer), fact(rows, indicator), document, after)


def added(rows: Rows, text: str = TEXT, **fields: str) -> Decision:
    document = process(text.encode(), "a.txt", BOOK).document
    assert document is not None
    start, at = text.index("Hòm thư"), text.index("17")
    [row] = rows["documents"]
    return add(Hand("Lan"), document, row, {**FIELDS, **fields}, Span(start, at + 2), Span(at, at + 2))


def of_review(row: Row) -> tuple[Any, ...]:
    return row["review_state"], row["reviewed_value"], json.loads(str(row["corrections"] or "{}"))


def test_without_decisions_the_rows_are_as_they_were_read() -> None:
    rows = rows_of_text()
    assert reviewed_rows(rows["observations"], [], None) == rows["observations"]
    assert {of_review(row)[:2] for row in rows["observations"]} == {("pending", None)}


@pytest.mark.parametrize(
    ("kind", "after", "state", "value", "stands"),
    [
        ("accept", {}, "accepted", 600, {"value": Decimal(600)}),
        ("reject", {}, "rejected", None, None),
        ("no_source", {}, "no_source", None, None),
        ("correct", {"value": "690"}, "corrected", 690, {"value": Decimal(690), "time_period": "2022-Q1"}),
        ("correct", {"time_period": None}, "corrected", 600, {"time_period": None, "period_end": None}),
        ("correct", {"subject": "Tỉnh Sơn La"}, "corrected", 600, {"subject": "Tỉnh Sơn La", "value": Decimal(600)}),
        ("skip", {}, "pending", None, {"value": Decimal(600)}),
    ],
)
def test_what_a_decision_makes_of_a_row(
    kind: str, after: dict[str, str | None], state: str, value: int | None, stands: dict[str, Any] | None
) -> None:
    rows = rows_of_text()
    made = with_decisions(rows, [about(rows, kind, "dossier.resolved", **after)])
    row = fact(made, "dossier.resolved")
    assert of_review(row) == (state, value, after)
    assert row["value"] == 600  # what was read stays
    standing = standing_row(row)
    assert (standing is None) is (stands is None)
    assert standing is None or {name: standing[name] for name in stands or {}} == stands
    validate(OBSERVATIONS, made["observations"])


def test_a_period_that_is_corrected_has_its_days() -> None:
    rows = rows_of_text()
    made = with_decisions(rows, [about(rows, "correct", "dossier.resolved", time_period="2022-S1")])
    standing = standing_row(fact(made, "dossier.resolved"))
    assert standing is not None
    assert (str(standing["period_start"]), str(standing["period_end"])) == ("2022-01-01", "2022-06-30")


def test_an_added_fact_is_a_row_and_can_be_corrected_or_taken_out() -> None:
    rows = rows_of_text()
    first = added(rows)
    made = with_decisions(rows, [first])
    row = fact(made, "feedback.received")
    assert (row["rule_id"], row["quote"], of_review(row)) == ("review", "Hòm thư góp ý: 17", ("added", 17, {}))
    validate(OBSERVATIONS, made["observations"])
    mended = about(made, "correct", "feedback.received", value="18")
    row = fact(with_decisions(rows, [first, mended]), "feedback.received")
    assert (row["value"], of_review(row)) == (18, ("corrected", 18, {}))
    refused = about(made, "reject", "feedback.received")
    row = fact(with_decisions(rows, [first, refused]), "feedback.received")
    assert of_review(row) == ("rejected", None, {})
    assert standing_row(row) is None


def test_an_added_fact_that_the_rules_read_just_so_is_theirs() -> None:
    """And stays beside theirs where they read something else."""
    rows = rows_of_text()
    resolved = fact(rows, "dossier.resolved")
    text = TEXT
    document = process(text.encode(), "a.txt", BOOK).document
    assert document is not None
    at = int(str(resolved["value_start"]))
    slots = {name: None if resolved[name] is None else str(resolved[name]) for name in (
        "indicator", "value", "unit", "subject", "ref_area", "area_regime", "time_period"
    )}  # fmt: skip
    [row] = rows["documents"]
    words, number = Span(at - 15, at + 9), Span(at, at + 3)
    made = with_decisions(rows, [add(Hand("Lan"), document, row, slots, words, number)])
    assert of_review(fact(made, "dossier.resolved")) == ("accepted", 600, {})
    other = add(Hand("Lan"), document, row, {**slots, "subject": "Sở Tài chính tỉnh Sơn La"}, words, number)
    both = [r for r in with_decisions(rows, [other])["observations"] if r["indicator"] == "dossier.resolved"]
    assert sorted(str(r["review_state"]) for r in both) == ["added", "pending"]


def test_checks_are_of_what_stands() -> None:
    """600 are not 500 and 190; with the correction they are, and the flag is gone."""
    rows = rows_of_text()
    assert [row["check"] for row in rows["checks"]] == ["C1-sum-of-parts"]
    assert "failed_check" in str(fact(rows, "dossier.resolved_overdue")["flags"])
    made = with_decisions(rows, [about(rows, "correct", "dossier.resolved", value="690")])
    assert made["checks"] == []
    assert all("failed_check" not in str(row["flags"]) for row in made["observations"])
    assert [row["statement"] for row in rows["agreements"]] == []
    assert [row["statement"] for row in made["agreements"]] == ["500 + 190 = 690"]
    made = with_decisions(rows, [about(rows, "reject", "dossier.resolved_overdue")])
    assert made["checks"] == made["agreements"] == []
    made = with_decisions(rows, [about(rows, "accept", "dossier.resolved")])
    assert made["checks"] == rows["checks"]


def test_checking_again_finds_what_was_found(root: Path) -> None:
    """What the rows keep of a document is enough for its checks."""
    found = 0
    for path in sorted((root / "corpus" / "documents").glob("*.[th][xt]*"))[:24]:
        result = process_file(path, BOOK)
        assert result.document is not None
        assert result.extraction is not None
        rows = rows_of(result.document, result.extraction, versions_of(BOOK))
        again = checked(rows, BOOK)
        assert again["checks"] == rows["checks"], path
        assert again["observations"] == rows["observations"], path
        found += len(rows["checks"])
    assert found


def test_a_shard_carries_its_decisions_to_another_process() -> None:
    rows = rows_of_text()
    decisions = about(rows, "correct", "dossier.resolved", value="690"), added(rows)
    shard = Shard(place="place", key="key", stated_key="stated", members=(), marks=(), decisions=decisions)
    assert pickle.loads(pickle.dumps(shard)) == shard


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("SỞ NỘI VỤ", "SỞ NỘI VỤ TỈNH SƠN LA", "Hòm thư góp ý: 17"),
        ("thư góp", "thư  góp", "Hòm thư  góp ý: 17"),
        ("Hòm thư góp ý: 17.", "Hòm thư góp ý: 17. Hòm thư góp ý: 17.", "Hòm thư góp ý: 17"),
        ("ý: 17", "ý: 18", None),
    ],
)
def test_an_added_fact_is_found_again_in_another_text(old: str, new: str, quote: str | None) -> None:
    """A newer reader may give the document other blanks, or more of it; the fact keeps its words, or is left out."""
    rows = rows_of_text()
    decided = added(rows)
    text = TEXT.replace(old, new)
    other = rows_of_text(text)
    reread = process(text.encode(), "a.txt", BOOK).document
    made = with_decisions(other, [decided], lambda: reread)
    found = [row for row in made["observations"] if row["rule_id"] == "review"]
    assert [row["quote"] for row in found] == ([quote] if quote else [])
    for row in found:
        assert text[int(str(row["char_start"])) : int(str(row["char_end"]))] == row["quote"]
        assert text[int(str(row["value_start"])) : int(str(row["value_end"]))] == "17"
    [document] = other["documents"]
    # What was published knows where it stands; without it and without the text nothing does.
    assert reviewed_rows(made["observations"], [decided], document["text_hash"]) == made["observations"]
    assert reviewed_rows(other["observations"], [decided], document["text_hash"]) == other["observations"]


def test_what_is_taken_back_since_it_was_published_is_as_it_was_read() -> None:
    rows = rows_of_text()
    accepted = about(rows, "accept", "dossier.resolved")
    made = with_decisions(rows, [accepted, added(rows)])
    [document] = rows["documents"]
    back = [accepted, undo(Hand("Lan"), accepted)]
    assert reviewed_rows(made["observations"], back, document["text_hash"]) == rows["observations"]
