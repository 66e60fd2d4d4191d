"""Decisions and runs: what was decided is in the next dataset, and survives what the next rules read."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from running import csv_rows, environment, solieu_here, tables

from pipeline.authoring.examples import run_example, twins_of
from pipeline.model import Span
from pipeline.model.review import DecisionKind
from pipeline.process import process_file
from pipeline.review.deciding import Hand, add, decide, undo
from pipeline.review.journal import JOURNAL_NAME, Journal
from pipeline.rulebook.book import Rules, load
from pipeline.run import job, shards
from pipeline.run.job import Request, run
from pipeline.run.progress import Silent

pytestmark = pytest.mark.xdist_group("run")
CHECKOUT = Path(__file__).parents[2]
TEXT = """SỞ NỘI VỤ
Báo cáo số 100/BC-SNV ngày 15/6/2022
Quý I năm 2022, Sở Nội vụ tỉnh Sơn La tiếp nhận 700 hồ sơ, đã giải quyết 600 hồ sơ, trong đó đúng hạn 500 hồ sơ.
Cố gắng trong năm 2022 Sở Nội vụ tỉnh Sơn La tiếp nhận 900 hồ sơ.
Cố gắng trong năm 2022 Sở Nội vụ tỉnh Sơn La tiếp nhận trực tuyến 800 hồ sơ.
Quý I năm 2022, Sở Nội vụ tỉnh Sơn La trả lại 18 hồ sơ.
Hòm thư góp ý: 17.
"""
OTHER = TEXT.replace("100/BC", "101/BC").replace("Quý I năm", "Quý II năm")


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """An archive of two reports, and the dataset of it."""
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "a.txt").write_text(TEXT, "utf-8")
    (archive / "b.txt").write_text(OTHER, "utf-8")
    again(tmp_path)
    return tmp_path / "out"


def again(place: Path, workers: int = 1) -> int:
    """Run once more; gives how many documents were done."""
    figures = run(Request((place / "archive",), place / "out", workers), Rules(), Silent())
    assert not figures.failures
    return figures.done


class Desk:
    """One reviewer of the document a.txt, who sees the dataset as it is."""

    def __init__(self, dataset: Path, reviewer: str = "Lan") -> None:
        self.dataset, self.reviewer = dataset, reviewer
        [self.document] = [row for row in csv_rows(dataset / "documents.csv") if row["path"].endswith("a.txt")]

    def facts(self) -> dict[str, dict[str, str]]:
        """The observations of the document by indicator and value."""
        rows = csv_rows(self.dataset / "observations.csv")
        return {f"{r['indicator']} {r['value']}": r for r in rows if r["doc_id"] == self.document["doc_id"]}

    def decide(self, kind: str, fact: str, **after: str | None) -> None:
        made = decide(DecisionKind(kind), Hand(self.reviewer), self.facts()[fact], self.document, after)
        with Journal(self.dataset / JOURNAL_NAME) as journal:
            journal.append(made)

    def add(self, words: str, number: str, **slots: str) -> None:
        result = process_file(self.dataset.parent / "archive" / "a.txt", load())
        assert result.document is not None
        start, at = result.document.text.index(words), result.document.text.index(number)
        spans = Span(start, start + len(words)), Span(at, at + len(number))
        with Journal(self.dataset / JOURNAL_NAME) as journal:
            journal.append(add(Hand(self.reviewer), result.document, self.document, slots, *spans))

    def take_all_back(self) -> None:
        with Journal(self.dataset / JOURNAL_NAME) as journal:
            for decision in reversed(journal.since()):
                journal.append(undo(Hand(self.reviewer), decision))

    def reviewed(self) -> dict[str, tuple[str, str, dict[str, Any]]]:
        """State, value and corrections of the facts that have been reviewed."""
        return {
            name: (row["review_state"], row["reviewed_value"], json.loads(row["corrections"] or "{}"))
            for name, row in self.facts().items()
            if row["review_state"] != "pending"
        }


def series(dataset: Path, indicator: str, period: str) -> list[tuple[str, str]]:
    rows = csv_rows(dataset / "series.csv")
    return [(r["value"], r["review_state"]) for r in rows if (r["indicator"], r["time_period"]) == (indicator, period)]


def test_what_is_decided_is_in_the_next_dataset_without_reading_anything_again(dataset: Path) -> None:
    desk = Desk(dataset)
    before = tables(dataset)
    desk.decide("accept", "dossier.received 700")
    desk.decide("correct", "dossier.resolved 600", value="610", time_period="2022-S1")
    desk.decide("reject", "dossier.resolved_on_time 500")
    desk.decide("no_source", "dossier.returned 18")
    desk.add(
        "Hòm thư góp ý: 17", "17", indicator="dossier.pending", value="17", unit="count",
        subject="Sở Nội vụ tỉnh Sơn La", ref_area="14", area_regime="63", time_period="2022-Q1",
    )  # fmt: skip
    assert again(dataset.parent) == 0
    assert desk.reviewed() == {
        "dossier.received 700": ("accepted", "700", {}),
        "dossier.resolved 600": ("corrected", "610", {"value": "610", "time_period": "2022-S1"}),
        "dossier.resolved_on_time 500": ("rejected", "", {}),
        "dossier.returned 18": ("no_source", "", {}),
        "dossier.pending 17": ("added", "17", {}),
    }
    added = desk.facts()["dossier.pending 17"]
    assert (added["rule_id"], added["quote"], added["confidence"]) == ("review", "Hòm thư góp ý: 17", "1.0")
    assert (added["period_start"], added["period_end"]) == ("2022-01-01", "2022-03-31")
    assert TEXT[int(added["char_start"]) : int(added["char_end"])] == added["quote"]
    assert series(dataset, "dossier.received", "2022-Q1") == [("700", "accepted")]
    assert series(dataset, "dossier.resolved", "2022-Q1") == []
    assert series(dataset, "dossier.resolved", "2022-S1") == [("610", "corrected")]
    assert (
        series(dataset, "dossier.resolved_on_time", "2022-Q1") == series(dataset, "dossier.returned", "2022-Q1") == []
    )
    assert series(dataset, "dossier.pending", "2022-Q1") == [("17", "added")]
    assert series(dataset, "dossier.resolved", "2022-Q2") == [("600", "pending")]
    log = csv_rows(dataset / "reviews.csv")
    assert [row["decision"] for row in log] == ["accept", "correct", "reject", "no_source", "add"]
    assert json.loads(log[1]["corrections"]) == {"value": "610", "time_period": "2022-S1"}
    assert json.loads(log[1]["before"])["value"] == "600"
    desk.take_all_back()
    again(dataset.parent)
    after = tables(dataset)
    assert {name for name in before if before[name] != after[name]} == {"reviews.csv", "reviews.parquet"}


def test_decisions_give_the_same_bytes_whoever_lays_them_over(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, all documents in one shard; or by workers, a shard for each."""
    desk = Desk(dataset)
    desk.decide("accept", "dossier.received 700")
    desk.decide("correct", "dossier.resolved 600", value="610")
    again(dataset.parent)
    once = tables(dataset)
    again(dataset.parent)
    assert tables(dataset) == once
    monkeypatch.setattr(shards, "_DOCUMENTS_A_SHARD", 1)
    monkeypatch.setattr(job, "_MADE_HERE", 0)
    shutil.rmtree(dataset / ".cache" / "shards")
    (dataset / "series.csv").unlink()
    again(dataset.parent, workers=2)
    assert tables(dataset) == once


