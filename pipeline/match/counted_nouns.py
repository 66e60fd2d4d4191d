"""The nouns by which reports count, as `rules/numbers.yaml` has them: they tell numbers from words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.rulebook.location import rules_dir
from pipeline.rulebook.phrase_keys import phrases_under
from pipeline.rulebook.source import Reader, load_rule_file


@dataclass(frozen=True, slots=True)
class CountedNouns:
    """Each an expression without bounds, for the lower-case view; what they are for stands in the file."""

    counted: str
    absent: str
    grouped: str


@cache
def load_counted_nouns(path: Path | None = None) -> CountedNouns:
    """Read `numbers.yaml`. Raises RuleError with file and line."""
    path = path or rules_dir() / "numbers.yaml"
    top = Reader(path, load_rule_file(path))
    top.only("counted", "absent", "grouped")

    def nouns(key: str) -> str:
        phrases = phrases_under(top, key)
        if not phrases:
            raise top.fault(f"{key!r} has no phrases")
        return "|".join(phrase.pattern for phrase in phrases)

    return CountedNouns(nouns("counted"), nouns("absent"), nouns("grouped"))
