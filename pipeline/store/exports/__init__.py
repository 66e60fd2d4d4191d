"""The dataset published to other formats and systems: one module a target, each with a function `export`."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.store.exports.job import ExportError, Job

__all__ = ["TARGETS", "ExportError", "Job", "Target", "target_of"]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a dataset can go: the name, the module, and what it writes where nothing else is said."""

    name: str
    module: str
    default: str | None

    def export(self, job: Job) -> list[str]:
        """Do it; gives lines for the user. Raises ExportError, DatasetError, SchemaError."""
        run: Callable[[Job], list[str]] = importlib.import_module(self.module).export
        return run(job)

    def place(self, directory: Path, out: Path | None) -> Path:
        """Where the export goes: `out`, else a place below the dataset."""
        return out or directory / "exports" / (self.default or "")


TARGETS = (
    Target("csv", "pipeline.store.exports.to_csv", "csv"),
    Target("parquet", "pipeline.store.exports.to_parquet", "parquet"),
    Target("partitioned", "pipeline.store.exports.to_partitioned", "partitioned"),
    Target("xlsx", "pipeline.store.exports.to_xlsx", "solieu.xlsx"),
    Target("datapackage", "pipeline.store.exports.to_datapackage", "datapackage"),
    Target("sdmx-csv", "pipeline.store.exports.to_sdmx_csv", "solieu-sdmx.csv"),
    Target("postgresql", "pipeline.store.exports.to_postgresql", None),
)


def target_of(name: str) -> Target | None:
    """The target of that name, or of an address like postgresql://…; None for no known one."""
    scheme, mark, _ = name.partition("://")
    wanted = {"postgres": "postgresql"}.get(scheme, scheme) if mark else name
    return next((t for t in TARGETS if t.name == wanted and bool(mark) == (t.default is None)), None)
