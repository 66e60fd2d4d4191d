"""The main job on an archive of several formats: the same bytes however it is run, and no more work than needed."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from running import csv_rows, report, solieu, tables

from pipeline.rulebook.book import Rules
from pipeline.rulebook.location import rules_dir
from pipeline.run.figures import Figures
from pipeline.run.job import Request, RunError, run
from pipeline.run.progress import Silent
from pipeline.store.tables import TABLES

pytestmark = pytest.mark.xdist_group("run")  # its runs are made once
CORPUS = Path(__file__).parents[2] / "corpus" / "documents"
SAMPLES = ("01-", "07-", "13-", "19-")
"""One document of the sample archive of each format: text, HTML, PDF, DOCX."""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`archive`: four documents and a copy of one of them; `once`: a run over it, with one worker."""
    folder = tmp_path_factory.mktemp("run")
    archive = folder / "archive"
    archive.mkdir()
    for prefix in SAMPLES:
        [document] = CORPUS.glob(f"{prefix}*")
        shutil.copy2(document, archive)
    [text] = archive.glob("01-*")
    (archive / "zz").mkdir()
    shutil.copy2(text, archive / "zz" / "again.txt")
    ended = solieu("run", archive, "--out", folder / "once", "--workers", 1)
    assert ended.returncode == 0, ended.stderr
    (folder / "said").write_text(ended.stdout)
    return folder


def again(*paths: Path, out: Path, workers: int = 1, force: bool = False, rules: Path | None = None) -> Figures:
    """The same job without a process of its own."""
    return run(Request(paths, out, workers, force=force), Rules(rules), Silent())


@pytest.fixture
def own(here: Path, tmp_path: Path) -> Path:
    """The archive and a run over it once more, to be changed."""
    shutil.copytree(here / "archive", tmp_path / "archive")
    assert not again(tmp_path / "archive", out=tmp_path / "out").failures
    return tmp_path


def paths(out: Path) -> list[str]:
    return sorted(Path(row["path"]).name for row in csv_rows(out / "documents.csv"))


def test_all_promised_files_are_there(here: Path) -> None:
    names = {f"{table.name}.{ending}" for table in TABLES for ending in ("parquet", "csv")}
    names |= {"solieu.sqlite", "datapackage.json", "errors.csv", "run.json"}
    assert names <= {file.name for file in (here / "once").iterdir()}


def test_the_summary_tells_what_a_user_asks_first(here: Path) -> None:
    said = (here / "said").read_text()
    for words in ("documents", "pages", "facts", "numerals unexplained", "findings", "failures", str(here / "once")):
        assert words in said


def test_every_quote_is_where_the_dataset_says(here: Path) -> None:
    for document in csv_rows(here / "once" / "documents.csv"):
        text = solieu("text", document["path"]).stdout
        assert len(text) == int(document["chars"])
        for table in ("observations", "evidence", "references", "dates", "numerals"):
            rows = pq.read_table(here / "once" / f"{table}.parquet", filters=[("doc_id", "=", document["doc_id"])])
            for row in rows.to_pylist():
                assert text[row["char_start"] : row["char_end"]] == row["quote"]


def test_pages_and_boxes_lead_to_the_page_of_a_pdf(here: Path) -> None:
    [pdf] = [row for row in csv_rows(here / "once" / "documents.csv") if row["media_type"] == "application/pdf"]
    rows = pq.read_table(here / "once" / "numerals.parquet", filters=[("doc_id", "=", pdf["doc_id"])]).to_pylist()
    assert rows
    for row in rows:
        assert 1 <= row["page"] <= int(pdf["pages"])
        assert row["boxes"]
        for x0, top, x1, bottom in row["boxes"]:
            assert 0 <= x0 < x1 <= 1200
            assert 0 <= top < bottom <= 1200


def test_two_workers_another_order_and_another_day_give_the_same_bytes(here: Path, tmp_path: Path) -> None:
    archive = here / "archive"
    given = sorted(archive.iterdir(), reverse=True)
    again(*given, out=tmp_path / "two", workers=2)
    for path in archive.rglob("*.txt"):
        os.utime(path, (10**9, 10**9))
    again(archive, out=tmp_path / "late", workers=2)
    assert tables(tmp_path / "two") == tables(tmp_path / "late") == tables(here / "once")


def test_the_same_bytes_twice_are_one_document_with_two_paths(here: Path) -> None:
    rows = csv_rows(here / "once" / "documents.csv")
    assert len(rows) == len(SAMPLES) == json.loads((here / "once" / "run.json").read_text("utf-8"))["documents"]
    [twice] = [row for row in rows if len(json.loads(row["paths"])) == 2]
    assert [Path(path).name for path in json.loads(twice["paths"])] == [Path(twice["path"]).name, "again.txt"]


