"""A folder of documents and the folder of their gold, from one seed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.synthesis.composition import compose
from pipeline.synthesis.formats.makers import make

USUAL = ("txt", "html", "docx", "pdf", "rtf", "odt", "mhtml", "eml", "xlsx", "doc", "tcvn3")
"""Formats that are made where none is asked for. Not among them: csv, which a run takes for data, and pictures, which
have to be recognised and are slow to read."""


ROWS = ("observations", "references", "dates", "checks")
"""The lists of a gold file. `checks` is there where a figure is wrong on purpose: what has to be found."""


def make_corpus(
    folder: Path, documents: int, seed: int, formats: Sequence[str] = USUAL, wear: float = 0.5
) -> Iterator[str]:
    """Write `documents` documents of the formats in turn, and their gold; gives the name of each as it is written.

    The bytes of a document follow from the seed, its number, its format and, for pictures, their `wear` (0 a clean
    scan, 1 the worst that people still read with ease) alone.
    """
    places = {kind: folder / kind for kind in ("documents", "gold")}
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True)
    for number in range(1, documents + 1):
        format_ = formats[(number - 1) % len(formats)]
        made = compose(f"{seed}/{number}", f"{number:05}-{format_}", format_, wear)
        (places["documents"] / made.source.file_name).write_bytes(make(made.source))
        (places["gold"] / f"{made.source.name}.json").write_text(gold_text(made.gold), encoding="utf-8")
        yield made.source.file_name


def gold_text(gold: dict[str, Any]) -> str:
    """A gold file as they are kept in version control: a row a line."""

    def rows(name: str) -> str:
        lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in gold[name])
        return f' "{name}": [\n{lines}\n ]' if lines else f' "{name}": []'

    head = f' "file": {json.dumps(gold["file"])},\n "document": {json.dumps(gold["document"], ensure_ascii=False)}'
    return (
        "{\n" + ",\n".join([head, *map(rows, [name for name in ROWS if name != "checks" or gold.get(name)])]) + "\n}\n"
    )
