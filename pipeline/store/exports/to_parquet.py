"""Parquet: every table and code list, decimals exact, each column with its titles and meaning."""

from __future__ import annotations

from pipeline.store.exports.job import PUBLISHED, Job
from pipeline.store.files import replacing
from pipeline.store.parquet import ParquetFile


def export(job: Job) -> list[str]:
    """Write a folder of Parquet files."""
    job.place.mkdir(parents=True, exist_ok=True)
    with replacing([job.place / f"{table.name}.parquet" for table in PUBLISHED]) as places:
        for table, place in zip(PUBLISHED, places, strict=True):
            with ParquetFile(table, place) as file:
                for rows in job.rows(table):
                    file.write(rows)
    return [f"{len(PUBLISHED)} Parquet files in {job.place}"]
