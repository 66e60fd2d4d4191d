"""A number of an index that was read, kept for what stands behind it in its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.match.index_kinds import Kind, Reading
from pipeline.match.index_scope import Scope
from pipeline.match.mention import Mention
from pipeline.match.numbers import NumberAtom


@dataclass(frozen=True, slots=True)
class Held:
    """A number that was read, with what later numbers of the sentence need of it."""

    atom: NumberAtom
    scope: Scope
    reading: Reading
    mention: Mention

    @property
    def is_of_group(self) -> bool:
        """Whether it is the mean of a group, or a change of one."""
        return self.reading.kind is Kind.MEAN or any(role == "group" for role, _ in self.mention.cues)
