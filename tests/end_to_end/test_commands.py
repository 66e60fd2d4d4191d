"""extract, text, tables, evaluate, diff and doctor as a user calls them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from running import report
from running import solieu_here as solieu

from pipeline.store.objects import FACT_TABLES
from pipeline.store.tables import DOCUMENTS

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"


def sample(prefix: str) -> Path:
    [path] = (CORPUS / "documents").glob(f"{prefix}*")
    return path


def test_extract_gives_one_object_a_line_with_all_columns(tmp_path: Path) -> None:
    paths = [sample("01-"), sample("19-")]
    ended = solieu("extract", *paths)
    assert ended.returncode == 0, ended.stderr
    made = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [document["document"]["path"] for document in made] == list(map(str, paths))
    for document in made:
        assert list(document) == ["document", *(table.name for table in FACT_TABLES)]
        assert list(document["document"]) == [*DOCUMENTS.names, "text"]
        text = document["document"]["text"]
        for table in FACT_TABLES:
            for row in document[table.name]:
                assert tuple(row) == table.names
                assert "quote" not in row or text[row["char_start"] : row["char_end"]] == row["quote"]
        assert all(isinstance(row["value"], int | float) for row in document["observations"])
        assert {row["class"] for row in document["numerals"]} >= {"observation", "date"}


def test_extract_is_the_same_in_every_form(tmp_path: Path) -> None:
    path = sample("02-")
    [line] = solieu("extract", path).stdout.splitlines()
    assert json.loads(solieu("extract", path, "--format", "json").stdout) == [json.loads(line)]
    shown = solieu("extract", path, "--format", "table").stdout
    for row in json.loads(line)["observations"]:
        assert row["indicator"] in shown


def test_extract_reports_a_failed_document_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "good.txt").write_text(report(1), encoding="utf-8")
    ended = solieu("extract", tmp_path / "empty.txt", tmp_path / "missing.txt", tmp_path / "good.txt")
    assert ended.returncode == 1
    made = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [document["document"]["status"] for document in made] == ["failed", "failed", "ok"]
    assert made[0]["observations"] == []
    assert "empty.txt: empty: " in ended.stderr
    assert "missing.txt: unreadable: " in ended.stderr
    assert ended.stderr.count("Hint: ") == 2


def test_text_is_exactly_what_offsets_refer_to() -> None:
    path = sample("13-")
    made = json.loads(solieu("extract", path).stdout)
    assert solieu("text", path).stdout == made["document"]["text"]
    layout = solieu("text", path, "--layout").stdout
    assert "── page 1 ──" in layout
    assert " paragraph " in layout


def test_tables_come_as_csv_and_with_their_places() -> None:
    path = sample("13-")
    made = json.loads(solieu("tables", path, "--format", "json").stdout)
    text = solieu("text", path).stdout
    assert made
    for table in made:
        for cell in table["cells"]:
            assert text[cell["char_start"] : cell["char_end"]] == cell["text"]
    grids = solieu("tables", path).stdout.split("\n\n")
    first = list(csv.reader(io.StringIO(grids[0])))
    assert len(grids) >= len(made)
    assert len(first[0]) == made[0]["columns"]


@pytest.mark.parametrize("command", ["text", "tables"])
def test_what_cannot_be_read_is_told(command: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    ended = solieu(command, tmp_path / "empty.txt")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "empty.txt: empty: " in ended.stderr
    assert "Hint: " in ended.stderr


def test_evaluate_scores_documents_lines_and_runs_alike(tmp_path: Path) -> None:
    gold, documents = tmp_path / "gold", tmp_path / "documents"
    gold.mkdir()
    documents.mkdir()
    for prefix in ("01-", "02-"):
        path = sample(prefix)
        (documents / path.name).write_bytes(path.read_bytes())
        (gold / f"{path.stem}.json").write_bytes((CORPUS / "gold" / f"{path.stem}.json").read_bytes())
    lines = tmp_path / "facts.jsonl"
    lines.write_text(solieu("extract", *documents.iterdir()).stdout, encoding="utf-8")
    assert solieu("run", documents, "--out", tmp_path / "out", "--quiet").returncode == 0
    said = [
        solieu("evaluate", gold, "--json", *rest).stdout
        for rest in ([], list(documents.iterdir()), [lines], ["--out", tmp_path / "out"])
    ]
    assert len(set(said)) == 1
    scores = json.loads(said[0])
    assert scores["scores"]["core"]["gold"] > 0
    assert scores["scores"]["core"]["found"]["f1"] > 0.5
    assert "found P/R/F1" in solieu("evaluate", gold, lines).stdout


def test_evaluate_says_which_documents_are_absent(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"file": "a.txt", "observations": []}')
    ended = solieu("evaluate", tmp_path)
    assert ended.returncode == 1
    assert "a.txt" in ended.stdout


def test_diff_shows_what_a_changed_document_changes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(report(1), encoding="utf-8")
    assert solieu("run", tmp_path / "a", "--out", tmp_path / "before", "--quiet").returncode == 0
    (tmp_path / "a" / "y.txt").write_text(report(2), encoding="utf-8")
    assert solieu("run", tmp_path / "a", "--out", tmp_path / "after", "--quiet").returncode == 0
    ended = solieu("diff", tmp_path / "before", tmp_path / "after")
    assert ended.returncode == 0
    assert "dossier.received 702 count" in ended.stdout
    *lines, last = ended.stdout.splitlines()
    assert {line[0] for line in lines} == {"+"}
    assert last == f"{len(lines)} added, 0 removed, 0 changed"
    assert solieu("diff", tmp_path / "after", tmp_path / "after").stdout == "0 added, 0 removed, 0 changed\n"


def test_doctor_tells_what_is_there(tmp_path: Path) -> None:
    ended = solieu("doctor", "--out", tmp_path)
    assert ended.returncode == 0
    for name in ("underthesea", "spacy", "tesseract", "rules", "cache of"):
        assert name in ended.stdout
