"""Files that cannot be read: each told with cause and hint, exit code 1, the other documents as without them."""

from __future__ import annotations

import io
import os
import random
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas
from running import csv_rows, solieu, tables, write_archive

pytestmark = pytest.mark.xdist_group("bad_files")  # its runs are made once


def pdf(**options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, **options)
    for page in range(3):
        canvas.drawString(80, 700, f"There were 12 files on page {page + 1}.")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


BAD_FILES = {
    "empty.txt": (b"", "empty"),
    "half.pdf": (pdf()[: len(pdf()) // 2], "corrupt"),
    "encrypted.pdf": (pdf(encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0)), "encrypted"),
    "long-line.txt": (("Hồ sơ đã giải quyết 1.234 " * 2_000_000).encode()[:50_000_000], "too_large"),
    "noise.txt": (random.Random(7).randbytes(100_000), "unsupported"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`good`: a run over good documents; `all`: over these and the bad ones."""
    folder = tmp_path_factory.mktemp("bad")
    write_archive(folder / "archive", 3)
    assert solieu("run", folder / "archive", "--out", folder / "good", "--quiet").returncode == 0
    for name, (content, _) in BAD_FILES.items():
        (folder / "archive" / name).write_bytes(content)
    (folder / "archive" / "gone.txt").symlink_to(folder / "nothing")
    os.mkfifo(folder / "archive" / "pipe")
    (folder / "no documents").mkdir()
    ended = solieu("run", folder / "archive", folder / "no documents", "--out", folder / "all")
    assert ended.returncode == 1, ended.stderr
    (folder / "said").write_text(ended.stdout)
    return folder


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        *((name, cause) for name, (_, cause) in BAD_FILES.items()),
        ("gone.txt", "unreadable"),
        ("pipe", "unsupported"),
        ("no documents", "empty"),
    ],
)
def test_each_is_a_row_with_cause_and_hint(folder: Path, name: str, cause: str) -> None:
    [row] = [row for row in csv_rows(folder / "all" / "errors.csv") if Path(row["path"]).name == name]
    assert row["cause"] == cause
    assert row["message"]
    assert row["hint"]


def test_the_user_is_told_the_first_of_them(folder: Path) -> None:
    said = (folder / "said").read_text()
    assert "encrypted.pdf: encrypted: " in said
    assert str(folder / "all" / "errors.csv") in said


def test_the_other_documents_are_as_without_them(folder: Path) -> None:
    got, expected = tables(folder / "all"), tables(folder / "good")
    assert {n: h for n, h in got.items() if not n.startswith("documents")} == {
        n: h for n, h in expected.items() if not n.startswith("documents")
    }
    read = [row for row in csv_rows(folder / "all" / "documents.csv") if row["status"] == "ok"]
    assert read == csv_rows(folder / "good" / "documents.csv")


def test_failed_documents_are_listed_with_their_error(folder: Path) -> None:
    failed = {
        Path(row["path"]).name: row for row in csv_rows(folder / "all" / "documents.csv") if row["status"] == "failed"
    }
    assert set(failed) == set(BAD_FILES)
    assert all(row["error"] and row["doc_id"] for row in failed.values())


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    [path] = write_archive(tmp_path / "archive", 1)
    path.chmod(0)
    assert solieu("run", tmp_path / "archive", "--out", tmp_path / "out", "--quiet").returncode == 1
    [row] = csv_rows(tmp_path / "out" / "errors.csv")
    assert (row["cause"], bool(row["hint"])) == ("unreadable", True)
