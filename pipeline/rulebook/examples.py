"""Examples of rule files: texts with exactly the facts that the whole rule set must read out of them.

A rule file lists `examples`, `negatives` (texts without any fact) and `known_misses` (facts that the
rules should read and do not yet). An example names the slots of a fact that it cares for; a slot that
it leaves out may have any value, a fact that it leaves out must not be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.rulebook.source import Reader

SLOTS = (
    "indicator", "index", "value", "value_high", "unit", "comparator", "out_of", "scope", "subject", "ref_area",
    "level", "time_period", "base_period", "obs_status", "quote",
)  # fmt: skip
"""What a fact of an example may name: columns of an observation."""
_NUMBERS = frozenset({"value", "value_high", "out_of"})
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class ExampleKind(StrEnum):
    """Which list of its file an example stands in."""

    EXAMPLE = "examples"
    NEGATIVE = "negatives"
    KNOWN_MISS = "known_misses"


@dataclass(frozen=True, slots=True)
class Example:
    """A text and its facts. `keeps_case`: capitals carry meaning in it, so that it has no twin in upper case."""

    kind: ExampleKind
    text: str
    facts: tuple[Mapping[str, object], ...]
    why: str
    keeps_case: bool
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def read_examples(top: Reader) -> tuple[Example, ...]:
    """All examples of a rule file. Raises RuleError with file and line."""
    return tuple(example for kind in ExampleKind for example in _examples(top, kind))


def _examples(top: Reader, kind: ExampleKind) -> Iterator[Example]:
    for reader in top.entries(kind):
        reader.only("text", "facts", "why", "case")
        facts = tuple(_fact(fact) for fact in reader.entries("facts"))
        if kind is ExampleKind.NEGATIVE and facts:
            raise reader.fault("a negative has no facts; with facts it is an example")
        if kind is not ExampleKind.NEGATIVE and not facts:
            raise reader.fault(f"one of {kind.value!r} needs facts; without them it is a negative")
        if kind is ExampleKind.KNOWN_MISS and "why" not in reader.entry:
            raise reader.fault("a known miss needs a 'why'")
        if (case := reader.text("case", "any")) not in ("any", "keep"):
            raise reader.fault(f"'case' can only be 'keep', not {case!r}")
        yield Example(
            kind=kind,
            text=reader.text("text").strip("\n"),
            facts=facts,
            why=reader.text("why", "-"),
            keeps_case=case == "keep",
            file=f"{top.path.parent.name}/{top.path.name}",
            line=reader.line,
        )


def _fact(reader: Reader) -> Mapping[str, object]:
    reader.only(*SLOTS)
    for key in ("indicator", "value"):
        if key not in reader.entry:
            raise reader.fault(f"a fact needs {key!r}")
    for key in _NUMBERS & reader.entry.keys():
        value = reader.entry[key]
        if value is not None and (isinstance(value, bool) or not _NUMBER.fullmatch(str(value))):
            raise reader.fault(f"{key!r} is no number: {value}", "Digits alone, a point before decimals: 1250, 99.2.")
    return dict(reader.entry)
