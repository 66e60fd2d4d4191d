"""Expressions that do not mind how words are parted: by a blank, by several, by a no-break space."""

from __future__ import annotations

import regex


def spaced(pattern: str) -> regex.Pattern[str]:
    """`pattern` compiled, each blank in it standing for any run of blanks (" ?" for one or none at all).

    Character classes of the pattern must write a blank as \\s.
    """
    return regex.compile(regex.sub(r" (\??)", lambda m: r"\s*" if m[1] else r"\s+", pattern))
