"""A text tried out: what is read in it, by which rule, and what becomes of its other digits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.extract import extract
from pipeline.model import Numeral, Observation
from pipeline.process import read_document
from pipeline.rulebook.book import Rulebook

_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class TriedFact:
    """A row, the file and line of the rule that made it, and the words that it rests on by their role."""

    row: Observation
    place: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a text gave: its facts, and the digits that are none."""

    facts: tuple[TriedFact, ...]
    others: tuple[Numeral, ...]


def try_document(text: str, book: Rulebook) -> Trial:
    """Read a text, or the file that it names. Raises ReadError for a file that cannot be read."""
    path = Path(text) if len(text) < _LONGEST_NAME and "\n" not in text else None
    if path is not None and path.is_file():
        document = read_document(path.read_bytes(), str(path))
    else:
        document = read_document(text.encode(), "text.txt")
    found = extract(document, book)
    lines = {reading.rule_id: f"rules/measures/{r.file}:{reading.line}" for r in book.counts for reading in r.readings}
    facts = tuple(
        TriedFact(
            row=row,
            place=lines.get(row.rule_id.removesuffix("/table"), "rules/index/frame.yaml"),
            words=tuple((e.role, " ".join(e.quote.split())) for e in row.evidence if e.role not in ("value", "quote")),
        )
        for row in found.observations
    )
    return Trial(facts, tuple(numeral for numeral in found.numerals if numeral.category != "observation"))
