"""Documents that crash, hang, swallow memory or leave processes behind cost themselves and nothing else."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from running import csv_rows, environment, left_behind, report, solieu, tables, write_archive

pytestmark = pytest.mark.xdist_group("chaos")  # its runs are made once
MISBEHAVING = Path(__file__).parent / "misbehaving"
FAILING = {
    "segfault": ("crash", "SIGSEGV"),
    "exit": ("crash", "code 3"),
    "hang": ("timeout", "4 seconds"),
    "stubborn": ("timeout", "4 seconds"),
    "greedy": ("memory", "more memory"),
    "crash-with-orphan": ("crash", "SIGSEGV"),
}
HARMLESS = ("orphan", "chatty")
DOCUMENTS = 200


@dataclass(frozen=True)
class Chaos:
    """A run over good and bad documents, beside one over the good alone."""

    ended: subprocess.CompletedProcess[str]
    out: Path
    undisturbed: Path
    left: set[int]


@pytest.fixture(scope="module")
def chaos(tmp_path_factory: pytest.TempPathFactory) -> Chaos:
    folder = tmp_path_factory.mktemp("chaos")
    archive = folder / "archive"
    write_archive(archive, DOCUMENTS)
    for number, name in enumerate(HARMLESS):
        (archive / f"harmless-{name}.txt").write_text(f"#{name}\n{report(900 + number)}", encoding="utf-8")
    assert solieu("run", archive, "--out", folder / "good", "--quiet").returncode == 0
    for name in FAILING:
        (archive / f"bad-{name}.txt").write_text(f"#{name}\n", encoding="utf-8")
    env = environment(hooks=MISBEHAVING)
    limits = ("--timeout", 4, "--page-timeout", 2)
    ended = solieu("run", archive, "--out", folder / "all", "--workers", 2, *limits, env=env)
    return Chaos(ended, folder / "all", folder / "good", left_behind(env))


def test_the_run_ends_and_says_that_some_failed(chaos: Chaos) -> None:
    assert chaos.ended.returncode == 1, chaos.ended.stderr
    assert "noise" not in chaos.ended.stdout


@pytest.mark.parametrize("name", FAILING)
def test_each_bad_document_is_typed_with_a_hint(chaos: Chaos, name: str) -> None:
    [row] = [row for row in csv_rows(chaos.out / "errors.csv") if f"bad-{name}." in row["path"]]
    cause, words = FAILING[name]
    assert row["cause"] == cause
    assert words in row["message"]
    assert row["hint"]
    assert f"bad-{name}.txt: {cause}" in chaos.ended.stdout


def test_only_the_bad_documents_failed(chaos: Chaos) -> None:
    assert len(csv_rows(chaos.out / "errors.csv")) == len(FAILING)


def test_all_other_results_are_untouched(chaos: Chaos) -> None:
    documents = csv_rows(chaos.out / "documents.csv")
    assert [row for row in documents if row["status"] != "failed"] == csv_rows(chaos.undisturbed / "documents.csv")
    got, expected = tables(chaos.out), tables(chaos.undisturbed)
    assert {n: h for n, h in got.items() if not n.startswith("documents")} == {
        n: h for n, h in expected.items() if not n.startswith("documents")
    }


def test_no_process_is_left_behind(chaos: Chaos) -> None:
    assert chaos.left == set()


def test_a_page_that_hangs_costs_that_page(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    (tmp_path / "archive").mkdir()
    canvas = Canvas(str(tmp_path / "archive" / "pages.pdf"))
    for words in ("Nam 2022 tiep nhan 700 ho so.", "It hangs here.", "Con 25 ho so, dat 97,5%."):
        canvas.drawString(72, 700, words)
        canvas.showPage()
    canvas.save()
    command = ("run", tmp_path / "archive", "--out", tmp_path / "out", "--timeout", 60, "--page-timeout")
    env = environment(hooks=MISBEHAVING)
    ended = solieu(*command, 2, env=env)
    assert ended.returncode == 0, ended.stderr
    [row] = csv_rows(tmp_path / "out" / "documents.csv")
    assert (row["status"], row["error"]) == ("partial", "page 2 took too long and was left out")
    assert {row["page"] for row in csv_rows(tmp_path / "out" / "numerals.csv")} == {"1", "3"}
    assert "1 unchanged" in solieu(*command, 2, env=env).stdout
    assert "1 done" in solieu(*command, 3, env=env).stdout
    assert left_behind(env) == set()
