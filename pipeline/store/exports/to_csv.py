"""CSV for spreadsheets: every table and code list, with the byte order mark by which they know UTF-8."""

from __future__ import annotations

from pipeline.store.delimited import DelimitedFile
from pipeline.store.exports.job import PUBLISHED, Job
from pipeline.store.files import replacing


def export(job: Job) -> list[str]:
    """Write a folder of CSV files. No cell of them runs as a formula (`cells.defused`)."""
    return write_folder(job, "utf-8-sig")


def write_folder(job: Job, encoding: str) -> list[str]:
    """Write every table to a CSV file of its name."""
    job.place.mkdir(parents=True, exist_ok=True)
    with replacing([job.place / f"{table.name}.csv" for table in PUBLISHED]) as places:
        for table, place in zip(PUBLISHED, places, strict=True):
            with DelimitedFile(table, place, encoding) as file:
                for rows in job.rows(table):
                    file.write(rows)
    return [f"{len(PUBLISHED)} CSV files in {job.place}"]
