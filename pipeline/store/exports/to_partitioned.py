"""Partitioned Parquet: the tables as they are, in folders by document or indicator."""

from __future__ import annotations

from pipeline.store.exports.job import Job
from pipeline.store.partitions import write_partitions


def export(job: Job) -> list[str]:
    """Write a partitioned data set. Its rows are those of the dataset, which were held against their schema."""
    job.place.parent.mkdir(parents=True, exist_ok=True)
    return [f"{write_partitions(job.directory, job.place)} Parquet files in {job.place}"]