def test_a_second_run_reads_and_writes_nothing(own: Path) -> None:
    before = {file.name: file.stat().st_mtime_ns for file in (own / "out").glob("*.parquet")}
    figures = again(own / "archive", out=own / "out")
    assert (figures.done, figures.cached, figures.documents) == (0, len(SAMPLES) + 1, len(SAMPLES))
    assert {file.name: file.stat().st_mtime_ns for file in (own / "out").glob("*.parquet")} == before


def test_a_new_a_changed_and_a_deleted_file_cost_and_change_only_themselves(own: Path) -> None:
    archive, out = own / "archive", own / "out"
    [changed], [deleted] = archive.glob("01-*"), archive.glob("19-*")
    (archive / "zz" / "again.txt").unlink()
    deleted.unlink()
    changed.write_text(report(1), encoding="utf-8")
    (archive / "new.txt").write_text(report(2), encoding="utf-8")
    figures = again(archive, out=out)
    assert (figures.done, figures.cached, figures.gone, figures.documents) == (2, 2, 2, 4)
    again(archive, out=own / "fresh")
    assert tables(out) == tables(own / "fresh")
    assert deleted.name not in paths(out)
    ledger = sqlite3.connect(out / "solieu.sqlite")
    gone = ledger.execute("SELECT path FROM files WHERE gone ORDER BY path").fetchall()
    assert gone == [(str(deleted),), (str(archive / "zz" / "again.txt"),)]


def test_a_run_over_more_files_adds_to_the_dataset(own: Path) -> None:
    (own / "more").mkdir()
    (own / "more" / "new.txt").write_text(report(3), encoding="utf-8")
    figures = again(own / "more", out=own / "out")
    assert (figures.done, figures.documents) == (1, len(SAMPLES) + 1)


def test_what_was_read_once_is_not_read_again_for_new_rules(own: Path) -> None:
    """New rules, and no file to read: what was read of them is enough, for the same facts."""
    before = tables(own / "out")
    archive = own / "archive"
    archive.rename(own / "away")
    (own / "more").mkdir()
    (own / "more" / "new.txt").write_text(report(3), encoding="utf-8")
    shutil.rmtree(own / "out" / ".cache" / "facts")
    assert not again(own / "more", out=own / "out").failures
    (own / "more" / "new.txt").unlink()
    (own / "more" / "left.json").write_text("{}")
    figures = again(own / "more", out=own / "out")
    assert (figures.gone, figures.documents) == (1, len(SAMPLES))
    assert tables(own / "out") == before


def test_a_changed_rule_costs_the_documents_that_have_its_words(own: Path) -> None:
    """What is carried over and what is extracted anew gives, to the byte, what new rules give from the start."""
    archive, out, rules = own / "archive", own / "out", shutil.copytree(rules_dir(), own / "rules")
    (archive / "few.txt").write_text(report(4).replace("tiếp nhận", "thụ lý được"), encoding="utf-8")
    again(archive, out=out)
    family = rules / "measures" / "dossier.yaml"
    text = family.read_text(encoding="utf-8")
    family.write_text(
        text.replace("      - thụ lý mới\n", "      - thụ lý mới\n      - thụ lý được\n"), encoding="utf-8"
    )
    assert family.read_text(encoding="utf-8") != text
    before = csv_rows(out / "observations.csv")
    figures = again(archive, out=out, rules=rules)
    assert (figures.done, figures.cached) == (1, len(SAMPLES) + 1)
    assert len(csv_rows(out / "observations.csv")) == len(before) + 1
    again(archive, out=own / "fresh", rules=rules)
    assert tables(out) == tables(own / "fresh")
    assert {row["rules_version"] for row in csv_rows(out / "documents.csv")} == {Rules(rules).version}


def test_faulty_rules_end_the_run_before_it_begins(own: Path) -> None:
    rules = shutil.copytree(rules_dir(), own / "rules")
    (rules / "status.yaml").write_text("target: [", encoding="utf-8")
    before = tables(own / "out")
    with pytest.raises(RunError, match=r"status\.yaml"):
        again(own / "archive", out=own / "out", rules=rules)
    assert tables(own / "out") == before
    assert again(own / "archive", out=own / "out").done == 0


def test_force_does_everything_anew(own: Path) -> None:
    before = tables(own / "out")
    figures = again(own / "archive", out=own / "out", force=True)
    assert (figures.done, figures.cached) == (len(SAMPLES) + 1, 0)
    assert tables(own / "out") == before


def test_a_dry_run_tells_and_writes_nothing(here: Path, tmp_path: Path) -> None:
    ended = solieu("run", here / "archive", "--out", tmp_path / "out", "--dry-run", "--limit", 2)
    assert ended.returncode == 0
    assert "2 files to do" in ended.stdout
    assert "01-" in ended.stdout
    assert not (tmp_path / "out").exists()
