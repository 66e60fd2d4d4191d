"""A data package (Frictionless, version 2): CSV, their description for machines, and the one for people."""

from __future__ import annotations

from pipeline.store.dictionary import dictionary_markdown
from pipeline.store.exports.job import Job
from pipeline.store.exports.to_csv import write_folder
from pipeline.store.files import write_text
from pipeline.store.package import write_package


def export(job: Job) -> list[str]:
    """Write a folder that stands by itself: nothing in it but the publication."""
    told = write_folder(job, "utf-8")
    write_text(job.place / "README.md", dictionary_markdown())
    write_package(job.place)
    return [*told, f"described by {job.place / 'datapackage.json'} and README.md"]
