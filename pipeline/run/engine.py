"""Where documents are worked on: the part of a run that may lie on this machine or on many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from pipeline.rulebook.book import Rulebook
from pipeline.run.cache import Cache
from pipeline.run.worker import Outcome, Task


class Work(Protocol):
    """A part of the dataset that is made of what the cache holds, and kept there: a shard, a portion of series."""

    @property
    def weight(self) -> int:
        """How much there is to do, in rows that are read or made."""
        ...

    def is_made(self, cache: Cache) -> bool:
        """Whether it is kept (it may still turn out to be damaged)."""
        ...

    def make(self, cache: Cache, rulebook: Rulebook) -> set[str]:
        """Make and keep it; gives the documents whose rows are lost (then nothing is kept). Raises LostError."""
        ...


class Engine(Protocol):
    """Does documents and makes parts of the dataset; what comes of both is in the cache when they are given back."""

    def outcomes(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Each task with what became of it, in the order in which they end. Raises WorkersError, OSError."""
        ...

    def lost_of(self, works: Iterable[Work]) -> set[str]:
        """Have parts made; gives the documents whose rows are lost. Raises WorkersError, OSError, LostError."""
        ...
