"""The record of decisions: only added to, told from a tampered one, shared by several writers."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from review_samples import ADDED, DOC_ID, FACT, decision

from pipeline.model.review import Decision
from pipeline.review.journal import ConflictError, Journal, OvertakenError
from pipeline.review.lines import decision_of, object_of
from pipeline.review.wellformed import MalformedError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reviews.sqlite"


def test_a_decision_comes_back_as_it_was_given(path: Path) -> None:
    given = decision("correct", note="số trong bảng là 8.998", batch="b1", parser_version="1.0+ab", rules_version="cd")
    with Journal(path) as journal:
        recorded = journal.append(given)
    assert replace(recorded, sequence=0, chain="") == given
    assert recorded.sequence == 1
    with Journal(path) as journal:
        assert journal.since() == journal.of_fact("fact-1") == journal.of_document(DOC_ID) == (recorded,)
        assert journal.decision(given.decision_id) == recorded
        assert (journal.since(1), journal.of_fact("fact-2"), journal.decision("nothing-1")) == ((), (), None)


def test_a_decision_that_is_sent_twice_counts_once(path: Path) -> None:
    given = decision()
    with Journal(path) as journal:
        first = journal.append(given, seen=0)
        assert journal.append(given, seen=0) == first
        assert journal.last_sequence() == 1
        with pytest.raises(ConflictError) as problem:
            journal.append(replace(given, reviewer="Minh"))
        assert problem.value.known == first


def test_who_is_overtaken_gets_the_others_decision_and_records_nothing(path: Path) -> None:
    with Journal(path) as journal, Journal(path) as other:
        seen = other.append(decision("note")).sequence
        theirs = other.append(decision("reject", reviewer="Minh"), seen=seen)
        other.append(decision("accept", obs_id="fact-2"))
        with pytest.raises(OvertakenError, match="Minh") as problem:
            journal.append(decision("accept"), seen=seen)
        assert problem.value.others == (theirs,)
        assert journal.last_sequence() == 3
        assert journal.append(decision("accept"), seen=theirs.sequence).sequence == 4


def test_several_are_taken_in_together_or_not_at_all(path: Path) -> None:
    with Journal(path) as journal:
        journal.append(decision(obs_id="fact-2"))
        with pytest.raises(OvertakenError):
            journal.append_all([decision(obs_id="fact-1"), decision(obs_id="fact-2")], seen=0)
        assert journal.last_sequence() == 1
        assert journal.standing("fact-1") is None
        made = journal.append_all([decision(obs_id=f"fact-{n}", batch="b") for n in range(3, 6)])
        assert [d.sequence for d in made] == [2, 3, 4]
        assert journal.verify() == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM decisions",
        "UPDATE decisions SET reviewer = 'Minh'",
        "INSERT OR REPLACE INTO decisions SELECT * FROM decisions",
        "REPLACE INTO decisions SELECT 7, decision_id, obs_id, doc_id, 'reject', reviewer, at, before, after, note,"
        " source_hash, revision, rule_id, parser_version, rules_version, undoes, batch, chain FROM decisions",
    ],
)
def test_the_file_itself_refuses_changes(path: Path, statement: str) -> None:
    with Journal(path) as journal:
        before = journal.append(decision())
        with sqlite3.connect(path) as db, pytest.raises(sqlite3.IntegrityError, match="a decision is never"):
            db.execute(statement)
        db.close()
        assert journal.since() == (before,)
        assert journal.verify() == []


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["UPDATE decisions SET kind = 'accept' WHERE sequence = 2"], "number 2"),
        (["UPDATE decisions SET at = '2026-01-01T00:00:00.000Z' WHERE sequence = 1"], "number 1"),
        (["DELETE FROM decisions WHERE sequence = 2"], "1 decisions are missing after number 1"),
        (["DELETE FROM decisions WHERE sequence = 3"], "1 decisions are missing at the end, after number 2"),
        (["UPDATE standing SET state = 'accepted'"], "standing"),
        (["DELETE FROM standing"], "standing"),
    ],
)
def test_tampering_is_seen(path: Path, statements: list[str], told: str) -> None:
    """Even where someone takes the triggers away first."""
    with Journal(path) as journal:
        for kind in ("accept", "reject", "no_source"):
            journal.append(decision(kind))
        assert journal.verify() == []
        with sqlite3.connect(path) as db:
            db.execute("DROP TRIGGER decisions_stay")
            db.execute("DROP TRIGGER decisions_are_as_they_were")
            for statement in statements:
                db.execute(statement)
        db.close()
        assert any(told in problem for problem in journal.verify()), journal.verify()
        if told == "standing":
            journal.rebuild()
            assert journal.verify() == []


@pytest.mark.parametrize(
    ("faulty", "told"),
    [
        (decision(decision_id="x"), "decision_id"),
        (decision(obs_id=""), "obs_id"),
        (decision(doc_id="../secret"), "doc_id"),
        (decision(reviewer="  "), "reviewer"),
        (decision(reviewer="Lan\nMinh"), "reviewer"),
        (decision(reviewer="x" * 201), "reviewer"),
        (decision(note="\ud800"), "no table can hold"),
        (decision(note="a\0b"), "no table can hold"),
        (decision("correct", after={"subject": "a\0b"}), "no table can hold"),
        (decision(at="2026-11-24 08:30"), "at"),
        (decision(before={"price": "1"}), "before"),
        (decision(before={}), "before"),
        (decision(before={**FACT, "value": "7"}), "revision"),
        (decision(revision="0" * 16), "revision"),
        (decision("note", note="x", before={"price": "1"}), "before"),
        (decision(source_hash="abc"), "source_hash"),
        (decision("correct", after={"value": "84,84%"}), "value is no number"),
        (decision("correct", after={"value": "84.840"}), "normal form"),
        (decision("correct", after={"value": None}), "must not be empty"),
        (decision("correct", after={"time_period": "2021-13"}), "not a period"),
        (decision("correct", after={"time_period": "năm 2021"}), "form"),
        (decision("correct", after={"ref_area": "Sơn La"}), "form"),
        (decision("correct", after={"obs_status": "planned"}), "is not one of"),
        (decision("add", after={**ADDED, "value_end": "70"}), "place"),
        (decision("add", after={**ADDED, "char_end": "x"}), "place"),
        (decision("add", after={**ADDED, "char_end": "64"}), "place"),
        (decision("add", after={**ADDED, "page": "1", "boxes": "[[1, 2, 3]]"}), "place"),
        (decision(after={"value": "1"}), "after"),
        (decision("correct", after={}), "after"),
        (decision("correct", after={"quote": "x"}), "after"),
        (decision("add", after={**ADDED, "value": None}), "after"),
        (decision("note", note=" "), "note"),
        (decision(note="x" * 4001), "note"),
        (decision("undo"), "undoes"),
        (decision("accept", undoes="abcdefgh"), "undoes"),
        (decision("undo", undoes="abcdefgh"), "no decision about"),
    ],
)
def test_a_faulty_decision_is_not_recorded(path: Path, faulty: Decision, told: str) -> None:
    with Journal(path) as journal:
        with pytest.raises(MalformedError, match=told):
            journal.append(faulty)
        assert journal.since() == ()


def test_a_decision_about_another_fact_cannot_be_taken_back_here(path: Path) -> None:
    with Journal(path) as journal:
        other = journal.append(decision(obs_id="fact-2"))
        with pytest.raises(MalformedError, match="no decision about fact-1"):
            journal.append(decision("undo", undoes=other.decision_id))


@pytest.mark.parametrize(
    "made",
    [
        [], {}, {**object_of(decision()), "kind": "perhaps"}, {**object_of(decision()), "reviewer": 7},
        {**object_of(decision()), "before": {"value": 7}}, {**object_of(decision()), "note": None},
    ],
)  # fmt: skip
def test_what_is_no_decision_is_refused(made: object) -> None:
    with pytest.raises(MalformedError):
        decision_of(made)


def test_a_later_version_of_the_file_is_left_alone(path: Path) -> None:
    Journal(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version=99")
    db.close()
    with pytest.raises(sqlite3.DatabaseError, match="later version"):
        Journal(path)


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from review_samples import decision
from pipeline.review.journal import Journal
with Journal(Path(sys.argv[1])) as journal:
    for n in range(60):
        journal.append(decision(obs_id=f"fact-{n % 7}", reviewer=sys.argv[2]))
"""


