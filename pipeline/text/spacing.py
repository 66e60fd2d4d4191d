"""Expressions that do not mind how words are parted: by a blank, by several, by a no-break space."""

from __future__ import annotations

import re
from typing import TypeAlias

import regex

AnyMatch: TypeAlias = "re.Match[str] | regex.Match[str]"
"""What an expression of either kind found."""


def spaced(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled, each blank in it standing for any run of blanks (" ?" for one or none at all).

    Character classes of the pattern must write a blank as \\s.
    """
    return re.compile(_of_any_blanks(pattern))


def spaced_regex(pattern: str) -> regex.Pattern[str]:
    """The same for what `re` cannot read (a look-behind of any length, classes of letters, reading backwards, a name
    given twice), at twice the time for each call."""
    return regex.compile(_of_any_blanks(pattern))


def _of_any_blanks(pattern: str) -> str:
    return re.sub(r" (\??)", lambda m: r"\s*" if m[1] else r"\s+", pattern)
