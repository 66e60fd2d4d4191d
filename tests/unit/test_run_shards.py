"""Shards: which documents lie together, what of them is made again, and what of that shows in the tables."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dataset_samples import documents
from running import tables

from pipeline.model import Cause, Failure
from pipeline.rulebook.book import Rules
from pipeline.run import between, shards
from pipeline.run.between import BETWEEN, PORTIONS, Between, Portion
from pipeline.run.cache import Cache
from pipeline.run.engine import Work
from pipeline.run.publish import DamagedError, publish_dataset
from pipeline.run.shards import SHARDS, Shard, shards_of
from pipeline.run.stated import INDICES, STATED, STATEMENTS
from pipeline.run.worker import FACTS, packed
from pipeline.store.ledger import FileEntry, Ledger
from pipeline.store.rows import Material, material_of

RULES = Rules()


def entries(count: int) -> list[FileEntry]:
    """Files that could not be read: they have a row without any rows of facts."""
    ids = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(count)]
    failure = Failure("a", None, Cause.CORRUPT, "cut", "")
    return [FileEntry(f"/{n}", f"{n}.txt", "", doc_id, 1, "", "failed", {}, failure) for n, doc_id in enumerate(ids)]


@pytest.mark.parametrize(("documents_", "most"), [(0, 0), (1, 1), (128, 1), (129, 4), (512, 4), (516, 16)])
def test_shards_stay_small_and_in_order(documents_: int, most: int) -> None:
    made = shards_of(entries(documents_), RULES, {}, {})
    ids = [member.doc_id for shard in made for member in shard.members]
    assert len(made) == most
    assert ids == sorted(ids)
    assert len(ids) == documents_


def test_a_change_concerns_one_shard() -> None:
    known = entries(600)
    before = {shard.key for shard in shards_of(known, RULES, {}, {})}
    after = {shard.key for shard in shards_of([replace(known[0], path="moved.txt"), *known[1:]], RULES, {}, {})}
    assert len(before - after) == len(after - before) == 1


@pytest.fixture
def published(tmp_path: Path) -> Iterator[tuple[Path, list[FileEntry], Cache, Ledger]]:
    cache = Cache(tmp_path / "cache")
    known = []
    for n, rows in enumerate(documents()):
        cache.put(FACTS, f"made-{n}", packed(material_of(rows)))
        [row] = rows["documents"]
        known.append(FileEntry(f"/{n}", str(row["path"]), "", str(row["doc_id"]), 1, f"made-{n}", "ok"))
    with Ledger(tmp_path / "ledger") as ledger:
        out = tmp_path / "out"
        out.mkdir()
        yield out, known, cache, ledger


def publish(out: Path, known: list[FileEntry], cache: Cache, ledger: Ledger) -> list[int]:
    """Publish; gives how many shards, portions of series and checks between documents had to be made."""
    made: list[Work] = []

    def maker(wanted: Sequence[Work]) -> set[str]:
        made.extend(wanted)
        return set().union(*(work.make(cache, RULES.book) for work in wanted))

    publish_dataset(out, known, cache, ledger, RULES, maker)
    return [sum(isinstance(work, kind) for work in made) for kind in (Shard, Portion, Between)]


def test_how_rows_are_cut_does_not_show(
    published: tuple[Path, list[FileEntry], Cache, Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One shard or many, all series at once or an indicator at a time: the same bytes."""
    out = published[0]
    assert publish(*published) == [1, 1, 1]
    whole = tables(out)
    monkeypatch.setattr(shards, "_DOCUMENTS_A_SHARD", 1)
    monkeypatch.setattr(between, "_STATEMENTS_AT_ONCE", 1)
    (out / "series.csv").unlink()
    assert publish(*published) > [3, 2, 0]
    assert tables(out) == whole


@pytest.mark.parametrize(
    ("kind", "again"),
    [
        (SHARDS, [1, 0, 0]),
        (STATED, [1, 1, 1]),
        (STATEMENTS, [1, 1, 1]),
        (INDICES, [1, 1, 1]),
        (PORTIONS, [0, 1, 0]),
        (BETWEEN, [0, 0, 1]),
    ],
)
def test_what_is_damaged_is_found_and_made_again(
    published: tuple[Path, list[FileEntry], Cache, Ledger], kind: str, again: list[int]
) -> None:
    out, _, cache, _ = published
    publish(*published)
    whole = tables(out)
    (out / "dates.csv").unlink()
    for made_of_it in (PORTIONS, BETWEEN) if sum(again) == 3 else ():
        cache.drop(made_of_it, set())
    entry = next(cache.entries(kind))
    entry.write_bytes(entry.read_bytes()[:-1])
    with pytest.raises(DamagedError) as problem:
        publish(*published)
    assert problem.value.doc_ids == set()
    made = publish(*published)
    assert made[0] == again[0]
    assert all(a <= b for a, b in zip(made, again, strict=True))
    assert tables(out) == whole


@pytest.mark.parametrize("change", ["one changed", "one gone", "one new", "other rules"])
def test_what_did_not_change_goes_over_from_the_shard_as_it_was(
    published: tuple[Path, list[FileEntry], Cache, Ledger],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: str,
) -> None:
    """Only changed documents are looked up again, and the tables are those of a first run."""
    out, known, cache, _ = published
    if change == "one new":
        known.append(last := known.pop(3))
        publish(out, known[:-1], cache, published[3])
    else:
        last = known[3]
        publish(*published)
    if change == "one changed":
        [title] = documents()[3]["documents"]
        other = {**documents()[3], "documents": [{**title, "title": "Một tên khác"}]}
        cache.put(FACTS, "made-anew", packed(material_of(other)))
        known[3] = last = replace(known[3], made_from="made-anew")
    if change == "one gone":
        del known[3]
    if change == "other rules":
        rules = tmp_path / "rules"
        shutil.copytree(RULES.folder, rules)
        with (rules / "status.yaml").open("a", encoding="utf-8") as file:
            file.write("# of tomorrow\n")
        monkeypatch.setitem(globals(), "RULES", Rules(rules))
        cache.put(FACTS, "made-anew", packed(material_of(documents()[3])))
        known[3] = last = replace(known[3], made_from="made-anew")
    looked_up: list[str] = []
    look_up = shards._material

    def noted(member: shards.Member, *more: Any) -> Material | None:
        looked_up.append(member.doc_id)
        return look_up(member, *more)

    monkeypatch.setattr(shards, "_material", noted)
    publish(*published)
    assert looked_up == ([] if change == "one gone" else [last.doc_id])
    with Ledger(tmp_path / "another") as ledger:
        (tmp_path / "fresh").mkdir()
        elsewhere = Cache(tmp_path / "elsewhere")
        for entry in cache.entries(FACTS):
            elsewhere.put(FACTS, entry.name, cache.need(FACTS, entry.name))
        publish(tmp_path / "fresh", known, elsewhere, ledger)
    assert tables(out) == tables(tmp_path / "fresh")