def test_two_processes_lose_nothing(path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), name, str(Path(__file__).parent)])
        for name in ("Lan", "Minh")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with Journal(path) as journal:
        decisions = journal.since()
        assert [d.sequence for d in decisions] == list(range(1, 121))
        assert sum(d.reviewer == "Lan" for d in decisions) == 60
        assert journal.verify() == []


def test_readers_wait_for_no_writer(path: Path) -> None:
    with Journal(path) as journal:
        recorded = journal.append(decision())
        writer = sqlite3.connect(path, isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        with Journal(path) as other:
            assert other.since() == journal.since() == (recorded,)
            assert other.verify() == []
        writer.execute("ROLLBACK")
        writer.close()
        assert time.monotonic() - started < 10  # a wait for the lock would last thirty seconds and fail


def test_threads_share_a_journal(path: Path) -> None:
    """Of ten that have seen the same, one decides; the others are told."""
    told: list[str] = []
    with Journal(path) as journal:

        def decide(name: str) -> None:
            try:
                journal.append(decision(reviewer=name), seen=0)
            except OvertakenError as problem:
                told.append(problem.others[0].reviewer)

        threads = [threading.Thread(target=decide, args=(f"reviewer {n}",)) for n in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        [winner] = journal.since()
        assert told == [winner.reviewer] * 9


def test_what_a_document_has_of_decisions_has_a_mark(path: Path) -> None:
    with Journal(path) as journal:
        first = journal.append(decision())
        other = journal.append(decision(obs_id="fact-9", doc_id="cd" * 32))
        last = journal.append(decision("note"))
        assert journal.marks(2) == {DOC_ID: first.chain, "cd" * 32: other.chain}
        assert journal.marks(3) == {DOC_ID: last.chain, "cd" * 32: other.chain}
        assert journal.of_documents([DOC_ID, "ee" * 32], 2) == {DOC_ID: (first,)}
        assert journal.of_fact("fact-1")[0].before == FACT
