"""Which files are found below a path, and what is told of the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.model import Cause
from pipeline.run.archive import find


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_files_come_in_order_once_and_without_what_is_hidden(here: Path) -> None:
    write(
        "a/c.txt", "a/b/d.pdf", "a/.hidden.txt", "a/.git/x.txt", "a/~$lock.docx", "a/gold.json", "a/NOTES.MD", "e.html"
    )
    archive = find([Path("a"), Path("e.html"), Path("a/b"), Path("./a/c.txt")])
    assert [file.path for file in archive.files] == ["a/b/d.pdf", "a/c.txt", "e.html"]
    assert [file.location for file in archive.files] == [str(here / file.path) for file in archive.files]
    assert (archive.failures, archive.skipped) == ({}, 2)


def test_a_data_file_that_is_named_is_taken(here: Path) -> None:
    write("notes.md")
    assert [file.path for file in find([Path("notes.md")]).files] == ["notes.md"]


def test_the_folder_of_the_results_is_left_out(here: Path) -> None:
    write("x.txt", "outputs/observations.txt")
    assert [file.path for file in find([Path()], leave_out=Path("outputs")).files] == ["x.txt"]


def test_links_are_followed_but_not_in_circles(here: Path) -> None:
    write("a/x.txt", "other/y.txt")
    Path("a/up").symlink_to(here / "a")
    Path("a/beside").symlink_to(here / "other")
    Path("a/dead").symlink_to(here / "nothing")
    archive = find([Path("a")])
    assert [file.path for file in archive.files] == ["a/beside/y.txt", "a/x.txt"]
    [failure] = archive.failures.values()
    assert (failure.path, failure.cause, failure.hint) == ("a/dead", Cause.UNREADABLE, "The link leads nowhere.")


def test_an_empty_folder_is_a_failure_with_a_hint(here: Path) -> None:
    Path("empty/within").mkdir(parents=True)
    write("empty/gold.json")
    [failure] = find([Path("empty")]).failures.values()
    assert (failure.path, failure.cause) == ("empty", Cause.EMPTY)
    assert failure.hint


def test_what_is_no_regular_file_is_told(here: Path) -> None:
    write("a/x.txt")
    os.mkfifo("a/pipe")
    [failure] = find([Path("a")]).failures.values()
    assert (failure.path, failure.cause) == ("a/pipe", Cause.UNSUPPORTED)


def test_a_name_that_is_no_utf8_can_be_opened_and_written_down(here: Path) -> None:
    Path("a").mkdir()
    name = os.fsdecode(b"a/b\xe1o c\xe1o.txt")
    Path(name).write_text("x")
    [file] = find([Path("a")]).files
    assert file.path == "a/b\\xe1o c\\xe1o.txt"
    file.location.encode("utf-8")
    assert Path(file.source).read_text() == "x"


def test_a_touched_file_has_another_signature(here: Path) -> None:
    write("x.txt")
    [before] = find([Path("x.txt")]).files
    [same] = find([Path("x.txt")]).files
    times = Path("x.txt").stat()
    Path("x.txt").write_text("y.txt")
    os.utime("x.txt", ns=(times.st_atime_ns, times.st_mtime_ns))
    [after] = find([Path("x.txt")]).files
    assert before == same
    assert before.size == after.size
    assert before.signature != after.signature


@pytest.mark.parametrize(
    ("root", "place", "covered"),
    [("a", "a/b/c.txt", True), ("a", "a", True), ("a", "ab/c.txt", False), ("a/b", "a/c.txt", False), ("/", "a", True)],
)
def test_what_a_run_answers_for(here: Path, root: str, place: str, covered: bool) -> None:
    write("a/b/c.txt")
    archive = find([Path(root)] if root != "/" else [])
    if root == "/":
        archive.roots = ("/",)
    assert archive.covers(str(here / place)) is covered
