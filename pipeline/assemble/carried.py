"""What places of a text leave to those behind them: a level, a whole, a desk that later ones go on about."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final, Generic, TypeVar

T = TypeVar("T")


class Silence(Enum):
    """The type of SILENT."""

    SILENT = "silent"


SILENT: Final = Silence.SILENT
"""What a place says that leaves it to the place before to say something."""


class Carried(Generic[T]):
    """The word of the nearest place before another that is not silent, each place asked once.

    `says` gives what a place tells those behind it, SILENT where it tells them nothing; places are counted from 0.
    """

    def __init__(self, says: Callable[[int], T | Silence]) -> None:
        self._says = says
        self._before: dict[int, T | None] = {0: None}

    def before(self, place: int) -> T | None:
        """What is carried to a place; None where all before it are silent."""
        passed = []
        while place not in self._before:
            passed.append(place)
            said = self._says(place - 1)
            if said is not SILENT:
                self._before[place] = said
            else:
                place -= 1
        found = self._before[place]
        self._before.update(dict.fromkeys(passed, found))
        return found
