"""The tables as a partitioned data set: a folder for each table, in it one for each value of the partition's key.

`observations/doc=0a/part-0.parquet` holds the rows of the documents whose id begins with 0a, and
`series/indicator=index.rank/part-0.parquet` those of an indicator. Engines that read such a set (DuckDB, Spark,
pandas, Arrow) skip what a question does not need, and read it in parallel; no row and no column differs from
the tables in one file.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.store.package import NAME
from pipeline.store.parquet import ROWS_AT_ONCE
from pipeline.store.reading import parquet_of
from pipeline.store.schema import Table
from pipeline.store.tables import DOCUMENTS, SCHEMA_VERSION, SERIES, TABLES
from pipeline.store.versions import publisher_version

if TYPE_CHECKING:
    import pyarrow as pa

PARTITIONED = "partitioned"
_MADE_OF = "_made_of"
"""Engines pass over names that begin so."""
_DOCUMENTS_A_PARTITION = 4_096
"""Few files of some MiB serve engines better than many small ones."""


def write_partitions(directory: Path, place: Path) -> int:
    """Replace the folder `place` by the partitioned tables of the dataset in `directory`; gives the number of files.

    The folder is put together beside and then takes its name, so that a reader finds the old one, for a moment
    none, or the new one. Nothing is written where it already holds this dataset. Raises DatasetError where
    there is none.
    """
    documents = parquet_of(directory, DOCUMENTS).metadata.num_rows
    made_of = _mark(directory)
    if (place / _MADE_OF).exists() and (place / _MADE_OF).read_text() == made_of:
        return sum(1 for _ in place.rglob("*.parquet"))
    aside = place.with_name(f".{place.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    count = 0
    try:
        digits = _digits(documents)
        for table in TABLES:
            count += _write(table, directory, aside / table.name, digits)
        (aside / _MADE_OF).write_text(made_of)
        shutil.rmtree(place, ignore_errors=True)
        aside.rename(place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return count


def _mark(directory: Path) -> str:
    """What the partitions are made of: the description of the dataset, which holds a hash of each table."""
    description = directory / NAME
    held = description.read_bytes() if description.exists() else b""
    return hashlib.sha256(f"{publisher_version()} {SCHEMA_VERSION} ".encode() + held).hexdigest()


def _digits(documents: int) -> int:
    """The hexadecimal digits of a document's id that make partitions of a good size."""
    digits = 1
    while documents > _DOCUMENTS_A_PARTITION * 16**digits:
        digits += 1
    return digits


def _write(table: Table, directory: Path, folder: Path, digits: int) -> int:
    """One table, whose rows come in the order of the partitions."""
    import pyarrow.parquet as pq

    writer: Any = None
    last, count = None, 0
    try:
        for key, rows in _runs(table, directory, digits):
            if key != last:
                if writer is not None:
                    writer.close()
                file = folder / key / "part-0.parquet"
                file.parent.mkdir(parents=True)
                writer, last, count = pq.ParquetWriter(file, rows.schema, compression="zstd"), key, count + 1
            writer.write_table(rows)
    finally:
        if writer is not None:
            writer.close()
    return count


def _runs(table: Table, directory: Path, digits: int) -> Iterator[tuple[str, pa.Table]]:
    """Rows that follow each other in one partition, with its name."""
    import pyarrow as pa
    import pyarrow.compute as pc

    name, column = ("indicator", "indicator") if table is SERIES else ("doc", "doc_id")
    with parquet_of(directory, table) as file:
        for batch in file.iter_batches(ROWS_AT_ONCE):
            rows = pa.Table.from_batches([batch])
            keys = rows[column] if table is SERIES else pc.utf8_slice_codeunits(rows[column], 0, digits)
            values = keys.to_pylist()
            start = 0
            for at in range(1, len(values) + 1):
                if at == len(values) or values[at] != values[start]:
                    yield f"{name}={values[start]}", rows.slice(start, at - start)
                    start = at
