"""The cache: what is damaged is found, what is old goes first, and a record comes back as it was."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import document

from pipeline.model import Box, Cell, Document, Repair, Span, Table
from pipeline.run.cache import Cache, key_of
from pipeline.run.codec import decode, encode


def test_an_entry_comes_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.get("facts", "ab12") is None
    cache.put("facts", "ab12", b"content")
    assert cache.get("facts", "ab12") == b"content"
    assert cache.get("reading", "ab12") is None
    cache.put("facts", "ab12", b"other")
    assert cache.get("facts", "ab12") == b"other"


@given(st.data())
def test_any_damage_is_found_and_the_entry_removed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    cache.put("facts", "ab12", b"content " * 50)
    file = cache.path("facts", "ab12")
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = data.draw(
        st.sampled_from([whole[:at], whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :], b"\0" * len(whole), b""])
    )
    file.write_bytes(damaged)
    assert cache.get("facts", "ab12") is None
    assert not file.exists()


def test_an_entry_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        cache.put("facts", "ab12", b"content")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_oldest_entries_go_first_and_the_bound_holds(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for age, key in enumerate(("aa-newest", "bb-middle", "cc-oldest")):
        cache.put("reading", key, os.urandom(1000))
        os.utime(cache.path("reading", key), ns=(0, 10**15 - age))
    cache.put("facts", "dd", os.urandom(1000))
    one = cache.path("reading", "aa-newest").stat().st_size
    cache.shrink("reading", 2 * one)
    assert {file.name for file in cache.entries("reading")} == {"aa-newest", "bb-middle"}
    assert cache.get("facts", "dd") is not None
    assert cache.size() == sum(file.stat().st_size for kind in ("facts", "reading") for file in cache.entries(kind))


def test_only_what_is_kept_stays(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for key in ("aa", "bb"):
        cache.put("facts", key, b"x")
    cache.path("facts", "aa").with_name(".half.tmp").write_bytes(b"ha")
    cache.drop("facts", {"bb"})
    assert [file.name for file in cache.entries("facts")] == ["bb"]


@given(st.lists(st.text()), st.lists(st.text()))
def test_keys_tell_their_parts_apart(one: list[str], other: list[str]) -> None:
    assert (key_of(*one) == key_of(*other)) == (one == other)


FULL = replace(
    document("một\thai\nba\tbốn\n"),
    tables=(
        Table(
            1,
            Span(0, 15),
            (Cell(Span(0, 3), 0, 0, is_header=True), Cell(Span(8, 10), 1, 0, 1, 2, ("một", "hai"))),
            2,
            2,
            page=1,
            caption=Span(0, 3),
        ),
    ),
    repairs=(Repair("split_word", Span(0, 3), "mộ t"),),
    warnings=("a", "b"),
    title="Tiêu đề",
)


@pytest.mark.parametrize("record", [FULL, document(), document(paged=False), document("")])
def test_a_document_comes_back_equal_and_of_the_same_types(record: Document) -> None:
    again = decode(Document, encode(record))
    assert again == record
    assert repr(again) == repr(record)
    assert again.char_boxes == record.char_boxes


@dataclass(frozen=True)
class Odd:
    """A record with a field that the cache must refuse instead of losing it."""

    field: dict[str, int]


def test_a_field_that_cannot_be_held_is_refused() -> None:
    with pytest.raises(TypeError, match="the cache cannot hold"):
        decode(Odd, encode(Box(1, 0.0, 0.0, 1.0, 1.0)))