def test_a_decision_costs_its_own_shard(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "_DOCUMENTS_A_SHARD", 1)
    again(dataset.parent)
    before = {file.name for file in (dataset / ".cache" / "shards").glob("*/*")}
    Desk(dataset).decide("accept", "dossier.received 700")
    again(dataset.parent)
    after = {file.name for file in (dataset / ".cache" / "shards").glob("*/*")}
    assert len(after & before) == len(before) - 1 == len(after) - 1


def solieu_with(rules: Mapping[str, tuple[str, str]], dataset: Path) -> None:
    """`solieu run` as an installation of its own whose rule files are changed: text by text."""
    home = dataset.parent / "changed"
    if not home.exists():
        for part in ("pipeline", "rules"):
            shutil.copytree(CHECKOUT / part, home / part)  # with what is compiled
    for name, (old, new) in rules.items():
        text = (home / "rules" / name).read_text("utf-8")
        assert old in text
        (home / "rules" / name).write_text(text.replace(old, new, 1), "utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "run", dataset.parent / "archive", "--out", dataset]
    environ = {**environment(), "PYTHONPATH": str(home)}
    ended = subprocess.run(command, cwd=home, env=environ, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr


def test_what_other_rules_read_keeps_requeues_confirms_or_orphans_a_decision(dataset: Path) -> None:
    desk = Desk(dataset)
    desk.decide("accept", "dossier.received 700")
    desk.decide("correct", "dossier.resolved 600", value="610")
    desk.decide("accept", "dossier.received 900")
    desk.decide("correct", "dossier.received_online 800", obs_status="actual")
    desk.decide("accept", "dossier.returned 18")
    again(dataset.parent)
    solieu_with({"status.yaml": ("    - cố gắng\n", ""), "measures/dossier.yaml": ("      - trả lại\n", "")}, dataset)
    assert desk.reviewed() == {
        "dossier.received 700": ("accepted", "700", {}),
        "dossier.resolved 600": ("corrected", "610", {"value": "610"}),
        "dossier.received 900": ("changed", "", {}),
        "dossier.received_online 800": ("accepted", "800", {}),
    }
    assert desk.facts()["dossier.received 900"]["obs_status"] == "actual"
    assert "dossier.returned 18" not in desk.facts()
    assert [row["decision"] for row in csv_rows(dataset / "reviews.csv")] == [
        "accept", "correct", "accept", "correct", "accept",
    ]  # fmt: skip
    listed = solieu_here("review", "orphans", dataset)
    assert "accepted by Lan" in listed.stdout
    assert "trả lại 18 hồ sơ" in listed.stdout
    assert "1 orphaned decisions" in listed.stdout


def test_a_document_that_is_gone_orphans_its_decisions_until_it_is_back(dataset: Path) -> None:
    desk = Desk(dataset)
    desk.decide("accept", "dossier.received 700")
    place = dataset.parent / "archive" / "a.txt"
    text = place.read_text("utf-8")
    place.unlink()
    again(dataset.parent)
    [orphan] = map(json.loads, solieu_here("review", "orphans", dataset, "--json").stdout.splitlines())
    assert (orphan["path"], orphan["state"], orphan["slots"]["value"]) == (None, "accepted", "700")
    assert csv_rows(dataset / "reviews.csv") == []
    place.write_text(text, "utf-8")
    again(dataset.parent)
    assert desk.reviewed() == {"dossier.received 700": ("accepted", "700", {})}
    assert solieu_here("review", "orphans", dataset).stdout == "0 orphaned decisions\n"


def test_publishing_brings_the_tables_in_step_without_the_archive(dataset: Path) -> None:
    desk = Desk(dataset)
    desk.decide("accept", "dossier.received 700")
    (dataset.parent / "archive").rename(dataset.parent / "away")
    told = solieu_here("review", "publish", dataset, "--quiet")
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    assert desk.reviewed() == {"dossier.received 700": ("accepted", "700", {})}
    assert len(csv_rows(dataset / "documents.csv")) == 2
    refused = solieu_here("review", "publish", dataset.parent / "nowhere")
    assert refused.returncode == 2
    assert "no finished run" in refused.stderr


def test_reviewed_facts_are_gold_for_an_evaluation(dataset: Path) -> None:
    """Also before they are published; a rejected one is an error of the rules where all of its family is reviewed."""
    desk = Desk(dataset)
    for fact in ("dossier.received 700", "dossier.received 900", "dossier.received_online 800", "dossier.returned 18"):
        desk.decide("accept", fact)
    desk.decide("correct", "dossier.resolved 600", value="610")
    made = solieu_here("review", "gold", dataset, dataset.parent / "gold")
    assert "5 facts of 1 documents" in made.stdout
    gold = json.loads((dataset.parent / "gold" / "a.json").read_text("utf-8"))
    assert (gold["file"], gold["exhaustive"]) == ("a.txt", [])
    assert {"indicator": "dossier.resolved", "value": 610}.items() <= gold["observations"][1].items()
    desk.decide("reject", "dossier.resolved_on_time 500")
    desk.add("Hòm thư góp ý: 17", "17", indicator="feedback.received", value="17", unit="count")
    assert solieu_here("review", "gold", dataset, dataset.parent / "gold").returncode == 0
    gold = json.loads((dataset.parent / "gold" / "a.json").read_text("utf-8"))
    assert gold["exhaustive"] == ["index", "dossier", "task", "procedure", "feedback"]
    told = solieu_here("evaluate", dataset.parent / "gold", "--out", dataset, "--json")
    scores = json.loads(told.stdout)["scores"]
    assert told.returncode == 0
    assert scores["core"]["found"] == {"p": 0.6667, "r": 0.6667, "f1": 0.6667}
    assert (scores["feedback"]["gold"], scores["feedback"]["got"]) == (1, 0)  # what a person added, nobody read
    again(dataset.parent)
    assert (
        json.loads(solieu_here("evaluate", dataset.parent / "gold", "--out", dataset, "--json").stdout)["scores"]
        == scores
    )


EXAMPLES = {
    "accepted": ("dossier.returned 18", "examples"),
    "corrected": ("dossier.resolved 600", "known_misses"),
    "rejected": ("dossier.received_online 800", "negatives"),
}


@pytest.mark.parametrize("decided", EXAMPLES)
def test_a_reviewed_fact_becomes_an_entry_of_its_rule_file(dataset: Path, tmp_path: Path, decided: str) -> None:
    desk = Desk(dataset)
    fact, under = EXAMPLES[decided]
    if decided == "corrected":
        desk.decide("correct", fact, value="610")
    else:
        desk.decide("accept" if decided == "accepted" else "reject", fact)
    written = solieu_here("rules", "example", desk.facts()[fact]["obs_id"], "--out", dataset)
    assert written.returncode == 0
    assert f"# rules/measures/dossier.yaml, under {under}:" in written.stderr
    shutil.copytree(CHECKOUT / "rules", tmp_path / "rules")
    place = tmp_path / "rules" / "measures" / "dossier.yaml"
    section = f"\n{under}:\n"
    text = place.read_text("utf-8")
    text = text if section in text else text + section  # a file without known misses has no such section
    assert text.count(section) == 1
    place.write_text(text.replace(section, section + written.stdout), "utf-8")
    book = load(tmp_path / "rules")
    [family] = [rules for rules in book.counts if rules.family == "dossier"]
    first = next(example for example in family.examples if example.kind == under)
    assert first.text in TEXT
    assert run_example(first, book).passes is (decided != "rejected")
    for twin in twins_of(first) if decided == "accepted" else ():
        assert run_example(first, book, twin).passes
    if decided == "rejected":
        assert "1 facts are still read here" in written.stderr


def test_an_entry_of_what_is_not_there_is_told(dataset: Path) -> None:
    for out, told in ((dataset, "there is no observation nothing-1"), (dataset.parent, "holds no dataset")):
        refused = solieu_here("rules", "example", "nothing-1", "--out", out)
        assert refused.returncode == 2
        assert told in refused.stderr
        assert "Hint:" in refused.stderr


def test_a_run_says_that_the_record_is_damaged_and_leaves_the_tables(dataset: Path) -> None:
    before = tables(dataset)
    (dataset / JOURNAL_NAME).write_bytes(b"no database" * 400)
    refused = solieu_here("review", "publish", dataset)
    assert refused.returncode == 1
    assert f"the record of reviews {dataset / JOURNAL_NAME} cannot be used" in refused.stderr
    assert tables(dataset) == before
    (dataset / JOURNAL_NAME).unlink()
    assert solieu_here("review", "publish", dataset, "--quiet").returncode == 0
