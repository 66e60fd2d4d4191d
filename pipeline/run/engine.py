"""Where documents are worked on: the part of a run that may lie on this machine or on many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from pipeline.run.shards import Shard
from pipeline.run.worker import Outcome, Task


class Engine(Protocol):
    """Does documents and makes shards; what comes of both is in the cache when they are given back."""

    def outcomes(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Each task with what became of it, in the order in which they end. Raises WorkersError, OSError."""
        ...

    def lost_of(self, shards: Iterable[Shard]) -> set[str]:
        """Have shards made; gives the documents whose rows are lost. Raises WorkersError, OSError."""
        ...
