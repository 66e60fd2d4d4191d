"""Whole numbers as addresses and forms give them: anybody can write anything there."""

from __future__ import annotations

import re

_DIGITS = re.compile("[0-9]{1,18}")
"""As many as a column of the database can hold."""


def whole_number(text: str) -> int | None:
    """The number that a text is; None where it is none, or has more digits than any that is meant."""
    return int(text) if _DIGITS.fullmatch(text) else None
