"""Text that goes into a CSV cell, so that no spreadsheet takes it for a formula."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠\t\r\n]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")


def defused(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would run it.

    A spreadsheet takes a cell that begins with = + - @ or a control character for a formula, and
    passes over spaces before it. A plain number ("-2,91%") is left as it is: it does no harm.
    """
    if _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text
