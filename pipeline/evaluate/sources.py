"""Where gold and facts to compare come from: gold folders, lines of JSON, and the folders of runs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.evaluate.score import Document

if TYPE_CHECKING:
    from pipeline.store.schema import Table

_GOLD, _DOCUMENTS = "gold", ("documents", "archive")


def read_gold(folder: Path) -> list[Document]:
    """The gold files of a folder, by name. Raises ValueError naming a file that is none."""
    golds: list[Document] = []
    for path in sorted(folder.glob("*.json")):
        try:
            gold = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as problem:
            raise ValueError(f"{path} is no JSON: {problem}") from problem
        if not isinstance(gold, dict) or not {"file", "observations"} <= gold.keys():
            raise ValueError(f"{path} is no gold file: it must have `file` and `observations`")
        golds.append(gold)
    return golds


def documents_beside(folder: Path, golds: list[Document]) -> list[Path]:
    """The documents that the gold is about: in the folder, above it, or where `gold` in its path is `documents`."""
    folder = folder.resolve()
    places = [folder, folder.parent, *(folder.parent / name for name in _DOCUMENTS)]
    if _GOLD in folder.parts:
        at = len(folder.parts) - 1 - folder.parts[::-1].index(_GOLD)
        places += [Path(*folder.parts[:at], name, *folder.parts[at + 1 :]) for name in _DOCUMENTS]
    found = []
    for gold in golds:
        files = [place / gold["file"] for place in places if (place / gold["file"]).is_file()]
        found += files[:1]
    return found


def read_lines(path: Path) -> Iterator[Document]:
    """The objects that `solieu extract` printed into a file. Raises ValueError naming a line that is none."""
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as problem:
                    raise ValueError(f"{path}:{number} is no JSON: {problem}") from problem


def read_run(folder: Path) -> Iterator[Document]:
    """The documents of a run's folder with what was read out of them, from its Parquet tables (the text is not there).

    What people have added is left out. Raises FileNotFoundError where there is no finished run.
    """
    from pipeline.review.overlay import ADDED_RULE
    from pipeline.store.objects import FACT_TABLES
    from pipeline.store.tables import DOCUMENTS

    facts: dict[str, defaultdict[str, list[dict[str, Any]]]] = {}
    for table in FACT_TABLES:
        by_document = facts[table.name] = defaultdict(list)
        for row in _rows(folder, table):
            if row.get("rule_id") != ADDED_RULE:
                by_document[row["doc_id"]].append(row)
    for document in _rows(folder, DOCUMENTS):
        yield {"document": document, **{name: rows[document["doc_id"]] for name, rows in facts.items()}}


def _rows(folder: Path, table: Table) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    from pipeline.store.plain import json_row

    return (json_row(table, row) for row in pq.read_table(folder / f"{table.name}.parquet").to_pylist())
