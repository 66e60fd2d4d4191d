"""`solieu review`: decisions written as lines and taken in again, and what is said of a record that is not whole."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from review_samples import decision
from running import solieu_here

from pipeline.review.exchange import LineError, export_lines, import_lines
from pipeline.review.journal import JOURNAL_NAME, Journal
from pipeline.review.wellformed import MalformedError


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a record of six decisions about two facts."""
    folder = tmp_path / "here"
    folder.mkdir()
    with Journal(folder / JOURNAL_NAME) as journal:
        journal.append(decision("accept"))
        wrong = journal.append(decision("reject", obs_id="fact-2", note="là của năm trước"))
        journal.append(decision("undo", obs_id="fact-2", undoes=wrong.decision_id))
        journal.append(decision("correct", obs_id="fact-2", batch="b-1"))
        journal.append(decision("add", obs_id="fact-3"))
        journal.append(decision("note", reviewer="Minh"))
    return folder


@pytest.fixture
def there(tmp_path: Path) -> Path:
    folder = tmp_path / "there"
    folder.mkdir()
    return folder


def lines_of(folder: Path) -> list[str]:
    with Journal(folder / JOURNAL_NAME) as journal:
        return list(export_lines(journal))


def test_what_is_written_and_taken_in_is_the_same_record(here: Path, there: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    written = solieu_here("review", "export", here, file)
    assert (written.returncode, written.stdout) == (0, "6 decisions\n")
    for told in ("6 decisions taken in, 0 known", "0 decisions taken in, 6 known"):
        taken = solieu_here("review", "import", there, file)
        assert taken.returncode == 0
        assert told in taken.stdout
        assert lines_of(there) == lines_of(here)
        with Journal(there / JOURNAL_NAME) as journal:
            assert journal.verify() == []


def test_an_export_can_go_to_the_screen(here: Path) -> None:
    written = solieu_here("review", "export", here, "-")
    assert written.stdout == "".join(lines_of(here))
    assert json.loads(written.stdout.splitlines()[1])["note"] == "là của năm trước"


def test_two_desks_are_brought_together(here: Path, there: Path, tmp_path: Path) -> None:
    """Each keeps its own decisions, gets the other's, and is told where the two do not agree."""
    with Journal(there / JOURNAL_NAME) as journal:
        journal.append(decision("reject", reviewer="Minh"))
        journal.append(decision("accept", obs_id="fact-9", reviewer="Minh"))
        done = import_lines(journal, lines_of(here))
        assert (done.added, done.known, done.conflicts) == (6, 0, ())
        [turned] = done.turned
        assert (turned.before.state, turned.after.state, turned.after.obs_id) == ("rejected", "accepted", "fact-1")
        assert [v.reviewer for v in turned.after.verdicts] == ["Minh", "Lan"]
        assert journal.verify() == []
    (tmp_path / "one.jsonl").write_text("".join(lines_of(there)), "utf-8")
    taken = solieu_here("review", "import", here, tmp_path / "one.jsonl")
    assert "fact-1: Lan accepted, Minh rejected: the later one stands" in taken.stdout
    with Journal(here / JOURNAL_NAME) as journal:
        assert journal.last_sequence() == 8


def test_another_decision_of_the_same_id_is_left_out_and_told(here: Path, tmp_path: Path) -> None:
    with Journal(here / JOURNAL_NAME) as journal:
        known = journal.since()[0]
    other = json.loads(lines_of(here)[0]) | {"reviewer": "Minh"}
    new = json.loads(lines_of(here)[0]) | {"decision_id": "another-1"}
    (tmp_path / "bad.jsonl").write_text(json.dumps(other) + "\n\n" + json.dumps(new) + "\n", "utf-8")
    taken = solieu_here("review", "import", here, tmp_path / "bad.jsonl")
    assert taken.returncode == 1
    assert f"conflict: {known.decision_id}" in taken.stderr
    with Journal(here / JOURNAL_NAME) as journal:
        assert journal.since()[0] == known
        assert journal.last_sequence() == 7


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2"),
        ("7", "line 2: a decision is a JSON object"),
        ('{"decision_id": "abcdefgh"}', "line 2: without obs_id"),
        (json.dumps({"decision_id": "abcdefgh", "obs_id": "o", "doc_id": "d", "kind": "accept", "reviewer": "L",
                     "at": "2026-11-24T08:30:00.000Z"}), "line 2: accept of o: doc_id"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_decision_is_told_and_nothing_is_taken_in(
    here: Path, there: Path, tmp_path: Path, line: str, told: str
) -> None:
    lines = [lines_of(here)[0], line + "\n"]
    with Journal(there / JOURNAL_NAME) as journal:
        with pytest.raises(LineError, match=told):
            import_lines(journal, lines)
        with pytest.raises(MalformedError, match="no decision about fact-2"):
            import_lines(journal, [lines_of(here)[2]])
        assert journal.last_sequence() == 0
    (tmp_path / "bad.jsonl").write_text("".join(lines), "utf-8")
    refused = solieu_here("review", "import", there, tmp_path / "bad.jsonl")
    assert refused.returncode == 2
    assert "Hint:" in refused.stderr


def test_an_id_that_stands_twice_in_a_file_is_told_with_its_lines(here: Path, there: Path, tmp_path: Path) -> None:
    """The same said twice counts once; something else under the same id is refused, and nothing is taken in."""
    file, first = tmp_path / "twice.jsonl", lines_of(here)[0]
    known = json.loads(first)["decision_id"]
    file.write_text(first + "\n" + json.dumps(json.loads(first) | {"reviewer": "Minh"}) + "\n", "utf-8")
    refused = solieu_here("review", "import", there, file)
    assert refused.returncode == 2
    assert f"{file}: line 3: the decision {known} says something else in line 1\nHint: " in refused.stderr
    file.write_text(first * 2, "utf-8")
    taken = solieu_here("review", "import", there, file)
    assert (taken.returncode, taken.stderr) == (0, "")
    assert "1 decisions taken in, 1 known, 0 conflicts" in taken.stdout
    assert lines_of(there) == lines_of(here)[:1]


def test_verify_tells_a_whole_record_from_a_tampered_one(here: Path) -> None:
    whole = solieu_here("review", "verify", here)
    assert whole.returncode == 0
    assert "6 decisions, all as they were recorded" in whole.stdout
    with sqlite3.connect(here / JOURNAL_NAME) as db:
        db.execute("DROP TRIGGER decisions_are_as_they_were")
        db.execute("UPDATE decisions SET reviewer = 'Minh' WHERE sequence = 4")
    db.close()
    broken = solieu_here("review", "verify", here)
    assert broken.returncode == 1
    assert "number 4" in broken.stdout


@pytest.mark.parametrize("command", [("export", "x.jsonl"), ("verify",)])
def test_a_folder_without_reviews_is_told(there: Path, command: tuple[str, ...]) -> None:
    told = solieu_here("review", command[0], there, *command[1:])
    assert told.returncode == 2
    assert "nothing has been reviewed" in told.stderr
    assert not (there / JOURNAL_NAME).exists()


def test_what_is_no_record_is_told(there: Path) -> None:
    (there / JOURNAL_NAME).write_bytes(b"no database" * 400)
    told = solieu_here("review", "verify", there)
    assert told.returncode == 2
    assert "cannot be used" in told.stderr


def test_an_undone_import_is_no_verdict(here: Path) -> None:
    with Journal(here / JOURNAL_NAME) as journal:
        lan = journal.of_fact("fact-1")[0]
        again = replace(decision("undo", undoes=lan.decision_id), reviewer="Lan")
        journal.append(again)
        stands = journal.standing("fact-1")
        assert stands is not None
        assert (stands.state, stands.verdicts) == ("pending", ())
