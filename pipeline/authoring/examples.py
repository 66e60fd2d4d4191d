"""Running an example of a rule file through the whole of reading and extraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.authoring.twins import TWINS
from pipeline.extract import extract
from pipeline.model import Observation
from pipeline.process import read_document
from pipeline.rulebook.book import Rulebook
from pipeline.rulebook.examples import Example, ExampleKind
from pipeline.text.fold import ascii_fold

ORIGINAL = "as written"
_WORDS = frozenset({"subject", "quote"})
"""Slots that are compared as words: without regard to case, accents' place and blanks."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of an example: facts that it names and were not read, rows that it does not name."""

    example: Example
    twin: str
    observations: tuple[Observation, ...]
    missing: tuple[Mapping[str, object], ...]
    spurious: tuple[Observation, ...]

    @property
    def holds(self) -> bool:
        return not self.missing and not self.spurious

    @property
    def passes(self) -> bool:
        """An example and its twins must hold; a known miss must not, else it is to be promoted."""
        return self.holds != (self.example.kind is ExampleKind.KNOWN_MISS)

    def __str__(self) -> str:
        where = "" if self.twin == ORIGINAL else f" (its twin: {self.twin})"
        if self.passes:
            return f"{self.example}{where}: holds"
        if self.holds:
            return f"{self.example}: this known miss is read now: promote it to an example"
        lines = [f"{self.example}{where}: {self.example.text}"]
        lines += [f"    not read: {told_fact(fact)}" for fact in self.missing]
        lines += [f"    not named: {told_row(row)}" for row in self.spurious]
        return "\n".join(lines)


def run_example(example: Example, book: Rulebook, twin: str = ORIGINAL) -> Outcome:
    """Read an example, or one of its twins, and hold what came out against its facts."""
    text = example.text if twin == ORIGINAL else TWINS[twin](example.text)
    found = extract(read_document(text.encode(), "example.txt"), book).observations
    missing, rest = [], list(found)
    # The fact that names most slots chooses first.
    for fact in sorted(example.facts, key=len, reverse=True):
        row = next((row for row in rest if _fits(fact, row)), None)
        if row is None:
            missing.append(fact)
        else:
            rest.remove(row)
    return Outcome(example, twin, found, tuple(missing), tuple(rest))


def twins_of(example: Example) -> Sequence[str]:
    """The names of the twins that an example has; known misses have none."""
    if example.kind is ExampleKind.KNOWN_MISS:
        return ()
    return tuple(
        name
        for name, change in TWINS.items()
        if change(example.text) != example.text and not (example.keeps_case and name == "upper case")
    )


def _fits(fact: Mapping[str, object], row: Observation) -> bool:
    return all(_same(slot, expected, getattr(row, slot)) for slot, expected in fact.items())


def _same(slot: str, expected: object, found: object) -> bool:
    if expected is None or found is None:
        return expected is found
    if isinstance(found, Decimal):
        return Decimal(str(expected)) == found
    if slot in _WORDS:
        return ascii_fold(" ".join(str(expected).split())) == ascii_fold(" ".join(str(found).split()))
    return str(expected) == str(found)


def told_fact(fact: Mapping[str, object]) -> str:
    """A fact of an example as one reads it."""
    return ", ".join(f"{slot} {value}" for slot, value in fact.items())


def told_row(row: Observation) -> str:
    """A row as one reads it, with the slots that are not at their default and the words that made it."""
    slots = {
        "indicator": row.indicator, "index": row.index, "value": row.value, "value_high": row.value_high,
        "out_of": row.out_of, "comparator": row.comparator if row.comparator != "eq" else None,
        "scope": row.scope, "subject": row.subject, "level": row.level, "time_period": row.time_period,
        "base_period": row.base_period, "obs_status": row.obs_status if row.obs_status != "actual" else None,
    }  # fmt: skip
    told = told_fact({slot: value for slot, value in slots.items() if value is not None})
    return f"{told} [{' '.join(row.quote.split())}] by {row.rule_id}"
