"""What a run decides to do: new, touched, kept, gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Cause, Failure
from pipeline.run.archive import Archive, ArchiveFile
from pipeline.run.plan import Plan, Recipe, plan
from pipeline.run.pool import Limits
from pipeline.store.ledger import FileEntry

RECIPE = Recipe("rules-1", Limits(60, 1024), lambda _: False)
LATER = replace(RECIPE, rules_version="rules-2")


def file(name: str, signature: str = "s1", size: int = 10) -> ArchiveFile:
    return ArchiveFile(f"/a/{name}", f"/a/{name}", f"a/{name}", size, signature)


def entry(name: str, recipe: Recipe = RECIPE, cause: Cause | None = None, place: str = "/a/") -> FileEntry:
    path = f"a/{name}"
    failure = Failure(path, f"id-{name}", cause, "", "") if cause else None
    return FileEntry(
        f"{place}{name}", path, "s1", f"id-{name}", 10, f"rows-{name}", "failed" if cause else "ok", {}, failure,
        recipe.mark(cause), recipe.rules_version,
    )  # fmt: skip


def planned(files: list[ArchiveFile], entries: list[FileEntry], recipe: Recipe = RECIPE, **options: object) -> Plan:
    known = {entry.location: entry for entry in entries}
    given: dict[str, object] = {"force": False, "limit": None, **options}
    return plan(Archive(("/a",), files), known, recipe, **given)  # type: ignore[arg-type]


def jobs(made: Plan) -> list[str]:
    return [job.file.path for job in made.jobs]


def test_an_unchanged_file_is_kept_and_a_new_one_done() -> None:
    made = planned([file("x"), file("y")], [entry("x")])
    assert (jobs(made), list(made.kept), made.gone) == (["a/y"], ["/a/x"], [])
    assert made.jobs[0].task.doc_id is None


def test_a_touched_file_is_read_again() -> None:
    made = planned([file("x", "s2")], [entry("x")])
    assert jobs(made) == ["a/x"]
    assert made.jobs[0].task.doc_id is None


def test_a_changed_rule_redoes_a_file_by_its_known_bytes() -> None:
    made = planned([file("x")], [entry("x")], LATER)
    assert jobs(made) == ["a/x"]
    assert made.jobs[0].task.doc_id == "id-x"


def test_what_a_changed_rule_does_not_concern_is_carried_over() -> None:
    later = replace(LATER, carries=lambda entry: entry.location == "/a/x")
    made = planned([file("x"), file("y")], [entry("x"), entry("y")], later)
    assert (jobs(made), made.kept["/a/x"].rules, made.kept["/a/x"].made_from) == (["a/y"], "rules-2", "rows-x")


@pytest.mark.parametrize(
    ("cause", "again"),
    [(Cause.CORRUPT, False), (Cause.ENCRYPTED, False), (Cause.TIMEOUT, True), (Cause.INTERNAL, True)],
)
def test_changed_rules_help_only_failures_in_which_rules_had_a_part(cause: Cause, again: bool) -> None:
    made = planned([file("x")], [entry("x", cause=cause)], replace(LATER, carries=lambda _: True))
    assert bool(made.jobs) is again


def test_a_file_that_left_the_archive_leaves_the_dataset() -> None:
    made = planned([file("x")], [entry("x"), entry("y")])
    assert (list(made.kept), made.gone) == (["/a/x"], ["/a/y"])


def test_files_of_another_archive_stay_and_follow_the_rules() -> None:
    elsewhere = entry("z", place="/b/")
    made = planned([file("x")], [entry("x"), elsewhere])
    assert (sorted(made.kept), made.gone) == (["/a/x", "/b/z"], [])
    made = planned([file("x")], [elsewhere], LATER)
    assert jobs(made) == ["a/x", "a/z"]


def test_a_limit_looks_at_the_first_files_and_loses_none() -> None:
    made = planned([file("x"), file("y"), file("z")], [entry("z")], limit=1)
    assert (jobs(made), list(made.kept), made.gone) == (["a/x"], ["/a/z"], [])


def test_force_redoes_everything_from_the_bytes() -> None:
    made = planned([file("x")], [entry("x")], force=True)
    assert jobs(made) == ["a/x"]
    assert (made.jobs[0].task.doc_id, made.jobs[0].task.force) == (None, True)


@pytest.mark.parametrize(
    ("cause", "same_limits", "other_limits"),
    [
        (Cause.CORRUPT, [], []),
        (Cause.ENCRYPTED, [], []),
        (Cause.TIMEOUT, [], ["a/x"]),
        (Cause.MEMORY, [], ["a/x"]),
        (Cause.CRASH, [], ["a/x"]),
        (Cause.UNREADABLE, ["a/x"], ["a/x"]),
        (Cause.MISSING_PACKAGE, ["a/x"], ["a/x"]),
    ],
)
def test_failures_are_tried_again_only_where_that_can_help(
    cause: Cause, same_limits: list[str], other_limits: list[str]
) -> None:
    assert jobs(planned([file("x")], [entry("x", cause=cause)])) == same_limits
    longer = Recipe(RECIPE.rules_version, Limits(120, 1024), RECIPE.carries)
    assert jobs(planned([file("x")], [entry("x", cause=cause)], longer)) == other_limits


def test_a_file_named_otherwise_is_shown_so() -> None:
    moved = replace(entry("x"), path="old/x")
    made = planned([file("x")], [moved])
    assert made.kept["/a/x"].path == "a/x"


def test_large_files_are_begun_first() -> None:
    made = planned([file("a"), file("b", size=100 << 20), file("c", size=20 << 20)], [])
    assert jobs(made) == ["a/b", "a/c", "a/a"]
