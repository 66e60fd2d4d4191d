"""What a check sees and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pipeline.check.figures import Figure, Group
from pipeline.model import DocumentFacts, Observation, Reference
from pipeline.rulebook.check_rules import CheckRules
from pipeline.rulebook.index_rules import Index


class Severity(StrEnum):
    """ERROR: the numbers cannot all be true. WARNING: probably not. INFO: worth a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Material:
    """The facts of one document, and the rules they are held against.

    `figures` are those of the results among the observations; `groups` are made of them.
    """

    observations: Sequence[Observation]
    figures: Sequence[Figure]
    groups: Sequence[Group]
    references: Sequence[Reference]
    facts: DocumentFacts
    rules: CheckRules
    indices: dict[str, Index]


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding before it bears the name of its check. `expected` and `found` are plain numbers or codes."""

    severity: Severity
    message: str
    observations: tuple[Observation, ...]
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """Several figures that hold together, before it bears the name of its check.

    `statement` is the identity with its numbers: "675 + 12 = 687".
    """

    statement: str
    observations: tuple[Observation, ...]


Verdict: TypeAlias = Problem | Agreed
"""What a check says about some figures; about most it says nothing."""


def problem(
    severity: Severity, message: str, observations: Iterable[Observation], expected: object, found: object
) -> Problem:
    """A Problem with its observations each once, in the order of the text."""
    return Problem(severity, message, _in_order(observations), str(expected), str(found))


def agreed(statement: str, observations: Iterable[Observation]) -> Agreed:
    """An Agreed with its observations each once, in the order of the text."""
    return Agreed(statement, _in_order(observations))


def _in_order(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    each = {o.obs_id: o for o in observations}
    return tuple(sorted(each.values(), key=lambda o: (o.value_span, o.obs_id)))
