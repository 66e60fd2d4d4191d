"""Facts and decisions in the formats of other tools of annotation: one module a format, each with `export`."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.review.exports.material import Reviewed


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the module that writes it, and how a file of it ends."""

    name: str
    module: str
    ending: str

    def export(self, documents: Iterable[Reviewed], base_url: str) -> Iterator[str]:
        """The file, piece by piece; `base_url` is where `solieu serve` shows the documents."""
        run: Callable[[Iterable[Reviewed], str], Iterator[str]] = importlib.import_module(self.module).export
        return run(documents, base_url.rstrip("/"))


FORMATS = (
    Format("facts", "pipeline.review.exports.facts", "jsonl"),
    Format("labelstudio", "pipeline.review.exports.label_studio", "json"),
    Format("webannotation", "pipeline.review.exports.web_annotation", "jsonld"),
)
"""The formats, by name."""


def format_of(name: str) -> Format | None:
    """The format of that name; None where there is none."""
    return next((one for one in FORMATS if one.name == name), None)
