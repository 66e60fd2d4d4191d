"""A folder of documents and the folder of their gold, from one seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.synthesis.composition import compose
from pipeline.synthesis.formats.makers import make

ORDINARY = ("txt", "html", "docx", "pdf", "rtf", "odt", "mhtml", "eml", "xlsx", "csv", "doc", "tcvn3")
SEEN = ("scan", "jpg", "png")
"""Formats that have to be recognised before they can be read: slow for whoever reads them."""


def make_corpus(folder: Path, documents: int, seed: int, formats: Sequence[str]) -> Iterator[str]:
    """Write `documents` documents of the formats in turn, and their gold; gives the name of each as it is written.

    The bytes of a document follow from the seed, its number and its format alone.
    """
    places = {kind: folder / kind for kind in ("documents", "gold")}
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True)
    turns = random.Random(seed)
    for number in range(1, documents + 1):
        format_ = formats[(number - 1) % len(formats)] if number > len(formats) else formats[number - 1]
        made = compose(f"{seed}/{number}/{turns.randrange(2**31)}", f"{number:05}-{format_}", format_)
        (places["documents"] / made.source.file_name).write_bytes(make(made.source))
        (places["gold"] / f"{made.source.name}.json").write_text(gold_text(made.gold), encoding="utf-8")
        yield made.source.file_name


def gold_text(gold: dict[str, Any]) -> str:
    """A gold file as they are kept in version control: a row a line."""

    def rows(name: str) -> str:
        lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in gold[name])
        return f' "{name}": [\n{lines}\n ]' if lines else f' "{name}": []'

    head = f' "file": {json.dumps(gold["file"])},\n "document": {json.dumps(gold["document"], ensure_ascii=False)}'
    return "{\n" + ",\n".join([head, *map(rows, ("observations", "references", "dates"))]) + "\n}\n"
