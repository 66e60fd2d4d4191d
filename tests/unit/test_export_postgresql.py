"""The export to PostgreSQL, on a real server that the tests start."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from dataset_samples import HOSTILE, documents, hostile_document, write_dataset
from postgres_server import NoServerError, server

from pipeline.cli import main
from pipeline.store.exports.job import PUBLISHED
from pipeline.store.reading import read_rows
from pipeline.store.schema import Kind, Row
from pipeline.store.tables import DOCUMENTS, OBSERVATIONS, SCHEMA_VERSION

psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
pytestmark = pytest.mark.xdist_group("postgresql")


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    try:
        with server() as address:
            yield address
    except NoServerError as problem:
        pytest.skip(str(problem))


@pytest.fixture
def address(running: str) -> str:
    """The server without what earlier tests left."""
    with psycopg.connect(running, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS solieu CASCADE")
    return running


def send(folder: Path, address: str) -> dict[str, tuple[int, int]]:
    """Export by the command; gives for each table the rows that are new or changed, and those removed."""
    done = CliRunner().invoke(main, ["export", str(folder), "--to", address])
    assert done.exit_code == 0, done.output
    told = (line.split() for line in done.output.splitlines())
    return {words[0].rstrip(":"): (int(words[1].replace(",", "")), int(words[6])) for words in told}


def select(address: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(query).fetchall()


def written(folder: Path) -> dict[str, list[Row]]:
    return {table.name: [row for rows in read_rows(folder, table) for row in rows] for table in PUBLISHED}


def test_every_row_arrives_exactly(address: str, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    told = send(folder, address)
    for table in PUBLISHED:
        rows = written(folder)[table.name]
        assert told[table.name] == (len(rows), 0)
        names = ", ".join(f'"{name}"' for name in table.names)
        found = select(address, f'SELECT {names} FROM solieu."{table.name}"')
        at = [table.names.index(name) for name in table.key]
        by_key = {tuple(row[n] for n in at): plain_cells(table.names, row) for row in found}
        for row in rows:
            wanted = {name: sent(table.column(name).kind, row[name]) for name in table.names}
            assert by_key.pop(tuple(row[name] for name in table.key)) == wanted, table.name
        assert by_key == {}
    texts = {text for (text,) in select(address, "SELECT quote FROM solieu.observations")}
    assert set(HOSTILE) <= texts


def plain_cells(names: tuple[str, ...], row: tuple[Any, ...]) -> dict[str, Any]:
    return {
        name: cell.normalize() if isinstance(cell, Decimal) else cell for name, cell in zip(names, row, strict=True)
    }


def sent(kind: Kind, value: Any) -> Any:
    """A cell as it comes back: decimals without their trailing zeros, tuples as lists."""
    if kind in (Kind.TEXTS, Kind.BOXES):
        return [list(item) if isinstance(item, tuple) else item for item in value]
    return value.normalize() if isinstance(value, Decimal) else value


def test_the_same_dataset_twice_changes_nothing(address: str, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    send(folder, address)
    before = select(address, "SELECT xmin::text, obs_id FROM solieu.observations ORDER BY obs_id")
    assert set(send(folder, address).values()) == {(0, 0)}
    assert select(address, "SELECT xmin::text, obs_id FROM solieu.observations ORDER BY obs_id") == before


def test_what_changed_is_updated_and_what_is_gone_from_a_document_is_removed(address: str, tmp_path: Path) -> None:
    send(write_dataset(tmp_path / "one"), address)
    some = documents()
    changed = next(rows for rows in some if rows["observations"][0]["obs_id"] == "hostile-6")
    changed["observations"][0]["value"] = Decimal(70)
    emptied = next(rows for rows in some if rows["observations"][0]["obs_id"] == "hostile-5")
    emptied["observations"], emptied["evidence"] = [], []
    told = send(write_dataset(tmp_path / "two", some), address)
    assert told["observations"] == (1, 1)
    assert told["evidence"] == (0, 1)
    assert told["documents"] == (0, 0)
    assert select(address, "SELECT value FROM solieu.observations WHERE obs_id = 'hostile-6'") == [(Decimal(70),)]
    assert select(address, "SELECT count(*) FROM solieu.observations WHERE obs_id = 'hostile-5'") == [(0,)]


def test_documents_of_another_dataset_stay_and_the_series_are_those_of_the_last(address: str, tmp_path: Path) -> None:
    send(write_dataset(tmp_path / "one"), address)
    other = write_dataset(tmp_path / "two", [hostile_document("Sở Y tế", Decimal(5), 99)])
    told = send(other, address)
    assert (told["documents"], told["observations"]) == ((1, 0), (1, 0))
    assert select(address, "SELECT count(*) FROM solieu.documents") == [(len(documents()) + 1,)]
    assert select(address, "SELECT obs_id FROM solieu.series") == [("hostile-99",)]


def test_tables_have_keys_links_codes_and_comments_in_both_languages(address: str, tmp_path: Path) -> None:
    send(write_dataset(tmp_path), address)
    keys = select(
        address,
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'solieu'::regnamespace AND contype = 'p'",
    )
    assert {name.replace("solieu.", "").strip('"'): text for name, text in keys} == {
        table.name: f"PRIMARY KEY ({', '.join(quoted(name) for name in table.key)})" for table in PUBLISHED
    }
    links = select(
        address, "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND connamespace = 'solieu'::regnamespace"
    )
    assert links[0][0] == 11
    with psycopg.connect(address) as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute("UPDATE solieu.observations SET comparator = 'about'")
    [(about,)] = select(address, "SELECT obj_description('solieu.observations'::regclass)")
    assert (OBSERVATIONS.vi in about, OBSERVATIONS.vi_description in about, OBSERVATIONS.description in about) == (
        True,
    ) * 3
    comments = select(
        address,
        "SELECT count(*) FILTER (WHERE col_description(a.attrelid, a.attnum) IS NULL), count(*) FROM pg_attribute a "
        "JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'solieu'::regnamespace AND c.relkind = 'r' "
        "AND a.attnum > 0",
    )
    assert comments == [(0, sum(len(table.columns) for table in PUBLISHED))]
    [(version,)] = select(address, "SELECT obj_description('solieu'::regnamespace)")
    assert version == f"solieu, schema version {SCHEMA_VERSION}"


def quoted(name: str) -> str:
    return f'"{name}"' if name in ("start", "end", "role") and name == "end" else name


def test_a_character_that_postgresql_has_not_is_replaced(address: str, tmp_path: Path) -> None:
    send(write_dataset(tmp_path, [hostile_document("a\x00b", Decimal(1), 1)]), address)
    assert select(address, "SELECT quote FROM solieu.observations") == [("a\ufffdb",)]


def test_a_failure_leaves_the_database_as_it_was(address: str, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    send(folder, address)
    before = select(address, "SELECT * FROM solieu.documents ORDER BY doc_id")
    (folder / "series.parquet").unlink()
    done = CliRunner().invoke(main, ["export", str(folder), "--to", address])
    assert (done.exit_code, "series.parquet is missing" in done.output) == (2, True)
    assert select(address, "SELECT * FROM solieu.documents ORDER BY doc_id") == before


def test_tables_of_another_version_are_left_alone_and_told(address: str, tmp_path: Path) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("CREATE SCHEMA solieu")
        connection.execute("CREATE TABLE solieu.documents (doc_id text PRIMARY KEY)")
    done = CliRunner().invoke(main, ["export", str(write_dataset(tmp_path)), "--to", address])
    assert (done.exit_code, "the columns of another version" in done.output) == (2, True)
    assert select(address, "SELECT tablename FROM pg_tables WHERE schemaname = 'solieu'") == [(DOCUMENTS.name,)]


@pytest.mark.parametrize("wrong", ["postgresql://user:secret@127.0.0.1:1/nowhere", "postgresql://%zz:secret@host/x"])
def test_a_database_that_cannot_be_reached_is_told_without_its_password(tmp_path: Path, wrong: str) -> None:
    done = CliRunner().invoke(main, ["export", str(write_dataset(tmp_path)), "--to", wrong])
    assert (done.exit_code, "PostgreSQL: " in done.output, "secret" in done.output) == (2, True, False), done.output
